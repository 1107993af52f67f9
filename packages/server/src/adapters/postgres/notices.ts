/** What has to be read, and who has confirmed it, in PostgreSQL. Whether somebody sees a message is asked in each statement. */
import type { NoticesMemory } from '@recreio/core/ports.ts';
import type { RoomKind, RoomRole } from '@recreio/protocol';
import type { Vault } from '../vault/vault.ts';
import { one } from './accounts/sessions.ts';
import { uuidArray } from './arrays.ts';
import type { Queryable } from './connect.ts';
import { MESSAGE, messageOf, type MessageRow } from './content.ts';

/** How many messages have to be read, by room. */
export const countRequired = (db: Queryable, rooms: readonly string[]) =>
  db.query<{ room: string; notices: number }>({
    name: 'facts-notices',
    text: 'SELECT room, count(*)::int AS notices FROM message WHERE room = ANY ($1::uuid[]) AND required_at IS NOT NULL GROUP BY room',
    values: [uuidArray(rooms)],
  });

/** Whether the member aliased `m` sees the message aliased `x`. */
const SEES = `EXISTS (SELECT FROM span s WHERE s.room = m.room AND s.account = m.account AND x.seq BETWEEN s.from_seq AND coalesce(s.to_seq, 9223372036854775807))`;
const OPEN = 'x.required_at IS NOT NULL AND x.removed_at IS NULL';

interface StateRow {
  readonly kind: RoomKind | 'direct' | 'group';
  readonly role: RoomRole;
  readonly account: string | null;
  readonly at: string | null;
  readonly edit_no: number | null;
}

/** Notices over a pool or inside a transaction. */
export const noticesMemory = (db: Queryable, vault: Vault): NoticesMemory => ({
  asked: async (account, room, message) => {
    const {
      rows: [row],
    } = await db.query<{ author: string; edit_no: number }>(
      // A shared lock: an edit that comes meanwhile waits, and what is confirmed is what stands. Lock and confirmation are read apart
      `SELECT x.author, x.edit_no FROM message x JOIN member m ON m.room = x.room AND m.account = $1
       WHERE x.id = $3 AND x.room = $2 AND ${OPEN} AND ${SEES} FOR SHARE OF x`,
      [account, room, message],
    );
    if (!row) return null;
    const { rows } = await db.query<{ at: string }>('SELECT at FROM confirmation WHERE message = $1 AND account = $2', [
      message,
      account,
    ]);
    return { author: row.author, editNo: row.edit_no, confirmedAt: rows[0]?.at ?? null };
  },

  confirm: async (account, message, editNo) => {
    const { rows } = await db.query<{ at: string; is_new: boolean }>(
      `INSERT INTO confirmation AS c (message, account, edit_no, at) VALUES ($1, $2, $3, date_trunc('milliseconds', clock_timestamp()))
       ON CONFLICT (message, account) DO UPDATE SET at = c.at RETURNING at, xmax = 0 AS is_new`,
      [message, account, editNo],
    );
    const { at, is_new } = one(rows);
    if (!is_new) return { at, revision: null };
    // The person's counter comes last (contract, "Terms")
    const counted = await db.query<{ revision: number }>(
      'UPDATE user_stream SET revision = revision + 1, confirmed_revision = revision + 1 WHERE account = $1 RETURNING revision',
      [account],
    );
    return { at, revision: one(counted.rows).revision };
  },

  unconfirmed: async (account, limit) => {
    const { rows } = await db.query<MessageRow & { room: string }>({
      name: 'unconfirmed',
      text: `SELECT x.room, ${MESSAGE} FROM member m JOIN message x ON x.room = m.room AND ${OPEN}
             WHERE m.account = $1 AND x.author <> $1 AND ${SEES}
               AND NOT EXISTS (SELECT FROM confirmation c WHERE c.message = x.id AND c.account = $1)
             ORDER BY x.required_at DESC, x.id LIMIT $2`,
      values: [account, limit],
    });
    await vault.load(db, {
      rooms: [...new Set(rows.map(({ room }) => room))],
      authors: [...new Set(rows.map(({ author }) => author))],
    });
    return rows.map((row) => messageOf(vault, row.room, row));
  },

  confirmations: async (account, room, message) => {
    const { rows } = await db.query<StateRow>({
      name: 'confirmations',
      text: `WITH seen AS (SELECT r.kind, m.role, x.id, x.room, x.seq, x.author FROM message x JOIN room r ON r.id = x.room
               JOIN member m ON m.room = x.room AND m.account = $1 WHERE x.id = $3 AND x.room = $2 AND ${OPEN} AND ${SEES})
             SELECT seen.kind, seen.role, a.account, a.at, a.edit_no FROM seen LEFT JOIN LATERAL (
               SELECT m.account, c.at, c.edit_no FROM member m LEFT JOIN confirmation c ON c.message = seen.id AND c.account = m.account
               WHERE m.room = seen.room AND m.account <> seen.author
                 AND EXISTS (SELECT FROM span s WHERE s.room = m.room AND s.account = m.account AND seen.seq BETWEEN s.from_seq AND coalesce(s.to_seq, 9223372036854775807))
             ) a ON true ORDER BY a.at, a.account`,
      values: [account, room, message],
    });
    const [first] = rows;
    if (!first) return null;
    return {
      kind: first.kind,
      role: first.role,
      confirmed: rows.flatMap(({ account: who, at, edit_no: editNo }) =>
        who !== null && at !== null && editNo !== null ? [{ account: who, at, editNo }] : [],
      ),
      waiting: rows.flatMap(({ account: who, at }) => (who !== null && at === null ? [who] : [])),
    };
  },

  confirmedAfter: async (account, revision) =>
    (
      await db.query({
        name: 'confirmed-after',
        text: 'SELECT 1 FROM user_stream WHERE account = $1 AND confirmed_revision > $2',
        values: [account, revision],
      })
    ).rows.length > 0,
});
