/** What a person is in a room, and what that allows. Tables and predicates, no memory. */
import type { RoomRole } from '@recreio/protocol';
import { type Facts, key, type RoomFact } from '../streams/facts.ts';

const RANK: Record<RoomRole, number> = { reader: 0, member: 1, moderator: 2, owner: 3 };

/** Whether a room is a conversation of its people alone: nobody finds it, and nobody in it stands above anybody. */
export const isPrivate = ({ kind }: Pick<RoomFact, 'kind'>): boolean => kind === 'direct' || kind === 'group';

/** How high a role in a room stands; -1 for no role. */
export const rankOf = (role: RoomRole | undefined): number => (role === undefined ? -1 : RANK[role]);

/**
 * The rank that counts in a themed room: the role there; moderators and administrators of the school stand at least with
 * the room's moderators, wherever they are members. In private conversations nobody stands above anybody.
 */
export const rankIn = (facts: Facts, room: RoomFact, account: string): number => {
  const rank = rankOf(facts.members.get(key(room.id, account))?.role);
  const school = facts.accounts.get(account)?.role;
  return rank >= 0 && !isPrivate(room) && (school === 'moderator' || school === 'administrator')
    ? Math.max(rank, RANK.moderator)
    : rank;
};

/** Whether a person may moderate a room they are in. */
export const mayModerate = (facts: Facts, room: RoomFact, account: string): boolean =>
  !isPrivate(room) && rankIn(facts, room, account) >= RANK.moderator;

/** Whether a person may change a room's settings and give roles. */
export const mayOwn = (facts: Facts, room: RoomFact, account: string): boolean =>
  !isPrivate(room) &&
  (rankIn(facts, room, account) >= RANK.owner ||
    (facts.members.has(key(room.id, account)) && facts.accounts.get(account)?.role === 'administrator'));

/** Whether a person may put a room away: its owners, the school's moderators where they are members, and administrators wherever. */
export const mayArchive = (facts: Facts, room: RoomFact, account: string): boolean =>
  mayOwn(facts, room, account) ||
  (!isPrivate(room) && facts.accounts.get(account)?.role === 'administrator') ||
  (mayModerate(facts, room, account) && facts.accounts.get(account)?.role === 'moderator');

/** Nobody acts on someone of the same or a higher rank (docs/protocol.md R54). */
export const standsAbove = (facts: Facts, room: RoomFact, actor: string, target: string): boolean =>
  mayModerate(facts, room, actor) && rankIn(facts, room, actor) > rankIn(facts, room, target);
