/** Connections: how values come over, what a session is set to, and which errors mean that the database is away. */
import { Socket } from 'node:net';
import pg from 'pg';

/** Anything that takes a query: a pool, or a client inside a transaction. */
export type Queryable = Pick<pg.ClientBase, 'query'>;

const { builtins } = pg.types;

/** `2026-11-22 18:30:00.123+00` as RFC 3339 with milliseconds (docs/protocol.md R1). Sessions run in UTC. */
export const toInstant = (text: string): string => {
  const [date = '', time = ''] = text.split(' ');
  const [clock = '', fraction = ''] = time.replace(/\+00$/u, '').split('.');
  return `${date}T${clock}.${fraction.slice(0, 3).padEnd(3, '0')}Z`;
};

const types = {
  // A getter per type, as pg asks for it; everything else as pg reads it
  getTypeParser: ((oid: number, format?: 'text' | 'binary') => {
    if (oid === builtins.INT8) return Number; // seqs stay far below 2^53
    if (oid === builtins.TIMESTAMPTZ) return toInstant;
    return format === 'binary' ? pg.types.getTypeParser(oid, 'binary') : pg.types.getTypeParser(oid);
  }) as typeof pg.types.getTypeParser,
};

/** Where a database is, as `pg` takes it. */
export type Connection = pg.ClientConfig;

/**
 * What each session runs with: UTC, no statement longer than a request may take, no lock waited for longer than a person would. Plans
 * are not compiled: a server PostgreSQL would do that for what it only takes to be long, and it takes longer than our statements.
 */
const SESSION =
  '-c timezone=UTC -c jit=off -c statement_timeout=15000 -c lock_timeout=5000 -c idle_in_transaction_session_timeout=30000';

/**
 * How long a database may say nothing before it counts as away, in ms (contract D30): one that is frozen, or behind a network
 * that swallows everything, closes no connection and ends no statement by itself. Above the lock's timeout, below a person's.
 */
export interface Silence {
  readonly connectMs: number;
  readonly queryMs: number;
}

const SILENCE: Silence = { connectMs: 2_000, queryMs: 6_000 };

const settings = (connection: Connection, silence: Silence): pg.ClientConfig => ({
  ...connection,
  types,
  options: SESSION,
  application_name: 'recreio',
  connectionTimeoutMillis: silence.connectMs,
  query_timeout: silence.queryMs,
  keepAlive: true,
});

/** So many may wait for a connection of the pool; more would be answered too late to be of use (contract, "Overload"). */
const WAITING = 200;

/** A pool whose queue has an end: who comes when it is full is told at once. */
class BoundedPool extends pg.Pool {
  override connect(): Promise<pg.PoolClient>;
  override connect(callback: Parameters<pg.Pool['connect']>[0]): void;
  // `query` comes by here, too
  override connect(callback?: Parameters<pg.Pool['connect']>[0]): Promise<pg.PoolClient> | void {
    if (this.waitingCount < WAITING) return callback ? super.connect(callback) : super.connect();
    const full = new Error(POOL_FULL);
    if (!callback) return Promise.reject(full);
    return callback(full, undefined, () => undefined);
  }
}

/** A pool of connections; one is waited for 2 s. Idle ones that break are dropped and said so; the next query opens another. */
export const openPool = (connection: Connection, max: number, broke: (error: Error) => void): pg.Pool =>
  poolOf({ ...settings(connection, SILENCE), max }, broke);

const poolOf = (config: pg.PoolConfig, broke: (error: Error) => void): pg.Pool => {
  const pool = new BoundedPool({ ...config, idleTimeoutMillis: 60_000, pipeline: true });
  pool.on('error', broke);
  pool.on('connect', (client) => client.on('error', broke));
  return pool;
};

/** Where plans are made once, they are made anew after so many seconds, with a new connection: what was a young table may have grown. */
const PLANS_LAST_S = 600;

/** So many read what many ask at once; each read is for hundreds (gather.ts). */
const LOOKUPS = 3;

/** A few connections for look-ups by index: what everybody asks for in every request, and all at once after a cut. */
export const openLookups = (connection: Connection, broke: (error: Error) => void): pg.Pool =>
  poolOf(
    { ...settings(connection, SILENCE), options: SESSION + BY_INDEX, max: LOOKUPS, maxLifetimeSeconds: PLANS_LAST_S },
    broke,
  );

