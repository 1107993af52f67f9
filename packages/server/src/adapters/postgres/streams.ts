/** Reading logs: one statement each, membership asked in it, so that no page outlives an access. */
import type { MessagePage, StreamsMemory, Stretch } from '@recreio/core/ports.ts';
import type { UserEvent } from '@recreio/protocol';
import type { Vault } from '../vault/vault.ts';
import { int8Array, uuidArray } from './arrays.ts';
import type { Queryable } from './connect.ts';
import { gather, inOrderOf } from './gather.ts';
import { streamsAside } from './streams-aside.ts';
import { CONTENT, eventOf, type EventRow, MESSAGE, messageOf, type MessageRow, outside, repliesOf } from './content.ts';
import { standingIn } from './threads.ts';

type Span = [number, number | null];

/** The caller's standing in a room; no row for outsiders. $1 room, $2 account. */
const ME = `me AS MATERIALIZED (
  SELECT r.head, r.ordinal AS newest, r.last_message_at, (SELECT e.id FROM event e WHERE e.room = r.id AND e.seq = r.head) AS head_id,
    (SELECT json_agg(json_build_array(s.from_seq, s.to_seq) ORDER BY s.from_seq) FROM span s WHERE s.room = r.id AND s.account = $2) AS spans
  FROM room r JOIN member m ON m.room = r.id AND m.account = $2 WHERE r.id = $1)`;

/** Whether a seq lies in one of the caller's spans. */
const visible = (seq: string) =>
  `EXISTS (SELECT 1 FROM span s WHERE s.room = $1 AND s.account = $2 AND ${seq} BETWEEN s.from_seq AND coalesce(s.to_seq, 9223372036854775807))`;

/** A message of the room's conversation, with what was answered in its thread. */
const WITH_REPLIES = `${MESSAGE}, ${repliesOf(visible('y.seq'))} AS replies`;

interface MeRow {
  readonly head: number;
  readonly newest: number;
  readonly last_message_at: string | null;
  readonly head_id: string | null;
  readonly spans: Span[] | null;
}

interface UserStandingRow {
  readonly epoch: string;
  readonly head: number;
  readonly revision: number;
  readonly head_id: string | null;
  readonly at_cursor: string | null;
  readonly oldest: number | null;
}

/** Places in streams that are looked up in one statement. */
const TOGETHER = 256;
/** Whether a message aliased `p` stands on its room's board. */
const PINNED = 'p.pinned_at IS NOT NULL AND p.removed_at IS NULL';

/** SQL for a page's messages: those `among` which $4 lie below seq $3 and $6 from seq $5 on; and the one that is the `root`. */
const pageOf = (
  columns: string,
  among: string,
  root?: string,
): string => `WITH ${ME} SELECT me.*, (SELECT count(*)::int FROM message p WHERE p.room = $1 AND ${PINNED}) AS board, y.* FROM me LEFT JOIN LATERAL (
  (SELECT ${columns} FROM message x WHERE ${among} AND x.seq < $3 AND ${visible('x.seq')} ORDER BY x.seq DESC LIMIT $4)
  UNION ALL
  (SELECT ${columns} FROM message x WHERE ${among} AND x.seq >= $5 AND ${visible('x.seq')} ORDER BY x.seq LIMIT $6)${
    root === undefined
      ? ''
      : ` UNION ALL (SELECT ${WITH_REPLIES} FROM message x WHERE ${root} AND x.room = $1 AND x.thread IS NULL AND ${visible('x.seq')})`
  }) y ON true ORDER BY y.seq`;

/** How many of the polled heads one statement asks for. */
const SLICE = 2_000;

