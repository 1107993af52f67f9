/** Who is told once more of an urgent message, in PostgreSQL: one row for each person it names, taken by lease (contract D28). */
import {
  type DueEscalation,
  type EscalationChoice,
  type EscalationMemory,
  instant,
  type MessageAt,
  type Placed,
  type UserDraft,
} from '@recreio/core/ports.ts';
import { type Language, URGENT } from '@recreio/protocol';
import { boolArray, int8Array, uuidArray } from './arrays.ts';
import { one } from './accounts/sessions.ts';
import type { Queryable } from './connect.ts';
import { againIn, GIVEN_BACK, isFree, lentFor } from './lease.ts';
import { ALIVE } from './push-shown.ts';

/** What one lease lasts, in seconds: longer than a mail server is waited for. */
const LEASE_S = 180;
/** What is over is kept for so many days, for what counts by the hour and by the day. */
const KEPT_DAYS = 7;

/**
 * Notes whom urgent messages name, in the transaction in which they are sent; who is not told at all, having blocked the author, by a row
 * that is over: it counts among what the author may do, or the count would tell of the block. `at`: RFC 3339.
 */
export const insertEscalations = (
  db: Queryable,
  sent: readonly Placed<'message.sent'>[],
  users: readonly UserDraft[],
  at: string,
  newId: () => string,
): Promise<unknown>[] => {
  const named = sent.filter(({ urgent }) => urgent).flatMap((of) => of.mentions.map((account) => ({ account, of })));
  if (named.length === 0) return [];
  const told = new Set(
    users.flatMap(({ account, type, data }) => (type === 'notification.made' ? [`${account} ${data.message}`] : [])),
  );
  return [
    db.query({
      name: 'insert-escalations',
      text: `INSERT INTO escalation (id, account, message, room, thread, seq, author, at, due_at)
             SELECT id, account, message, room, thread, seq, author, $9, CASE WHEN told THEN $9::timestamptz END
             FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::uuid[], $6::bigint[], $7::uuid[], $8::bool[]) AS t (id, account, message, room, thread, seq, author, told)
             ON CONFLICT DO NOTHING`,
      values: [
        uuidArray(named.map(() => newId())),
        uuidArray(named.map(({ account }) => account)),
        uuidArray(named.map(({ of }) => of.message)),
        uuidArray(named.map(({ of }) => of.room)),
        uuidArray(named.map(({ of }) => of.thread?.root ?? null)),
        int8Array(named.map(({ of }) => of.seq)),
        uuidArray(named.map(({ of }) => of.actor)),
        boolArray(named.map(({ account, of }) => told.has(`${account} ${of.message}`))),
        at,
      ],
    }),
  ];
};

/**
 * Those of these people whose urgent messages nobody else counts meanwhile; nobody does until the transaction ends. Two nodes would
 * both count four in two rooms, and the sixth would go. Nobody is waited for, so there is no circle.
 */
export const lockUrgents = (db: Queryable, authors: readonly string[]) =>
  db.query<{ author: string }>({
    name: 'lock-urgents',
    text: `SELECT author FROM unnest($1::uuid[]) AS t (author) WHERE pg_try_advisory_xact_lock(hashtextextended('urgent ' || author, 0))`,
    values: [uuidArray(authors)],
  });

/** When these people sent urgent messages within the last hour, in ms since the epoch, in any room, removed ones counted. */
export const readUrgents = (db: Queryable, authors: readonly string[]) =>
  db.query<{ author: string; times: number[] }>({
    name: 'facts-urgents',
    text: `SELECT author, array_agg(floor(extract(epoch FROM at) * 1000)::float8 ORDER BY at) AS times
           FROM (SELECT DISTINCT author, message, at FROM escalation
                 WHERE author = ANY ($1::uuid[]) AND at > clock_timestamp() - interval '1 hour') u GROUP BY author`,
    values: [uuidArray(authors)],
  });

