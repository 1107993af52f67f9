/** What can be learnt of key, data and database from outside, without opening or changing anything: for `recreio doctor`. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import type { Config } from '../config.ts';
import { isMarkedDemo } from './demo-mark.ts';
import { candidateFiles, masterKeyPlaces } from './vault/location.ts';
import { fingerprintInDatabase, fingerprintInDirectory } from './vault/fingerprint.ts';
import { fingerprintOf } from './vault/master.ts';
import { readKeyFile } from './vault/keyfile.ts';
import { migrations } from './postgres/migrate.ts';
import { dataDirOf } from './postgres/open.ts';
import { freeBytesOf } from './postgres/space.ts';

/** What a database server says of itself. */
export interface DatabaseFacts {
  /** As PostgreSQL writes it: 180004 is 18.4. */
  readonly version: number;
  readonly fsync: boolean;
  readonly synchronousCommit: string;
  readonly maxConnections: number;
  /** How far its clock is ahead of ours, in ms. */
  readonly aheadMs: number;
  /** Migrations of this release that are missing there, and those there that this release does not know. */
  readonly missing: readonly string[];
  readonly unknown: readonly string[];
  /** The fingerprint of the master key that the data were sealed with; null on an empty database. */
  readonly fingerprint: string | null;
  /** Whether the people of the demo school are in it. */
  readonly holdsDemo: boolean;
}

/** What there is. What could not be learnt is an error, whose message says why. */
export interface Examined {
  /** Null with DATABASE_URL. */
  readonly data: { readonly dir: string; readonly exists: boolean; readonly freeBytes: number | null } | null;
  /** Where the key was found; null where there is none (yet). */
  readonly key: { readonly path: string; readonly fingerprint: string } | null | Error;
  /** The fingerprint that the data folder names; null where there is none. */
  readonly expected: string | null;
  /** Null with the embedded database, which only its server can reach. */
  readonly database: DatabaseFacts | Error | null;
  /** Whether the data are the demo school's, as far as can be seen. */
  readonly holdsDemo: boolean;
}

const CONNECT_MS = 5_000;
/** The migration that made accounts. */
const ACCOUNTS = '0002_accounts.sql';
const asError = (error: unknown): Error => (error instanceof Error ? error : new Error(String(error)));

const databaseFacts = async (url: string): Promise<DatabaseFacts> => {
  const client = new pg.Client({
    connectionString: url,
    connectionTimeoutMillis: CONNECT_MS,
    query_timeout: CONNECT_MS,
    application_name: 'recreio doctor',
  });
  client.on('error', () => undefined); // what it means for us is that the next query fails
  await client.connect();
  try {
    const asked = Date.now();
    const {
      rows: [row],
    } = await client.query<{ version: number; fsync: string; commit: string; most: number; now: string; has: boolean }>(
      `SELECT current_setting('server_version_num')::int AS version, current_setting('fsync') AS fsync,
         current_setting('synchronous_commit') AS commit, current_setting('max_connections')::int AS most,
         (extract(epoch FROM clock_timestamp()) * 1000)::float8 AS now,
         to_regclass('migration') IS NOT NULL AS has`,
    );
    if (!row) throw new Error('the database answered nothing');
    const here = (asked + Date.now()) / 2;
    const there = row.has ? (await client.query<{ name: string }>('SELECT name FROM migration')).rows : [];
    const ours = (await migrations()).map(({ name }) => name);
    const theirs = there.map(({ name }) => name);
    return {
      version: row.version,
      fsync: row.fsync === 'on',
      synchronousCommit: row.commit,
      maxConnections: row.most,
      aheadMs: Math.round(Number(row.now) - here),
      missing: ours.filter((name) => !theirs.includes(name)),
      unknown: theirs.filter((name) => !ours.includes(name)),
      fingerprint: await fingerprintInDatabase(client).recorded(),
      holdsDemo:
        theirs.includes(ACCOUNTS) && (await client.query('SELECT FROM account WHERE demo LIMIT 1')).rowCount === 1,
    };
  } finally {
    await client.end();
  }
};

/** The nearest folder above that is there: its disk is the one that would be written to. */
const nearest = (path: string): string => (existsSync(path) ? path : nearest(join(path, '..')));

/** Looks at everything once. @param projectDir what a relative place is relative to */
export const examine = async (config: Config, projectDir: string): Promise<Examined> => {
  const dir = config.database.kind === 'embedded' ? dataDirOf(config.database.dataDir, projectDir).path : undefined;
  const data =
    dir === undefined
      ? null
      : {
          dir,
          exists: await fingerprintInDirectory(dir).established(),
          freeBytes: await freeBytesOf(nearest(dir)).catch(() => null),
        };
  const database = config.database.kind === 'url' ? await databaseFacts(config.database.url).catch(asError) : null;
  const inFolder = dir === undefined || !existsSync(dir) ? null : await fingerprintInDirectory(dir).recorded();
  const inDatabase = database === null || database instanceof Error ? null : database.fingerprint;
  const expected = inFolder ?? inDatabase;
  const key = await findKey(config, dir, expected).catch(asError);
  const holdsDemo =
    dir === undefined ? database !== null && !(database instanceof Error) && database.holdsDemo : isMarkedDemo(dir);
  return { data, key, expected, database, holdsDemo };
};

const findKey = async (
  config: Config,
  dataDir: string | undefined,
  expected: string | null,
): Promise<{ readonly path: string; readonly fingerprint: string } | null> => {
  const places = masterKeyPlaces({ ...config.masterKey, dataDir, workingDir: process.cwd() });
  if (expected === null && places.configured === undefined) return null;
  for (const path of candidateFiles(places, expected ?? '')) {
    const key = await readKeyFile(path);
    if (key !== null) return { path, fingerprint: fingerprintOf(key) };
  }
  return null;
};
