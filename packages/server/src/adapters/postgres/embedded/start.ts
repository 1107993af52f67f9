import type { ChildProcess } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Client } from 'pg';
import { freeBytesOf } from '../space.ts';
import { prepareBinaries } from './binaries.ts';
import { claim } from './claim.ts';
import { createCluster, databaseName, makeSocketDir, spawnPostgres, spawnWatchdog, writeAccess } from './cluster.ts';
import { clearLeftovers, isReady } from './leftovers.ts';
import { assertReachable, chooseRunAs } from './run-as.ts';

/** The part of a logger that the supervisor uses. */
export type Log = { info(message: string): void; warn(message: string): void; error(message: string): void };

/** How to reach the embedded database; there is no password (peer authentication over a private Unix socket). */
export type EmbeddedConnection = { host: string; user: string; database: string };

/** A running embedded database. */
export type Embedded = {
  /** The same for as long as this server lives, restarts included. Pools and clients need `'error'` handlers. */
  connection: EmbeddedConnection;
  /** Calls back each time the database had died and takes connections again. @returns how to stop that */
  onRestart(callback: () => void): () => void;
  /** Settles, with the reason, only if the database could not be kept running. */
  exited: Promise<Error>;
  /** Stops it in an orderly way, after its clients. May be called more than once. */
  stop(): Promise<void>;
  /** Sentences for the person who started us, on where things are. */
  notes: string[];
};

/** So many deaths within so long are not an accident any more. */
const patience = { deaths: 5, withinMs: 60_000 };

/** Waits before the second, third, … of those restarts; the first is at once. */
const backoffMs = [0, 100, 500, 1000, 2000];

/** A fast shutdown writes a checkpoint; after this long the quick one, which the next start recovers from, is better. */
const stopTimeoutMs = 20_000;

/** What the database says of a full disk (it speaks English, see cluster.ts), and what it needs to start: two segments of its log. */
const full = { words: /No space left on device/, untilBytes: 32 * 1024 * 1024, lookMs: 500 };

/** How many of the database's own last words go into an error. */
const lastWords = 12;

/**
 * Runs PostgreSQL for this process alone, in `<dataDir>/postgres`, and keeps it running.
 * Creates it at the first start, takes over what a killed process left behind, starts it again when it dies.
 * Rejects, saying what to do, when the folder is in use, unreachable or of another version.
 * @param options.dataDir the product's data folder; made if missing
 */
export async function startEmbedded({ dataDir, log }: { dataDir: string; log: Log }): Promise<Embedded> {
  const dir = resolve(dataDir);
  const clusterDir = join(dir, 'postgres');
  const runAs = chooseRunAs(clusterDir);
  mkdirSync(dir, { recursive: true, mode: runAs.ids === undefined ? 0o700 : 0o711 }); // nobody else lists it
  assertReachable(dir, runAs);
  const claimed = claim(dir);
  let socketDir: string | undefined;
  const release = () => {
    if (socketDir !== undefined) rmSync(socketDir, { recursive: true, force: true });
    claimed.release();
  };
  let first: Life | undefined;
  try {
    const binaries = prepareBinaries(runAs, dir);
    createCluster(clusterDir, binaries.dir, runAs);
    const notes = binaries.note === undefined ? [] : [binaries.note];
    if (await clearLeftovers(clusterDir)) {
      notes.push('A database that an earlier process had left running was stopped and started again.');
    }
    writeAccess(clusterDir, runAs);
    const host = makeSocketDir(runAs);
    socketDir = host;
    const connection = { host, user: databaseName, database: databaseName };
    const launch = async () => {
      const life = await launchPostgres(() => spawnPostgres(clusterDir, binaries.dir, host, runAs), clusterDir, log);
      return { ...life, watchdog: spawnWatchdog(life.pid, host, runAs) };
    };
    first = await launch();
    await createDatabase(connection);
    const clear = () => clearLeftovers(clusterDir, host);
    return {
      connection,
      notes,
      ...supervise(first, launch, { clear, release, freeBytes: () => freeBytesOf(dir) }, log),
    };
  } catch (error) {
    if (first !== undefined) await end(first);
    release();
    throw error;
  }
}

/** One life of the server: its first process, what it says, and who stops it should we be gone. */
type Life = { pid: number; child: ChildProcess; ended: Promise<void>; words(): string; watchdog: ChildProcess };

