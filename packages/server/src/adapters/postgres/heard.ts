/**
 * What people are told of while they are away, in PostgreSQL: rooms' logs are read behind a cursor, so that sending a message writes
 * nothing more. Each way of telling has a cursor of its own: devices that are called (push-queue.ts), mails (digest.ts).
 */
import type { Heard, HeardMemory, TalkSpan } from '@recreio/core/ports.ts';
import { isForwardAlone, type Language, type QuietHours } from '@recreio/protocol';
import type { Vault } from '../vault/vault.ts';
import { uuidArray } from './arrays.ts';
import type { Queryable } from './connect.ts';
import { CONTENT, contentOf, type ContentRow } from './content.ts';
import { BEING_MAILED, mailedSql } from './escalation.ts';
import { TUNING, type TuningRow, tuningOf } from './notifications.ts';

/** A way of telling people: names of its tables, and SQL for whom it reaches. */
export interface Way {
  /** Of its statements. */
  readonly name: string;
  /** How far each room was looked through: `room`, `seq`. */
  readonly cursor: string;
  /** One row with `since`, before which nothing is looked at; without one nothing was said in time. */
  readonly since: string;
  /** Whether anybody is reached at all. */
  readonly anybody: string;
  /** Whether the member `m`, whose account is `a`, is. */
  readonly reached: string;
  /**
   * Where this way tells of nothing but what speaks to somebody: the messages `x` of a room `r` that speak to everybody. Others are
   * looked at for those alone in whose own stream they are, so that a reply in a big room costs one look, and not one for each member.
   */
  readonly toAll?: string;
}

/** Events of a room that are looked through in one go; what is left is next. */
const STRETCH = 500;
/** Messages of one conversation that are looked at when it is told: more than anybody counts. */
const COUNTED = 100;

interface HeardRow extends TuningRow {
  readonly account: string;
  readonly room: string;
  readonly thread: string | null;
  readonly seq: number;
  readonly at: string;
  readonly author: string;
  readonly kind: string | null;
  readonly read: boolean;
  readonly urgent: boolean;
  readonly mailed: boolean;
  readonly being_mailed: boolean;
  readonly blocked: boolean;
  readonly room_kind: Heard['place']['kind'];
  readonly posting: 'members' | 'moderators';
  readonly members: number;
  readonly role: Heard['place']['role'];
  readonly minor: boolean;
  readonly language: Language;
  readonly time_zone: string | null;
  readonly rests: boolean;
  readonly rests_until: string | null;
  readonly quiet_hours: string | null;
  readonly title: string;
  readonly author_name: string;
}

/** When the message `x` began to call: what has to be read, when it was asked for. */
const SINCE = 'CASE WHEN n.asked THEN x.required_at ELSE x.at END';

/**
 * Messages `x` of a room `r` as they concern a member `m`, where `which` narrows them down, and only who sees them. What has to be
 * read began to call when it was asked for; not who asked for it.
 */
const heardSql = (from: string, which: string): string => `
  SELECT m.account, x.room, x.thread, x.seq, ${SINCE} AS at, x.author, w.name AS author_name,
    r.kind AS room_kind, r.posting, r.members, r.title, m.role,
    a.minor, a.language, a.time_zone, a.rests, a.rests_until, a.quiet_hours::text AS quiet_hours, ${TUNING},
    CASE WHEN n.asked THEN 'notice' ELSE coalesce((SELECT u.data ->> 'kind' FROM user_event u WHERE u.account = m.account AND u.room = x.room
       AND u.message_seq = x.seq AND u.type = 'notification.made' LIMIT 1), CASE WHEN x.room = ANY (x.mentions) THEN 'everyone' END) END AS kind,
    coalesce(CASE WHEN x.thread IS NULL THEN k.seq ELSE f.seq END >= x.seq, false) AS read,
    coalesce(x.id = ANY (x.mentions) AND m.account = ANY (x.mentions), false) AS urgent, coalesce(${mailedSql(SINCE)}, false) AS mailed,
    coalesce(${BEING_MAILED}, false) AS being_mailed,
    EXISTS (SELECT FROM block b WHERE b.blocker = m.account AND b.blocked = x.author) AS blocked
  FROM ${from} JOIN room r ON r.id = q.room JOIN message x ON x.room = q.room AND x.seq BETWEEN q.low AND q.high AND x.removed_at IS NULL
  JOIN member m ON m.room = q.room JOIN account a ON a.id = m.account AND a.disabled_at IS NULL
  JOIN account w ON w.id = x.author
  CROSS JOIN LATERAL (SELECT x.required_at IS NOT NULL AND x.required_by <> m.account AND NOT EXISTS (
    SELECT FROM confirmation c WHERE c.message = x.id AND c.account = m.account) AS asked) n
  LEFT JOIN room_tuning t ON t.account = m.account AND t.room = m.room
  LEFT JOIN read_marker k ON k.room = m.room AND k.account = m.account
  LEFT JOIN thread_follow f ON f.root = x.thread AND f.account = m.account
  WHERE x.author <> m.account AND ${which}
    AND EXISTS (SELECT FROM span s WHERE s.room = x.room AND s.account = m.account AND x.seq BETWEEN s.from_seq AND coalesce(s.to_seq, 9223372036854775807))`;

