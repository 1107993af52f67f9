/** Why one cannot write in a room, and what one may do there. Pure. */
import type { Me, MyRoom } from '@recreio/protocol';
import type { Lock } from '@recreio/ui';
import type { RoomPowers } from './talk.ts';

const moderates = ({ mine: { role } }: MyRoom): boolean => role === 'owner' || role === 'moderator';

/** The lock on the composer at `now` (the server's ms); `reason` is why one was silenced, where it was heard. */
export function lockOf(my: MyRoom, me: Pick<Me, 'role'>, now: number, reason: string | undefined): Lock | undefined {
  const { mine, room } = my;
  if ('archivedAt' in room && room.archivedAt !== undefined) return { kind: 'archived' };
  const until = mine.muted === undefined || mine.muted.until === null ? null : Date.parse(mine.muted.until);
  if (mine.muted !== undefined && (until === null || until > now)) return { kind: 'silenced', until, reason };
  // Those responsible for a student read along in every room, and write in none
  if (mine.role === 'reader' || me.role === 'guardian') return { kind: 'read-only' };
  if (room.kind === 'direct') return room.with.disabled ? { kind: 'blocked' } : undefined;
  if (room.kind === 'group') return undefined;
  return room.posting === 'moderators' && !moderates(my) ? { kind: 'announcement' } : undefined;
}

/** What the reader may do. Who only reads may still answer with a sign; who is silenced may not. */
export function powersOf(my: MyRoom | null, lock: Lock | undefined): RoomPowers {
  if (my === null) return { write: false, react: false, moderate: false, pin: false, forward: false };
  return {
    write: lock === undefined,
    react: lock === undefined || lock.kind === 'announcement' || lock.kind === 'read-only',
    moderate: my.room.kind !== 'direct' && my.room.kind !== 'group' && moderates(my),
    // What was said in private stays there
    forward: my.room.kind !== 'direct' && my.room.kind !== 'group',
    // The board of a private conversation is of all who are in it; who is silenced changes none
    pin: lock === undefined && (my.room.kind === 'direct' || my.room.kind === 'group' || moderates(my)),
  };
}
