/**
 * The words that call people, in PostgreSQL (docs/protocol.md R119): one sealed row for each person who has named any. Who takes them
 * back keeps an empty one: rooms that they were out of meanwhile learn of it by that when they come back (migration 0035).
 */
import { callForSame } from '@recreio/protocol';
import type { NotificationsMemory } from '@recreio/core/ports.ts';
import type { Vault } from '../vault/vault.ts';
import { isHeld, type Queryable } from './connect.ts';

/** The words as they lie in their row: texts none of which has a line break; nothing where there are none. */
const seal = (vault: Vault, account: string, words: readonly string[]): Buffer =>
  words.length === 0
    ? Buffer.alloc(0)
    : vault.sealSecret({ kind: 'keywords', owner: account }, Buffer.from(words.join('\n')));

/** SQL: the sealed words of the list `l`; null where there are none, or none any more. */
export const SEALED = "nullif(l.sealed, '')";

/** What was sealed for a person; none where it cannot be opened. */
export const keywordsOf = (vault: Vault, account: string, sealed: Buffer): readonly string[] =>
  vault.openSecret({ kind: 'keywords', owner: account }, sealed)?.toString('utf8').split('\n') ?? [];

/** SQL for the rooms of $1 in which words are looked for: in private conversations everything calls. */
const THEIRS = `room r JOIN member m ON m.room = r.id WHERE m.account = $1 AND r.kind NOT IN ('direct', 'group')`;

/**
 * Has all rooms of a person, and nobody lets them into another until the transaction ends. Rooms come before that, since a flush that
 * lets them in has its rooms already; one into which they were let meanwhile is not waited for with the others in hand, which would
 * be a circle where its holder waits for one of those. Then all are given back, and taken in their order once more.
 */
const holdTheirs = async (db: Queryable, account: string): Promise<void> => {
  for (;;) {
    await db.query('SAVEPOINT theirs');
    await db.query(`SELECT FROM ${THEIRS} ORDER BY r.id FOR NO KEY UPDATE OF r`, [account]);
    // Whoever is letting them in holds it shared until COMMIT (migration 0035): they have come in, or come in behind this and are seen to have words
    await db.query(`SELECT pg_advisory_xact_lock(hashtextextended('keywords ' || $1::uuid::text, 0))`, [account]);
    try {
      await db.query(`SELECT FROM ${THEIRS} FOR NO KEY UPDATE OF r NOWAIT`, [account]);
      return;
    } catch (error) {
      if (!isHeld(error)) throw error;
      await db.query('ROLLBACK TO SAVEPOINT theirs');
    }
  }
};

/** The words over a pool or inside a transaction. */
export const keywordsMemory = (db: Queryable, vault: Vault): Pick<NotificationsMemory, 'keywords' | 'setKeywords'> => ({
  keywords: async (account) => {
    const {
      rows: [row],
    } = await db.query<{ sealed: Buffer }>({
      name: 'keywords',
      text: 'SELECT sealed FROM keyword_list WHERE account = $1',
      values: [account],
    });
    return row ? keywordsOf(vault, account, row.sealed) : [];
  },

  setKeywords: async (account, words) => {
    const {
      rows: [row],
    } = await db.query<{ sealed: Buffer }>({
      name: 'keywords-hold',
      text: 'SELECT sealed FROM keyword_list WHERE account = $1 FOR UPDATE',
      values: [account],
    });
    const before = row ? keywordsOf(vault, account, row.sealed) : [];
    if (before.length === words.length && before.every((word, nth) => word === words[nth])) return false;
    await db.query(
      `INSERT INTO keyword_list (account, sealed) VALUES ($1, $2)
       ON CONFLICT (account) DO UPDATE SET sealed = excluded.sealed`,
      [account, seal(vault, account, words)],
    );
    if (!callForSame(before, words)) {
      await holdTheirs(db, account);
      await db.query(
        `WITH counted AS (
           UPDATE room SET hearing = hearing + 1 WHERE id IN (SELECT r.id FROM ${THEIRS}) RETURNING id, hearing)
         UPDATE member n SET hearing = c.hearing FROM counted c WHERE n.room = c.id AND n.account = $1`,
        [account],
      );
    }
    // The person's counter comes last (contract, "Terms")
    await db.query('UPDATE user_stream SET revision = revision + 1 WHERE account = $1', [account]);
    return true;
  },
});
