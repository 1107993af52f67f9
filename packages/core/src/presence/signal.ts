/** presence.typing and presence.here. */
import type { InputOf, OutputOf, presence } from '@recreio/protocol';
import type { Call } from '../handler.ts';
import { deny, type Denial } from '../verdict.ts';
import type { World } from '../world.ts';

/** Only to a room one is in; who is invisible is not seen writing either. */
export const typing = async (
  world: World,
  { room }: InputOf<typeof presence.typing>,
  { alive }: Call,
): Promise<OutputOf<typeof presence.typing> | Denial<'not-found'>> => {
  if (!(await world.memory.rooms.isMember(alive.account, room))) return deny('not-found');
  if (!alive.me.privacy.invisible) world.presence.typing(room, alive.account);
  return {};
};

/** Minors are not shown as present to adults outside their courses. */
export const here = async (
  world: World,
  { room }: InputOf<typeof presence.here>,
  { alive }: Call,
): Promise<OutputOf<typeof presence.here> | Denial<'not-found'>> => {
  if (!(await world.memory.rooms.isMember(alive.account, room))) return deny('not-found');
  const { here: people, count } = world.presence.here(alive.account, room);
  return { here: [...people], count };
};