interface DueRow {
  readonly id: string;
  readonly account: string;
  readonly room: string;
  readonly thread: string | null;
  readonly seq: number;
  readonly at: string;
  readonly way: 'push' | 'mail' | null;
  readonly tries: number;
  readonly email: string;
  readonly name: string;
  readonly language: Language;
  readonly mailable: boolean;
  readonly devices: boolean;
  readonly pushed: boolean;
  readonly mailed: boolean;
  readonly own_sent: boolean | null;
}

/** SQL: what has reached the person `a` of an escalation `e` by the ways that everything goes. */
const REACHED = `
  EXISTS (SELECT FROM push_device d JOIN session s ON s.id = d.session WHERE d.account = e.account AND ${ALIVE}) AS devices,
  EXISTS (SELECT FROM push_device d JOIN push_note n ON n.device = d.id
    WHERE d.account = e.account AND n.talk = coalesce(e.thread, e.room) AND n.sent_seq >= e.seq AND n.from_seq <= e.seq) AS pushed,
  e.mailed_at IS NOT NULL AS mailed,
  (SELECT bool_or(n.sent_seq IS NOT NULL) FROM push_note n WHERE n.urgent = e.id AND n.talk = e.id
    AND n.device IN (SELECT id FROM push_device d WHERE d.account = e.account)) AS own_sent`;

/** SQL: a mail of what the person of an escalation `e` missed is being handed over, and may tell of it (digest.ts, `name`). */
const HANDED = `EXISTS (SELECT FROM digest_mail m JOIN digest_note n ON n.account = m.account
  WHERE m.account = e.account AND m.leased_until > clock_timestamp() AND n.room = e.room AND n.thread IS NOT DISTINCT FROM e.thread
    AND e.seq BETWEEN n.from_seq AND n.named_to)`;

/** The row of a lease that is still held, with `held`. */
const HELD = 'id = $1 AND lease = $2';
const held = ({ id, lease }: DueEscalation): readonly [string, string] => [id, lease];

/** SQL: the message `x` is urgent for the member `m`, and what is noted of telling them (`g`) is `so`. */
const urgentSql = (so: string): string =>
  `(x.id = ANY (x.mentions) AND EXISTS (SELECT FROM escalation g WHERE g.account = m.account AND g.message = x.id AND ${so}))`;

/** SQL: a mail has told the member `m` of the urgent message `x` since it began to call (`since`). */
export const mailedSql = (since: string): string => urgentSql(`g.mailed_at >= ${since}`);

/** SQL: the mail of the urgent message `x` alone is on its way to the member `m`: it may tell them yet, or never go. */
export const BEING_MAILED = urgentSql("g.mailed_at IS NULL AND g.way = 'mail' AND g.due_at IS NOT NULL");

/** Whoever decides by which mail a person is told of what is urgent waits for the others who do, until the transaction ends. */
export const holdTold = (db: Queryable, account: string) =>
  db.query({ name: 'escalation-hold', text: 'SELECT FROM account WHERE id = $1 FOR NO KEY UPDATE', values: [account] });

/** A mail that was sent has told the person of these messages. */
export const noteMailed = async (db: Queryable, account: string, urgent: readonly MessageAt[]): Promise<void> => {
  if (urgent.length === 0) return;
  await db.query({
    name: 'escalation-mailed',
    text: `UPDATE escalation SET mailed_at = clock_timestamp()
           WHERE account = $1 AND (room, seq) IN (SELECT * FROM unnest($2::uuid[], $3::bigint[]))`,
    values: [account, uuidArray(urgent.map(({ room }) => room)), int8Array(urgent.map(({ seq }) => seq))],
  });
};

