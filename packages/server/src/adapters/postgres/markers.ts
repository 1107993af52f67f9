/** Read markers, and what counts as unread after them (contract D33). */
import type { Marker, RoomsMemory } from '@recreio/core/ports.ts';
import { uuidArray } from './arrays.ts';
import { countCallsAfter } from './calls-to-all.ts';
import type { Queryable } from './connect.ts';

/** The seq after which messages count as unread: the marker's, or the one before what was marked as unread again. */
export const READ_TO = 'coalesce(k.unread_from - 1, k.seq)';

/** What counts as unread for `m.account`. */
const COUNTED = 'x.author <> m.account AND x.removed_at IS NULL AND x.thread IS NULL';

/**
 * Counts after the marker `k` of a person `m.account`, up to 999 (contract D33). Behind the marker there may be what the person
 * never saw, from before they came or while they were away: that does not become unread with what lies around it, and is not walked through.
 */
export const COUNTS = `
  CASE WHEN k.unread_from IS NULL
    THEN (SELECT count(*)::int FROM (SELECT 1 FROM message x WHERE x.room = r.id AND x.seq > k.seq AND ${COUNTED} LIMIT 999) q)
    ELSE (SELECT count(*)::int FROM (SELECT 1 FROM span s CROSS JOIN LATERAL (
      SELECT 1 FROM message x WHERE x.room = r.id AND x.seq >= greatest(s.from_seq, k.unread_from) AND x.seq <= coalesce(s.to_seq, 9223372036854775807)
        AND ${COUNTED} LIMIT 999) y WHERE s.room = r.id AND s.account = m.account LIMIT 999) q) END AS unread,
  least(999, (SELECT count(*)::int FROM (SELECT 1 FROM user_event u JOIN message x ON x.room = u.room AND x.seq = u.message_seq AND x.removed_at IS NULL AND x.thread IS NULL
     WHERE u.account = m.account AND u.room = r.id AND u.message_seq > ${READ_TO}
       AND NOT EXISTS (SELECT FROM block b WHERE b.blocker = m.account AND b.blocked = x.author) LIMIT 999) q) + ${countCallsAfter(READ_TO)}) AS calls,
  k.unread_from, CASE WHEN k.unread_from IS NOT NULL THEN coalesce((SELECT x.ordinal FROM message x WHERE x.room = r.id AND x.thread IS NULL AND x.seq >= k.unread_from ORDER BY x.seq LIMIT 1), r.ordinal + 1) END AS unread_ordinal`;

/** The columns by which a marker says what before it is shown as unread. */
export interface UnreadRow {
  readonly unread_from: number | null;
  readonly unread_ordinal: number | null;
}

/** The member of an answer that says so, where there is something. */
export const unreadFrom = ({ unread_from: seq, unread_ordinal: ordinal }: UnreadRow): Pick<Marker, 'unreadFrom'> =>
  seq === null || ordinal === null ? {} : { unreadFrom: { seq, ordinal } };

interface MarkerRow extends UnreadRow {
  readonly room: string;
  readonly seq: number;
  readonly ordinal: number;
  readonly newest: number;
  readonly unread: number;
  readonly calls: number;
  readonly revision: number;
}

/** Markers of a member $1 with what follows from them. */
const MARKERS = `
  SELECT r.id AS room, k.seq, k.ordinal, r.ordinal AS newest, k.revision, ${COUNTS}
  FROM member m JOIN room r ON r.id = m.room JOIN read_marker k ON k.room = m.room AND k.account = m.account WHERE m.account = $1`;

const markerOf = (row: MarkerRow): Marker => {
  const { room, seq, ordinal, unread, calls, newest } = row;
  return { room, seq, ordinal, unread, mentions: calls, newest, ...unreadFrom(row) };
};

