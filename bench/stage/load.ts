/** The load generator: bench/c/load.c, compiled for this run, told what to do line by line. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { canPin, has, LOAD_CORE, treeCpuSeconds, usageOf } from './machine.ts';

const SOURCES = join(import.meta.dirname, '../c');

/** Latencies in ms. */
export interface Latencies {
  readonly count: number;
  readonly p50: number;
  readonly p90: number;
  readonly p99: number;
  readonly p999: number;
  readonly max: number;
}

/** What one group of clients got within the measured time. */
export interface GroupResult {
  readonly deliveries: number;
  readonly answers: number;
  /** From the moment a message was meant to leave until each receiver had it. */
  readonly delivery: Latencies;
  /** From the moment a message was meant to leave until its sender had the answer. */
  readonly ack: Latencies;
}

/** One measured run. */
export interface RunResult {
  readonly seconds: number;
  /** CPU seconds of the generator. */
  readonly cpuSeconds: number;
  readonly bytes: number;
  readonly drainedMs: number;
  readonly groups: readonly GroupResult[];
  /** Of the server: CPU seconds within the measured time, memory at its end. */
  readonly serverCpuSeconds: number;
  readonly serverRssBytes: number;
  /** CPU seconds of the database within the measured time; 0 where there is none. */
  readonly databaseCpuSeconds: number;
}

/** How a number of clients came in. */
export interface Connected {
  readonly clients: number;
  readonly seconds: number;
  /** How often somebody was sent away, or cut, and came again. */
  readonly retries: number;
  /** From a client's first knock until it could go on. */
  readonly took: Latencies;
}

/** How those ended who never read, once they read what there was for them. */
export interface Woken {
  /** Still connected after 5 s, closed with 4008, and ended in any other way. */
  readonly open: number;
  readonly slow: number;
  readonly other: number;
  /** Of those closed with 4008: since when at most, at the moment of waking, what waited for them had been full, in ms. */
  readonly mostMs: number;
}

/** How servers are spoken to; see bench/c/wire.h. */
export type Way = 'recreio' | 'plain' | 'socketio' | 'nats';

/** One client of the generator. */
export interface LoadClient {
  /** 0 to 3; latencies are kept apart. */
  readonly group: number;
  /** Index of its room. */
  readonly room: number;
  readonly isSender: boolean;
  /** It reads nothing once it is connected, until it is woken. */
  readonly isDeaf?: boolean;
  /** The session's token; anything where nobody signs in. */
  readonly credential: string;
}

/** What a generator is started with. */
export interface Loading {
  readonly way: Way;
  readonly port: number;
  /** For CPU and memory at the right moments. */
  readonly serverPid: number;
  /** The first process of the database behind it, whose children count, too. */
  readonly databasePid?: number | undefined;
  readonly bodyBytes: number;
  readonly rooms: readonly string[];
  readonly clients: readonly LoadClient[];
  /** Where to compile and to keep the list of clients. */
  readonly folder: string;
}

/** Whether there is a C compiler. */
export const hasCompiler = (): boolean => has('cc');

/** Compiles one of bench/c into a folder, once; the program's path. */
export const compile = (name: string, folder: string): string => {
  mkdirSync(folder, { recursive: true });
  const program = join(folder, name);
  execFileSync('cc', ['-O2', '-o', program, join(SOURCES, `${name}.c`)]);
  return program;
};

type Line = { readonly at: string } & Readonly<Record<string, unknown>>;

/** A running generator. */
export interface Load {
  /** Connects clients `from` to `to - 1`, at most `width` at once on their way. */
  connect(from: number, to: number, width: number): Promise<Connected>;
  /** Cuts them without a goodbye. */
  cut(from: number, to: number): Promise<void>;
  /** One message of each sender on its way; the next when the last is back. */
  closed(group: number): void;
  /** So many messages a second, whatever comes back. */
  open(group: number, perSecond: number): void;
  /** Talks; rejects when a single delivery was lost, doubled, out of order or refused. */
  run(warmMs: number, measureMs: number): Promise<RunResult>;
  /**
   * Those who never read, `from` to `to - 1`, read what there is for them: `afterMs` after a queue of so many frames or bytes that
   * began to fill `sinceMs` ago is full; with an `afterMs` of 0 at once.
   */
  wake(
    from: number,
    to: number,
    when: { frames: number; bytes: number; sinceMs: number; afterMs: number },
  ): Promise<Woken>;
  stop(): Promise<void>;
}

