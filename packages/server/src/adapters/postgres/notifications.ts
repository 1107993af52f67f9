/** How loud rooms are for people, when they rest, and what speaks to them, in PostgreSQL. */
import type { NotificationsMemory, RoomTuned } from '@recreio/core/ports.ts';
import type { InboxItem, Level, RoomTuning } from '@recreio/protocol';
import type { Vault } from '../vault/vault.ts';
import { one } from './accounts/sessions.ts';
import { callsToAllOf } from './calls-to-all.ts';
import type { Queryable } from './connect.ts';
import { MESSAGE, messageOf, type MessageRow } from './content.ts';
import { keywordsMemory } from './keywords.ts';
import { noticesMemory } from './notices.ts';
import { ME, meOf, type MeRow } from './rows.ts';

/** The columns that make a tuning; SQL: `TUNING`. Null throughout where nothing was said. */
export interface TuningRow {
  readonly level: Level | null;
  readonly hushed: boolean | null;
  readonly hushed_until: string | null;
}

/** SQL for `TuningRow` over a row aliased `t`. A hush that is over is none. */
export const TUNING =
  't.level, t.hushed AND (t.hushed_until IS NULL OR t.hushed_until > clock_timestamp()) AS hushed, t.hushed_until';

/** What was said. */
export const tuningOf = ({ level, hushed, hushed_until }: TuningRow): RoomTuning => ({
  ...(level === null ? {} : { level }),
  ...(hushed ? { hushed: { until: hushed_until } } : {}),
});

interface TunedRow extends TuningRow {
  readonly room: string;
  readonly revision: number;
}

const tunedOf = (row: TunedRow): RoomTuned => ({
  tuning: { room: row.room, ...tuningOf(row) },
  revision: row.revision,
});

/** What a term is until, by the database's clock; null: without an end. */
const UNTIL = (seconds: string) => `date_trunc('milliseconds', clock_timestamp()) + make_interval(secs => ${seconds})`;

interface ItemRow extends MessageRow {
  readonly own_seq: number;
  readonly own_at: string;
  readonly kind: InboxItem['reason'];
  readonly room: string;
  readonly read: boolean;
}

/** SQL: whether an event `u` of a person's own stream is in the list of what speaks to them; the words of an index (0029). */
export const SPEAKS = `u.type = 'notification.made' AND u.data ->> 'kind' IN ('mention', 'reply', 'keyword', 'thread')`;

/**
 * Calls of a person $1 that they may still see, unless they have blocked who called. Those of private conversations stand there.
 * The calls are found first, by their own index (0029): a month's of one person, among all that their stream says.
 */
const INBOX = `
  WITH u AS MATERIALIZED (SELECT u.account, u.seq, u.at, u.room, u.message_seq, u.data FROM user_event u
    WHERE u.account = $1 AND ${SPEAKS}
      AND u.seq < coalesce($2::bigint, 9223372036854775807) AND u.at > clock_timestamp() - interval '30 days')
  SELECT u.seq AS own_seq, u.at AS own_at, u.data ->> 'kind' AS kind, x.room, ${MESSAGE},
    coalesce(CASE WHEN x.thread IS NULL THEN k.seq ELSE f.seq END >= x.seq, false) AS read
  FROM u
  JOIN member m ON m.room = u.room AND m.account = u.account
  JOIN message x ON x.room = u.room AND x.seq = u.message_seq AND x.removed_at IS NULL
  LEFT JOIN read_marker k ON k.room = m.room AND k.account = m.account
  LEFT JOIN thread_follow f ON f.root = x.thread AND f.account = m.account
  WHERE EXISTS (SELECT FROM span s WHERE s.room = x.room AND s.account = u.account AND x.seq BETWEEN s.from_seq AND coalesce(s.to_seq, 9223372036854775807))
    AND NOT EXISTS (SELECT FROM block b WHERE b.blocker = u.account AND b.blocked = x.author)
  ORDER BY u.seq DESC LIMIT $3`;

/** When a number of a person's own stream, or the first that is kept after it, was given; null where there is none. */
const timeAt = async (db: Queryable, account: string, seq: number): Promise<string | null> => {
  const { rows } = await db.query<{ at: string }>({
    name: 'user-event-time',
    text: 'SELECT at FROM user_event WHERE account = $1 AND seq >= $2 ORDER BY seq LIMIT 1',
    values: [account, seq],
  });
  return rows[0]?.at ?? null;
};

