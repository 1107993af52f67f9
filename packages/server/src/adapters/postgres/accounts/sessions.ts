/** Signed-in devices and socket tickets. */
import type { AccountsMemory, Actor, SignInRecord } from '@recreio/core/ports.ts';
import type { Session } from '@recreio/protocol';
import { bytesArray, uuidArray } from '../arrays.ts';
import type { Queryable } from '../connect.ts';
import { gather, inOrderOf } from '../gather.ts';
import { type See, UNSEEN_DAYS } from './seen.ts';
import { ME, meOf, type MeRow } from '../rows.ts';

/** Over a session aliased `s` and its account aliased `a`: both are alive now. */
const ALIVE = 's.ended_at IS NULL AND s.expires_at > clock_timestamp() AND a.disabled_at IS NULL';

type Part = Pick<
  AccountsMemory,
  'alive' | 'byToken' | 'forSignIn' | 'hold' | 'openSession' | 'sessions' | 'endSessions' | 'addTicket' | 'takeTicket'
>;

/** Devices looked up in one statement. */
const TOGETHER = 256;

const bytes = (hash: string): Buffer => Buffer.from(hash, 'hex');

/** Sessions over a pool or a transaction; `see` is told of a device that was not seen for a minute. What is asked for every request is read over `lookups`. */
export const sessions = (db: Queryable, see: See, lookups: Queryable): Part => ({
  alive: gather(async (actors: readonly Actor[]) => {
    const { rows } = await lookups.query<
      MeRow & { nth: number; unseen: boolean; now: number; assured_at: number | null }
    >({
      name: 'sessions-alive',
      text: `SELECT q.nth::int, ${ME}, floor(extract(epoch FROM s.assured_at) * 1000)::bigint AS assured_at, floor(extract(epoch FROM clock_timestamp()) * 1000)::bigint AS now, s.last_seen_at < clock_timestamp() - interval '1 minute' AS unseen
             FROM unnest($1::uuid[], $2::uuid[]) WITH ORDINALITY AS q (session, account, nth)
             JOIN session s ON s.id = q.session AND s.account = q.account JOIN account a ON a.id = s.account WHERE ${ALIVE}`,
      values: [uuidArray(actors.map(({ session }) => session)), uuidArray(actors.map(({ account }) => account))],
    });
    return inOrderOf(actors.length, rows, (row) => {
      const { account, session } = actors[row.nth - 1] as Actor;
      if (row.unseen) see(account, session);
      return { account, session, me: meOf(row), assuredAt: row.assured_at, now: row.now };
    });
  }, TOGETHER),

  byToken: gather(async (hashes: readonly string[]) => {
    const { rows } = await lookups.query<Actor & { nth: number }>({
      name: 'sessions-by-token',
      text: `SELECT q.nth::int, s.account, s.id AS session FROM unnest($1::bytea[]) WITH ORDINALITY AS q (hash, nth)
             JOIN session s ON s.token_hash = q.hash JOIN account a ON a.id = s.account WHERE ${ALIVE}`,
      values: [bytesArray(hashes.map(bytes))],
    });
    return inOrderOf(hashes.length, rows, ({ account, session }) => ({ account, session }));
  }, TOGETHER),

  forSignIn: async (emailFolded) => {
    const { rows } = await db.query<SignInRecord>({
      name: 'account-for-sign-in',
      text: 'SELECT id AS account, password, disabled_at IS NOT NULL AS disabled FROM account WHERE email_folded = $1',
      values: [emailFolded],
    });
    return rows[0] ?? null;
  },

  hold: async (account) => {
    const { rows } = await db.query<SignInRecord>({
      name: 'account-hold',
      text: 'SELECT id AS account, password, disabled_at IS NOT NULL AS disabled FROM account WHERE id = $1 FOR NO KEY UPDATE',
      values: [account],
    });
    return rows[0] ?? null;
  },

  openSession: async ({ id, account, tokenHash, device, assured }) => {
    await db.query({
      name: 'session-open',
      text: `INSERT INTO session (id, account, token_hash, device, expires_at, assured_at) VALUES ($1, $2, $3, $4, clock_timestamp() + $5 * interval '1 day', CASE WHEN $6 THEN clock_timestamp() END)`,
      values: [id, account, bytes(tokenHash), device, UNSEEN_DAYS, assured],
    });
    await db.query({
      name: 'account-seen',
      text: 'UPDATE account SET last_seen_at = clock_timestamp() WHERE id = $1',
      values: [account],
    });
  },

  sessions: async (account) => {
    const { rows } = await db.query<{ id: string; created_at: string; last_seen_at: string; device: string }>({
      name: 'sessions-of',
      text: `SELECT id, created_at, last_seen_at, device FROM session
             WHERE account = $1 AND ended_at IS NULL AND expires_at > clock_timestamp() ORDER BY created_at DESC, id DESC`,
      values: [account],
    });
    return rows.map(
      (row): Omit<Session, 'current'> => ({
        id: row.id,
        createdAt: row.created_at,
        lastSeenAt: row.last_seen_at,
        device: row.device,
      }),
    );
  },

  endSessions: (account, which) => endSessions(db, account, which),

  addTicket: async ({ hash, session, seconds }) => {
    // Expired ones go as new ones come; those that another request is just removing are left to it
    const { rows } = await db.query<{ expires_at: string }>({
      name: 'ticket-add',
      text: `WITH purged AS (DELETE FROM ticket WHERE hash IN (SELECT hash FROM ticket WHERE expires_at < clock_timestamp() LIMIT 100 FOR UPDATE SKIP LOCKED))
             INSERT INTO ticket (hash, session, expires_at) VALUES ($1, $2, clock_timestamp() + $3 * interval '1 second') RETURNING expires_at`,
      values: [bytes(hash), session, seconds],
    });
    return one(rows).expires_at;
  },

  takeTicket: async (hash) => {
    const { rows } = await db.query<Actor>({
      name: 'ticket-take',
      text: `WITH taken AS (DELETE FROM ticket WHERE hash = $1 RETURNING session, expires_at)
             SELECT s.account, s.id AS session FROM taken JOIN session s ON s.id = taken.session JOIN account a ON a.id = s.account
             WHERE taken.expires_at > clock_timestamp() AND ${ALIVE}`,
      values: [bytes(hash)],
    });
    return rows[0] ?? null;
  },
});

/** Ends sessions, and says which to every node: one line each, so that a session opened right after is not taken for an ended one. */
export const endSessions = async (
  db: Queryable,
  account: string,
  { only = null, except = null }: { readonly only?: string | null; readonly except?: string | null },
): Promise<number> => {
  const { rowCount } = await db.query({
    name: 'sessions-end',
    text: `WITH ended AS (UPDATE session SET ended_at = clock_timestamp()
             WHERE account = $1 AND ended_at IS NULL AND ($2::uuid IS NULL OR id = $2) AND ($3::uuid IS NULL OR id <> $3) RETURNING id)
           INSERT INTO revocation (account, session) SELECT $1, id FROM ended`,
    values: [account, only, except],
  });
  return rowCount ?? 0;
};

/** The row of a statement that always has one. */
export const one = <T>(rows: readonly T[]): T => {
  const [row] = rows;
  if (row === undefined) throw new Error('a statement that returns a row returned none');
  return row;
};
