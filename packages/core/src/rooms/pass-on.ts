/** Who owns a room when its owner goes (docs/protocol.md R115). The decisions are pure; what they write goes into the log of each room. */
import type { LeftRoom } from '@recreio/protocol';
import { isStaff } from '../accounts/policy.ts';
import { type Draft, type Placed, place } from '../streams/draft.ts';
import { type Facts, key, nowIn, type RoomFact } from '../streams/facts.ts';
import type { Memory, World } from '../world.ts';
import { mayCreate } from './create.ts';
import { rankOf } from './policy.ts';
import type { HeldRooms } from './port.ts';

/** What is to happen in rooms. */
export type RoomDrafts = readonly (readonly [RoomFact, readonly Draft[]])[];

/** Whether a person is there to own a room: active, and in the course that it is of; administrators find every course (R51). */
export const isThereFor = (facts: Facts, room: RoomFact, account: string): boolean => {
  const who = facts.accounts.get(account);
  return (
    who?.disabled === false &&
    (room.course === null || who.role === 'administrator' || facts.enrolled.has(key(room.id, account)))
  );
};

const roleIn = (facts: Facts, room: RoomFact, account: string) => facts.members.get(key(room.id, account))?.role;

/** The owners of a room who are there for it. */
export const ownersOf = ({ facts, standing }: HeldRooms, room: RoomFact): readonly string[] =>
  (standing.get(room.id) ?? []).filter(
    (account) => roleIn(facts, room, account) === 'owner' && isThereFor(facts, room, account),
  );

/**
 * Who should own a room after somebody: of those who moderate it or work at the school, and could have opened a room of its kind,
 * the staff before others, who moderates it before who does not, and of several who has been in it longest. Null: nobody.
 */
export const heirOf = ({ facts, standing }: HeldRooms, room: RoomFact, after: string): string | null => {
  const { kind } = room;
  if (kind === 'direct' || kind === 'group') return null;
  const weightOf = (account: string): number => {
    const role = facts.accounts.get(account)?.role;
    if (account === after || role === undefined || !mayCreate(role, kind) || !isThereFor(facts, room, account))
      return 0;
    const moderates = rankOf(roleIn(facts, room, account)) >= rankOf('moderator');
    return (isStaff(role) ? 2 : 0) + (moderates ? 1 : 0);
  };
  const weighed = (standing.get(room.id) ?? []).map((account) => ({ account, weight: weightOf(account) }));
  const most = Math.max(0, ...weighed.map(({ weight }) => weight));
  return most === 0 ? null : (weighed.find(({ weight }) => weight === most)?.account ?? null);
};

/** The events by which a room has another owner than this one: none where there is one already; null where nobody could be. */
export const succession = (held: HeldRooms, room: RoomFact, after: string): readonly Draft[] | null => {
  if (ownersOf(held, room).some((account) => account !== after)) return [];
  const heir = heirOf(held, room, after);
  return heir === null ? null : [{ type: 'member.role-changed', account: heir, role: 'owner' }];
};

/** What a room is called in answers and in the record. */
export const leftRoom = ({ id, settings }: RoomFact): LeftRoom => ({ id, title: settings?.title ?? '' });

/** Of the rooms that somebody owns who is disabled: those that have or get another owner, where they moderate from then on; the others stay theirs. */
export const handOver = (
  held: HeldRooms,
  account: string,
): { readonly drafts: RoomDrafts; readonly stays: readonly LeftRoom[] } => {
  const drafts: (readonly [RoomFact, readonly Draft[]])[] = [];
  const stays: LeftRoom[] = [];
  for (const room of held.facts.rooms.values()) {
    if (roleIn(held.facts, room, account) !== 'owner') continue;
    const events = succession(held, room, account);
    if (events === null) stays.push(leftRoom(room));
    else drafts.push([room, [...events, { type: 'member.role-changed', account, role: 'moderator' }]]);
  }
  return { drafts, stays };
};

/** Writes what happens in rooms, in the transaction that holds them. */
export const writeIn = async (
  world: World,
  memory: Memory,
  facts: Facts,
  by: string,
  drafts: RoomDrafts,
): Promise<readonly Placed[]> => {
  const events = drafts.flatMap(([room, some]) => place(facts, room, by, nowIn(facts, room), some, world.newId));
  if (events.length > 0) {
    const rooms = drafts.flatMap(([{ id }]) => facts.rooms.get(id) ?? []);
    await memory.rooms.append({ events, rooms, users: events.flatMap((one) => world.follow(one, facts)), done: [] });
  }
  return events;
};
