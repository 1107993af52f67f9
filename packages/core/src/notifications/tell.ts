/** notifications.setRoom, setCalm and inbox: what a person says about being called, and what speaks to them. */
import type { InputOf, notifications, OutputOf } from '@recreio/protocol';
import type { Call } from '../handler.ts';
import { deny, type Denial } from '../verdict.ts';
import type { World } from '../world.ts';

/** How loud a room is; the person's other devices are told. A room one is not in is not there (docs/protocol.md R5). */
export const setRoom = async (
  world: World,
  { room, ...changes }: InputOf<typeof notifications.setRoom>,
  { alive }: Call,
): Promise<OutputOf<typeof notifications.setRoom> | Denial<'not-found'>> => {
  const tuned = await world.transact((memory) => memory.notifications.tune(alive.account, room, changes));
  if (!tuned) return deny('not-found');
  if (tuned.revision !== null) world.presence.tuning(alive.account, tuned.tuning, tuned.revision);
  const { room: _, ...tuning } = tuned.tuning;
  return tuning;
};

/** When not to be disturbed; a part of the own account, of which the other devices are told. */
export const setCalm = async (
  world: World,
  changes: InputOf<typeof notifications.setCalm>,
  { alive }: Call,
): Promise<OutputOf<typeof notifications.setCalm>> => {
  const me = await world.transact((memory) => memory.notifications.calm(alive.account, changes));
  world.presence.me(alive.account);
  return me;
};

/** What speaks to the caller. */
export const inbox = async (
  world: World,
  { before, limit }: InputOf<typeof notifications.inbox>,
  { alive }: Call,
): Promise<OutputOf<typeof notifications.inbox>> => {
  const { items, next } = await world.memory.notifications.inbox(alive.account, before ?? null, limit ?? 50);
  return { items: [...items], next };
};
