/** Finding rooms in PostgreSQL. Who may find what comes as parameters from the rules. */
import type { Finding, RoomsMemory } from '@recreio/core/ports.ts';
import type { DirectoryEntry, Room, RoomKind } from '@recreio/protocol';
import type { Queryable } from './connect.ts';
import { likeAnywhere, ROOM, roomOf, type RoomRow } from './rows.ts';

/** Whether a person can find a room aliased `r` without being in it. $1 the person, $2 everyCourse, $3 openRooms. */
const FINDABLE = `($3::boolean AND r.kind NOT IN ('direct', 'group') AND r.access = 'open'
  AND (r.course IS NULL OR $2::boolean OR EXISTS (SELECT 1 FROM enrolment e WHERE e.course = r.course AND e.account = $1)))`;

const finding = ({ account, everyCourse, openRooms }: Finding): unknown[] => [account, everyCourse, openRooms];

/** More recent messages than these are not counted one by one. */
const RECENT_MOST = 99;

/** One room that a person is not in, if they can find it. */
export const findRoom = async (db: Queryable, who: Finding, room: string): Promise<Room | null> => {
  const {
    rows: [row],
  } = await db.query<RoomRow & { kind: RoomKind }>({
    name: 'find-room',
    text: `SELECT ${ROOM} FROM room r WHERE r.id = $4 AND ${FINDABLE}`,
    values: [...finding(who), room],
  });
  return row ? roomOf(row) : null;
};

/**
 * Rooms in the order of their names, in pages; or one page of those where something was said last. Recent messages are counted
 * from the newest backwards, at most so many, so that a busy room costs no more than a quiet one.
 */
export const directory = async (
  db: Queryable,
  who: Finding,
  { folded, kind, course, category, archived, recent, since, after, limit }: Parameters<RoomsMemory['directory']>[1],
): ReturnType<RoomsMemory['directory']> => {
  const order = recent
    ? {
        name: 'directory-recent',
        where: '$8::uuid IS NULL AND r.last_message_at IS NOT NULL',
        by: 'r.last_message_at DESC, r.id',
      }
    : {
        name: 'directory',
        where: '($8::uuid IS NULL OR (r.folded, r.id) > (SELECT q.folded, q.id FROM room q WHERE q.id = $8))',
        by: 'r.folded, r.id',
      };
  const { rows } = await db.query<
    RoomRow & { kind: RoomKind; joined: boolean; course_title: string | null; recent: number }
  >({
    name: order.name,
    text: `SELECT ${ROOM}, m.account IS NOT NULL AS joined, c.title AS course_title,
             (SELECT count(*)::int FROM (SELECT x.at, x.removed_at FROM message x WHERE x.room = r.id ORDER BY x.seq DESC LIMIT ${RECENT_MOST}) y
              WHERE y.removed_at IS NULL AND y.at >= greatest(coalesce($10::timestamptz, clock_timestamp() - interval '1 day'), clock_timestamp() - interval '2 days')) AS recent
           FROM room r LEFT JOIN member m ON m.room = r.id AND m.account = $1 LEFT JOIN course c ON c.id = r.course
           WHERE r.kind NOT IN ('direct', 'group') AND (m.account IS NOT NULL OR ${FINDABLE})
             AND ($4 = '' OR r.folded LIKE $5) AND ($6::text IS NULL OR r.kind = $6) AND ($7::uuid IS NULL OR r.course = $7)
             AND ($11::uuid IS NULL OR r.category = $11)
             AND (r.archived_at IS NOT NULL) = $12::boolean AND ${order.where}
           ORDER BY ${order.by} LIMIT $9`,
    values: [
      ...finding(who),
      folded,
      likeAnywhere(folded),
      kind,
      course,
      recent ? null : after,
      limit + 1,
      since,
      category,
      archived,
    ],
  });
  const shown = rows.slice(0, limit);
  return {
    rooms: shown.map(
      (row): DirectoryEntry => ({
        room: roomOf(row),
        joined: row.joined,
        courseTitle: row.course_title,
        // Who finds an open room may enter and read it: when something was said there is no secret to them
        lastMessageAt: row.last_message_at,
        recent: row.recent,
      }),
    ),
    next: rows.length > limit && !recent ? (shown.at(-1)?.room ?? null) : null,
  };
};
