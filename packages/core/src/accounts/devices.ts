/** The signed-in devices of a person, for administrators: a lost phone, a machine of the school that nobody signed out of. */
import type { administer, InputOf, OutputOf } from '@recreio/protocol';
import type { Call } from '../handler.ts';
import { deny, type Denial } from '../verdict.ts';
import type { World } from '../world.ts';
import { actorOf, mayAdminister } from './policy.ts';

/** Whose devices, and when they were last used; not where from. */
export const sessionsOf = async (
  world: World,
  { account }: InputOf<typeof administer.sessionsOf>,
  { alive }: Call,
): Promise<OutputOf<typeof administer.sessionsOf> | Denial<'not-allowed' | 'not-found'>> => {
  if (!mayAdminister(alive.me.role)) return deny('not-allowed');
  if (!(await world.memory.accounts.record(account))) return deny('not-found');
  return {
    sessions: (await world.memory.accounts.sessions(account)).map((session) => ({
      ...session,
      current: session.id === alive.session,
    })),
  };
};

/** Ends one, or all; their sockets close (contract D27), and the record says who did it. */
export const endSessionsOf = async (
  world: World,
  { account, session }: InputOf<typeof administer.endSessionsOf>,
  { alive }: Call,
): Promise<OutputOf<typeof administer.endSessionsOf> | Denial<'not-allowed' | 'not-found'>> => {
  if (!mayAdminister(alive.me.role)) return deny('not-allowed');
  return await world.transact(async (memory) => {
    if (!(await memory.accounts.hold(account))) return deny('not-found');
    const ended = await memory.accounts.endSessions(account, session === undefined ? {} : { only: session });
    if (session !== undefined && ended === 0) return deny('not-found');
    if (ended > 0)
      await memory.audit.write({
        actor: actorOf(alive),
        act: 'accounts.endSessionsOf',
        target: account,
        detail: { ended },
      });
    return { ended };
  });
};
