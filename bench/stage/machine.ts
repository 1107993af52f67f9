/** The machine a bench runs on: what it is, how its cores are shared out, and what a process has used of it. */
import { execFileSync, spawnSync } from 'node:child_process';
import { closeSync, fdatasyncSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { cpus, loadavg, release, totalmem, type, version } from 'node:os';
import { join } from 'node:path';
import { DEFAULT_LIMITS } from '@recreio/protocol';

/** Ticks of /proc/pid/stat a second; Linux has said 100 to programs on every platform for decades (`getconf CLK_TCK`). */
const TICKS = 100;

/** Whether a command can be run here. */
export const has = (command: string): boolean => spawnSync('sh', ['-c', `command -v ${command}`]).status === 0;

/** What a process has used so far. */
export interface Usage {
  readonly cpuSeconds: number;
  readonly rssBytes: number;
}

/** Reads /proc; a process that is gone, or another system, has used NaN. */
export const usageOf = (pid: number): Usage => {
  try {
    // Behind the command's name, which may hold anything, come the fields from the third on (proc_pid_stat(5))
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /su, '')
      .split(' ');
    const rss = /^VmRSS:\s+(\d+) kB/mu.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
    return { cpuSeconds: (Number(stat[11]) + Number(stat[12])) / TICKS, rssBytes: Number(rss?.[1]) * 1024 };
  } catch {
    return { cpuSeconds: Number.NaN, rssBytes: Number.NaN };
  }
};

/** CPU seconds of a process and of all that it started, as with PostgreSQL's backends. */
export const treeCpuSeconds = (root: number): number => {
  const rows = execFileSync('ps', ['-e', '-o', 'pid=,ppid='], { encoding: 'utf8' })
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/u).map(Number));
  const within = new Set([root]);
  for (let grew = true; grew; ) {
    grew = false;
    for (const [pid = 0, parent = 0] of rows) {
      if (within.has(parent) && !within.has(pid)) {
        within.add(pid);
        grew = true;
      }
    }
  }
  return [...within].reduce((sum, pid) => sum + (usageOf(pid).cpuSeconds || 0), 0);
};

/** Servers run on this core, generators on the next. */
export const SERVER_CORE = 0;
export const LOAD_CORE = 1;

/** Whether there are two cores to keep server and generator apart on. */
export const canPin = (): boolean => has('taskset') && cpus().length >= 2;

/** Keeps all threads of a process on one core, so that one generator cannot slow the server that it measures. */
export const pin = (pid: number, core: number): void => {
  if (!canPin()) return;
  for (let tries = 1; ; tries += 1) {
    try {
      execFileSync('taskset', ['-a', '-p', '-c', String(core), String(pid)], { stdio: ['ignore', 'ignore', 'pipe'] });
      return;
    } catch (error) {
      // A thread that ends while its siblings are pinned fails them all
      if (tries === 5) throw error;
    }
  }
};

/** The description printed with every result. */
export const describeMachine = (): readonly string[] => [
  `${cpus().length} × ${cpus()[0]?.model.trim() ?? 'unknown processor'}, ${Math.round(totalmem() / 2 ** 30)} GiB`,
  `${type()} ${release()} (${version()})`,
  `Node ${process.version}`,
  canPin()
    ? `server on core ${SERVER_CORE}, generator on core ${LOAD_CORE}, PostgreSQL wherever there is room`
    : 'server and generator share the cores as the system likes: there is no taskset, or only one core',
  `open files per process: ${spawnSync('sh', ['-c', 'ulimit -n'], { encoding: 'utf8' }).stdout.trim()}`,
];

/** How often a second this disk takes a page of 8 KiB and says that it is safe: what durability is made of. */
const fdatasyncsPerSecond = (folder: string): number => {
  const path = join(folder, 'fdatasync');
  const file = openSync(path, 'w');
  const page = Buffer.alloc(8192, 'x');
  let times = 0;
  const begun = performance.now();
  try {
    while (performance.now() - begun < 1_000) {
      writeSync(file, page, 0, page.length, (times % 2_048) * page.length);
      fdatasyncSync(file);
      times += 1;
    }
    return Math.round((times * 1000) / (performance.now() - begun));
  } finally {
    closeSync(file);
    rmSync(path);
  }
};

/** What else bounds the figures: the disk below the folder, and the limits of the product (contract D23). */
export const conditions = (folder: string): readonly string[] => {
  const { frameBytes, messageBytes, unansweredCommands, outboundBytes, outboundFrames } = DEFAULT_LIMITS;
  const [busy = 0] = loadavg();
  return [
    ...(busy > 0.5 ? [`BUSY with other work (load average ${busy.toFixed(1)}): figures are provisional`] : []),
    `${fdatasyncsPerSecond(folder)} fdatasync/s`,
    `limits: frames ≤ ${frameBytes / 1024} KiB, messages ≤ ${messageBytes / 1024} KiB, ≤ ${unansweredCommands} commands unanswered and ≤ 200 frames/s a connection, ≤ ${outboundBytes / 1024} KiB or ${outboundFrames} frames waiting for a reader; quotas of a person × 100,000, since a bench's few senders speak for many`,
  ];
};
