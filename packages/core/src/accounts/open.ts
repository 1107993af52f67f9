/** Opening a session, whichever way somebody has shown who they are. */
import type { accounts, OutputOf } from '@recreio/protocol';
import type { Caller } from '../actor.ts';
import type { WithSession } from '../handler.ts';
import type { Memory, World } from '../world.ts';

/**
 * Opens a session of an account that the transaction holds; a new id and token each time, so nothing fixed before sign-in survives
 * it (security S5). A cookie takes the place of the one there was: whose it was is signed out there, and called there no more.
 */
export const openSession = async (
  world: World,
  memory: Memory,
  account: string,
  caller: Caller,
  keep: 'cookie' | 'token',
  /** Whether the person was asked just now who they are; a provider may have let them pass on an older proof. */
  assured = true,
): Promise<WithSession<OutputOf<typeof accounts.signIn>>> => {
  const before = keep === 'cookie' && caller.byCookie ? caller.actor : null;
  if (before) await memory.accounts.endSessions(before.account, { only: before.session });
  const session = world.newId();
  const { token, hash } = world.secrets.newToken();
  await memory.accounts.openSession({ id: session, account, tokenHash: hash, device: caller.device, assured });
  const alive = await memory.accounts.alive({ account, session });
  if (!alive) throw new Error('a session that was just opened is alive');
  return { sessionToken: token, output: { me: alive.me, session, ...(keep === 'token' ? { token } : {}) } };
};