/** The markers of people, over a pool or inside a transaction. */
export const markers = (db: Queryable): Pick<RoomsMemory, 'markRead' | 'markUnread' | 'markersAfter' | 'recount'> => {
  /** Changes a member's marker, if `change` finds anything to change; $1 is the room, $2 the person, $3 what it is about. */
  const move = async (
    account: string,
    room: string,
    change: string,
    about: string | number,
    where = '',
  ): ReturnType<RoomsMemory['markRead']> => {
    const {
      rows: [before],
    } = await db.query(
      `SELECT k.seq FROM read_marker k JOIN member m ON m.room = k.room AND m.account = k.account WHERE k.room = $1 AND k.account = $2 ${where} FOR UPDATE OF k`,
      where === '' ? [room, account] : [room, account, about],
    );
    if (!before) return null;
    const moved = (await db.query(change, [room, account, about])).rowCount === 1;
    // After the marker, as a flush does: people's own counters are locked last (contract, "Terms")
    if (moved)
      await db.query(
        `WITH changed AS (UPDATE user_stream SET revision = revision + 1 WHERE account = $2 RETURNING revision)
         UPDATE read_marker k SET revision = c.revision FROM changed c WHERE k.room = $1 AND k.account = $2`,
        [room, account],
      );
    const {
      rows: [now],
    } = await db.query<MarkerRow>(`${MARKERS} AND k.room = $2`, [account, room]);
    return now ? { marker: markerOf(now), moved, revision: now.revision } : null;
  };

  const markersAfter: RoomsMemory['markersAfter'] = async (account, revision) => {
    const { rows } = await db.query<MarkerRow>({
      name: 'markers-after',
      text: `${MARKERS} AND k.revision > $2 ORDER BY k.revision`,
      values: [account, revision],
    });
    return rows.map((row) => ({ ...markerOf(row), revision: row.revision }));
  };

  return {
    // Never past the head, never back; the ordinal is that of the newest message at or before it
    markRead: (account, room, seq) =>
      move(
        account,
        room,
        `UPDATE read_marker k SET seq = greatest(k.seq, t.seq),
           ordinal = greatest(k.ordinal, coalesce((SELECT x.ordinal FROM message x WHERE x.room = $1 AND x.seq <= t.seq ORDER BY x.seq DESC LIMIT 1), 0)),
           unread_from = CASE WHEN t.seq < k.seq THEN t.seq + 1 END
         FROM (SELECT least($3::bigint, r.head) AS seq FROM room r WHERE r.id = $1) t
         WHERE k.room = $1 AND k.account = $2 AND (k.seq < t.seq OR k.unread_from <= t.seq)`,
        seq,
      ),
    // What lies above the marker is unread anyway: then the marker comes up to it, and that is all
    markUnread: (account, room, message) =>
      move(
        account,
        room,
        `UPDATE read_marker k SET seq = greatest(k.seq, x.seq - 1), ordinal = greatest(k.ordinal, x.ordinal - 1),
           unread_from = CASE WHEN x.seq <= k.seq THEN x.seq END
         FROM message x WHERE x.id = $3 AND k.room = $1 AND k.account = $2
           AND (k.seq < x.seq - 1 OR k.unread_from IS DISTINCT FROM CASE WHEN x.seq <= k.seq THEN x.seq END)`,
        message,
        `AND EXISTS (SELECT 1 FROM message x JOIN span s ON s.room = x.room AND s.account = m.account
           WHERE x.id = $3 AND x.room = m.room AND x.thread IS NULL AND x.seq BETWEEN s.from_seq AND coalesce(s.to_seq, 9223372036854775807))`,
      ),
    markersAfter,
    recount: async (account, other) => {
      // Where they were once, what they said still calls; the markers first, then the counter, as `move` does
      const shared = await db.query<{ room: string }>({
        name: 'recount-rooms',
        text: `SELECT k.room FROM read_marker k WHERE k.account = $1
               AND EXISTS (SELECT 1 FROM span s WHERE s.room = k.room AND s.account = $2) ORDER BY k.room FOR UPDATE`,
        values: [account, other],
      });
      const { rows } = await db.query<{ revision: number }>({
        name: 'recount',
        text: `WITH counted AS (UPDATE user_stream SET revision = revision + 1 WHERE account = $1 RETURNING revision)
               UPDATE read_marker k SET revision = c.revision FROM counted c
               WHERE k.account = $1 AND k.room = ANY ($2::uuid[]) RETURNING k.revision`,
        values: [account, uuidArray(shared.rows.map(({ room }) => room))],
      });
      const [first] = rows;
      return first ? await markersAfter(account, first.revision - 1) : [];
    },
  };
};
