// What every command of this repository does first. Runs on Node 18 with nothing installed, so that
// `git clone && npm start` needs no step in between.

import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { accessSync, constants, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of the repository. */
export const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** The oldest major version of Node that runs the product (it runs `.ts` directly and seals a message in a steady 10 µs). */
const runtimeMajor = 26;

const stampPath = join(root, 'node_modules', '.recreio-lock');

/**
 * Installs what the lockfile names when that has not been done yet and finds the runtime.
 * @returns {{ node: string, env: NodeJS.ProcessEnv }} the runtime's path, and an environment in which it and the installed tools come first
 */
export function boot() {
  installOnce();
  const node = findRuntime();
  const path = [dirname(node), join(root, 'node_modules', '.bin'), process.env.PATH ?? ''];
  return { node, env: { ...process.env, PATH: path.join(delimiter) } };
}

/**
 * Runs a program to its end with our input and output; SIGINT, SIGTERM and SIGHUP are handed on to it.
 * @param {string} command
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<number>} its exit code; 128 + the signal's number when a signal ended it
 */
export function run(command, args, env) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: root, env, stdio: 'inherit' });
    const handOn = (signal) => child.kill(signal);
    const signals = { SIGINT: 2, SIGTERM: 15, SIGHUP: 1, SIGKILL: 9 };
    const handed = ['SIGINT', 'SIGTERM', 'SIGHUP'];
    for (const signal of handed) process.on(signal, handOn);
    const settle = (act) => {
      for (const signal of handed) process.off(signal, handOn);
      act();
    };
    child.once('error', (error) => settle(() => reject(error)));
    child.once('exit', (code, signal) => settle(() => resolve(code ?? 128 + (signals[signal] ?? 6))));
  });
}

/** Ends this process with a sentence for the person at the terminal. @param {string} message @returns {never} */
export function fail(message) {
  process.stderr.write(`\nrecreio: ${message}\n`);
  process.exit(1);
}

/** Says one step of the work; what a script answers, in JSON for instance, has its output for itself. @param {string} message */
export function say(message) {
  process.stderr.write(`recreio: ${message}\n`);
}

function installOnce() {
  const lock = readFileSync(join(root, 'package-lock.json'));
  const stamp = `${createHash('sha256').update(lock).digest('hex')} ${process.platform}-${process.arch}\n`;
  if (existsSync(stampPath) && readFileSync(stampPath, 'utf8') === stamp) return;
  if (!isInstalled(JSON.parse(lock.toString('utf8')))) install();
  try {
    writeFileSync(stampPath, stamp);
  } catch (error) {
    // Somebody else's node_modules (a container image, another user): complete, so it will do.
    say(`node_modules cannot be marked as complete (${error.code}); the next start compares it again.`);
  }
}

/**
 * Whether npm's own record of node_modules, which it writes last, agrees with the lockfile; so a
 * developer's `npm install` is not followed by a second installation.
 */
function isInstalled(lock) {
  const recordPath = join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(recordPath)) return false;
  const record = JSON.parse(readFileSync(recordPath, 'utf8')).packages;
  return Object.entries(lock.packages).every(([path, wanted]) => {
    if (!path.includes('node_modules/')) return true; // the root and the workspaces: always there
    const present = record[path];
    if (!present) return wanted.optional === true; // another platform's binary
    return present.version === wanted.version && present.integrity === wanted.integrity;
  });
}

function install() {
  const startedMs = Date.now();
  say('installing what package-lock.json names (once; about a minute)');
  // Not `npm ci`: it refuses a lockfile without the binaries of platforms that a registry mirror does not carry. The lockfile
  // is read all the same and, because of --no-save, not written; a test of the house sees to it that it names every dependency.
  const args = [
    'install',
    '--no-save',
    '--ignore-scripts',
    '--prefer-offline',
    '--no-audit',
    '--no-fund',
    '--loglevel=error',
  ];
  const env = { ...process.env, ...writableCache() };
  // `npm start` tells us which npm it is; otherwise the one on the path.
  const npm = process.env.npm_execpath;
  const viaNode = npm !== undefined && /\.c?js$/.test(npm) && existsSync(npm);
  const result = viaNode
    ? spawnSync(process.execPath, [npm, ...args], { cwd: root, env, stdio: ['ignore', 2, 2] })
    : spawnSync('npm', args, { cwd: root, env, stdio: ['ignore', 2, 2] });
  if (result.error) fail(`npm could not be run (${result.error.message}). Install Node 18 or newer together with npm.`);
  if (result.status !== 0) {
    fail(
      `the installation failed (npm ended with ${result.status ?? result.signal}). What npm said stands above: ` +
        'most often the package registry cannot be reached or this folder cannot be written. Run the same command again.',
    );
  }
  say(`installed in ${Math.round((Date.now() - startedMs) / 1000)} s`);
}

/** npm fails when it cannot write its cache, as for a service account without a home: then the cache lies in the repository. */
function writableCache() {
  const cache = process.env.npm_config_cache ?? join(homedir(), '.npm');
  try {
    mkdirSync(cache, { recursive: true });
    accessSync(cache, constants.W_OK);
    return {};
  } catch {
    const own = join(root, '.cache', 'npm');
    say(`${cache} cannot be written; npm's cache is .cache/npm here.`);
    return { npm_config_cache: own };
  }
}

function findRuntime() {
  const pinned = join(root, 'node_modules', `node-${process.platform}-${process.arch}`, 'bin', 'node');
  // Run it, not only see it: on a system without glibc the file is there and cannot start.
  if (existsSync(pinned) && spawnSync(pinned, ['--version']).status === 0) return pinned;
  if (Number(process.versions.node.split('.')[0]) >= runtimeMajor) return process.execPath;
  return fail(
    `Node ${runtimeMajor} is needed, this is ${process.version}, and the one that comes with the dependencies does not run on ` +
      `${process.platform}-${process.arch}. Install Node ${runtimeMajor} and run the same command again.`,
  );
}
