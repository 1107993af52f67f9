/**
 * What calls devices, in PostgreSQL: what is to be sent is one row for each device and conversation, taken by lease (contract
 * D28). How it is found: heard.ts.
 */
import type { DueSpan, HeardMemory, PushMemory } from '@recreio/core/ports.ts';
import { PUSHES_A_DAY } from '@recreio/protocol';
import type { Vault } from '../vault/vault.ts';
import { one } from './accounts/sessions.ts';
import { uuidArray } from './arrays.ts';
import { type Queryable, toInstant } from './connect.ts';
import { columnsOf, heardMemory, type Way } from './heard.ts';
import { GIVEN_BACK, isFree, lastingFor, lentFor } from './lease.ts';
import { subscriptionOf } from './push-sealed.ts';
import { ALIVE, talkOf } from './push-shown.ts';

/** A notification that follows another of the same conversation comes no sooner, in seconds. */
const APART_S = 30;
/** What has waited for so long is told along with what is due, in seconds: who is reading has read it by then. */
const ALONG_S = 15;
/** What one lease lasts, in seconds: longer than a push service is waited for (adapters/push/carrier.ts). It is renewed before each push. */
const LEASE_S = 60;
/** Of what is due so much is looked at to find whose turn it is: the oldest, however much an outage has left behind. */
const LOOKED_AT = 400;
/** What was sent, and what could not be, is forgotten after so many days. */
const KEPT_DAYS = 7;

/** Who has a device, from where devices began to be called. */
const TO_DEVICES: Way = {
  name: 'push',
  cursor: 'push_room',
  since: 'push_service',
  anybody: 'EXISTS (SELECT FROM push_device)',
  // What was said before the device was there is in the list, and calls nobody
  reached: `EXISTS (SELECT FROM push_device d WHERE d.account = m.account
    AND d.created_at <= CASE WHEN n.asked THEN x.required_at ELSE x.at END)`,
};

/** The row of a lease that is still held, with `held`. */
const HELD = 'n.device = $1 AND n.talk = $2 AND n.lease = $3';
const held = (span: DueSpan): readonly [string, string, string] => [span.device, talkOf(span), span.lease];

/** SQL: the device, before the rows of what waits for it: who takes it, and who has it, come to them in one order. */
const DEVICE_FIRST = 'mine AS (SELECT id FROM push_device WHERE id = $1 FOR NO KEY UPDATE)';

/** SQL: another has something of the device `d`. */
const IS_LENT = 'EXISTS (SELECT FROM push_note o WHERE o.device = d.id AND o.leased_until >= clock_timestamp())';

type Part = HeardMemory & Pick<PushMemory, 'note' | 'due' | 'renew' | 'settle' | 'rest' | 'tidy'>;

interface DueRow {
  readonly device: string;
  readonly service: string;
  readonly account: string;
  readonly room: string;
  readonly thread: string | null;
  readonly urgent: string | null;
  readonly from_seq: number;
  readonly to_seq: number;
  readonly tries: number;
  readonly noted: number;
  readonly rang: readonly string[];
  readonly sent_seq: number | null;
  readonly sent_at: string | null;
  readonly sealed: Buffer;
  readonly alive: boolean;
}

