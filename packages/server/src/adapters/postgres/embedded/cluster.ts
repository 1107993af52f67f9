import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { chownSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { socketDirPrefix } from './leftovers.ts';
import { canReach, type RunAs } from './run-as.ts';

/** The role that owns everything in the embedded database, and the database's name. */
export const databaseName = 'recreio';

/** PostgreSQL takes nothing from our environment: a stray PGDATA or LC_ALL would change what it does. */
const env = { PATH: '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' };

/** sockaddr_un.sun_path holds 108 bytes on Linux and 104 on macOS, the closing NUL included. */
const socketPathBytes = 103;

/**
 * Settings handed over at each start, so that the data folder holds none that could drift.
 * Memory is for a machine of 1 GB that runs a school; who has more points DATABASE_URL to a server of their own.
 */
const settings = {
  // Durability (D2). These are the defaults, said aloud: no file in the folder may turn them off.
  fsync: 'on',
  full_page_writes: 'on',
  synchronous_commit: 'on',
  // Reached by nothing but our own Unix socket; the OpenSSL in the package is old and stays unused.
  listen_addresses: '',
  port: '5432',
  ssl: 'off',
  unix_socket_permissions: '0700',
  max_connections: '60',
  shared_buffers: '64MB',
  maintenance_work_mem: '32MB',
  max_wal_size: '512MB',
  io_method: 'sync', // no reader processes of its own: 3 fewer
  jit: 'off', // short statements only
  timezone: 'UTC',
  log_timezone: 'UTC',
  logging_collector: 'off', // standard error is ours to read
  log_destination: 'stderr',
  // LOG, FATAL and PANIC; an ERROR goes to its client, and its text may quote what a person wrote.
  log_min_messages: 'log',
  log_min_error_statement: 'panic',
  log_checkpoints: 'off',
  log_line_prefix: '',
};

/** Makes the cluster's folder if there is none: complete, or not at all. */
export function createCluster(clusterDir: string, binDir: string, { ids }: RunAs): void {
  if (existsSync(clusterDir)) return;
  const unfinished = `${clusterDir}.unfinished`;
  rmSync(unfinished, { recursive: true, force: true }); // an initdb that was cut short
  mkdirSync(unfinished, { mode: 0o700 });
  if (ids !== undefined) chownSync(unfinished, ids.uid, ids.gid);
  const args = ['-D', unfinished, '-U', databaseName, '--auth=peer', '--data-checksums', '--encoding=UTF8'];
  // Compares by code point, the same on every machine and after every upgrade of its C library.
  args.push('--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--no-instructions');
  const result = spawnSync(join(binDir, 'initdb'), args, { cwd: '/', env, encoding: 'utf8', ...ids });
  if (result.status !== 0) {
    throw new Error(
      `The database could not be created in ${clusterDir}: ${result.error?.message ?? result.stderr.trim()}`,
    );
  }
  renameSync(unfinished, clusterDir);
}

/** Lets in one operating system's user, ours, as the one role: there is no password to keep or to leak. */
export function writeAccess(clusterDir: string, { ids, connectsAs }: RunAs): void {
  const files = {
    'pg_hba.conf': `local all ${databaseName} peer map=recreio\n`,
    'pg_ident.conf': `recreio "${connectsAs}" ${databaseName}\n`,
  };
  for (const [name, content] of Object.entries(files)) {
    const path = join(clusterDir, name);
    writeFileSync(path, content, { mode: 0o600 });
    if (ids !== undefined) chownSync(path, ids.uid, ids.gid);
  }
}

/** A private folder for the socket: in the temporary directory, or in /tmp if that one is too deep for a socket or closed to the database's user. */
export function makeSocketDir(runAs: RunAs): string {
  const deepest = join(tmpdir(), `${socketDirPrefix}XXXXXX`, '.s.PGSQL.5432.lock');
  const fits = Buffer.byteLength(deepest) <= socketPathBytes && canReach(tmpdir(), runAs);
  const dir = mkdtempSync(join(fits ? tmpdir() : '/tmp', socketDirPrefix)); // 0700
  if (runAs.ids !== undefined) chownSync(dir, runAs.ids.uid, runAs.ids.gid);
  return dir;
}

/** Starts the server's first process; its messages come on standard error. */
export function spawnPostgres(clusterDir: string, binDir: string, socketDir: string, { ids }: RunAs): ChildProcess {
  const options = Object.entries({ ...settings, unix_socket_directories: socketDir }).flatMap(([name, value]) => [
    '-c',
    `${name}=${value}`,
  ]);
  // No core dumps: they would hold people's messages. `exec` keeps the pid.
  const command = ['-c', 'ulimit -c 0; exec "$0" "$@"', join(binDir, 'postgres'), '-D', clusterDir, ...options];
  return spawn('/bin/sh', command, {
    cwd: '/',
    env,
    stdio: ['ignore', 'ignore', 'pipe'],
    detached: true, // Ctrl-C at the terminal is for us; we stop the database last
    ...ids,
  });
}

/**
 * Starts a process that stops the database when ours is gone, however it went: its input ends with us.
 * Without it, `kill -9` would leave the database running until the next start.
 */
export function spawnWatchdog(postgresPid: number, socketDir: string, { ids }: RunAs): ChildProcess {
  const script =
    'read -r _; kill -INT "$0"; for n in 1 2 3 4 5 6 7 8 9; do sleep 1; kill -0 "$0" || break; done; rmdir "$1"';
  return spawn('/bin/sh', ['-c', script, String(postgresPid), socketDir], {
    cwd: '/',
    env,
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
    ...ids,
  });
}
