/**
 * What calls devices, in PostgreSQL: rooms' logs are read behind a cursor of their own, so that sending a message writes nothing
 * more; what is to be sent is one row for each device and conversation, taken by lease (contract D28).
 */
import { type Heard, type PushMemory, type PushSpan } from '@recreio/core/ports.ts';
import { type Language, pushTag, type QuietHours } from '@recreio/protocol';
import type { Vault } from '../vault/vault.ts';
import { one } from './accounts/sessions.ts';
import { uuidArray } from './arrays.ts';
import type { Queryable } from './connect.ts';
import { CONTENT, contentOf, type ContentRow } from './content.ts';
import { TUNING, type TuningRow, tuningOf } from './notifications.ts';
import { subscriptionOf } from './push-sealed.ts';

/** Events of a room that are looked through in one go; what is left is next. */
const STRETCH = 500;
/** Messages of one conversation that are looked at when it is sent: more than a notification counts. */
const COUNTED = 100;
/** A notification that follows another of the same conversation comes no sooner, in seconds. */
const APART_S = 30;
/** What one lease lasts, in seconds: longer than a push service is waited for. */
const LEASE_S = 60;
/** What was sent, and what could not be, is forgotten after so many days. */
const KEPT_DAYS = 7;

interface HeardRow extends TuningRow {
  readonly account: string;
  readonly room: string;
  readonly thread: string | null;
  readonly seq: number;
  readonly at: string;
  readonly author: string;
  readonly kind: string | null;
  readonly read: boolean;
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

/** Messages `x` of a room `r` as they concern a member `m`, where `which` narrows them down. Only who sees them and has a device. */
const heardSql = (from: string, which: string): string => `
  SELECT m.account, x.room, x.thread, x.seq, x.at, x.author, w.name AS author_name, r.kind AS room_kind, r.posting, r.members, r.title, m.role,
    a.minor, a.language, a.time_zone, a.rests, a.rests_until, a.quiet_hours::text AS quiet_hours, ${TUNING},
    coalesce((SELECT u.data ->> 'kind' FROM user_event u WHERE u.account = m.account AND u.room = x.room AND u.message_seq = x.seq
       AND u.type = 'notification.made' LIMIT 1), CASE WHEN x.room = ANY (x.mentions) THEN 'everyone' END) AS kind,
    coalesce(CASE WHEN x.thread IS NULL THEN k.seq ELSE f.seq END >= x.seq, false) AS read,
    EXISTS (SELECT FROM block b WHERE b.blocker = m.account AND b.blocked = x.author) AS blocked
  FROM ${from} JOIN room r ON r.id = q.room JOIN message x ON x.room = q.room AND x.seq BETWEEN q.low AND q.high AND x.removed_at IS NULL
  JOIN member m ON m.room = q.room JOIN account a ON a.id = m.account AND a.disabled_at IS NULL
  JOIN account w ON w.id = x.author
  LEFT JOIN room_tuning t ON t.account = m.account AND t.room = m.room
  LEFT JOIN read_marker k ON k.room = m.room AND k.account = m.account
  LEFT JOIN thread_follow f ON f.root = x.thread AND f.account = m.account
  WHERE x.author <> m.account AND ${which}
    AND EXISTS (SELECT FROM span s WHERE s.room = x.room AND s.account = m.account AND x.seq BETWEEN s.from_seq AND coalesce(s.to_seq, 9223372036854775807))`;

const LOOKED_THROUGH = `${heardSql(
  'unnest($1::uuid[], $2::bigint[], $3::bigint[]) AS q (room, low, high)',
  'EXISTS (SELECT FROM push_device d WHERE d.account = m.account)',
)} ORDER BY x.room, x.seq`;

const SPAN = `${heardSql(
  '(SELECT $2::uuid AS room, $3::bigint AS low, $4::bigint AS high) q',
  'm.account = $1 AND x.thread IS NOT DISTINCT FROM $5',
)} ORDER BY x.seq DESC LIMIT ${COUNTED}`;

const heardOf = (row: HeardRow): Heard => ({
  account: row.account,
  room: row.room,
  thread: row.thread,
  seq: row.seq,
  at: row.at,
  author: row.author,
  authorName: row.author_name,
  call: row.kind,
  isRead: row.read,
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

/** The row of a lease that is still held. */
const HELD = 'device = $1 AND talk = $2 AND lease = $3';

type Part = Pick<
  PushMemory,
  'behind' | 'lookThrough' | 'note' | 'due' | 'heard' | 'words' | 'read' | 'settle' | 'tidy'
>;

/** The queue over a pool or inside a transaction. */
export const pushQueue = (db: Queryable, vault: Vault, newId: () => string): Part => {
  /** Leases of this process, by what was lent. */
  const leases = new WeakMap<object, string>();

  return {
    behind: async (most) => {
      const { rows } = await db.query<{ id: string }>({
        name: 'push-behind',
        text: `SELECT r.id FROM room r LEFT JOIN push_room p ON p.room = r.id
               WHERE r.head > coalesce(p.seq, 0) AND EXISTS (SELECT FROM push_device) LIMIT $1`,
        values: [most],
      });
      return rows.map(({ id }) => id);
    },

    lookThrough: async (rooms) => {
      // A room that is seen for the first time: from where it stood when devices began to be called
      await db.query({
        name: 'push-rooms',
        text: `INSERT INTO push_room (room, seq)
               SELECT r.id, coalesce((SELECT e.seq FROM event e, push_service v WHERE e.room = r.id AND e.at < v.since ORDER BY e.seq DESC LIMIT 1), 0)
               FROM room r WHERE r.id = ANY ($1::uuid[]) ORDER BY r.id ON CONFLICT DO NOTHING`,
        values: [uuidArray(rooms)],
      });
      const { rows: held } = await db.query<{ room: string; seq: number }>({
        name: 'push-hold',
        text: 'SELECT room, seq FROM push_room WHERE room = ANY ($1::uuid[]) ORDER BY room FOR UPDATE SKIP LOCKED',
        values: [uuidArray(rooms)],
      });
      if (held.length === 0) return [];
      const from = new Map(held.map(({ room, seq }) => [room, seq]));
      // In a statement of its own: the heads as they are now that the cursors are held
      const { rows: moved } = await db.query<{ room: string; seq: number }>({
        name: 'push-move',
        text: `UPDATE push_room p SET seq = least(r.head, p.seq + $2) FROM room r
               WHERE r.id = p.room AND p.room = ANY ($1::uuid[]) AND r.head > p.seq RETURNING p.room, p.seq`,
        values: [uuidArray([...from.keys()]), STRETCH],
      });
      if (moved.length === 0) return [];
      const { rows } = await db.query<HeardRow>({
        name: 'push-look-through',
        text: LOOKED_THROUGH,
        values: [
          uuidArray(moved.map(({ room }) => room)),
          moved.map(({ room }) => (from.get(room) ?? 0) + 1),
          moved.map(({ seq }) => seq),
        ],
      });
      return rows.map(heardOf);
    },

    note: async (spans) => {
      await db.query({
        name: 'push-note',
        text: `INSERT INTO push_note AS n (device, talk, room, thread, from_seq, to_seq, due_at)
               SELECT d.id, coalesce(q.thread, q.room), q.room, q.thread, q.low, q.high, clock_timestamp() + q.pause * interval '1 second'
               FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::bigint[], $5::bigint[], $6::int[]) AS q (account, room, thread, low, high, pause)
               JOIN push_device d ON d.account = q.account
               ON CONFLICT (device, talk) DO UPDATE SET to_seq = greatest(n.to_seq, excluded.to_seq),
                 made_at = CASE WHEN n.due_at IS NULL THEN excluded.made_at ELSE n.made_at END,
                 due_at = coalesce(n.due_at, greatest(excluded.due_at, n.sent_at + $7 * interval '1 second'))`,
        values: [
          spans.map(({ account }) => account),
          spans.map(({ room }) => room),
          spans.map(({ thread }) => thread),
          spans.map(({ from }) => from),
          spans.map(({ to }) => to),
          spans.map(({ inSeconds }) => inSeconds),
          APART_S,
        ],
      });
    },

    due: async (most) => {
      const lease = newId();
      const { rows } = await db.query<{
        device: string;
        account: string;
        room: string;
        thread: string | null;
        from_seq: number;
        to_seq: number;
        tries: number;
        sealed: Buffer;
        alive: boolean;
      }>({
        name: 'push-due',
        text: `WITH picked AS (
                 SELECT device, talk FROM push_note WHERE due_at <= clock_timestamp() AND (leased_until IS NULL OR leased_until < clock_timestamp())
                 ORDER BY due_at LIMIT $1 FOR UPDATE SKIP LOCKED)
               UPDATE push_note n SET lease = $2, leased_until = clock_timestamp() + $3 * interval '1 second'
               FROM picked p, push_device d JOIN session s ON s.id = d.session JOIN account a ON a.id = d.account
               WHERE n.device = p.device AND n.talk = p.talk AND d.id = n.device
               RETURNING n.device, d.account, n.room, n.thread, n.from_seq, n.to_seq, n.tries, d.sealed,
                 s.account = d.account AND s.ended_at IS NULL AND s.expires_at > clock_timestamp() AND a.disabled_at IS NULL AS alive`,
        values: [most, lease, LEASE_S],
      });
      return rows.map((row) => {
        const span = {
          device: row.device,
          account: row.account,
          room: row.room,
          thread: row.thread,
          from: row.from_seq,
          to: row.to_seq,
          tries: row.tries,
          subscription: row.alive ? subscriptionOf(vault, row.device, row.sealed) : null,
        };
        leases.set(span, lease);
        return span;
      });
    },

    heard: async ({ account, room, thread, from, to }) => {
      const { rows } = await db.query<HeardRow>({
        name: 'push-heard',
        text: SPAN,
        values: [account, room, from, to, thread],
      });
      return rows.map(heardOf).toReversed();
    },

    words: async (room, seq) => {
      const {
        rows: [row],
      } = await db.query<ContentRow>({
        name: 'push-words',
        text: `SELECT ${CONTENT} FROM message x WHERE x.room = $1 AND x.seq = $2`,
        values: [room, seq],
      });
      if (!row) return null;
      await vault.load(db, { rooms: [room], authors: [row.author] });
      return contentOf(vault, room, row).body ?? null;
    },

    read: async (device) => {
      const { rows } = await db.query<Pick<PushSpan, 'room' | 'thread'>>({
        name: 'push-read',
        text: `DELETE FROM push_note n USING push_device d WHERE n.device = $1 AND d.id = n.device AND n.due_at IS NULL AND n.sent_seq IS NOT NULL
               AND NOT EXISTS (
                 SELECT FROM member m JOIN message x ON x.room = m.room AND x.seq = n.sent_seq AND x.removed_at IS NULL
                 LEFT JOIN read_marker k ON k.room = m.room AND k.account = m.account
                 LEFT JOIN thread_follow f ON f.root = n.thread AND f.account = m.account
                 WHERE m.room = n.room AND m.account = d.account
                   AND coalesce(CASE WHEN n.thread IS NULL THEN k.seq ELSE f.seq END, 0) < n.sent_seq)
               RETURNING n.room, n.thread`,
        values: [device],
      });
      return rows.slice(0, 50).map(({ room, thread }) => pushTag({ room, thread: thread ?? undefined }));
    },

    settle: async (span, settled) => {
      const row = [span.device, span.thread ?? span.room, leases.get(span) ?? null];
      if (settled === 'sent') {
        await db.query({
          name: 'push-sent',
          text: `WITH reached AS (UPDATE push_device SET reached_at = clock_timestamp() WHERE id = $1)
                 UPDATE push_note SET sent_seq = $4, sent_at = clock_timestamp(), tries = 0, lease = NULL, leased_until = NULL,
                   due_at = CASE WHEN to_seq > $4 THEN clock_timestamp() + $5 * interval '1 second' END WHERE ${HELD}`,
          values: [...row, span.to, APART_S],
        });
      } else if (settled === 'done' || settled === 'dropped') {
        // What came meanwhile is looked at at once; what was shown before is told as read with the next
        await db.query({
          name: 'push-done',
          text: `UPDATE push_note SET from_seq = $4::bigint + 1, made_at = clock_timestamp(), tries = 0, lease = NULL, leased_until = NULL,
                   due_at = CASE WHEN to_seq > $4 THEN clock_timestamp() END WHERE ${HELD}`,
          values: [...row, span.to],
        });
        await db.query({
          name: 'push-done-gone',
          text: 'DELETE FROM push_note WHERE device = $1 AND talk = $2 AND due_at IS NULL AND sent_seq IS NULL',
          values: row.slice(0, 2),
        });
      } else {
        await db.query({
          name: 'push-again',
          text: `UPDATE push_note SET due_at = clock_timestamp() + $4 * interval '1 second', tries = tries + $5, lease = NULL, leased_until = NULL WHERE ${HELD}`,
          values: [...row, settled.againInSeconds, settled.failed ? 1 : 0],
        });
      }
    },

    tidy: async () => {
      await db.query({
        name: 'push-tidy-devices',
        text: `DELETE FROM push_device d USING session s JOIN account a ON a.id = s.account
               WHERE s.id = d.session AND (s.ended_at IS NOT NULL OR s.expires_at <= clock_timestamp() OR a.disabled_at IS NOT NULL)`,
      });
      await db.query({
        name: 'push-tidy-notes',
        text: `DELETE FROM push_note WHERE coalesce(sent_at, made_at) < clock_timestamp() - $1 * interval '1 day' AND made_at < clock_timestamp() - $1 * interval '1 day'`,
        values: [KEPT_DAYS],
      });
      const { rows } = await db.query<{ devices: number; waiting: number; late: number }>({
        name: 'push-standing',
        text: `SELECT (SELECT count(*)::int FROM push_device) AS devices, count(*)::int AS waiting,
                 coalesce(floor(extract(epoch FROM clock_timestamp() - min(due_at))), 0)::int AS late
               FROM push_note WHERE due_at IS NOT NULL`,
      });
      const { devices, waiting, late } = one(rows);
      return { devices, waiting, lateSeconds: Math.max(0, late) };
    },
  };
};
