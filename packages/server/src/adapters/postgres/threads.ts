/** Who follows which threads in PostgreSQL, and how far they were read. Whether the person sees a thread is asked in each statement. */
import type { Placed, StandingIn, ThreadMoved, ThreadsMemory, UserDraft } from '@recreio/core/ports.ts';
import type { FollowedThread, ThreadStanding } from '@recreio/protocol';
import type { Vault } from '../vault/vault.ts';
import { int8Array, uuidArray } from './arrays.ts';
import type { Queryable } from './connect.ts';
import { MESSAGE, messageOf, type MessageRow, repliesOf } from './content.ts';

/** Whether the person $1 sees a seq of the room of the message aliased `x`. */
const seen = (seq: string) =>
  `EXISTS (SELECT 1 FROM span s WHERE s.room = x.room AND s.account = $1 AND ${seq} BETWEEN s.from_seq AND coalesce(s.to_seq, 9223372036854775807))`;

interface StandingRow extends ThreadStanding {
  readonly room: string;
  readonly thread: string;
  readonly revision: number;
}

/** SQL for `StandingRow`s of the person $1 to the threads that they see; `x` is what the thread hangs from, `f` the row of theirs. */
const STANDINGS = `
  SELECT x.room, x.id AS thread, coalesce(f.following, false) AS following, coalesce(f.seq, 0) AS seq, coalesce(f.revision, 0) AS revision,
    (SELECT count(*)::int FROM (SELECT 1 FROM message y WHERE y.thread = x.id AND y.seq > coalesce(f.seq, 0) AND y.author <> $1
       AND y.removed_at IS NULL AND ${seen('y.seq')} LIMIT 999) q) AS unread,
    coalesce((SELECT max(y.seq) FROM message y WHERE y.thread = x.id AND ${seen('y.seq')}), 0) AS newest, x.at
  FROM message x JOIN member m ON m.room = x.room AND m.account = $1 LEFT JOIN thread_follow f ON f.root = x.id AND f.account = $1
  WHERE x.thread IS NULL AND ${seen('x.seq')}`;

const standingOf = ({ room, thread, following, seq, unread, newest }: StandingRow): StandingIn => ({
  room,
  thread,
  following,
  seq,
  unread,
  newest,
});

const readStanding = async (
  db: Queryable,
  account: string,
  room: string,
  thread: string,
): Promise<StandingRow | null> => {
  const { rows } = await db.query<StandingRow>({
    name: 'thread-standing',
    text: `${STANDINGS} AND x.room = $2 AND x.id = $3`,
    values: [account, room, thread],
  });
  return rows[0] ?? null;
};

/** How a person stands to a thread; null where they are no member, or see no such thread. */
export const standingIn = async (
  db: Queryable,
  account: string,
  room: string,
  thread: string,
): Promise<ThreadStanding | null> => {
  const row = await readStanding(db, account, room, thread);
  return row && { following: row.following, seq: row.seq, unread: row.unread, newest: row.newest };
};

type Reply = Placed<'message.sent'>;

/**
 * Who follows because of replies that are written in the same flush: the author has read up to their own, others up to what
 * called them. The author's other devices notice by a revision; the others get a notification. People's counters are locked
 * all at once and in id order, since the flush goes on to number their events (contract, "Terms"): nobody waits in a circle.
 */
export const insertFollows = (
  db: Queryable,
  replies: readonly Reply[],
  users: readonly UserDraft[],
): Promise<unknown>[] => {
  const follows = new Map<string, { root: string; account: string; room: string; seq: number }>();
  const own = new Map<string, { root: string; account: string }>();
  for (const { thread, room, actor, seq } of replies) {
    if (!thread) continue;
    for (const account of thread.follows) {
      const name = `${thread.root} ${account}`;
      const isOwn = account === actor;
      if (isOwn) own.set(name, { root: thread.root, account });
      if (isOwn || !follows.has(name))
        follows.set(name, { root: thread.root, account, room, seq: isOwn ? seq : seq - 1 });
    }
  }
  const rows = [...follows.values()];
  const moved = [...own.values()];
  return [
    db.query({
      name: 'insert-follows',
      text: `INSERT INTO thread_follow AS f (root, account, room, following, seq)
             SELECT root, account, room, true, seq FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::bigint[]) AS t (root, account, room, seq) ORDER BY root, account
             ON CONFLICT (root, account) DO UPDATE SET following = true, seq = greatest(f.seq, excluded.seq)`,
      values: [
        uuidArray(rows.map((r) => r.root)),
        uuidArray(rows.map((r) => r.account)),
        uuidArray(rows.map((r) => r.room)),
        int8Array(rows.map((r) => r.seq)),
      ],
    }),
    db.query({
      name: 'lock-counters',
      text: 'SELECT account FROM user_stream WHERE account = ANY ($1::uuid[]) ORDER BY account FOR NO KEY UPDATE',
      values: [uuidArray([...new Set([...users, ...moved].map(({ account }) => account))])],
    }),
    db.query({
      name: 'count-follows',
      text: `WITH own AS (SELECT * FROM unnest($1::uuid[], $2::uuid[]) AS t (root, account)),
               counted AS (UPDATE user_stream s SET revision = s.revision + 1 WHERE s.account = ANY ($2::uuid[]) RETURNING s.account, s.revision)
             UPDATE thread_follow f SET revision = c.revision FROM own JOIN counted c USING (account) WHERE f.root = own.root AND f.account = own.account`,
      values: [uuidArray(moved.map((r) => r.root)), uuidArray(moved.map((r) => r.account))],
    }),
  ];
};

