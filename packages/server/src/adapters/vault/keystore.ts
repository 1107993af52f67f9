/** The rows of the key store (migration 0001): reading, adding and destroying wrapped keys. No cache, no secrets kept. */
import { type KeyIdentity, type KeyKind, SCHOOL } from './binding.ts';
import { newKey, type Wrapped, wrapKey } from './wrap.ts';

/** What a query needs; a pool, a client inside a transaction or a test's own. As `pg` has it. */
export interface Queryable {
  query(
    statement: string | { name?: string; text: string; values?: unknown[] },
    values?: unknown[],
  ): Promise<{ rows: unknown[] }>;
}

/** One version of one key as stored. `nonce` and `wrapped` are null when it was destroyed. */
export interface KeyRow {
  readonly kind: KeyKind;
  readonly owner: string;
  readonly version: number;
  readonly parent: string;
  readonly parent_version: number;
  readonly nonce: Buffer | null;
  readonly wrapped: Buffer | null;
  /** Seconds between its making and the start of the reading transaction; 0 or less when that very transaction made it. */
  readonly age: number;
}

const COLUMNS =
  'kind, owner, version, parent, parent_version, nonce, wrapped, extract(epoch FROM now() - created_at)::float8 AS age';

/** Every version of the keys of these rooms and authors, oldest first. */
export const readKeys = async (
  db: Queryable,
  rooms: readonly string[],
  authors: readonly string[],
): Promise<KeyRow[]> => {
  const { rows } = await db.query({
    name: 'keys.read',
    text: `SELECT ${COLUMNS} FROM keys.key WHERE kind = 'room' AND owner = ANY($1::uuid[])
 UNION ALL SELECT ${COLUMNS} FROM keys.key WHERE kind = 'author' AND owner = ANY($2::uuid[])
    ORDER BY version`,
    values: [rooms, authors],
  });
  return rows as KeyRow[];
};

/** Every version of the school key, oldest first. */
export const readSchoolKeys = async (db: Queryable): Promise<KeyRow[]> => {
  const { rows } = await db.query(
    `SELECT ${COLUMNS} FROM keys.key WHERE kind = 'school' AND owner = $1 ORDER BY version`,
    [SCHOOL],
  );
  return rows as KeyRow[];
};

/** Makes a key and stores it wrapped under `parentKey`. Fails when that version exists (unique violation). */
export const insertKey = async (db: Queryable, parentKey: Buffer, identity: KeyIdentity): Promise<void> => {
  const key = newKey();
  const { nonce, wrapped }: Wrapped = wrapKey(parentKey, identity, key);
  key.fill(0);
  const { kind, owner, version, parent, parentVersion } = identity;
  await db.query({
    name: 'keys.insert',
    text: 'INSERT INTO keys.key (kind, owner, version, parent, parent_version, nonce, wrapped) VALUES ($1, $2, $3, $4, $5, $6, $7)',
    values: [kind, owner, version, parent, parentVersion, nonce, wrapped],
  });
};

/**
 * Makes the first school key of an installation without any key, unless another node is just doing that. Where keys
 * exist but no school key, nothing is written: they could not be opened by a new one.
 */
export const insertFirstSchoolKey = async (db: Queryable, masterKey: Buffer, identity: KeyIdentity): Promise<void> => {
  const key = newKey();
  const { nonce, wrapped } = wrapKey(masterKey, identity, key);
  key.fill(0);
  await db.query(
    `INSERT INTO keys.key (kind, owner, version, parent, parent_version, nonce, wrapped)
     SELECT 'school', $1::uuid, 1, $2::uuid, 1, $3::bytea, $4::bytea WHERE NOT EXISTS (SELECT FROM keys.key)
     ON CONFLICT DO NOTHING`,
    [SCHOOL, identity.parent, nonce, wrapped],
  );
};

/** The newest version of an owner's key, destroyed or not; 0 when there is none. */
export const newestVersion = async (db: Queryable, kind: KeyKind, owner: string): Promise<number> => {
  const { rows } = await db.query(
    'SELECT coalesce(max(version), 0) AS version FROM keys.key WHERE kind = $1 AND owner = $2',
    [kind, owner],
  );
  return (rows as { version: number }[])[0]?.version ?? 0;
};

/** Destroys every version of an owner's key; the rows stay, empty, to say so. */
export const destroyKeys = async (db: Queryable, kind: 'room' | 'author', owner: string): Promise<void> => {
  await db.query(
    'UPDATE keys.key SET nonce = NULL, wrapped = NULL, destroyed_at = now() WHERE kind = $1 AND owner = $2 AND destroyed_at IS NULL',
    [kind, owner],
  );
};