/** Stretches of logs as they were given, and each message that a stretch says has to be read, once, however often it says so. */
const STRETCHES = `(
    WITH s AS (SELECT * FROM unnest($1::uuid[], $2::bigint[], $3::bigint[]) AS s (room, low, high))
    SELECT * FROM s
    UNION ALL SELECT DISTINCT s.room, o.seq, o.seq FROM s JOIN event e ON e.room = s.room AND e.seq BETWEEN s.low AND s.high AND e.type = 'message.required'
      JOIN message o ON o.id = e.message WHERE o.seq < s.low
  ) AS q`;

/** What of these stretches is in the own stream of somebody who is in the room now. */
const SPEAKING = `(
    SELECT s.room, c.seq AS low, c.seq AS high, y.account
    FROM unnest($1::uuid[], $2::bigint[], $3::bigint[]) AS s (room, low, high) JOIN member y ON y.room = s.room
    CROSS JOIN LATERAL (SELECT u.message_seq AS seq FROM user_event u WHERE u.account = y.account AND u.room = s.room
      AND u.message_seq BETWEEN s.low AND s.high AND u.type = 'notification.made' OFFSET 0) c
  ) AS q`;

/** What each of these people is told of, where a way tells of all that is said, and where of what speaks to them. */
const lookSql = (reached: string, toAll: string | undefined): string =>
  toAll === undefined
    ? heardSql(STRETCHES, reached)
    : `${heardSql(STRETCHES, `${reached} AND ${toAll}`)}
       UNION ALL ${heardSql(SPEAKING, `m.account = q.account AND ${reached} AND ${toAll} IS NOT TRUE`)}`;

/** What calls them comes first: of a long stretch the newest that was merely said is left out, not the one mention before it. */
const SPANS = `
  SELECT p.nth::int, l.* FROM unnest($1::uuid[], $2::uuid[], $3::bigint[], $4::bigint[], $5::uuid[])
    WITH ORDINALITY AS p (account, room, low, high, thread, nth)
  CROSS JOIN LATERAL (SELECT * FROM (${heardSql(
    '(SELECT p.room, p.low, p.high) q',
    'm.account = p.account AND x.thread IS NOT DISTINCT FROM p.thread',
  )}) h ORDER BY h.kind IS NULL, h.seq DESC LIMIT ${COUNTED}) l ORDER BY p.nth, l.seq`;

const heardOf = (row: HeardRow): Heard => ({
  account: row.account,
  room: row.room,
  thread: row.thread,
  seq: row.seq,
  at: row.at,
  author: row.author,
  authorName: row.author_name,
  call: row.kind,
  // What has to be read is not until it is confirmed, wherever the marker stands (docs/protocol.md R114)
  isRead: row.kind !== 'notice' && row.read,
  // Of what also has to be read: that it is confirmed is asked for elsewhere
  isUrgent: row.urgent && !row.read,
  isMailed: row.mailed,
  isBeingMailed: row.being_mailed,
  isBlocked: row.blocked,
  place: {
    kind: row.room_kind,
    announces: row.posting === 'moderators',
    members: row.members,
    role: row.role,
  },
  tuning: tuningOf(row),
  minor: row.minor,
  language: row.language,
  timeZone: row.time_zone,
  resting: row.rests ? { until: row.rests_until } : null,
  ...(row.quiet_hours === null ? {} : { quietHours: JSON.parse(row.quiet_hours) as QuietHours | null }),
  title: row.title,
});