/** Starts one on its own core. */
export const startLoad = (program: string, loading: Loading): Load => {
  const list = join(loading.folder, `clients-${process.pid}-${loading.port}.txt`);
  writeFileSync(
    list,
    [
      ...loading.rooms.map((room) => `room ${room}`),
      ...loading.clients.map((c) => `client ${c.group} ${c.room} ${c.isDeaf ? 2 : c.isSender ? 1 : 0} ${c.credential}`),
      '',
    ].join('\n'),
  );
  const args = [loading.way, String(loading.port), String(loading.bodyBytes), list];
  const child: ChildProcess = canPin()
    ? spawn('taskset', ['-c', String(LOAD_CORE), program, ...args], { stdio: ['pipe', 'pipe', 'inherit'] })
    : spawn(program, args, { stdio: ['pipe', 'pipe', 'inherit'] });
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const waiting = new Map<string, (line: Line) => void>();
  let ended: Error | null = null;
  const failures = new Set<(error: Error) => void>();
  child.once('exit', (code, signal) => {
    ended = new Error(`the generator ended with ${code ?? signal}`);
    for (const fail of failures) fail(ended);
  });
  if (child.stdout) {
    createInterface(child.stdout).on('line', (text) => {
      const line = JSON.parse(text) as Line;
      waiting.get(line.at)?.(line);
      waiting.delete(line.at);
    });
  }
  const until = (at: string): Promise<Line> =>
    new Promise((resolve, reject) => {
      if (ended) return reject(ended);
      failures.add(reject);
      waiting.set(at, (line) => {
        failures.delete(reject);
        resolve(line);
      });
      return undefined;
    });
  const { databasePid } = loading;
  const databaseCpuSeconds = (): number => (databasePid === undefined ? 0 : treeCpuSeconds(databasePid));
  const say = (command: string): void => void child.stdin?.write(`${command}\n`);
  return {
    connect: async (from, to, width) => {
      const answer = until('connected');
      say(`connect ${from} ${to} ${width}`);
      return (await answer) as unknown as Connected;
    },
    cut: async (from, to) => {
      const answer = until('cut');
      say(`cut ${from} ${to}`);
      await answer;
    },
    closed: (group) => say(`group ${group} closed`),
    open: (group, perSecond) => say(`group ${group} open ${perSecond}`),
    run: async (warmMs, measureMs) => {
      const [begin, end, result] = [until('begin'), until('end'), until('result')];
      say(`run ${warmMs} ${measureMs}`);
      await begin;
      const before = usageOf(loading.serverPid);
      const databaseBefore = databaseCpuSeconds();
      await end;
      const after = usageOf(loading.serverPid);
      const databaseAfter = databaseCpuSeconds();
      const line = await result;
      if (Number(line['violations']) > 0)
        throw new Error(`${String(line['violations'])} violations, the first: ${String(line['violation'])}`);
      return {
        ...(line as unknown as RunResult),
        serverCpuSeconds: after.cpuSeconds - before.cpuSeconds,
        serverRssBytes: after.rssBytes,
        databaseCpuSeconds: databaseAfter - databaseBefore,
      };
    },
    wake: async (from, to, { frames, bytes, sinceMs, afterMs }) => {
      const answer = until('woken');
      say(`wake ${from} ${to} ${frames} ${bytes} ${sinceMs} ${afterMs}`);
      return (await answer) as unknown as Woken;
    },
    stop: async () => {
      child.stdin?.end();
      await gone;
    },
  };
};