/** So many read pages of logs, beside one another. */
const PAGES = 4;

/** Connections for pages of logs, by index: planning one anew each time took longer than reading it. */
export const openPages = (connection: Connection, broke: (error: Error) => void): pg.Pool =>
  poolOf(
    { ...settings(connection, SILENCE), options: SESSION + BY_INDEX, max: PAGES, maxLifetimeSeconds: PLANS_LAST_S },
    broke,
  );

/** One connection of its own, pipelining: statements go out without waiting for the answers of those before. */
export const openClient = async (
  connection: Connection,
  broke: (error: Error) => void,
  pipeline: boolean,
  silence: Silence = SILENCE,
): Promise<pg.Client> => {
  const client = new pg.Client({ ...settings(connection, silence), pipeline });
  client.on('error', broke);
  await client.connect();
  return client;
};

/**
 * For a connection whose every statement finds its rows by an index, and says so: before its first ANALYZE a young table passes
 * for a small one that is read whole. Plans are made once; they took as long as the statements (docs/decisions/0030-hot-path.md).
 */
const BY_INDEX =
  ' -c enable_seqscan=off -c enable_hashjoin=off -c enable_mergejoin=off -c plan_cache_mode=force_generic_plan';

/** A connection for the write path: pipelining, by index. */
export interface Pipe {
  readonly client: pg.Client;
  /** Runs what asks several things at once, and lets them leave in one write. */
  together<T>(ask: () => T): T;
}

/** Opens one. */
export const openPipe = async (connection: Connection, broke: (error: Error) => void): Promise<Pipe> => {
  const socket = new Socket();
  const client = new pg.Client({
    ...settings(connection, SILENCE),
    options: SESSION + BY_INDEX,
    pipeline: true,
    stream: () => socket,
  });
  client.on('error', broke);
  await client.connect();
  return {
    client,
    together: (ask) => {
      socket.cork();
      try {
        return ask();
      } finally {
        socket.uncork();
      }
    },
  };
};

const POOL_FULL = 'too many wait for a connection';

/**
 * SQLSTATEs that mean that the server is away, ending, starting (57P0x), out of connections or memory (53300, 53200), or gave a
 * statement or a transaction up (57014, 25P03): not that the statement was wrong, and later it may go.
 */
const AWAY = /^(08|57P0[123]|57014|25P03|53[23]00|58)/u;
/** What sockets and `pg` say without an SQLSTATE. */
const AWAY_WORDS =
  /ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|ECONNREFUSED|ECONNRESET|EPIPE|ENOENT|ETIMEDOUT|Connection terminated|connection ended|Client was closed|Client has encountered a connection error|not queryable|timeout exceeded when trying to connect|timeout expired|Query read timeout|too many wait for a connection/u;

/** Whether an error means that the database is away. */
export const isAway = (error: unknown): boolean => {
  if (!(error instanceof Error)) return false;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  return AWAY.test(code) || AWAY_WORDS.test(`${code} ${error.message}`);
};

/** Whether an error is SQLSTATE 53100: the database's disk is full; nothing was written. */
export const isFull = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === '53100';

/** Whether an error is SQLSTATE 25P02: an answer to what stood in the pipe behind the statement that failed. */
export const isAftermath = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === '25P02';

/** Whether an error is SQLSTATE 23505, a value that is there already. */
export const isTaken = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === '23505';

/** Whether an error is SQLSTATE 55P03 or 40P01: a lock or the gate was held too long; nothing was written, trying again helps. */
export const isHeld = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && (error.code === '55P03' || error.code === '40P01');

/** What the database says of itself: its version, and the bytes it takes. */
export const askDatabase = async (db: Queryable): Promise<{ readonly version: string; readonly bytes: number }> => {
  const {
    rows: [row],
  } = await db.query<{ version: string; bytes: number }>({
    name: 'database-itself',
    text: "SELECT current_setting('server_version') AS version, pg_database_size(current_database()) AS bytes",
  });
  if (!row) throw new Error('the database answers what it is asked');
  return row;
};
