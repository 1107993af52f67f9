import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Client } from 'pg';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { waitUntil } from './leftovers.ts';
import { type Embedded, type EmbeddedConnection, startEmbedded } from './start.ts';

const childPath = join(import.meta.dirname, '../../../testing/embedded-child.ts');
const isRoot = process.getuid?.() === 0;
const nobodyId = 65534;

let base: string;
let dataDir: string;
let said: string[];
const log = { info: say, warn: say, error: say };
const started: Embedded[] = [];
const children: ChildProcess[] = [];

beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'recreio-test-'));
  chmodSync(base, 0o711); // as root, the database's user has to pass
  dataDir = join(base, 'data');
  said = [];
});

afterEach(async () => {
  for (const child of children.splice(0)) {
    if (child.exitCode !== null || child.signalCode !== null) continue;
    child.kill('SIGTERM');
    await once(child, 'exit');
  }
  for (const embedded of started.splice(0)) await embedded.stop();
  rmSync(base, { recursive: true, force: true });
});

describe('an embedded database', () => {
  it('[D2] starts durable, in UTF-8, with checksums, and listens to nothing but its own socket', async () => {
    const { connection } = await start();
    const names = [
      'fsync',
      'full_page_writes',
      'synchronous_commit',
      'data_checksums',
      'ssl',
      'listen_addresses',
      'server_encoding',
    ];
    const rows = await query(connection, 'select name, setting from pg_settings where name = any($1)', [names]);
    const found = Object.fromEntries(rows.map(({ name, setting }) => [name, setting]));
    expect(found).toEqual({
      fsync: 'on',
      full_page_writes: 'on',
      synchronous_commit: 'on',
      data_checksums: 'on',
      ssl: 'off',
      listen_addresses: '',
      server_encoding: 'UTF8',
    });
    expect(statSync(connection.host).mode & 0o777).toBe(0o700);
  });

  it('[D1] keeps what was committed over an orderly stop', async () => {
    const first = await start();
    await remember(first.connection, 'kept');
    await first.stop();
    expect(existsSync(first.connection.host)).toBe(false);
    const second = await start();
    expect(await remembered(second.connection)).toEqual(['kept']);
    expect(second.notes.join(' ')).not.toContain('left running');
  });

  it('[D1] [D30] comes back by itself when it is killed, says so, and has what was committed', async () => {
    const embedded = await start();
    await remember(embedded.connection, 'before the kill');
    const restarted = new Promise<void>((resolve) => void embedded.onRestart(resolve));
    const killed = postmasterPid();
    process.kill(killed, 'SIGKILL');
    await restarted;
    expect(postmasterPid()).not.toBe(killed);
    expect(await remembered(embedded.connection)).toEqual(['before the kill']);
    expect(said.join('\n')).toContain('ended unexpectedly');
  });

  it('gives up with a reason when it cannot be kept running', async () => {
    const embedded = await start();
    rmSync(join(dataDir, 'postgres/global/pg_control'));
    process.kill(postmasterPid(), 'SIGKILL');
    const error = await embedded.exited;
    expect(error.message).toContain('cannot be kept running');
    expect(error.message).toContain('pg_control');
  });

  it('works in a folder whose path is longer than a socket may have', async () => {
    dataDir = join(base, 'a'.repeat(100), 'b'.repeat(100));
    const { connection } = await start();
    expect(await query(connection, 'select 1 as one')).toEqual([{ one: 1 }]);
  });

  it('works with a temporary directory too deep for a socket', async () => {
    const deep = join(base, 't'.repeat(100));
    mkdirSync(deep);
    vi.stubEnv('TMPDIR', deep);
    const { connection } = await start();
    vi.unstubAllEnvs();
    expect(connection.host.startsWith(base)).toBe(false);
    expect(await query(connection, 'select 1 as one')).toEqual([{ one: 1 }]);
  });

  it('says why it does not start on the data of another version', async () => {
    const first = await start();
    await first.stop();
    writeFileSync(join(dataDir, 'postgres/PG_VERSION'), '17\n');
    await expect(start()).rejects.toThrow(/initialized by PostgreSQL version 17/);
    writeFileSync(join(dataDir, 'postgres/PG_VERSION'), '18\n');
    await expect(start()).resolves.toBeDefined(); // the failed start held on to nothing
  });
});

describe('two servers on one folder', () => {
  it('the second is refused, in the same process and from another one', async () => {
    await start();
    await expect(start()).rejects.toThrow(/in use by another Recreio/);
    const other = spawnChild();
    const words = await allOf(other);
    expect(words).toContain(`in use by another Recreio (process ${process.pid})`);
    expect(other.exitCode).not.toBe(0);
  });

  it('a claim whose maker is gone does not count, even when its pid lives again', async () => {
    const first = await start();
    const [claim = ''] = readdirSync(join(dataDir, 'postgres.claims'));
    await first.stop();
    const [boot, pid, start_] = claim.split('.');
    expect(pid).toBe(String(process.pid));
    writeFileSync(join(dataDir, 'postgres.claims', `${boot}.1.${start_}`), '');
    writeFileSync(join(dataDir, 'postgres.claims', `another-boot.${pid}.${start_}`), '');
    await expect(start()).resolves.toBeDefined();
    expect(readdirSync(join(dataDir, 'postgres.claims'))).toEqual([claim]);
  });
});