/** The queue over a pool or inside a transaction. */
export const escalationMemory = (db: Queryable, newId: () => string): EscalationMemory => ({
  forgetAll: async () => {
    await db.query({ name: 'escalation-forget', text: 'UPDATE escalation SET due_at = NULL WHERE due_at IS NOT NULL' });
  },

  due: async (most, saidBefore) => {
    const lease = newId();
    const { rows } = await db.query<DueRow>({
      name: 'escalation-due',
      text: `WITH picked AS (
               SELECT id FROM escalation WHERE due_at <= clock_timestamp() AND at <= $1 AND ${isFree('escalation')}
               ORDER BY due_at LIMIT $2 FOR UPDATE SKIP LOCKED)
             UPDATE escalation e SET ${lentFor('$3', '$4')}
             FROM picked p, account a WHERE e.id = p.id AND a.id = e.account
             RETURNING e.id, e.account, e.room, e.thread, e.seq, e.at, e.way, e.tries, a.email, a.name, a.language,
               a.last_seen_at IS NOT NULL AND NOT a.demo AND a.mail_pace IS DISTINCT FROM 'never' AS mailable, ${REACHED}`,
      values: [instant(saidBefore), most, lease, LEASE_S],
    });
    return rows.map(
      (row): DueEscalation => ({
        id: row.id,
        lease,
        account: row.account,
        room: row.room,
        thread: row.thread,
        from: row.seq,
        to: row.seq,
        at: Date.parse(row.at),
        way: row.way,
        tries: row.tries,
        email: row.email,
        name: row.name,
        language: row.language,
        hasDevices: row.devices,
        wasPushed: row.pushed,
        mayBeMailed: row.mailable,
        wasMailed: row.mailed,
        ownPush: row.own_sent === null ? 'none' : row.own_sent ? 'sent' : 'waiting',
      }),
    );
  },

  choose: async (due, way, againInSeconds) => {
    // Of two nodes with two messages for one person the other waits here, and counts this one
    await holdTold(db, due.account);
    const { rows } = await db.query<{ choice: EscalationChoice }>({
      name: 'escalation-choose',
      text: `WITH asked AS (
               SELECT e.id, CASE WHEN told_at IS NULL AND (SELECT count(*) FROM escalation o
                   WHERE o.account = $5 AND o.told_at > clock_timestamp() - interval '1 day') >= $6 THEN 'limited'
                 WHEN $3 = 'mail' AND (e.mailed_at IS NOT NULL OR ${HANDED}) THEN 'waits' ELSE 'chosen' END AS choice
               FROM escalation e WHERE ${HELD}),
             chosen AS (UPDATE escalation e SET way = $3, told_at = coalesce(told_at, clock_timestamp()), tries = 0,
               due_at = CASE WHEN $4::int IS NULL THEN due_at ELSE clock_timestamp() + $4 * interval '1 second' END,
               lease = CASE WHEN $4::int IS NULL THEN lease END, leased_until = CASE WHEN $4::int IS NULL THEN leased_until END
               FROM asked a WHERE e.id = a.id AND a.choice = 'chosen')
             SELECT choice FROM asked`,
      values: [...held(due), way, againInSeconds, due.account, URGENT.toldADay],
    });
    return rows[0]?.choice ?? 'waits';
  },

  settle: async (due, settled) => {
    if (typeof settled === 'object') {
      await db.query({
        name: 'escalation-again',
        text: `UPDATE escalation SET ${againIn('$3', '$4')} WHERE ${HELD}`,
        values: [...held(due), settled.againInSeconds, settled.failed ? 1 : 0],
      });
      return;
    }
    await db.query({
      name: 'escalation-over',
      text: `UPDATE escalation SET due_at = NULL, ${GIVEN_BACK}, mailed_at = CASE WHEN $3 THEN clock_timestamp() ELSE mailed_at END
             WHERE ${HELD}`,
      values: [...held(due), settled === 'mailed'],
    });
  },

  tidy: async () => {
    await db.query({
      name: 'escalation-tidy',
      text: "DELETE FROM escalation WHERE due_at IS NULL AND at < clock_timestamp() - $1 * interval '1 day'",
      values: [KEPT_DAYS],
    });
    const { rows } = await db.query<{ waiting: number }>({
      name: 'escalation-standing',
      text: 'SELECT count(*)::int AS waiting FROM escalation WHERE due_at IS NOT NULL',
    });
    return one(rows);
  },
});
