/**
 * What waits to be mailed, in PostgreSQL: one row for each person and conversation, and one for each person, taken by lease
 * (contract D28). How it is found: heard.ts.
 */
import { type DigestMemory, type DigestSpan, instant } from '@recreio/core/ports.ts';
import type { Language, MailPace } from '@recreio/protocol';
import type { Vault } from '../vault/vault.ts';
import { one } from './accounts/sessions.ts';
import type { Queryable } from './connect.ts';
import { holdTold, noteMailed } from './escalation.ts';
import { columnsOf, heardMemory, type Way } from './heard.ts';
import { againIn, GIVEN_BACK, isFree, lastingFor, lentFor } from './lease.ts';

/** What one lease lasts, in seconds: longer than a mail server is waited for (adapters/mail/smtp.ts, HANDED_MS). */
const LEASE_S = 180;
/** What could not be told for so long is forgotten, in days. */
const KEPT_DAYS = 7;

/** Who has been here, and has not said that they want no mails. What is merely said is in none of them. */
const BY_MAIL: Way = {
  name: 'digest',
  cursor: 'digest_room',
  since: 'digest_service',
  anybody: 'true',
  reached: "a.last_seen_at IS NOT NULL AND NOT a.demo AND a.mail_pace IS DISTINCT FROM 'never'",
  toAll: "(x.room = ANY (x.mentions) OR x.required_at IS NOT NULL OR r.posting = 'moderators')",
};

