/** The memory of those who come uninvited (migration 0015). SQL and nothing else; no rule. */
import type { JoiningMemory, NewAsk } from '@recreio/core/ports.ts';
import type { JoinAsk } from '@recreio/protocol';
import { one } from './accounts/sessions.ts';
import type { Queryable } from './connect.ts';

/** How long an ask that nobody answers is kept, and one that was declined, in days. */
const OPEN_DAYS = 90;
const DECLINED_DAYS = 30;

/** Lets go of asks that nobody answered or that were declined long ago, and of links that are over. */
export const forgetAsks = async (db: Queryable): Promise<void> => {
  await db.query({
    name: 'join-asks-forget',
    text: `DELETE FROM join_ask WHERE declined_at < clock_timestamp() - $1 * interval '1 day' OR at < clock_timestamp() - $2 * interval '1 day'`,
    values: [DECLINED_DAYS, OPEN_DAYS],
  });
  await db.query({ name: 'join-proofs-forget', text: 'DELETE FROM join_proof WHERE expires_at < clock_timestamp()' });
};

/** The port over a pool or inside one transaction. */
export const joiningMemory = (db: Queryable): JoiningMemory => ({
  open: async () => {
    const { rows } = await db.query<{ open: number }>({
      name: 'join-asks-open',
      text: 'SELECT count(*)::int AS open FROM join_ask WHERE declined_at IS NULL',
    });
    return one(rows).open;
  },

  ask: async ({ id, name, email, emailFolded, words, language }) => {
    // First, so that who was declined long ago is heard again
    await forgetAsks(db);
    // Known or not, a row is written: how long it takes tells nothing
    await db.query({
      name: 'join-ask',
      text: `INSERT INTO join_ask (id, name, email, email_folded, words, language) VALUES ($1, $2, $3, $4, $5, $6)
             ON CONFLICT (email_folded) DO UPDATE SET email_folded = excluded.email_folded`,
      values: [id, name, email, emailFolded, words, language],
    });
  },

  asks: async () => {
    const { rows } = await db.query<JoinAsk>({
      name: 'join-asks',
      text: `SELECT j.id, j.name, j.email, j.words, j.at, EXISTS (SELECT FROM account a WHERE a.email_folded = j.email_folded) AS "isKnown"
             FROM join_ask j WHERE j.declined_at IS NULL ORDER BY j.at, j.id`,
    });
    return rows;
  },

  hold: async (id) => {
    const { rows } = await db.query<NewAsk>({
      name: 'join-ask-hold',
      text: `SELECT id, name, email, email_folded AS "emailFolded", words, language FROM join_ask
             WHERE id = $1 AND declined_at IS NULL FOR UPDATE`,
      values: [id],
    });
    return rows[0] ?? null;
  },

  forget: async (id) => {
    await db.query({ name: 'join-ask-forget', text: 'DELETE FROM join_ask WHERE id = $1', values: [id] });
  },

  decline: async (id) => {
    // What was said of oneself is not needed to know the address again
    const { rowCount } = await db.query({
      name: 'join-ask-decline',
      text: `UPDATE join_ask SET declined_at = clock_timestamp(), name = '', words = '' WHERE id = $1 AND declined_at IS NULL`,
      values: [id],
    });
    return rowCount === 1;
  },

  prove: async ({ hash, email, emailFolded, seconds }) => {
    await db.query({
      name: 'join-proof',
      text: `WITH old AS (DELETE FROM join_proof WHERE email_folded = $3)
             INSERT INTO join_proof (hash, email, email_folded, expires_at) VALUES ($1, $2, $3, clock_timestamp() + $4 * interval '1 second')`,
      values: [Buffer.from(hash, 'hex'), email, emailFolded, seconds],
    });
  },

  readProof: async (hash) => {
    const { rows } = await db.query<{ email: string; expiresAt: string }>({
      name: 'join-proof-read',
      text: `SELECT email, expires_at AS "expiresAt" FROM join_proof WHERE hash = $1 AND expires_at > clock_timestamp()`,
      values: [Buffer.from(hash, 'hex')],
    });
    return rows[0] ?? null;
  },

  takeProof: async (hash) => {
    // Those who come second wait for the row, and find none
    const { rowCount } = await db.query({
      name: 'join-proof-take',
      text: 'DELETE FROM join_proof WHERE hash = $1 AND expires_at > clock_timestamp()',
      values: [Buffer.from(hash, 'hex')],
    });
    return rowCount === 1;
  },
});
