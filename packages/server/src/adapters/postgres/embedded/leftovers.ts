import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, readlinkSync, realpathSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

/** What the folders of our sockets are called, so that one left behind can be told from somebody else's. */
export const socketDirPrefix = 'recreio-pg-';

/**
 * Stops whatever an earlier process left running in a cluster's folder, and clears away what it left lying.
 * `kill -9` of Node leaves the whole database running; of the database's first process, its children for a moment.
 * The caller holds the claim on the folder, so nobody else's server is meant.
 * @param socketDir the caller's own folder for the socket, which is emptied but stays
 * @returns whether something was still running
 */
export async function clearLeftovers(clusterDir: string, socketDir?: string): Promise<boolean> {
  const pidFile = readPidFile(clusterDir);
  const running = processesIn(clusterDir);
  const postmaster = pidFile !== undefined && running.includes(pidFile.pid) ? pidFile.pid : undefined;
  // First the orderly way (fast shutdown), then the quick one (recovery at the next start), then no way out.
  const attempts: [NodeJS.Signals, number][] = [
    ['SIGINT', 15_000],
    ['SIGQUIT', 5_000],
    ['SIGKILL', 5_000],
  ];
  for (const [signal, waitMs] of attempts) {
    const left = processesIn(clusterDir);
    if (left.length === 0) break;
    // Children without their first process end by themselves; a signal to them comes only at the last.
    const aims = signal === 'SIGKILL' ? left : left.filter((pid) => pid === postmaster);
    for (const pid of aims) signalTo(pid, signal);
    await waitUntil(() => processesIn(clusterDir).length === 0, waitMs);
  }
  const left = processesIn(clusterDir);
  if (left.length > 0) throw new Error(`The processes ${left.join(', ')} still use ${clusterDir} and do not end.`);
  // PostgreSQL would refuse to start if the pid in it now belonged to some other program.
  rmSync(join(clusterDir, 'postmaster.pid'), { force: true });
  const abandoned = pidFile?.socketDir ?? '';
  if (abandoned !== socketDir && basename(abandoned).startsWith(socketDirPrefix)) {
    rmSync(abandoned, { recursive: true, force: true });
  }
  if (socketDir !== undefined) {
    for (const name of readdirSync(socketDir)) rmSync(join(socketDir, name), { force: true });
  }
  return running.length > 0;
}

/** Whether the server with this pid has written into postmaster.pid that it takes connections. */
export function isReady(clusterDir: string, pid: number): boolean {
  const pidFile = readPidFile(clusterDir);
  return pidFile?.pid === pid && pidFile.status === 'ready';
}

/** Waits until something is so, looking every few milliseconds. @returns whether it came to be so in time */
export async function waitUntil(isSo: () => boolean, timeoutMs: number): Promise<boolean> {
  const deadline = performance.now() + timeoutMs;
  while (!isSo()) {
    if (performance.now() > deadline) return false;
    await pause(10);
  }
  return true;
}

/** postmaster.pid: pid, data directory, start, port, socket directory, address, shared memory, status; a line each. */
function readPidFile(clusterDir: string): { pid: number; socketDir: string; status: string } | undefined {
  let lines: string[];
  try {
    lines = readFileSync(join(clusterDir, 'postmaster.pid'), 'utf8').split('\n');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  const pid = Number(lines[0]);
  if (!Number.isInteger(pid) || pid <= 1) return undefined;
  return { pid, socketDir: lines[4] ?? '', status: (lines[7] ?? '').trim() };
}

/** The PostgreSQL processes that work in a folder: each of them has it as its working directory, no matter what pids were reused. */
function processesIn(clusterDir: string): number[] {
  if (process.platform !== 'linux') return processOfPidFile(clusterDir);
  const cluster = realpathSync(clusterDir);
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => {
      try {
        if (readlinkSync(`/proc/${pid}/cwd`) !== cluster) return false;
        return basename(readlinkSync(`/proc/${pid}/exe`).replace(/ \(deleted\)$/, '')) === 'postgres';
      } catch {
        return false; // gone meanwhile, or another user's
      }
    });
}

/** Without /proc (macOS, untried) the command line has to tell whether the pid is still ours. */
function processOfPidFile(clusterDir: string): number[] {
  const pid = readPidFile(clusterDir)?.pid;
  if (pid === undefined) return [];
  const command = spawnSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' }).stdout;
  return command.includes('postgres') && command.includes(clusterDir) ? [pid] : [];
}

function signalTo(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
