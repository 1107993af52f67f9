/** The two places where an installation remembers its master key: the data directory, or the key store itself. */
import { mkdir, open, readdir, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { SCHOOL } from './binding.ts';
import { syncDirectory } from './keyfile.ts';
import type { Queryable } from './keystore.ts';
import type { FingerprintRecord } from './master.ts';
import { MasterKeyError } from './trouble.ts';

const FILE = 'master-key.fingerprint';
const FINGERPRINT = /^[0-9a-f]{32}$/;

const entriesOf = async (directory: string): Promise<string[]> => {
  try {
    return await readdir(directory);
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR')) return [];
    throw error;
  }
};

/**
 * The record in a data directory, as `master-key.fingerprint`. To be asked before the embedded database is started:
 * a cluster that is already there (`PG_VERSION` in the directory or one below) without a record is a lost record.
 */
export const fingerprintInDirectory = (dataDir: string): FingerprintRecord => ({
  recorded: async () => {
    if (!(await entriesOf(dataDir)).includes(FILE)) return null;
    const text = (await readFile(join(dataDir, FILE), 'utf8')).trim();
    if (!FINGERPRINT.test(text))
      throw new MasterKeyError(
        'fingerprint-lost',
        `${join(dataDir, FILE)} is damaged. Bring it back with the data directory.`,
      );
    return text;
  },
  established: async () => {
    const entries = await entriesOf(dataDir);
    if (entries.includes('PG_VERSION')) return true;
    for (const entry of entries) if ((await entriesOf(join(dataDir, entry))).includes('PG_VERSION')) return true;
    return false;
  },
  record: async (fingerprint) => {
    await mkdir(dataDir, { recursive: true });
    const draft = join(dataDir, `${FILE}.new`);
    const file = await open(draft, 'w', 0o644);
    try {
      await file.writeFile(`${fingerprint}\n`);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(draft, join(dataDir, FILE));
    await syncDirectory(dataDir);
  },
});

/**
 * The record in the database, for installations whose database is elsewhere: the school key says which master key wraps
 * it. May be asked before the migrations. Nothing is recorded here: `openVault` does it by making the school key.
 */
export const fingerprintInDatabase = (db: Queryable): FingerprintRecord => {
  const hasKeyStore = async (): Promise<boolean> => {
    const { rows } = await db.query("SELECT to_regclass('keys.key') IS NOT NULL AS there");
    return (rows as { there: boolean }[])[0]?.there === true;
  };
  return {
    recorded: async () => {
      if (!(await hasKeyStore())) return null;
      const { rows } = await db.query(
        "SELECT parent FROM keys.key WHERE kind = 'school' AND owner = $1 ORDER BY version DESC LIMIT 1",
        [SCHOOL],
      );
      return (rows as { parent: string }[])[0]?.parent.replaceAll('-', '') ?? null;
    },
    established: async () => {
      if (!(await hasKeyStore())) return false;
      const { rows } = await db.query('SELECT EXISTS (SELECT FROM keys.key) AS there');
      return (rows as { there: boolean }[])[0]?.there === true;
    },
    record: () => Promise.resolve(),
  };
};
