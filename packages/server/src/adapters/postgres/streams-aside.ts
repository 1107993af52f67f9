/** Reading a room beside the flow of its pages: where a day begins, what is pinned, what a message said before. */
import type { StreamsMemory } from '@recreio/core/ports.ts';
import type { Revision, RoomKind, RoomRole } from '@recreio/protocol';
import type { Vault } from '../vault/vault.ts';
import type { Queryable } from './connect.ts';
import { contentOf, type ContentRow, MESSAGE, messageOf, type MessageRow } from './content.ts';

/** Whether the caller sees a message aliased `x`: $1 the room, $2 the person. */
const VISIBLE = `EXISTS (SELECT 1 FROM span s WHERE s.room = $1 AND s.account = $2 AND x.seq BETWEEN s.from_seq AND coalesce(s.to_seq, 9223372036854775807))`;

/** The room's head for a member; no row for outsiders. */
const ME =
  'me AS (SELECT r.head, r.kind, m.role FROM room r JOIN member m ON m.room = r.id AND m.account = $2 WHERE r.id = $1)';

/** One version of a message, as `ContentRow` has it, with when it was said. */
interface RevisionRow extends ContentRow {
  readonly at: string;
}

/** The part of the log's memory that is asked for now and then. */
export const streamsAside = (
  db: Queryable,
  vault: Vault,
): Pick<StreamsMemory, 'locate' | 'pins' | 'past' | 'deafTo'> => ({
  /**
   * Times never go back in a room (contract D10), so the place is found by halving the log along the index that it has: some
   * twenty look-ups in a room of a million, and no index by time that every message would have to be written into.
   */
  locate: async (account, room, from) => {
    const {
      rows: [row],
    } = await db.query<{ id: string | null; seq: number; at: string }>({
      name: 'locate',
      text: `WITH RECURSIVE ${ME}, halves (low, high) AS (
               SELECT 1::bigint, me.head + 1 FROM me
               UNION ALL
               SELECT CASE WHEN is_later THEN low ELSE mid + 1 END, CASE WHEN is_later THEN mid ELSE high END
               FROM (SELECT low, high, (low + high) / 2 AS mid,
                       coalesce((SELECT q.at >= $3::timestamptz FROM message q WHERE q.room = $1 AND q.thread IS NULL AND q.seq >= (low + high) / 2 ORDER BY q.seq LIMIT 1), true) AS is_later
                     FROM halves WHERE low < high) h)
             SELECT y.id, y.seq, y.at FROM me LEFT JOIN LATERAL (
               SELECT x.id, x.seq, x.at FROM message x
               WHERE x.room = $1 AND x.thread IS NULL AND x.seq >= (SELECT low FROM halves WHERE low = high) AND x.thread IS NULL AND ${VISIBLE} ORDER BY x.seq LIMIT 1) y ON true`,
      values: [room, account, from],
    });
    if (!row) return null;
    return { found: row.id === null ? null : { id: row.id, seq: row.seq, at: row.at } };
  },

  deafTo: async (account) => {
    const { rows } = await db.query<{ blocker: string }>({
      name: 'deaf-to',
      text: 'SELECT blocker FROM block WHERE blocked = $1',
      values: [account],
    });
    return new Set(rows.map(({ blocker }) => blocker));
  },

  pins: async (account, room) => {
    const { rows } = await db.query<{ head: number } & MessageRow>({
      name: 'pins',
      text: `WITH ${ME} SELECT me.head, y.* FROM me LEFT JOIN LATERAL (
               SELECT ${MESSAGE} FROM message x WHERE x.room = $1 AND x.pinned_at IS NOT NULL AND x.removed_at IS NULL AND ${VISIBLE}) y ON true
             ORDER BY y.pinned_at DESC, y.seq DESC`,
      values: [room, account],
    });
    const [first] = rows;
    if (!first) return null;
    const found = rows.filter((row) => row.seq !== null);
    await vault.load(db, { rooms: [room], authors: [...new Set(found.map(({ author }) => author))] });
    return { at: first.head, messages: found.map((row) => messageOf(vault, room, row)) };
  },

  past: async (account, room, message) => {
    const {
      rows: [row],
    } = await db.query<MessageRow & { kind: RoomKind | 'direct' | 'group'; role: RoomRole }>({
      name: 'message-past',
      text: `WITH ${ME} SELECT me.kind, me.role, ${MESSAGE} FROM me JOIN message x ON x.room = $1 AND x.id = $3 AND ${VISIBLE}`,
      values: [room, account, message],
    });
    if (!row) return null;
    return {
      author: row.author,
      removed: row.removed_at !== null,
      kind: row.kind,
      role: row.role,
      revisions: async () => {
        const { rows } = await db.query<RevisionRow>({
          name: 'revisions',
          // One statement, so that an edit in between neither doubles a version nor leaves one out
          text: `SELECT * FROM (
                   SELECT v.message, x.client_id, x.ordinal, x.author, x.reply_to, v.mentions, v.edit_no, NULL::timestamptz AS edited_at, x.removed_at, x.removed_by,
                     v.rk_version, v.ak_version, v.salt, v.nonce, v.commitment, v.ct, v.at
                   FROM message x JOIN revision v ON v.message = x.id WHERE x.room = $1 AND x.id = $2
                   UNION ALL
                   SELECT x.id, x.client_id, x.ordinal, x.author, x.reply_to, x.mentions, x.edit_no, NULL, x.removed_at, x.removed_by,
                     x.rk_version, x.ak_version, x.salt, x.nonce, x.commitment, x.ct, coalesce(x.edited_at, x.at)
                   FROM message x WHERE x.room = $1 AND x.id = $2) w
                 WHERE w.removed_at IS NULL ORDER BY w.edit_no`,
          values: [room, message],
        });
        await vault.load(db, { rooms: [room], authors: [row.author] });
        return rows.map((version) => revisionOf(vault, room, version));
      },
    };
  },
});

/** A version as it is told. */
const revisionOf = (vault: Vault, room: string, row: RevisionRow): Revision => {
  const { body, mentions, unreadable } = contentOf(vault, room, row);
  return {
    editNo: row.edit_no,
    at: row.at,
    ...(body === undefined ? {} : { body }),
    ...(mentions === undefined ? {} : { mentions }),
    ...(unreadable === undefined ? {} : { unreadable }),
  };
};
