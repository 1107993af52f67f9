/** What is remembered for a while only goes, on one node at a time (contract D11, D27; docs/protocol.md R91). */
import type pg from 'pg';
import { seen } from './drafts.ts';
import { forgetAsks } from './joining.ts';
import { READ_TO } from './markers.ts';

/** Any constant: the key of the advisory lock under which one node purges. */
const LOCK = 7_221_003;

/** Answers to commands are remembered for this long, in days: longer than anybody repeats one. */
export const DONE_DAYS = 30;
/** Ended sessions are told of for this long, in minutes: twice as long as a node may not have looked (see clockwork.ts). */
export const REVOCATION_MINUTES = 60;
/**
 * That a draft was sent or cleared is known for this long, in days; an older device finds none, and keeps its own words. For as
 * long, words wait for who has left the room: they may come back.
 */
export const DRAFT_DAYS = 30;
/** What a person's stream says is kept for this long, in days; longer where it still counts as unread (docs/protocol.md R35). */
const OWN_DAYS = 30;
/** Rows that go in one statement, so that none holds its locks for long. */
const BATCH = 5_000;

/** The time in a UUIDv7, ms since the Unix epoch (RFC 9562 §5.7); PostgreSQL has a function for it from 18 on only. */
const ID_MS = `('x' || substr(replace(client_id::text, '-', ''), 1, 12))::bit(48)::bigint`;

/** What went. */
export interface Purged {
  readonly revocations: number;
  readonly done: number;
  readonly drafts: number;
  readonly own: number;
}

/**
 * Purges once; null when another node is at it. Answers go in two steps: first the time before which client ids are refused is
 * set; in a later run, when no flush can have read the time before, those go that both came and were named before it.
 * @param isOver a server that ends does not wait for the rest, which the next run finds
 */
export const purge = async (pool: pg.Pool, isOver: () => boolean = () => false): Promise<Purged | null> => {
  const client = await pool.connect();
  let isClean = false;
  try {
    const {
      rows: [lock],
    } = await client.query<{ mine: boolean }>('SELECT pg_try_advisory_lock($1) AS mine', [LOCK]);
    if (!lock?.mine) {
      isClean = true;
      return null;
    }
    const purged = {
      revocations: await forgetRevocations(client, isOver),
      done: await forgetDone(client, isOver),
      drafts: await forgetDrafts(client, isOver),
      own: await forgetOwn(client, isOver),
    };
    await client.query(
      `UPDATE installation SET done_forgotten_to = clock_timestamp() - $1 * interval '1 day'
       WHERE (done_forgotten_to IS NULL OR done_forgotten_to < clock_timestamp() - $1 * interval '1 day' - interval '1 hour')
         AND EXISTS (SELECT FROM done_command WHERE at < clock_timestamp() - $1 * interval '1 day')`,
      [DONE_DAYS],
    );
    await forgetAsks(client);
    await client.query('SELECT pg_advisory_unlock($1)', [LOCK]);
    isClean = true;
    return purged;
  } finally {
    // The lock goes with the connection, whatever happened
    client.release(!isClean);
  }
};

/** Deletes in batches until one is not full, or it is over. */
const batches = async (isOver: () => boolean, work: () => Promise<number | null>): Promise<number> => {
  for (let sum = 0; ; ) {
    if (isOver()) return sum;
    const count = (await work()) ?? 0;
    sum += count;
    if (count < BATCH) return sum;
  }
};

const forgetRevocations = (client: pg.PoolClient, isOver: () => boolean): Promise<number> =>
  batches(isOver, async () => {
    const { rowCount } = await client.query(
      `DELETE FROM revocation WHERE id IN (SELECT id FROM revocation WHERE at < clock_timestamp() - $1 * interval '1 minute' LIMIT ${BATCH})`,
      [REVOCATION_MINUTES],
    );
    return rowCount;
  });

/** Those without words, and those whose person is no longer where they were written: neither can be seen or cleared. */
const forgetDrafts = async (client: pg.PoolClient, isOver: () => boolean): Promise<number> => {
  let sum = 0;
  for (const gone of ['d.ct IS NULL', `d.ct IS NOT NULL AND NOT (${seen('d.account', 'd.room', 'd.thread')})`])
    sum += await batches(isOver, async () => {
      // Asked again of the row that goes: words may have been written over it meanwhile
      const { rowCount } = await client.query(
        `DELETE FROM draft d WHERE d.at < clock_timestamp() - $1 * interval '1 day' AND ${gone} AND (d.account, d.talk) IN (
           SELECT d.account, d.talk FROM draft d WHERE ${gone} AND d.at < clock_timestamp() - $1 * interval '1 day' LIMIT ${BATCH})`,
        [DRAFT_DAYS],
      );
      return rowCount;
    });
  return sum;
};

/** SQL: whether an event `u` of a person's stream is still needed: young, the newest, or a call that counts as unread. */
const NEEDED = `(u.seq >= s.head OR u.at >= clock_timestamp() - $1 * interval '1 day' OR (u.message_seq IS NOT NULL AND EXISTS (
  SELECT FROM member m JOIN read_marker k ON k.room = m.room AND k.account = m.account
    JOIN message x ON x.room = m.room AND x.seq = u.message_seq AND x.removed_at IS NULL AND x.thread IS NULL
  WHERE m.account = u.account AND m.room = u.room AND u.message_seq > ${READ_TO})))`;

/**
 * The beginnings of people's streams, up to the first event that is needed: what is left has no holes, so that who comes back is
 * told truly where it begins. The newest stays: by its id who has heard all is known to have (contract D16).
 */
const forgetOwn = (client: pg.PoolClient, isOver: () => boolean): Promise<number> =>
  batches(isOver, async () => {
    const { rowCount } = await client.query(
      `DELETE FROM user_event WHERE (account, seq) IN (
         SELECT o.account, o.seq FROM user_stream s
         JOIN LATERAL (SELECT ${NEEDED} AS needed FROM user_event u WHERE u.account = s.account ORDER BY u.seq LIMIT 1) f ON NOT f.needed
         CROSS JOIN LATERAL (
           SELECT w.account, w.seq, bool_or(w.needed) OVER (ORDER BY w.seq) AS stays FROM (
             SELECT u.account, u.seq, ${NEEDED} AS needed FROM user_event u WHERE u.account = s.account ORDER BY u.seq LIMIT 1000) w) o
         WHERE NOT o.stays LIMIT ${BATCH})`,
      [OWN_DAYS],
    );
    return rowCount;
  });

const forgetDone = (client: pg.PoolClient, isOver: () => boolean): Promise<number> =>
  batches(isOver, async () => {
    const { rowCount } = await client.query(
      `DELETE FROM done_command WHERE (actor, client_id) IN (
         SELECT d.actor, d.client_id FROM done_command d, installation i
         WHERE i.done_forgotten_to < clock_timestamp() - $1 * interval '1 day' - interval '1 minute'
           AND d.at < i.done_forgotten_to AND ${ID_MS} < extract(epoch FROM i.done_forgotten_to) * 1000 LIMIT ${BATCH})`,
      [DONE_DAYS],
    );
    return rowCount;
  });
