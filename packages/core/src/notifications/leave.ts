/** digest.leave: no mails of what one missed any more, without signing in (docs/protocol.md R117; RFC 8058). */
import type { digest, InputOf, OutputOf } from '@recreio/protocol';
import type { Caller } from '../actor.ts';
import { deny, type Denial } from '../verdict.ts';
import type { World } from '../world.ts';

/** Whose the mail was is who leaves; whoever has it may do so again. Their open pages are told. */
export const leave = async (
  world: World,
  { token }: InputOf<typeof digest.leave>,
  _caller: Caller,
): Promise<OutputOf<typeof digest.leave> | Denial<'not-found'>> => {
  const account = world.leaving.accountOf(token);
  if (account === null) return deny('not-found');
  const isThere = await world.transact(async (memory) => {
    if (!(await memory.accounts.hold(account))) return false;
    await memory.notifications.calm(account, { mail: 'never' });
    return true;
  });
  if (!isThere) return deny('not-found');
  world.presence.me(account);
  return {};
};