describe('kill -9 of the server process', () => {
  it('stops the database', async () => {
    const child = spawnChild();
    const { connection } = await greeting(child);
    await remember(connection, 'safe');
    const pid = postmasterPid();
    await kill(child);
    expect(await waitUntil(() => !isAlive(pid), 10_000)).toBe(true);
    expect(await waitUntil(() => !existsSync(connection.host), 10_000)).toBe(true);
    const next = await start();
    expect(await remembered(next.connection)).toEqual(['safe']);
  });

  it('[D1] if it did leave the database running, the next start takes it over', async () => {
    const child = spawnChild();
    const { connection } = await greeting(child);
    await remember(connection, 'safe');
    const pid = postmasterPid();
    for (const watchdog of childrenOf(child.pid)) if (watchdog !== pid) process.kill(watchdog, 'SIGKILL');
    await kill(child);
    expect(isAlive(pid)).toBe(true); // the premise: an orphan is there
    const next = await start();
    expect(isAlive(pid)).toBe(false);
    expect(next.notes.join(' ')).toContain('left running');
    expect(existsSync(connection.host)).toBe(false);
    expect(await remembered(next.connection)).toEqual(['safe']);
  });
});

describe.runIf(isRoot)('started by root', () => {
  it('runs the database as another user', async () => {
    await start();
    expect(statSync(`/proc/${postmasterPid()}`).uid).not.toBe(0);
  });

  it('says so when that user cannot reach the folder', async () => {
    const locked = join(base, 'locked');
    mkdirSync(locked, { mode: 0o700 });
    dataDir = join(locked, 'data');
    await expect(start()).rejects.toThrow(`cannot enter ${locked}`);
  });
});

describe.runIf(isRoot && isPassable(import.meta.dirname))('started by a plain user', () => {
  it('runs as that user, and another one is told whose the folder is', async () => {
    mkdirSync(dataDir);
    chmodSync(dataDir, 0o777);
    const child = spawnChild({ uid: nobodyId, gid: nobodyId });
    await greeting(child);
    expect(statSync(`/proc/${postmasterPid()}`).uid).toBe(nobodyId);
    child.kill('SIGTERM');
    await once(child, 'exit');
    expect(await allOf(spawnChild({ uid: 1, gid: 1 }))).toContain('belongs to another user');
  });
});

async function start(): Promise<Embedded> {
  const embedded = await startEmbedded({ dataDir, log });
  started.push(embedded);
  return embedded;
}

function say(message: string): void {
  said.push(message);
}

function spawnChild(ids: { uid?: number; gid?: number } = {}): ChildProcess {
  const child = spawn(process.execPath, [childPath, dataDir], { cwd: '/', stdio: ['ignore', 'pipe', 'pipe'], ...ids });
  children.push(child);
  return child;
}

async function greeting(child: ChildProcess): Promise<{ connection: EmbeddedConnection; notes: string[] }> {
  if (child.stdout === null || child.stderr === null) throw new Error('no pipes');
  const errors: string[] = [];
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => errors.push(chunk));
  for await (const line of createInterface(child.stdout)) return JSON.parse(line);
  throw new Error(`the child ended without a word: ${errors.join('')}`);
}

async function allOf(child: ChildProcess): Promise<string> {
  const chunks: string[] = [];
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding('utf8').on('data', (chunk: string) => chunks.push(chunk));
  await once(child, 'close');
  return chunks.join('');
}

async function kill(child: ChildProcess): Promise<void> {
  child.kill('SIGKILL');
  await once(child, 'exit');
}

function postmasterPid(): number {
  return Number(readFileSync(join(dataDir, 'postgres/postmaster.pid'), 'utf8').split('\n')[0]);
}

function isAlive(pid: number): boolean {
  return existsSync(`/proc/${pid}/exe`) && !readFileSync(`/proc/${pid}/stat`, 'utf8').includes(') Z ');
}

function childrenOf(pid: number | undefined): number[] {
  const listed = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim();
  return listed.split(' ').map(Number);
}

function isPassable(path: string): boolean {
  for (let folder = path; folder !== '/'; folder = join(folder, '..')) {
    if ((statSync(folder).mode & 0o001) === 0) return false;
  }
  return true;
}

async function query(connection: EmbeddedConnection, sql: string, values: unknown[] = []) {
  const client = new Client(connection);
  await client.connect();
  try {
    return (await client.query(sql, values)).rows;
  } finally {
    await client.end();
  }
}

async function remember(connection: EmbeddedConnection, what: string): Promise<void> {
  await query(connection, 'create table if not exists memory (what text)');
  await query(connection, 'insert into memory values ($1)', [what]);
}

async function remembered(connection: EmbeddedConnection): Promise<string[]> {
  return (await query(connection, 'select what from memory')).map(({ what }) => what);
}
