/** Findings about the master key, the data folder and the database. */
import type { Config } from '../config.ts';
import { type Finding, ok, reasonOf, warning, wrong } from './finding.ts';

/** What was learnt of key, data and database (see adapters/examine.ts). */
export interface Storage {
  readonly data: { readonly dir: string; readonly exists: boolean; readonly freeBytes: number | null } | null;
  readonly key: { readonly path: string; readonly fingerprint: string } | null | Error;
  readonly expected: string | null;
  readonly database:
    | {
        readonly version: number;
        readonly fsync: boolean;
        readonly synchronousCommit: string;
        readonly maxConnections: number;
        readonly aheadMs: number;
        readonly missing: readonly string[];
        readonly unknown: readonly string[];
      }
    | Error
    | null;
  /** Whether the data are the demo school's, as far as can be seen. */
  readonly holdsDemo: boolean;
}

const MIB = 1024 * 1024;
/** Below this, a school of some hundred people has a few weeks left. */
const LITTLE_BYTES = 2048 * MIB;
/** PostgreSQL 15, the oldest that has what the tables use. */
const OLDEST = 150_000;
/** How far two clocks may be apart before people see odd times, in ms. */
const APART_MS = 2_000;
/** Connections of the write path, for look-ups, for pages of history and of NOTIFY, besides the pool. */
const BESIDES_POOL = 9;

/** All of them, in the order in which a start would meet them. */
export const storageFindings = (storage: Storage, config: Config): Finding[] => [
  keyFinding(storage),
  ...dataFindings(storage, config),
  ...databaseFindings(storage, config),
  ...demoFindings(storage, config),
];

/** Who asks after a school of their own and looks at the demo would hear that all is well. */
const demoFindings = ({ holdsDemo }: Storage, { demo }: Config): Finding[] => {
  if (!holdsDemo) return [];
  if (demo) return [ok('school', 'This database holds the demo school, as RECREIO_DEMO=1 says.')];
  return [
    wrong(
      'school',
      'This database holds the demo school: with these settings it is not served.',
      'Give the doctor the settings that your school starts with: in front of the command (`DATABASE_URL=… recreio doctor`, or DATA_DIR=… where it is embedded), or from their file (`set -a; . /etc/recreio/recreio.env; recreio doctor`). Or set RECREIO_DEMO=1 if the demo school is meant.',
    ),
  ];
};

const keyFinding = ({ key, expected }: Storage): Finding => {
  if (key instanceof Error)
    return wrong('key', reasonOf(key), 'Mend what the sentence says; nothing starts without the key.');
  if (key === null)
    return expected === null
      ? ok('key', 'There is no master key yet: the first start makes it, and says where.')
      : wrong(
          'key',
          `The master key of this installation (fingerprint ${expected}) is not there.`,
          'Bring it back from your copy, mode 0400, or point RECREIO_MASTER_KEY_FILE to it. Without it no message can be read.',
        );
  if (expected !== null && key.fingerprint !== expected)
    return wrong(
      'key',
      `${key.path} holds another key than the one that the data were sealed with (fingerprint ${expected}).`,
      'Point RECREIO_MASTER_KEY_FILE to the right one, or bring it back from your copy.',
    );
  return ok('key', `The master key is in ${key.path}, for its owner only, outside the data. Keep a copy elsewhere.`);
};

const dataFindings = ({ data }: Storage, { diskReserveBytes }: Config): Finding[] => {
  if (data === null) return [];
  const found = data.exists
    ? ok('data', `The embedded database is in ${data.dir}.`)
    : ok('data', `There is no data yet: the first start makes ${data.dir}.`);
  if (data.freeBytes === null)
    return [found, warning('disk', `The disk of ${data.dir} cannot be asked how full it is.`, 'Watch it yourself.')];
  const free = `${Math.floor(data.freeBytes / MIB)} MiB are free on the disk of the data`;
  if (data.freeBytes < diskReserveBytes)
    return [
      found,
      wrong(
        'disk',
        `${free}, less than the reserve (DISK_RESERVE_MIB): new messages are refused.`,
        'Make space, or move DATA_DIR to a larger disk.',
      ),
    ];
  return [
    found,
    data.freeBytes < LITTLE_BYTES
      ? warning('disk', `${free}.`, 'Make space before it falls to the reserve (DISK_RESERVE_MIB).')
      : ok('disk', `${free}.`),
  ];
};

const databaseFindings = ({ database }: Storage, { databasePool }: Config): Finding[] => {
  if (database === null)
    return [
      ok(
        'database',
        'DATABASE_URL is not set: this is the embedded database, which only its own server can ask. Its version, migrations and clock were not looked at.',
      ),
    ];
  if (database instanceof Error)
    return [
      wrong(
        'database',
        `DATABASE_URL: ${reasonOf(database)}`,
        'See that PostgreSQL runs there, that this machine may reach it (firewall, pg_hba.conf), and that user, password and name are right.',
      ),
    ];
  const { version, fsync, synchronousCommit, maxConnections, aheadMs, missing, unknown } = database;
  const found: Finding[] = [];
  const number = `${Math.floor(version / 10_000)}.${version % 10_000}`;
  found.push(
    version < OLDEST
      ? wrong('database', `PostgreSQL ${number} is too old.`, 'Use 15 or newer.')
      : ok('database', `PostgreSQL ${number} answers.`),
  );
  if (!fsync)
    found.push(
      wrong(
        'durability',
        'fsync is off: a power cut would lose what was acknowledged.',
        'Set fsync = on in postgresql.conf.',
      ),
    );
  else if (synchronousCommit === 'off')
    found.push(
      wrong(
        'durability',
        'synchronous_commit is off: a crash would lose what was acknowledged.',
        'Set synchronous_commit = on in postgresql.conf or for this database.',
      ),
    );
  else found.push(ok('durability', `fsync is on, synchronous_commit is ${synchronousCommit}.`));
  if (maxConnections < databasePool + BESIDES_POOL)
    found.push(
      warning(
        'connections',
        `PostgreSQL lets in ${maxConnections} connections; one process of Recreio may want ${databasePool + BESIDES_POOL}.`,
        'Raise max_connections, or lower DATABASE_POOL.',
      ),
    );
  found.push(
    Math.abs(aheadMs) > APART_MS
      ? warning(
          'clock',
          `The clocks of this machine and of the database are ${Math.round(Math.abs(aheadMs) / 1000)} s apart.`,
          'Let both take their time from the network (NTP). What is said keeps its order all the same.',
        )
      : ok('clock', 'This machine and the database agree on the time.'),
  );
  if (unknown.length > 0)
    found.push(
      wrong(
        'migrations',
        `The database is of a newer release: ${unknown.join(', ')}.`,
        'Start that release, or restore the backup from before the upgrade.',
      ),
    );
  else
    found.push(
      missing.length > 0
        ? warning(
            'migrations',
            `The database lacks ${missing.length} of this release’s migrations.`,
            'The next start applies them; with several servers run `recreio migrate` first.',
          )
        : ok('migrations', 'The database is at this release.'),
    );
  return found;
};