/** Spans as parameters, an array for each column: account, room, thread, from and to. */
export const columnsOf = (spans: readonly TalkSpan[]): unknown[] => [
  spans.map(({ account }) => account),
  spans.map(({ room }) => room),
  spans.map(({ thread }) => thread),
  spans.map(({ from }) => from),
  spans.map(({ to }) => to),
];

/** A way's reading over a pool or inside a transaction. */
export const heardMemory = (
  db: Queryable,
  vault: Vault,
  { name, cursor, since, anybody, reached, toAll }: Way,
): HeardMemory => ({
  behind: async (most) => {
    const { rows } = await db.query<{ id: string }>({
      name: `${name}-behind`,
      text: `SELECT r.id FROM room r LEFT JOIN ${cursor} p ON p.room = r.id
             WHERE r.head > coalesce(p.seq, 0) AND ${anybody} LIMIT $1`,
      values: [most],
    });
    return rows.map(({ id }) => id);
  },

  lookThrough: async (rooms) => {
    // A room that is seen for the first time: from where it stood when this way began
    await db.query({
      name: `${name}-rooms`,
      text: `INSERT INTO ${cursor} (room, seq)
             SELECT r.id, coalesce((SELECT e.seq FROM event e, ${since} v WHERE e.room = r.id AND e.at < v.since ORDER BY e.seq DESC LIMIT 1), 0)
             FROM room r WHERE r.id = ANY ($1::uuid[]) ORDER BY r.id ON CONFLICT DO NOTHING`,
      values: [uuidArray(rooms)],
    });
    const { rows: held } = await db.query<{ room: string; seq: number }>({
      name: `${name}-hold`,
      text: `SELECT room, seq FROM ${cursor} WHERE room = ANY ($1::uuid[]) ORDER BY room FOR UPDATE SKIP LOCKED`,
      values: [uuidArray(rooms)],
    });
    if (held.length === 0) return [];
    const from = new Map(held.map(({ room, seq }) => [room, seq]));
    // In a statement of its own: the heads as they are now that the cursors are held
    const { rows: moved } = await db.query<{ room: string; seq: number }>({
      name: `${name}-move`,
      text: `UPDATE ${cursor} p SET seq = least(r.head, p.seq + $2) FROM room r
             WHERE r.id = p.room AND p.room = ANY ($1::uuid[]) AND r.head > p.seq RETURNING p.room, p.seq`,
      values: [uuidArray([...from.keys()]), STRETCH],
    });
    if (moved.length === 0) return [];
    const { rows } = await db.query<HeardRow>({
      name: `${name}-look-through`,
      text: `SELECT * FROM (${lookSql(reached, toAll)}) h ORDER BY h.room, h.seq`,
      values: [
        uuidArray(moved.map(({ room }) => room)),
        moved.map(({ room }) => (from.get(room) ?? 0) + 1),
        moved.map(({ seq }) => seq),
      ],
    });
    return rows.map(heardOf);
  },

  heard: async (spans) => {
    if (spans.length === 0) return [];
    const { rows } = await db.query<HeardRow & { readonly nth: number }>({
      name: `${name}-heard`,
      text: SPANS,
      values: [
        uuidArray(spans.map(({ account }) => account)),
        uuidArray(spans.map(({ room }) => room)),
        spans.map(({ from }) => from),
        spans.map(({ to }) => to),
        spans.map(({ thread }) => thread),
      ],
    });
    const told = Map.groupBy(rows, ({ nth }) => nth);
    return spans.map((_, nth) => (told.get(nth + 1) ?? []).map(heardOf));
  },

  words: async (room, seq) => {
    const {
      rows: [row],
    } = await db.query<ContentRow>({
      name: `${name}-words`,
      text: `SELECT ${CONTENT} FROM message x WHERE x.room = $1 AND x.seq = $2`,
      values: [room, seq],
    });
    if (!row) return null;
    await vault.load(db, { rooms: [room], authors: [row.author] });
    const { body = null, forward } = contentOf(vault, room, row);
    return body !== null && forward !== undefined && isForwardAlone(body, forward) ? null : body;
  },
});
