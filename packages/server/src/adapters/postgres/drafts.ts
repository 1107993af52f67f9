/** Drafts in PostgreSQL, sealed like messages (E1). A draft that was cleared stays as a version without words. */
import type { DraftsMemory } from '@recreio/core/ports.ts';
import { DRAFTS, type SyncedDraft } from '@recreio/protocol';
import { KIND, type Place } from '../vault/binding.ts';
import type { Vault } from '../vault/vault.ts';
import type { Queryable } from './connect.ts';

interface DraftRow {
  readonly room: string;
  readonly talk: string;
  readonly thread: string | null;
  readonly reply_to: string | null;
  readonly version: number;
  readonly at: string;
  readonly revision: number;
  readonly rk_version: number;
  readonly ak_version: number;
  readonly salt: Buffer;
  readonly nonce: Buffer;
  readonly commitment: Buffer;
  readonly ct: Buffer | null;
}

const COLUMNS =
  'd.room, d.talk, d.thread, d.reply_to, d.version::int, d.at, d.revision, d.rk_version, d.ak_version, d.salt, d.nonce, d.commitment, d.ct';

/** SQL: whether a person is in the room and sees the message `root` there, where the draft is one of a thread. */
export const seen = (account: string, room: string, root: string): string =>
  `EXISTS (SELECT 1 FROM member m WHERE m.room = ${room} AND m.account = ${account})
  AND (${root} IS NULL OR EXISTS (SELECT 1 FROM message x JOIN span s ON s.room = x.room AND s.account = ${account}
    WHERE x.id = ${root} AND x.room = ${room} AND x.thread IS NULL AND x.seq BETWEEN s.from_seq AND coalesce(s.to_seq, 9223372036854775807)))`;

/** What a draft is bound to: its person, its place, its version; nothing else of theirs opens as it. */
const placeOf = (
  account: string,
  { room, talk, thread, reply_to, version }: Pick<DraftRow, 'room' | 'talk' | 'thread' | 'reply_to' | 'version'>,
): Place => ({
  room,
  message: talk,
  editNo: version,
  author: account,
  kind: KIND.draft,
  replyTo: reply_to,
  thread,
  mentions: [],
});

/** The drafts over a pool or inside a transaction. */
export const draftsMemory = (db: Queryable, vault: Vault): DraftsMemory => {
  /** Keys must be loaded. What cannot be opened any more is a draft without words. */
  const draftOf = (account: string, row: DraftRow): SyncedDraft => {
    const { room, thread, reply_to, version, at } = row;
    const base = { room, ...(thread === null ? {} : { thread }), version, at };
    if (row.ct === null) return base;
    const { rk_version, ak_version, salt, nonce, commitment, ct } = row;
    const sealed = { rkVersion: rk_version, akVersion: ak_version, salt, nonce, commitment, ct };
    const opened = vault.open(placeOf(account, row), sealed);
    if (opened.verdict !== 'opened') return base;
    return { ...base, body: opened.body, ...(reply_to === null ? {} : { replyTo: reply_to }) };
  };
  const read = async (account: string, rows: readonly DraftRow[]): Promise<SyncedDraft[]> => {
    await vault.load(db, { rooms: [...new Set(rows.map(({ room }) => room))], authors: [account] });
    return rows.map((row) => draftOf(account, row));
  };

  return {
    find: async (account, room, thread) => {
      const {
        rows: [row],
      } = await db.query<Omit<DraftRow, 'version'> & { version: number | null; count: number }>(
        `SELECT ${COLUMNS}, (SELECT count(*)::int FROM draft c WHERE c.account = $1 AND c.ct IS NOT NULL AND ${seen('$1', 'c.room', 'c.thread')}) AS count
         FROM (SELECT $2::uuid AS room, $3::uuid AS thread) q LEFT JOIN draft d ON d.account = $1 AND d.talk = coalesce(q.thread, q.room)
         WHERE ${seen('$1', 'q.room', 'q.thread')}`,
        [account, room, thread],
      );
      if (!row) return null;
      const { version, count } = row;
      if (version === null) return { version: 0, count };
      const [draft] = await read(account, [{ ...row, version }]);
      return { ...draft, version, count };
    },
    put: async (account, { room, thread = null, body, replyTo = null, version }) => {
      const talk = thread ?? room;
      const reply_to = body === undefined ? null : replyTo;
      await vault.load(db, { rooms: [room], authors: [account] });
      const sealed =
        body === undefined ? null : vault.seal(placeOf(account, { room, talk, thread, reply_to, version }), { body });
      // The person's counter comes last (contract, "Terms")
      await db.query(
        `INSERT INTO draft AS d (account, talk, room, thread, reply_to, version, at, revision, rk_version, ak_version, salt, nonce, commitment, ct)
         VALUES ($1, $2, $3, $4, $5, $6, clock_timestamp(), 0, $7, $8, $9, $10, $11, $12)
         ON CONFLICT (account, talk) DO UPDATE SET reply_to = excluded.reply_to, version = excluded.version, at = excluded.at,
           rk_version = excluded.rk_version, ak_version = excluded.ak_version, salt = excluded.salt, nonce = excluded.nonce,
           commitment = excluded.commitment, ct = excluded.ct`,
        [
          account,
          talk,
          room,
          thread,
          reply_to,
          version,
          sealed?.rkVersion ?? null,
          sealed?.akVersion ?? null,
          sealed?.salt ?? null,
          sealed?.nonce ?? null,
          sealed?.commitment ?? null,
          sealed?.ct ?? null,
        ],
      );
      const {
        rows: [row],
      } = await db.query<{ revision: number; at: string }>(
        `WITH counted AS (UPDATE user_stream SET revision = revision + 1 WHERE account = $1 RETURNING revision)
         UPDATE draft d SET revision = c.revision FROM counted c WHERE d.account = $1 AND d.talk = $2 RETURNING d.revision, d.at`,
        [account, talk],
      );
      if (!row) throw new Error('a person has a stream');
      return {
        revision: row.revision,
        draft: {
          room,
          ...(thread === null ? {} : { thread }),
          ...(body === undefined ? {} : { body }),
          ...(reply_to === null ? {} : { replyTo: reply_to }),
          version,
          at: row.at,
        },
      };
    },
    changedAfter: async (account, revision) => {
      const { rows } = await db.query<DraftRow>({
        name: 'drafts-after',
        text: `SELECT ${COLUMNS} FROM draft d WHERE d.account = $1 AND d.revision > $2 AND ${seen('$1', 'd.room', 'd.thread')}
               ORDER BY d.ct IS NULL, d.at DESC LIMIT ${4 * DRAFTS}`,
        values: [account, revision],
      });
      return await read(account, rows);
    },
  };
};
