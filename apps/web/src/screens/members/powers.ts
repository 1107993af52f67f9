/**
 * What one member of a room may do with another, so that only that is offered. The server decides (docs/protocol.md R54);
 * this is the same table, read from what the page knows. Pure.
 */
import type { accounts, Member, RoomRole } from '@recreio/protocol';

/** Whom it is about: their role in the room, and in the school. */
export interface Standing {
  readonly id: string;
  readonly school: accounts.Role;
  readonly room: RoomRole;
}

/** What may be done. */
export interface Powers {
  /** Add people, take back restrictions, see who is banned. */
  readonly moderate: boolean;
  /** Change the room and the roles in it. */
  readonly own: boolean;
}

const RANK: Record<RoomRole, number> = { reader: 0, member: 1, moderator: 2, owner: 3 };

/** Moderators and administrators of the school stand at least with a room's moderators, where they are members. */
const rankOf = ({ school, room }: Standing): number =>
  school === 'moderator' || school === 'administrator' ? Math.max(RANK[room], RANK.moderator) : RANK[room];

/** A member as the table needs one. */
export const standingOf = ({ profile, role }: Member): Standing => ({
  id: profile.id,
  school: profile.role,
  room: role,
});

/** What a member may do in the room itself. */
export const powersIn = (me: Standing): Powers => ({
  moderate: rankOf(me) >= RANK.moderator,
  own: me.room === 'owner' || me.school === 'administrator',
});

/** Whether one may silence, remove and ban another: nobody acts on someone of the same or a higher rank. */
export const standsAbove = (me: Standing, other: Standing): boolean =>
  me.id !== other.id && powersIn(me).moderate && rankOf(me) > rankOf(other);

/** Whether one may give another (or oneself) a role: owners do, and an owner gives up only their own. */
export const mayGiveRole = (me: Standing, other: Standing): boolean =>
  powersIn(me).own && (other.room !== 'owner' || other.id === me.id);
