/** Passkeys, and challenges that wait for their answer (migration 0011). */
import type { PasskeyRecord, PasskeysMemory } from '@recreio/core/ports.ts';
import type { Passkey } from '@recreio/protocol';
import type { Vault } from '../../vault/vault.ts';
import type { Queryable } from '../connect.ts';

interface PasskeyRow {
  readonly id: string;
  readonly name: string;
  readonly created_at: string;
  readonly last_used_at: string | null;
  readonly backed_up: boolean;
}

const COLUMNS = 'id, name, created_at, last_used_at, backed_up';
const RECORD = 'id, account, credential, public_key AS "publicKey", counter, transports';

const passkeyOf = ({
  id,
  name,
  created_at: createdAt,
  last_used_at: lastUsedAt,
  backed_up: backedUp,
}: PasskeyRow): Passkey => ({
  id,
  name,
  createdAt,
  lastUsedAt,
  backedUp,
});

/** Passkeys and challenges over a pool or a transaction. */
export const passkeys = (db: Queryable, vault: Vault): PasskeysMemory => ({
  putChallenge: async ({ hash, purpose, account, seconds, secret }) => {
    const sealed = secret === undefined ? null : vault.sealSecret({ kind: 'challenge', owner: hash }, secret);
    // Expired ones go as new ones come; those that another request is just removing are left to it
    await db.query({
      name: 'challenge-put',
      text: `WITH purged AS (DELETE FROM challenge WHERE hash IN (SELECT hash FROM challenge WHERE expires_at < clock_timestamp() LIMIT 100 FOR UPDATE SKIP LOCKED))
             INSERT INTO challenge (hash, purpose, account, sealed, expires_at) VALUES ($1, $2, $3, $4, clock_timestamp() + $5 * interval '1 second')`,
      values: [Buffer.from(hash, 'hex'), purpose, account, sealed, seconds],
    });
  },

  takeChallenge: async (hash, purpose) => {
    const { rows } = await db.query<{ account: string | null; sealed: Buffer | null; alive: boolean }>({
      name: 'challenge-take',
      text: 'DELETE FROM challenge WHERE hash = $1 AND purpose = $2 RETURNING account, sealed, expires_at > clock_timestamp() AS alive',
      values: [Buffer.from(hash, 'hex'), purpose],
    });
    const [row] = rows;
    if (!row?.alive) return null;
    const secret = row.sealed && vault.openSecret({ kind: 'challenge', owner: hash }, row.sealed);
    return { account: row.account, secret };
  },

  passkeys: async (account) => {
    const { rows } = await db.query<PasskeyRecord & PasskeyRow>({
      name: 'passkeys-of',
      text: `SELECT ${RECORD}, ${COLUMNS.replace('id, ', '')} FROM passkey WHERE account = $1 ORDER BY created_at, id`,
      values: [account],
    });
    return rows.map((row) => ({ ...row, ...passkeyOf(row) }));
  },

  passkeyBy: async (credential) => {
    const { rows } = await db.query<PasskeyRecord>({
      name: 'passkey-by-credential',
      text: `SELECT ${RECORD} FROM passkey WHERE credential = $1`,
      values: [credential],
    });
    return rows[0] ?? null;
  },

  addPasskey: async ({ id, account, credential, publicKey, counter, transports, backedUp, name }) => {
    const { rows } = await db.query<PasskeyRow>({
      name: 'passkey-add',
      text: `INSERT INTO passkey (id, account, credential, public_key, counter, transports, backed_up, name)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (credential) DO NOTHING RETURNING ${COLUMNS}`,
      values: [id, account, credential, Buffer.from(publicKey), counter, transports, backedUp, name],
    });
    return rows[0] ? passkeyOf(rows[0]) : null;
  },

  usedPasskey: async (id, { counter, backedUp }) => {
    await db.query({
      name: 'passkey-used',
      text: 'UPDATE passkey SET counter = greatest(counter, $2), backed_up = $3, last_used_at = clock_timestamp() WHERE id = $1',
      values: [id, counter, backedUp],
    });
  },

  renamePasskey: async (account, id, name) => {
    const { rowCount } = await db.query({
      name: 'passkey-rename',
      text: 'UPDATE passkey SET name = $3 WHERE id = $2 AND account = $1',
      values: [account, id, name],
    });
    return rowCount === 1;
  },

  removePasskeys: async (account, only) => {
    const { rowCount } = await db.query({
      name: 'passkeys-remove',
      text: 'DELETE FROM passkey WHERE account = $1 AND ($2::uuid IS NULL OR id = $2)',
      values: [account, only ?? null],
    });
    return (rowCount ?? 0) > 0;
  },
});
