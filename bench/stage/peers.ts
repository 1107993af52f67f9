/** What Recreio is compared with: each a server process of its own on the server's core. What is not here is said, never left out. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { SharedPostgres } from '../../tests/process/postgres.ts';
import type { ServerProcess } from '../../tests/process/server.ts';
import { compile, type Way } from './load.ts';
import { has, pin, SERVER_CORE } from './machine.ts';

const PEERS = join(import.meta.dirname, '../peers');

/** A running server that speaks one of the generator's ways. */
export interface Serving {
  readonly way: Way;
  readonly port: number;
  readonly pid: number;
  /** The first process of the database behind it. */
  readonly databasePid?: number;
  stop(): Promise<void>;
}

/** A system to compare with. */
export interface Peer {
  readonly name: string;
  /** Why it cannot be started here; null when it can. */
  missing(): string | null;
  start(folder: string): Promise<Serving>;
}

/** Where the packages of peers are kept: exact versions, none of them the product's. */
const INSTALLED = join(import.meta.dirname, '../../.cache/bench-peers');

/** Installs what bench/peers/package-lock.json names, once. Says what npm said when it could not. */
export const installPeers = (say: (text: string) => void): void => {
  if (existsSync(join(INSTALLED, 'node_modules/.package-lock.json'))) return;
  mkdirSync(INSTALLED, { recursive: true });
  for (const name of ['package.json', 'package-lock.json']) copyFileSync(join(PEERS, name), join(INSTALLED, name));
  say('Installing the peers (Socket.IO, Bun) into .cache/bench-peers, once: some 100 MB');
  const args = ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  const { status, stderr } = spawnSync('npm', args, { cwd: INSTALLED, encoding: 'utf8' });
  if (status !== 0) say(`npm could not install the peers; what needs them is left out and named:\n${stderr}`);
};

/** Whether a program of a peer is installed and starts on this system. */
const runs = (program: string): boolean =>
  existsSync(program) && spawnSync(program, ['--version'], { stdio: 'ignore' }).status === 0;

const always = (): null => null;

/** Starts a program that prints `port N`, or listens on the given port without a word. */
const serving = async (way: Way, command: string, args: readonly string[], silentPort?: number): Promise<Serving> => {
  const child: ChildProcess = spawn(command, [...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  const endWithUs = () => void child.kill('SIGKILL');
  process.once('exit', endWithUs);
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const failed = gone.then((): never => {
    throw new Error(`${command} ${args.join(' ')} ended before it listened`);
  });
  const port = await Promise.race([silentPort === undefined ? printedPort(child) : listening(silentPort), failed]);
  failed.catch(() => undefined); // it has ended in its time
  const { pid } = child;
  if (pid === undefined) throw new Error('a process that listens has a pid');
  pin(pid, SERVER_CORE);
  return {
    way,
    port,
    pid,
    stop: async () => {
      child.kill('SIGKILL'); // there is nothing in it to keep
      await gone;
      process.off('exit', endWithUs);
    },
  };
};

const printedPort = (child: ChildProcess): Promise<number> =>
  new Promise((resolve, reject) => {
    let said = '';
    child.once('error', reject);
    child.stdout?.setEncoding('utf8').on('data', (chunk: string) => {
      said += chunk;
      const found = /port (\d+)/u.exec(said);
      if (found) resolve(Number(found[1]));
    });
  });

/** Resolves when something answers at the port. */
const listening = async (port: number): Promise<number> => {
  for (;;) {
    const isThere = await new Promise<boolean>((resolve) => {
      const socket = connect(port, '127.0.0.1');
      socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
      socket.once('connect', () => socket.destroy());
    });
    if (isThere) return port;
    await pause(20);
  }
};

const ours = (file: string): string => join(PEERS, file);

/** `ws` with one `send` for each delivery. */
export const naiveWs: Peer = {
  name: 'ws, one send a delivery',
  missing: always,
  start: () => serving('plain', process.execPath, [ours('ws.ts')]),
};

/** The same, storing each message in a transaction of its own first. */
export const storingWs = (database: SharedPostgres): Peer => ({
  name: 'ws, one transaction a message',
  missing: always,
  start: async () => ({
    ...(await serving('plain', process.execPath, [ours('ws.ts'), database.url])),
    databasePid: database.postmaster(),
  }),
});

/** Recreio, in the same shape. */
export const asServing = (server: ServerProcess, database: SharedPostgres): Serving => ({
  way: 'recreio',
  port: server.port,
  pid: server.pid,
  databasePid: database.postmaster(),
  stop: () => server.stop(),
});

/** The limit of the machine. */
export const coalescedC: Peer = {
  name: 'C, coalesced (the limit)',
  missing: always,
  start: (folder) => serving('plain', compile('broadcast', folder), ['coalesced']),
};

/** The same without the trick. */
export const eachC: Peer = {
  name: 'C, one send a delivery',
  missing: always,
  start: (folder) => serving('plain', compile('broadcast', folder), ['each']),
};

/** Socket.IO, in its newest release. */
export const socketIo: Peer = {
  name: 'Socket.IO 4.8',
  missing: () => (existsSync(join(INSTALLED, 'node_modules/socket.io')) ? null : 'its package is not installed'),
  start: () => serving('socketio', process.execPath, [ours('socketio.mjs'), INSTALLED]),
};

const BUN = join(INSTALLED, 'node_modules/@oven/bun-linux-x64/bin/bun');

/** Bun's publish. */
export const bun: Peer = {
  name: 'Bun publish',
  missing: () => (runs(BUN) ? null : 'its program for Linux on x64 is not installed, or does not start here'),
  start: () => serving('plain', BUN, [ours('bun.mjs')]),
};

/** A port that was free a moment ago, for programs that do not say which they took. */
const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });

/** NATS, which speaks no WebSocket here and has no numbers of its own: less work than the others'. */
export const nats: Peer = {
  name: 'NATS core',
  missing: () => (has('nats-server') ? null : 'nats-server is not installed'),
  start: async () => {
    const port = await freePort();
    return await serving('nats', 'nats-server', ['-a', '127.0.0.1', '-p', String(port), '-l', '/dev/null'], port);
  },
};

/** Those of some peers that are here, and a sentence for each that is not. */
export const present = (peers: readonly Peer[]): { readonly here: readonly Peer[]; readonly notes: string[] } => ({
  here: peers.filter((peer) => peer.missing() === null),
  notes: peers.flatMap((peer) => {
    const why = peer.missing();
    return why === null ? [] : [`NOT COMPARED with ${peer.name}: ${why}.`];
  }),
});

/** Those that performance.md compares with and this bench cannot: said with every result, so that nobody takes silence for a win. */
export const NOT_HERE: readonly string[] = [
  'NOT COMPARED with uWebSockets.js: it is not on npm, and the binaries of the fork that is need a newer C library than many systems have. Bun publish is its engine in another shell.',
  'NOT COMPARED with ejabberd, prosody and InspIRCd: this bench does not speak their protocols.',
];