interface ShownRow extends MessageRow {
  readonly room: string;
}

/** Threads over a pool or inside a transaction. */
export const threadsMemory = (db: Queryable, vault: Vault): ThreadsMemory => {
  /** After a change of a row of the person's: its revision, and where it stands. The counter comes last (contract, "Terms"). */
  const moved = async (
    account: string,
    room: string,
    thread: string,
    change: Promise<{ rowCount: number | null }>,
  ): Promise<ThreadMoved | null> => {
    const hasChanged = (await change).rowCount === 1;
    if (hasChanged)
      await db.query(
        `WITH counted AS (UPDATE user_stream SET revision = revision + 1 WHERE account = $1 RETURNING revision)
         UPDATE thread_follow f SET revision = c.revision FROM counted c WHERE f.root = $2 AND f.account = $1`,
        [account, thread],
      );
    const row = await readStanding(db, account, room, thread);
    return row && { standing: standingOf(row), revision: hasChanged ? row.revision : null };
  };

  /** The messages of threads, in one statement that asks once more whether they are seen. */
  const messagesOf = async (account: string, threads: readonly StandingRow[]): Promise<Map<string, ShownRow>> => {
    const { rows } = await db.query<ShownRow>({
      name: 'threads-messages',
      text: `SELECT x.room, ${MESSAGE}, CASE WHEN x.thread IS NULL THEN ${repliesOf(seen('y.seq'))} END AS replies
             FROM (SELECT unnest($2::uuid[]) AS id UNION ALL
                   SELECT z.id FROM unnest($2::uuid[], $3::bigint[]) AS t (root, seq) JOIN message z ON z.thread = t.root AND z.seq = t.seq) w
             JOIN message x ON x.id = w.id JOIN member m ON m.room = x.room AND m.account = $1 WHERE ${seen('x.seq')}`,
      values: [account, uuidArray(threads.map((t) => t.thread)), int8Array(threads.map((t) => t.newest))],
    });
    await vault.load(db, {
      rooms: [...new Set(rows.map(({ room }) => room))],
      authors: [...new Set(rows.map(({ author }) => author))],
    });
    // By what it is, and for replies by what it hangs from: each thread has one newest
    return new Map(rows.map((row) => [row.thread === null ? row.message : `last ${row.thread}`, row]));
  };

  return {
    follow: (account, room, thread, following) =>
      moved(
        account,
        room,
        thread,
        // Who begins to follow has seen what is there
        db.query(
          `INSERT INTO thread_follow AS f (root, account, room, following, seq)
           SELECT t.thread, $1, t.room, $4, t.newest FROM (${STANDINGS} AND x.room = $2 AND x.id = $3) t
           ON CONFLICT (root, account) DO UPDATE SET following = excluded.following,
             seq = CASE WHEN excluded.following THEN greatest(f.seq, excluded.seq) ELSE f.seq END
           WHERE f.following IS DISTINCT FROM excluded.following`,
          [account, room, thread, following],
        ),
      ),
    markRead: (account, room, thread, seq) =>
      moved(
        account,
        room,
        thread,
        db.query(
          `INSERT INTO thread_follow AS f (root, account, room, seq)
           SELECT t.thread, $1, t.room, least($4::bigint, t.newest) FROM (${STANDINGS} AND x.room = $2 AND x.id = $3) t
           ON CONFLICT (root, account) DO UPDATE SET seq = excluded.seq WHERE f.seq < excluded.seq`,
          [account, room, thread, seq],
        ),
      ),
    mine: async (account, limit) => {
      const { rows } = await db.query<StandingRow & { unread_threads: number }>({
        name: 'threads-mine',
        text: `SELECT t.*, (count(*) FILTER (WHERE t.unread > 0) OVER ())::int AS unread_threads FROM (${STANDINGS} AND f.following) t
               LEFT JOIN message y ON y.thread = t.thread AND y.seq = t.newest
               ORDER BY t.unread > 0 DESC, coalesce(y.at, t.at) DESC, t.thread LIMIT $2`,
        values: [account, limit + 1],
      });
      const shown = rows.slice(0, limit);
      const found = shown.length === 0 ? new Map<string, ShownRow>() : await messagesOf(account, shown);
      return {
        threads: shown.flatMap((row): FollowedThread[] => {
          const root = found.get(row.thread);
          const last = found.get(`last ${row.thread}`);
          if (!root) return [];
          const { following, seq, unread, newest } = row;
          return [
            {
              room: row.room,
              root: messageOf(vault, row.room, root),
              last: last ? messageOf(vault, row.room, last) : null,
              mine: { following, seq, unread, newest },
            },
          ];
        }),
        unread: rows[0]?.unread_threads ?? 0,
        more: rows.length > limit,
      };
    },
    movedAfter: async (account, revision) => {
      const { rows } = await db.query<StandingRow>({
        name: 'threads-moved',
        text: `${STANDINGS} AND f.revision > $2 ORDER BY f.revision`,
        values: [account, revision],
      });
      return rows.map((row) => ({ standing: standingOf(row), revision: row.revision }));
    },
  };
};