/** The queue over a pool or inside a transaction. */
export const digestMemory = (db: Queryable, vault: Vault, newId: () => string): DigestMemory => ({
  ...heardMemory(db, vault, BY_MAIL),

  begin: async () => {
    await db.query(
      'INSERT INTO digest_service DEFAULT VALUES ON CONFLICT (one) DO UPDATE SET since = clock_timestamp()',
    );
    await db.query('DELETE FROM digest_room');
  },

  forgetAll: async () => {
    await db.query(`UPDATE digest_mail d SET due_at = NULL, tries = 0, letter = gen_random_uuid()
        FROM (SELECT account FROM digest_mail WHERE due_at IS NOT NULL ORDER BY account FOR UPDATE) held WHERE d.account = held.account`);
    await db.query('DELETE FROM digest_note');
  },

  note: async (spans) => {
    const times = spans.map(({ dueAt }) => instant(dueAt));
    // People first, then what waits for them: whoever settles holds the person, so that neither waits for the other. What could not
    // be sent waits for its next try, whatever comes meanwhile
    await db.query({
      name: 'digest-wait',
      text: `INSERT INTO digest_mail AS d (account, letter, due_at)
               SELECT q.account, gen_random_uuid(), min(q.due) FROM unnest($1::uuid[], $2::timestamptz[]) AS q (account, due)
               GROUP BY q.account ORDER BY q.account
               ON CONFLICT (account) DO UPDATE SET due_at = CASE WHEN d.tries > 0 AND d.due_at IS NOT NULL THEN d.due_at
                 ELSE least(d.due_at, excluded.due_at) END`,
      values: [spans.map(({ account }) => account), times],
    });
    // Of two parts of one conversation the room would wait for good: a row that conflicts is written once a statement (21000)
    await db.query({
      name: 'digest-note',
      text: `INSERT INTO digest_note AS n (account, talk, room, thread, from_seq, to_seq, due_at)
               SELECT q.account, t.talk, q.room, q.thread, min(q.low), max(q.high), min(q.due)
               FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::bigint[], $5::bigint[], $6::timestamptz[], $7::bool[])
                 AS q (account, room, thread, low, high, due, notice)
               CROSS JOIN LATERAL (SELECT CASE WHEN q.notice THEN md5(q.room || ':' || q.low)::uuid ELSE coalesce(q.thread, q.room) END AS talk) t
               GROUP BY q.account, t.talk, q.room, q.thread
               ON CONFLICT (account, talk) DO UPDATE SET from_seq = least(n.from_seq, excluded.from_seq),
                 to_seq = greatest(n.to_seq, excluded.to_seq), due_at = least(n.due_at, excluded.due_at)`,
      values: [...columnsOf(spans), times, spans.map(({ isNotice }) => isNotice)],
    });
  },

  due: async (most) => {
    const lease = newId();
    const { rows } = await db.query<{
      account: string;
      email: string;
      name: string;
      language: Language;
      mail_pace: MailPace | null;
      there: boolean;
      letter: string;
      sent_at: string | null;
      tries: number;
    }>({
      name: 'digest-due',
      text: `WITH picked AS (
                 SELECT account FROM digest_mail WHERE due_at <= clock_timestamp() AND ${isFree('digest_mail')}
                 ORDER BY due_at LIMIT $1 FOR UPDATE SKIP LOCKED)
               UPDATE digest_mail d SET ${lentFor('$2', '$3')}
               FROM picked p JOIN account a ON a.id = p.account WHERE d.account = p.account
               RETURNING d.account, a.email, a.name, a.language, a.mail_pace, a.disabled_at IS NULL AS there, d.letter, d.sent_at, d.tries`,
      values: [most, lease, LEASE_S],
    });
    return rows.map(({ mail_pace, there, sent_at, ...row }) => ({
      ...row,
      lease,
      pace: mail_pace ?? 'hours',
      isThere: there,
      sentAt: sent_at === null ? null : Date.parse(sent_at),
    }));
  },

  spans: async (account, most) => {
    const { rows } = await db.query<Omit<DigestSpan, 'account'>>({
      name: 'digest-spans',
      text: `SELECT n.talk AS note, n.room, n.thread, n.from_seq AS "from", coalesce(n.named_to, n.to_seq) AS "to" FROM digest_note n
               WHERE n.account = $1 AND (n.named_to IS NOT NULL) = EXISTS (SELECT FROM digest_note o WHERE o.account = $1 AND o.named_to IS NOT NULL)
               ORDER BY n.due_at, n.talk LIMIT $2`,
      values: [account, most],
    });
    return rows.map((row) => ({ account, ...row }));
  },

  name: async ({ account, lease }, spans) => {
    await holdTold(db, account);
    const { rowCount } = await db.query({
      name: 'digest-name',
      text: `WITH mine AS (
                 UPDATE digest_mail SET ${lastingFor('$3')} WHERE account = $1 AND lease = $2 RETURNING account)
               UPDATE digest_note n SET named_to = t.high FROM mine m, unnest($4::uuid[], $5::bigint[]) AS t (talk, high)
               WHERE n.account = m.account AND n.talk = t.talk`,
      values: [account, lease, LEASE_S, spans.map(({ note }) => note), spans.map(({ to }) => to)],
    });
    return (rowCount ?? 0) > 0;
  },

  settle: async ({ account, lease }, settled) => {
    if ('againInSeconds' in settled) {
      await db.query({
        name: 'digest-again',
        text: `UPDATE digest_mail SET ${againIn('$3', '$4')} WHERE account = $1 AND lease = $2`,
        values: [account, lease, settled.againInSeconds, settled.failed ? 1 : 0],
      });
      return;
    }
    const { told, sent } = settled;
    // Whoever notes something for the person waits from here on; the statements after this one see all that was noted before
    const { rowCount } = await db.query({
      name: 'digest-mine',
      text: 'SELECT FROM digest_mail WHERE account = $1 AND lease = $2 FOR UPDATE',
      values: [account, lease],
    });
    if (rowCount === 0) return;
    await noteMailed(db, account, sent ?? []);
    const values = [account, told.map(({ note }) => note), told.map(({ to }) => to)];
    await db.query({
      name: 'digest-told',
      text: `DELETE FROM digest_note n USING unnest($2::uuid[], $3::bigint[]) AS t (talk, high)
               WHERE n.account = $1 AND n.talk = t.talk AND n.to_seq <= t.high`,
      values,
    });
    // What came meanwhile stays, and has its own time
    await db.query({
      name: 'digest-left',
      text: `UPDATE digest_note n SET from_seq = greatest(n.from_seq, t.high + 1), named_to = NULL
               FROM unnest($2::uuid[], $3::bigint[]) AS t (talk, high) WHERE n.account = $1 AND n.talk = t.talk`,
      values,
    });
    await db.query({
      name: 'digest-settled',
      text: `UPDATE digest_mail SET ${GIVEN_BACK}, tries = 0, letter = gen_random_uuid(),
                 sent_at = CASE WHEN $2 THEN clock_timestamp() ELSE sent_at END,
                 due_at = (SELECT min(n.due_at) FROM digest_note n WHERE n.account = $1)
               WHERE account = $1`,
      values: [account, sent !== null],
    });
  },

  tidy: async () => {
    await db.query({
      name: 'digest-tidy',
      // What somebody holds is left for the next time
      text: `DELETE FROM digest_note n USING (
                 SELECT account, talk FROM digest_note WHERE due_at < clock_timestamp() - $1 * interval '1 day' FOR UPDATE SKIP LOCKED) old
               WHERE n.account = old.account AND n.talk = old.talk`,
      values: [KEPT_DAYS],
    });
    const { rows } = await db.query<{ waiting: number; late: number }>({
      name: 'digest-standing',
      text: `SELECT count(*)::int AS waiting, coalesce(floor(extract(epoch FROM clock_timestamp() - min(due_at))), 0)::int AS late
               FROM digest_mail WHERE due_at IS NOT NULL`,
    });
    const { waiting, late } = one(rows);
    return { waiting, lateSeconds: Math.max(0, late) };
  },
});