/** Notifications over a pool or inside a transaction. */
export const notificationsMemory = (db: Queryable, vault: Vault): NotificationsMemory => ({
  ...noticesMemory(db, vault),
  ...keywordsMemory(db, vault),

  tune: async (account, room, { level, hush }) => {
    const { rowCount } = await db.query(
      `INSERT INTO room_tuning AS t (account, room, level, hushed, hushed_until)
       SELECT m.account, m.room, $4, $6, ${UNTIL('$7')} FROM member m WHERE m.account = $1 AND m.room = $2
       ON CONFLICT (account, room) DO UPDATE SET level = CASE WHEN $3 THEN excluded.level ELSE t.level END,
         hushed = CASE WHEN $5 THEN excluded.hushed ELSE t.hushed END,
         hushed_until = CASE WHEN $5 THEN excluded.hushed_until ELSE t.hushed_until END`,
      [
        account,
        room,
        level !== undefined,
        level ?? null,
        hush !== undefined,
        hush !== undefined && hush !== null,
        hush?.seconds ?? null,
      ],
    );
    if (rowCount !== 1) return null;
    // The person's counter comes last (contract, "Terms")
    const { rows } = await db.query<TunedRow>(
      `WITH counted AS (UPDATE user_stream SET revision = revision + 1 WHERE account = $1 RETURNING revision)
       UPDATE room_tuning t SET revision = c.revision FROM counted c WHERE t.account = $1 AND t.room = $2
       RETURNING t.room, t.revision, ${TUNING}`,
      [account, room],
    );
    return tunedOf(one(rows));
  },

  tunedAfter: async (account, revision) => {
    const { rows } = await db.query<TunedRow>({
      name: 'tuned-after',
      text: `SELECT t.room, t.revision, ${TUNING} FROM room_tuning t JOIN member m ON m.room = t.room AND m.account = t.account
             WHERE t.account = $1 AND t.revision > $2 ORDER BY t.revision`,
      values: [account, revision],
    });
    return rows.map(tunedOf);
  },

  calm: async (account, { doNotDisturb, quietHours, mail }) => {
    const { rows } = await db.query<MeRow>(
      `WITH changed AS (UPDATE user_stream SET revision = revision + 1 WHERE account = $1)
       UPDATE account a SET rests = CASE WHEN $2 THEN $3 ELSE a.rests END,
         rests_until = CASE WHEN $2 THEN ${UNTIL('$4')} ELSE a.rests_until END,
         quiet_hours = CASE WHEN $5 THEN $6::jsonb ELSE a.quiet_hours END, mail_pace = coalesce($7, a.mail_pace)
       WHERE a.id = $1 RETURNING ${ME}`,
      [
        account,
        doNotDisturb !== undefined,
        doNotDisturb !== undefined && doNotDisturb !== null,
        doNotDisturb?.seconds ?? null,
        quietHours !== undefined,
        quietHours === undefined || quietHours === 'school' ? null : JSON.stringify(quietHours),
        mail ?? null,
      ],
    );
    return meOf(one(rows));
  },

  inbox: async (account, before, limit) => {
    const { rows } = await db.query<ItemRow>({ name: 'inbox', text: INBOX, values: [account, before, limit + 1] });
    const shown = rows.slice(0, limit);
    const more = rows.length > limit;
    // What called everybody has no number: it stands by its time between what has one, before what is of the same instant
    const calls = await callsToAllOf(db, vault, account, {
      from: more ? (shown.at(-1)?.own_at ?? null) : null,
      to: before === null ? null : await timeAt(db, account, before),
    });
    await vault.load(db, {
      rooms: [...new Set(shown.map(({ room }) => room))],
      authors: [...new Set(shown.map(({ author }) => author))],
    });
    const own = shown.map(
      (row): InboxItem => ({
        seq: row.own_seq,
        at: row.own_at,
        reason: row.kind,
        read: row.read,
        message: messageOf(vault, row.room, row),
      }),
    );
    return {
      items: calls.length === 0 ? own : [...calls, ...own].sort((a, b) => Date.parse(b.at) - Date.parse(a.at)),
      next: more ? (shown.at(-1)?.own_seq ?? null) : null,
    };
  },
});
