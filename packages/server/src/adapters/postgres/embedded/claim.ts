import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Says that this process, and no other, runs the database of a folder. */
export type Claim = { release(): void };

/**
 * Claims a data folder for this process, or throws naming the process that has it.
 *
 * A claim is an empty file whose name says who made it: boot, pid and the time that process started, so that a claim
 * outlived by its maker (`kill -9`, power loss) is recognised even when the pid has been given away again. Who finds
 * another living claim beside its own withdraws: of two who start in the same instant both may withdraw, but never both
 * stay. Processes in different pid namespaces (two containers on one volume) do not see each other: give each its own folder.
 */
export function claim(dataDir: string): Claim {
  const dir = join(dataDir, 'postgres.claims');
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  const own = `${bootId()}.${process.pid}.${startOf(process.pid)}`;
  const path = join(dir, own);
  const refusal = (pid: string) =>
    new Error(
      `${dataDir} is in use by another Recreio (process ${pid}). Stop that one, or name another folder in DATA_DIR.`,
    );
  try {
    writeFileSync(path, '', { flag: 'wx', mode: 0o600 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') throw refusal(`${process.pid}, this one`);
    throw error;
  }
  for (const name of readdirSync(dir)) {
    if (name === own) continue;
    const [boot, pid, start] = name.split('.');
    if (boot === bootId() && pid !== undefined && startOf(Number(pid)) === start) {
      rmSync(path, { force: true });
      throw refusal(pid);
    }
    rmSync(join(dir, name), { force: true });
  }
  return { release: () => rmSync(path, { force: true }) };
}

/** When a process started, in whatever the system counts; undefined when there is no such process. */
function startOf(pid: number): string | undefined {
  if (process.platform !== 'linux') {
    const started = spawnSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).stdout.trim();
    return started === '' ? undefined : started.replace(/\W+/g, '-');
  }
  try {
    // proc(5): field 22, counted after the command's name, which may itself hold spaces and parentheses.
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
  } catch {
    return undefined;
  }
}

function bootId(): string {
  return process.platform === 'linux' ? readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim() : 'boot';
}
