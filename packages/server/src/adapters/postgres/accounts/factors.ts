/** Second factors (migration 0011). Secrets are sealed before they get here into a row, and opened after. */
import type { FactorsMemory, FactorsRecord } from '@recreio/core/ports.ts';
import type { Vault } from '../../vault/vault.ts';
import type { Queryable } from '../connect.ts';
import { one } from './sessions.ts';

interface TotpRow {
  readonly secret: Buffer;
  readonly confirmed_at: number | null;
  readonly last_step: number;
  readonly failures: number;
  readonly failed_at: number | null;
  readonly now: number;
}

const ms = (at: string): string => `floor(extract(epoch FROM ${at}) * 1000)::bigint`;

/** Second factors over a pool or a transaction. */
export const factors = (db: Queryable, vault: Vault): FactorsMemory => ({
  factors: async (account) => {
    const { rows } = await db.query<FactorsRecord>({
      name: 'factors-of',
      text: `SELECT a.password IS NOT NULL AS password, t.confirmed_at AS "totpSince", a.demo,
               (SELECT count(*) FROM recovery_code r WHERE r.account = a.id AND r.used_at IS NULL) AS "recoveryCodes"
             FROM account a LEFT JOIN totp t ON t.account = a.id WHERE a.id = $1`,
      values: [account],
    });
    return one(rows);
  },

  totp: async (account) => {
    const { rows } = await db.query<TotpRow>({
      name: 'totp-of',
      text: `SELECT secret, ${ms('confirmed_at')} AS confirmed_at, last_step, failures, ${ms('failed_at')} AS failed_at,
               ${ms('clock_timestamp()')} AS now FROM totp WHERE account = $1`,
      values: [account],
    });
    const [row] = rows;
    if (!row) return null;
    const secret = vault.openSecret({ kind: 'totp', owner: account }, row.secret);
    if (secret === null) throw new Error('the secret of a second factor is damaged, or was sealed by another school');
    const { confirmed_at: confirmedAt, last_step: lastStep, failures, failed_at: failedAt, now } = row;
    return { secret, confirmedAt, lastStep, failures, failedAt, now };
  },

  beginTotp: async (account, secret) => {
    // Wrong codes of before still count: beginning anew is not a way to try on
    await db.query({
      name: 'totp-begin',
      text: `INSERT INTO totp (account, secret) VALUES ($1, $2)
             ON CONFLICT (account) DO UPDATE SET secret = $2, last_step = 0, created_at = clock_timestamp() WHERE totp.confirmed_at IS NULL`,
      values: [account, vault.sealSecret({ kind: 'totp', owner: account }, secret)],
    });
  },

  confirmTotp: async (account) => {
    await db.query({
      name: 'totp-confirm',
      text: 'UPDATE totp SET confirmed_at = clock_timestamp() WHERE account = $1',
      values: [account],
    });
  },

  spendStep: async (account, step) => {
    await db.query({
      name: 'totp-spend',
      text: 'UPDATE totp SET last_step = $2, failures = 0, failed_at = NULL WHERE account = $1',
      values: [account, step],
    });
  },

  missedCode: async (account) => {
    await db.query({
      name: 'totp-missed',
      text: 'UPDATE totp SET failures = failures + 1, failed_at = clock_timestamp() WHERE account = $1',
      values: [account],
    });
  },

  removeTotp: async (account) => {
    const codes = await db.query({
      name: 'recovery-codes-remove',
      text: 'DELETE FROM recovery_code WHERE account = $1',
      values: [account],
    });
    const totp = await db.query({
      name: 'totp-remove',
      text: 'DELETE FROM totp WHERE account = $1',
      values: [account],
    });
    return (codes.rowCount ?? 0) + (totp.rowCount ?? 0) > 0;
  },

  putRecoveryCodes: async (account, hashes) => {
    await db.query({
      name: 'recovery-codes-put',
      text: `WITH gone AS (DELETE FROM recovery_code WHERE account = $1)
             INSERT INTO recovery_code (hash, account) SELECT decode(hash, 'hex'), $1 FROM unnest($2::text[]) AS t (hash)`,
      values: [account, hashes],
    });
  },

  takeRecoveryCode: async (account, hash) => {
    const { rowCount } = await db.query({
      name: 'recovery-code-take',
      text: 'UPDATE recovery_code SET used_at = clock_timestamp() WHERE hash = $2 AND account = $1 AND used_at IS NULL',
      values: [account, Buffer.from(hash, 'hex')],
    });
    return rowCount === 1;
  },

  assure: async (session) => {
    const { rows } = await db.query<{ assured_at: string }>({
      name: 'session-assure',
      text: 'UPDATE session SET assured_at = clock_timestamp() WHERE id = $1 AND ended_at IS NULL RETURNING assured_at',
      values: [session],
    });
    return rows[0]?.assured_at ?? null;
  },
});
