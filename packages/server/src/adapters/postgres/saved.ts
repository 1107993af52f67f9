/** What people save for later in PostgreSQL. Whether the person sees a message is asked in each statement. */
import type { SavedMemory } from '@recreio/core/ports.ts';
import type { Vault } from '../vault/vault.ts';
import type { Queryable } from './connect.ts';
import { MESSAGE, messageOf, type MessageRow } from './content.ts';

/** Whether the person $1 sees the message aliased `x` now. */
const SEEN = `EXISTS (SELECT 1 FROM member m JOIN span s ON s.room = m.room AND s.account = m.account
  WHERE m.room = x.room AND m.account = $1 AND x.seq BETWEEN s.from_seq AND coalesce(s.to_seq, 9223372036854775807))`;
/** Whether it is shown to them in their list. */
const SHOWN = `x.removed_at IS NULL AND ${SEEN}`;

interface SavedRow extends MessageRow {
  readonly id: string;
  readonly saved_at: string;
  readonly room: string;
}

/** The lists over a pool or inside a transaction. */
export const savedMemory = (db: Queryable, vault: Vault): SavedMemory => {
  /** The list is another: the person's counter, which is locked last (contract, "Terms"). */
  const changed = async (account: string): Promise<number | null> => {
    const {
      rows: [row],
    } = await db.query<{ revision: number }>(
      `UPDATE user_stream SET revision = revision + 1, saved_revision = revision + 1 WHERE account = $1 RETURNING revision`,
      [account],
    );
    return row?.revision ?? null;
  };

  return {
    find: async (account, room, message) => {
      const {
        rows: [row],
      } = await db.query<{ removed: boolean; is_saved: boolean; count: number }>(
        `SELECT x.removed_at IS NOT NULL AS removed, EXISTS (SELECT 1 FROM saved s WHERE s.account = $1 AND s.message = x.id) AS is_saved,
           (SELECT count(*)::int FROM saved s WHERE s.account = $1) AS count
         FROM message x WHERE x.id = $3 AND x.room = $2 AND ${SEEN}`,
        [account, room, message],
      );
      return row ? { removed: row.removed, isSaved: row.is_saved, count: row.count } : null;
    },
    put: async (account, message, id) => {
      await db.query('INSERT INTO saved (account, message, id, at) VALUES ($1, $2, $3, clock_timestamp())', [
        account,
        message,
        id,
      ]);
      return await changed(account);
    },
    drop: async (account, message) => {
      const { rowCount } = await db.query('DELETE FROM saved WHERE account = $1 AND message = $2', [account, message]);
      return rowCount === 0 ? null : await changed(account);
    },
    dropUnseen: async (account) => {
      const { rowCount } = await db.query(
        `DELETE FROM saved g USING message x WHERE g.account = $1 AND x.id = g.message AND NOT (${SHOWN})`,
        [account],
      );
      const gone = rowCount ?? 0;
      return { gone, revision: gone === 0 ? null : await changed(account) };
    },
    page: async (account, after, limit) => {
      const { rows } = await db.query<SavedRow>({
        name: 'saved',
        text: `SELECT g.id, g.at AS saved_at, x.room, ${MESSAGE} FROM saved g JOIN message x ON x.id = g.message
               WHERE g.account = $1 AND ($2::uuid IS NULL OR g.id < $2) AND ${SHOWN} ORDER BY g.id DESC LIMIT $3`,
        values: [account, after, limit],
      });
      await vault.load(db, {
        rooms: [...new Set(rows.map(({ room }) => room))],
        authors: [...new Set(rows.map(({ author }) => author))],
      });
      return rows.map((row) => ({ id: row.id, at: row.saved_at, message: messageOf(vault, row.room, row) }));
    },
    all: async (account) => {
      const { rows } = await db.query<{ message: string; is_seen: boolean }>({
        name: 'saved-all',
        text: `SELECT g.message, ${SHOWN} AS is_seen FROM saved g JOIN message x ON x.id = g.message WHERE g.account = $1 ORDER BY g.id DESC`,
        values: [account],
      });
      return rows.map(({ message, is_seen }) => ({ message, isSeen: is_seen }));
    },
    changedAfter: async (account, revision) =>
      (
        await db.query({
          name: 'saved-changed',
          text: 'SELECT 1 FROM user_stream WHERE account = $1 AND saved_revision > $2',
          values: [account, revision],
        })
      ).rows.length > 0,
  };
};