/** The queue over a pool or inside a transaction. */
export const pushQueue = (db: Queryable, vault: Vault, newId: () => string): Part => ({
  ...heardMemory(db, vault, TO_DEVICES),

  // A device that rests goes on resting; what waits for its pace is looked at anew, since what came may not have to wait
  note: async (spans) => {
    await db.query({
      name: 'push-note',
      text: `INSERT INTO push_note AS n (device, talk, room, thread, from_seq, to_seq, due_at, urgent)
               SELECT d.id, coalesce(q.urgent, q.thread, q.room), q.room, q.thread, q.low, q.high, greatest(clock_timestamp() + q.pause * interval '1 second', d.rests_until), q.urgent
               FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::bigint[], $5::bigint[], $6::int[], $8::uuid[]) AS q (account, room, thread, low, high, pause, urgent)
               JOIN push_device d ON d.account = q.account
               ON CONFLICT (device, talk) DO UPDATE SET noted = n.noted + 1,
                 from_seq = least(n.from_seq, excluded.from_seq), to_seq = greatest(n.to_seq, excluded.to_seq),
                 made_at = CASE WHEN n.due_at IS NULL THEN excluded.made_at ELSE n.made_at END,
                 due_at = least(n.due_at, greatest(excluded.due_at, n.sent_at + $7 * interval '1 second'))`,
      values: [
        ...columnsOf(spans),
        spans.map(({ inSeconds }) => inSeconds),
        APART_S,
        spans.map(({ urgent }) => urgent),
      ],
    });
  },

  due: async ({ free, ofOne, taken }) => {
    const { rows: picked } = await db.query<{ id: string }>({
      name: 'push-pick',
      text: `WITH busy AS (SELECT * FROM unnest($2::text[], $3::int[]) AS b (service, devices)),
               ripe AS (
                 SELECT n.device, d.service, n.due_at FROM push_note n JOIN push_device d ON d.id = n.device
                 WHERE n.due_at <= (SELECT clock_timestamp()) AND NOT ${IS_LENT}
                   AND NOT EXISTS (SELECT FROM busy b WHERE b.service = d.service AND b.devices >= $4)
                 ORDER BY n.due_at LIMIT ${LOOKED_AT}),
               turn AS (
                 SELECT device, min(due_at) AS due, row_number() OVER (PARTITION BY service ORDER BY min(due_at)) AS nth FROM ripe
                 GROUP BY service, device)
               SELECT d.id FROM turn t JOIN push_device d ON d.id = t.device LEFT JOIN busy b ON b.service = d.service
               WHERE t.nth <= $4 - coalesce(b.devices, 0) ORDER BY t.due LIMIT $1 FOR NO KEY UPDATE OF d SKIP LOCKED`,
      values: [free, [...taken.keys()], [...taken.values()], ofOne],
    });
    if (picked.length === 0) return [];
    const lease = newId();
    // In a statement of its own: who had one of these until a moment ago has put down what they took, and it is seen
    const { rows } = await db.query<DueRow>({
      name: 'push-due',
      text: `UPDATE push_note n SET ${lentFor('$2', '$3')}
               FROM push_device d JOIN session s ON s.id = d.session JOIN account a ON a.id = d.account
               WHERE d.id = ANY ($1::uuid[]) AND n.device = d.id AND n.due_at IS NOT NULL AND ${isFree('n')} AND NOT ${IS_LENT}
                 AND (n.due_at <= clock_timestamp() OR n.made_at <= clock_timestamp() - $4 * interval '1 second')
               RETURNING n.device, d.service, d.account, n.room, n.thread, n.urgent, n.from_seq, n.to_seq, n.tries, n.noted, n.sent_seq, n.sent_at, d.rang::text[] AS rang, d.sealed, ${ALIVE} AS alive`,
      values: [uuidArray(picked.map(({ id }) => id)), lease, LEASE_S, ALONG_S],
    });
    return rows.map(
      (row): DueSpan => ({
        device: row.device,
        service: row.service,
        lease,
        noted: row.noted,
        account: row.account,
        room: row.room,
        thread: row.thread,
        urgent: row.urgent,
        from: row.from_seq,
        to: row.to_seq,
        tries: row.tries,
        rang: row.rang.map((at) => Date.parse(toInstant(at))),
        sent: row.sent_seq === null || row.sent_at === null ? null : { seq: row.sent_seq, at: Date.parse(row.sent_at) },
        subscription: row.alive ? subscriptionOf(vault, row.device, row.sealed) : null,
      }),
    );
  },

  renew: async (span) => {
    const { rows } = await db.query<{ talk: string }>({
      name: 'push-renew',
      text: `WITH ${DEVICE_FIRST}
               UPDATE push_note n SET ${lastingFor('$3')}
               FROM mine m JOIN push_device d ON d.id = m.id JOIN session s ON s.id = d.session JOIN account a ON a.id = d.account
               WHERE n.device = m.id AND n.lease = $2 AND ${ALIVE} RETURNING n.talk`,
      values: [span.device, span.lease, LEASE_S],
    });
    return rows.some(({ talk }) => talk === talkOf(span));
  },

  settle: async (span, settled) => {
    const { noted } = span;
    const row = held(span);
    if (settled === 'rang' || settled === 'sent') {
      await db.query({
        name: 'push-sent',
        text: `WITH ${DEVICE_FIRST}, sent AS (
                   UPDATE push_note n SET sent_seq = $4, sent_at = clock_timestamp(), over_at = NULL, tries = 0, ${GIVEN_BACK},
                     due_at = CASE WHEN n.noted > $6 OR n.to_seq > $4 THEN clock_timestamp() + $5 * interval '1 second' END
                   FROM mine WHERE ${HELD} AND n.device = mine.id RETURNING n.device)
                 UPDATE push_device d SET reached_at = clock_timestamp(),
                   rang = CASE WHEN $7 THEN (d.rang || clock_timestamp())[greatest(cardinality(d.rang) + 2 - $8, 1):] ELSE d.rang END
                 FROM sent WHERE d.id = sent.device`,
        values: [...row, span.to, APART_S, noted, settled === 'rang', PUSHES_A_DAY],
      });
    } else if (settled === 'told') {
      await db.query({
        name: 'push-told',
        text: `UPDATE push_note n SET over_at = NULL, tries = 0, ${GIVEN_BACK},
                   due_at = CASE WHEN noted > $5 OR to_seq > $4 THEN clock_timestamp() END WHERE ${HELD}`,
        values: [...row, span.to, noted],
      });
    } else if (settled === 'done' || settled === 'dropped') {
      // What came meanwhile is looked at at once. What is shown is asked of from where it begins: else nobody could say of it that it was
      // read. Where that was said already it stays said, but not of what is given up unread
      await db.query({
        name: 'push-done',
        text: `UPDATE push_note n SET from_seq = CASE WHEN noted > $5 OR sent_seq IS NOT NULL THEN from_seq ELSE $4::bigint + 1 END,
                   over_at = CASE WHEN $6 THEN over_at END, made_at = clock_timestamp(), tries = 0,
                   ${GIVEN_BACK}, due_at = CASE WHEN noted > $5 OR to_seq > $4 THEN clock_timestamp() END WHERE ${HELD}`,
        values: [...row, span.to, noted, settled === 'done'],
      });
      await db.query({
        name: 'push-done-gone',
        text: 'DELETE FROM push_note WHERE device = $1 AND talk = $2 AND due_at IS NULL AND sent_seq IS NULL',
        values: row.slice(0, 2),
      });
    } else {
      // What came meanwhile may not have to wait as long: it is looked at at once
      await db.query({
        name: 'push-again',
        text: `UPDATE push_note n SET ${GIVEN_BACK},
                   due_at = CASE WHEN noted > $5 THEN clock_timestamp() ELSE clock_timestamp() + $4 * interval '1 second' END WHERE ${HELD}`,
        values: [...row, settled.againInSeconds, noted],
      });
    }
  },

  // What another has taken since is left to it
  rest: async ({ device, lease }, seconds, tries) => {
    await db.query({
      name: 'push-rest',
      text: `WITH mine AS (
                 UPDATE push_device SET rests_until = clock_timestamp() + $3 * interval '1 second' WHERE id = $1 RETURNING id, rests_until)
               UPDATE push_note n SET due_at = greatest(n.due_at, mine.rests_until),
                 tries = n.tries + CASE WHEN n.lease = $2 THEN $4::int ELSE 0 END, ${GIVEN_BACK}
               FROM mine WHERE n.device = mine.id AND n.due_at IS NOT NULL AND (n.lease IS NULL OR n.lease = $2)`,
      values: [device, lease, seconds, tries],
    });
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
});