/** The reading side of the log; places in streams, which everybody asks for at once after a cut, are looked up over `lookups`. */
export const streamsMemory = (db: Queryable, vault: Vault, lookups: Queryable = db): StreamsMemory => {
  let epoch: string | null = null;
  const readEpoch = async (): Promise<string> => {
    const {
      rows: [row],
    } = await db.query<{ epoch: string }>('SELECT epoch FROM installation');
    if (!row) throw new Error('the installation has no row');
    return row.epoch;
  };
  const open = async (room: string, rows: readonly { readonly author: string | null }[]) =>
    await vault.load(db, { rooms: [room], authors: [...new Set(rows.flatMap(({ author }) => author ?? []))] });

  const standings = gather(async (asked: readonly { account: string; room: string; seq: number }[]) => {
    const { rows } = await lookups.query<
      Omit<MeRow, 'spans'> & { nth: number; epoch: string; at_cursor: string | null; visible_from: number | null }
    >({
      name: 'standings',
      text: `SELECT q.nth::int, r.head, r.ordinal AS newest, r.last_message_at, (SELECT e.id FROM event e WHERE e.room = r.id AND e.seq = r.head) AS head_id,
               (SELECT epoch FROM installation) AS epoch, (SELECT e.id FROM event e WHERE e.room = r.id AND e.seq = q.seq) AS at_cursor,
               (SELECT max(s.from_seq) FROM span s WHERE s.room = r.id AND s.account = m.account AND s.to_seq IS NULL) AS visible_from
             FROM unnest($1::uuid[], $2::uuid[], $3::int8[]) WITH ORDINALITY AS q (room, account, seq, nth)
             JOIN member m ON m.room = q.room AND m.account = q.account JOIN room r ON r.id = m.room`,
      values: [
        uuidArray(asked.map(({ room }) => room)),
        uuidArray(asked.map(({ account }) => account)),
        int8Array(asked.map(({ seq }) => seq)),
      ],
    });
    return inOrderOf(asked.length, rows, (row) => ({
      epoch: row.epoch,
      head: row.head,
      headId: row.head_id,
      idAtCursor: row.at_cursor,
      ordinal: row.newest,
      lastMessageAt: row.last_message_at,
      visibleFrom: row.visible_from ?? row.head + 1,
    }));
  }, TOGETHER);

  const userStandings = gather(async (asked: readonly { account: string; seq: number }[]) => {
    const { rows } = await lookups.query<UserStandingRow>({
      name: 'user-standings',
      text: `SELECT q.nth::int, (SELECT epoch FROM installation) AS epoch, coalesce(s.head, 0) AS head, coalesce(s.revision, 0) AS revision,
               (SELECT id FROM user_event u WHERE u.account = s.account AND u.seq = s.head) AS head_id,
               (SELECT id FROM user_event u WHERE u.account = s.account AND u.seq = q.seq) AS at_cursor,
               (SELECT min(seq) FROM user_event u WHERE u.account = s.account) AS oldest
             FROM unnest($1::uuid[], $2::int8[]) WITH ORDINALITY AS q (account, seq, nth) LEFT JOIN user_stream s ON s.account = q.account
             ORDER BY q.nth`,
      values: [uuidArray(asked.map(({ account }) => account)), int8Array(asked.map(({ seq }) => seq))],
    });
    return rows.map((row) => ({
      epoch: row.epoch,
      head: row.head,
      headId: row.head_id,
      idAtCursor: row.at_cursor,
      oldest: row.oldest ?? row.head + 1,
      revision: row.revision,
    }));
  }, TOGETHER);

  return {
    epoch: async () => (epoch ??= await readEpoch()),

    standing: (account, room, seq) => standings({ account, room, seq }),

    read: async (account, room, after, limit): Promise<Stretch | null> => {
      const { rows } = await db.query<MeRow & EventRow>({
        name: 'read-events',
        text: `WITH ${ME} SELECT me.*, y.* FROM me LEFT JOIN LATERAL (
                 SELECT e.seq, e.id, e.type, e.actor, e.at, e.data, ${CONTENT} FROM event e LEFT JOIN message x ON x.id = e.message
                 WHERE e.room = $1 AND e.seq > $3 AND e.seq <= me.head AND ${visible('e.seq')} ORDER BY e.seq LIMIT $4) y ON true ORDER BY y.seq`,
        values: [room, account, after, limit],
      });
      const [first] = rows;
      if (!first) return null;
      const found = rows.filter((row) => row.seq !== null);
      await open(room, found);
      const to = found.length < limit ? Math.max(after, first.head) : (found.at(-1)?.seq ?? after);
      return {
        head: first.head,
        to,
        events: found.map((row) => eventOf(vault, room, row)),
        ...missing(
          after + 1,
          to,
          found.map(({ seq }) => seq),
          first.spans ?? [],
        ),
      };
    },

    page: async (account, room, where): Promise<MessagePage | null> => {
      const { thread, after, around, limit } = where;
      // Nothing lies before the first seq
      const before = where.before === undefined ? undefined : Math.max(1, where.before);
      const half = Math.floor(limit / 2); // the message in the middle is among those from the pivot on
      // How many messages below a pivot and from a pivot on; one more of each tells whether the walk goes on
      const [below, nBelow, above, nAbove] =
        around !== undefined
          ? [around, half, around, limit - half]
          : after !== undefined
            ? [after + 1, 0, after + 1, limit]
            : [before ?? Number.MAX_SAFE_INTEGER, limit, before ?? Number.MAX_SAFE_INTEGER, 0];
      const [{ rows }, mine] = await Promise.all([
        db.query<MeRow & MessageRow & { board: number }>(
          thread === undefined
            ? {
                name: 'page',
                text: pageOf(WITH_REPLIES, 'x.room = $1 AND x.thread IS NULL'),
                values: [room, account, below, nBelow + 1, above, nAbove + 1],
              }
            : {
                // What the thread hangs from comes in the same snapshot: its count is true at the same head
                name: 'page-thread',
                text: pageOf(`${MESSAGE}, NULL::json AS replies`, 'x.thread = $7 AND x.room = $1', 'x.id = $7'),
                values: [room, account, below, nBelow + 1, above, nAbove + 1, thread],
              },
        ),
        thread === undefined ? null : standingIn(db, account, room, thread),
      ]);
      const [first] = rows;
      if (!first) return null;
      const root = rows.find(({ message }) => thread !== undefined && message === thread);
      if (thread !== undefined && (!root || !mine)) return null;
      const found = rows.filter((row) => row.seq !== null && row !== root);
      const low = found.filter(({ seq }) => seq < below);
      const high = found.filter(({ seq }) => seq >= above);
      const moreBefore = low.length > nBelow;
      const moreAfter = high.length > nAbove;
      const shown = [...low.slice(moreBefore ? 1 : 0), ...high.slice(0, nAbove)];
      await open(room, root ? [root, ...shown] : shown);
      const from = moreBefore ? (shown[0]?.seq ?? below) : 1;
      const lastBelow = nAbove === 0 && before !== undefined ? before - 1 : first.head;
      const to = moreAfter
        ? nAbove === 0
          ? Math.min(lastBelow, first.head)
          : (shown.at(-1)?.seq ?? above - 1)
        : first.head;
      const start = after !== undefined && around === undefined ? Math.max(from, after + 1) : from;
      return {
        at: first.head,
        lastId: first.head_id,
        from: Math.min(start, to + 1),
        to,
        messages: shown.map((row) => messageOf(vault, room, row)),
        // A thread begins with what it hangs from
        hidden: outside(start, to, first.spans ?? []).filter((range) => range.from > (root?.seq ?? 0)),
        before: moreBefore,
        after: moreAfter,
        pins: first.board,
        ...(root && mine ? { thread: { root: messageOf(vault, room, root), mine } } : {}),
      };
    },

    byIds: async (account, room, ids) => {
      const { rows } = await db.query<MeRow & MessageRow>({
        name: 'messages-by-id',
        text: `WITH ${ME} SELECT me.*, y.* FROM me LEFT JOIN LATERAL (
                 SELECT ${WITH_REPLIES} FROM message x WHERE x.id = ANY ($3::uuid[]) AND x.room = $1 AND ${visible('x.seq')}) y ON true ORDER BY y.seq`,
        values: [room, account, ids],
      });
      const [first] = rows;
      if (!first) return null;
      const found = rows.filter((row) => row.seq !== null);
      await open(room, found);
      return { at: first.head, messages: found.map((row) => messageOf(vault, room, row)) };
    },

    ...streamsAside(db, vault),

    tail: async (room, after, limit) => {
      const { rows } = await db.query<EventRow>({
        name: 'tail',
        text: `SELECT e.seq, e.id, e.type, e.actor, e.at, e.data, ${CONTENT} FROM event e LEFT JOIN message x ON x.id = e.message
               WHERE e.room = $1 AND e.seq > $2 ORDER BY e.seq LIMIT $3`,
        values: [room, after, limit],
      });
      await open(room, rows);
      return rows.map((row) => eventOf(vault, room, row));
    },

    heads: async (rooms, accounts) => {
      const found = {
        rooms: new Map<string, number>(),
        users: new Map<string, number>(),
        revisions: new Map<string, number>(),
      };
      for (let at = 0; at < Math.max(rooms.length, accounts.length); at += SLICE) {
        const [ofRooms, ofUsers] = await Promise.all([
          db.query<{ id: string; head: number }>({
            name: 'heads',
            text: 'SELECT id, head FROM room WHERE id = ANY ($1::uuid[])',
            values: [rooms.slice(at, at + SLICE)],
          }),
          db.query<{ account: string; head: number; revision: number }>({
            name: 'user-heads',
            text: 'SELECT account, head, revision FROM user_stream WHERE account = ANY ($1::uuid[])',
            values: [accounts.slice(at, at + SLICE)],
          }),
        ]);
        for (const { id, head } of ofRooms.rows) found.rooms.set(id, head);
        for (const { account, head, revision } of ofUsers.rows) {
          found.users.set(account, head);
          found.revisions.set(account, revision);
        }
      }
      return found;
    },

    userStanding: (account, seq) => userStandings({ account, seq }),

    userRead: async (account, after, limit) => {
      const { rows } = await db.query<{
        head: number;
        oldest: number | null;
        seq: number | null;
        id: string;
        type: UserEvent['type'];
        at: string;
        data: unknown;
      }>({
        name: 'user-read',
        text: `SELECT s.head, (SELECT min(seq) FROM user_event u WHERE u.account = $1) AS oldest, y.* FROM user_stream s
               LEFT JOIN LATERAL (SELECT seq, id, type, at, data FROM user_event u WHERE u.account = $1 AND u.seq > $2 AND u.seq <= s.head ORDER BY u.seq LIMIT $3) y ON true
               WHERE s.account = $1 ORDER BY y.seq`,
        values: [account, after, limit],
      });
      const head = rows[0]?.head ?? 0;
      return {
        head,
        oldest: rows[0]?.oldest ?? head + 1,
        events: rows.flatMap((row) =>
          row.seq === null
            ? []
            : [{ seq: row.seq, id: row.id, type: row.type, at: row.at, data: row.data } as UserEvent],
        ),
      };
    },
  };
};

/** The seqs of from..to that are not among those found: hidden where no span covers them, purged where one does. */
const missing = (
  from: number,
  to: number,
  found: readonly number[],
  spans: readonly Span[],
): Pick<Stretch, 'hidden' | 'purged'> => {
  const hidden = outside(from, to, spans);
  const purged: { from: number; to: number }[] = [];
  let next = from;
  const gone = (start: number, end: number) => {
    // What is hidden anyway is not called purged
    let at = start;
    for (const range of hidden) {
      if (range.to < at || range.from > end) continue;
      if (range.from > at) purged.push({ from: at, to: range.from - 1 });
      at = range.to + 1;
    }
    if (at <= end) purged.push({ from: at, to: end });
  };
  for (const seq of [...found, to + 1]) {
    if (seq > next) gone(next, seq - 1);
    next = seq + 1;
  }
  return { hidden, purged };
};
