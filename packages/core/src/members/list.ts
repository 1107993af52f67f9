/** members.list and members.bans. */
import type { InputOf, Member, members, OutputOf } from '@recreio/protocol';
import type { Call } from '../handler.ts';
import { rankOf } from '../rooms/policy.ts';
import { deny, type Denial } from '../verdict.ts';
import type { World } from '../world.ts';

const moderates = (people: readonly Member[], { alive: { account, me } }: Call): boolean => {
  const mine = people.find(({ profile }) => profile.id === account);
  return (
    mine !== undefined &&
    (rankOf(mine.role) >= rankOf('moderator') || me.role === 'moderator' || me.role === 'administrator')
  );
};

/** Who is silenced is seen by those who moderate the room, and by the person; the class is not told (design, "Don't"). */
export const list = async (
  world: World,
  { room }: InputOf<typeof members.list>,
  call: Call,
): Promise<OutputOf<typeof members.list> | Denial<'not-found'>> => {
  const found = await world.memory.rooms.members(call.alive.account, room);
  if (!found) return deny('not-found');
  const all = !found.isPrivate && moderates(found.members, call);
  return {
    members: found.members.map((member) => {
      if (all || member.profile.id === call.alive.account) return member;
      const { muted: _muted, ...rest } = member;
      return rest;
    }),
  };
};

/** For those who moderate the room. */
export const bans = async (
  world: World,
  { room }: InputOf<typeof members.bans>,
  call: Call,
): Promise<OutputOf<typeof members.bans> | Denial<'not-found' | 'not-allowed'>> => {
  const found = await world.memory.rooms.members(call.alive.account, room);
  if (!found) return deny('not-found');
  if (found.isPrivate || !moderates(found.members, call)) return deny('not-allowed');
  return { banned: [...(await world.memory.rooms.bans(room))] };
};