/** Starts the server again whenever it ends without having been asked to, until it is asked to or patience is at an end. */
function supervise(
  first: Life,
  launch: () => Promise<Life>,
  { clear, release, freeBytes }: { clear(): Promise<unknown>; release(): void; freeBytes(): Promise<number> },
  log: Log,
): Pick<Embedded, 'onRestart' | 'exited' | 'stop'> {
  const callbacks = new Set<() => void>();
  const exited = Promise.withResolvers<Error>();
  const deathsAt: number[] = [];
  let current = first;
  let reason = '';
  let stopping: Promise<void> | undefined;

  const isStopping = () => stopping !== undefined;
  /** A full disk is no fault of the database's: it is not given up, but started when there is space again (contract D31). */
  const untilThereIsSpace = async () => {
    if (!full.words.test(reason) || (await freeBytes()) >= full.untilBytes) return;
    log.warn('The disk is full: the database is started again when there is space.');
    while (!isStopping() && (await freeBytes()) < full.untilBytes) await pause(full.lookMs);
    deathsAt.length = 0;
  };
  const revive = async () => {
    await untilThereIsSpace();
    if (stopping !== undefined) return;
    const now = performance.now();
    deathsAt.push(now);
    const deaths = deathsAt.filter((at) => now - at < patience.withinMs).length;
    if (deaths > patience.deaths) throw new Error(`The embedded database ended ${deaths} times within a minute.`);
    await pause(backoffMs[deaths - 1] ?? 0);
    await clear();
    if (stopping !== undefined) return;
    try {
      current = await launch();
    } catch (error) {
      reason = error instanceof Error ? error.message : String(error);
      log.error(reason);
      return; // the old life is still over: one more death
    }
    if (stopping !== undefined) return end(current);
    log.info('The embedded database takes connections again.');
    for (const callback of callbacks) callback();
  };
  const watch = async () => {
    let mourned: Life | undefined;
    while (true) {
      await current.ended;
      current.watchdog.kill('SIGKILL'); // the pid it knows may soon be another program's
      if (stopping !== undefined) return;
      if (mourned !== current) {
        reason = current.words();
        log.warn(`The embedded database has ended unexpectedly and is started again. ${reason}`);
      }
      mourned = current;
      await revive();
    }
  };
  const watched = watch().catch((error: unknown) => {
    exited.resolve(new Error(`The embedded database cannot be kept running. ${reason}`, { cause: error }));
  });
  const stop = async () => {
    await end(current);
    await watched;
    release();
  };
  return {
    onRestart(callback) {
      callbacks.add(callback);
      return () => callbacks.delete(callback);
    },
    exited: exited.promise,
    stop: () => (stopping ??= Promise.resolve().then(stop)),
  };
}

/** Starts the server and waits until it takes connections. However long a recovery takes, a living server is waited for. */
async function launchPostgres(
  spawnIt: () => ChildProcess,
  clusterDir: string,
  log: Log,
): Promise<Omit<Life, 'watchdog'>> {
  const child = spawnIt();
  const said: string[] = [];
  child.stderr?.setEncoding('utf8').on('data', (chunk: string) => {
    for (const line of chunk.split('\n').filter((text) => text !== '')) {
      said.push(line);
      if (said.length > lastWords) said.shift();
      if (/^(FATAL|PANIC):(?!.*due to administrator command)/.test(line)) log.warn(`postgres: ${line}`);
    }
  });
  let isOver = false;
  const { promise: ended, resolve: resolveEnd } = Promise.withResolvers<void>();
  child.once('error', (error) => said.push(error.message)); // could not be spawned; 'close' follows, 'exit' does not
  const finish = () => {
    isOver = true;
    resolveEnd();
  };
  child.once('close', finish);
  // 'close' comes when all its last words have been read; but a busy child of it may keep that pipe open for long.
  child.once('exit', () => void pause(200).then(finish));
  const words = () => (said.length === 0 ? 'It said nothing.' : `Its last words: ${said.join(' | ')}`);
  while (child.pid === undefined || !isReady(clusterDir, child.pid)) {
    if (isOver) throw new Error(`The embedded database did not start. ${words()}`);
    await Promise.race([ended, pause(10)]);
  }
  return { pid: child.pid, child, ended, words };
}

async function end({ child, ended, watchdog }: Life): Promise<void> {
  child.kill('SIGINT'); // fast shutdown: open transactions are rolled back
  const isOrderly = await Promise.race([ended.then(() => true), pause(stopTimeoutMs, false, { ref: false })]);
  if (!isOrderly) child.kill('SIGQUIT'); // immediate: what was committed is in the log and comes back at the next start
  await ended;
  watchdog.kill('SIGKILL');
}

async function createDatabase(connection: EmbeddedConnection): Promise<void> {
  const client = new Client({ ...connection, database: 'postgres' });
  client.on('error', () => client.end()); // its query rejects; an 'error' without a listener would end the process
  await client.connect();
  try {
    const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [databaseName]);
    if (rowCount === 0) await client.query(`create database ${databaseName}`);
  } finally {
    await client.end();
  }
}
