import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import sparticuz from '@sparticuz/chromium';
import { type Browser, type BrowserContext, chromium, type LaunchOptions } from 'playwright-core';

/** Where distributions put it. */
const usualPath = '/usr/bin/chromium';

/** Nothing that phones home or depends on a graphics card; QUIC is off so that what a test sees is what a proxy would. */
const quiet = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/**
 * Starts a Chromium without a window: the one that CHROMIUM_PATH names, else the distribution's, else the one from npm.
 * Rejects when that one does not start; a missing browser never skips a test in silence.
 * @param options for playwright; `args` are added to ours
 */
export async function launch(options: LaunchOptions = {}): Promise<Browser> {
  const path = await find();
  // Chromium's sandbox refuses root; whoever is root in a test's container has nothing left to protect from it.
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  try {
    return await chromium.launch({
      headless: true,
      executablePath: path,
      ...options,
      args: [...quiet, ...sandbox, ...(options.args ?? [])],
    });
  } catch (cause) {
    const message =
      `No Chromium for the end-to-end tests: ${path} does not start. ` +
      'Install the distribution’s `chromium`, or name a Chromium or Chrome in CHROMIUM_PATH.';
    throw new Error(message, { cause });
  }
}

/** A browser with a profile on the disk, in a group of processes of its own. */
export interface LastingBrowser {
  /** The profile's own: what it keeps is there again after a restart. */
  readonly context: BrowserContext;
  /** `kill -9` of every process of it, as when the power goes; resolves when it is gone. */
  kill(): Promise<void>;
}

/** Starts a Chromium whose profile lies in `folder`. */
export async function launchLasting(folder: string): Promise<LastingBrowser> {
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const child = spawn(
    await find(),
    [
      ...quiet,
      ...sandbox,
      '--headless=new',
      '--remote-debugging-port=0',
      `--user-data-dir=${folder}`,
      '--no-default-browser-check',
      '--disable-session-crashed-bubble',
      '--force-prefers-reduced-motion',
      '--lang=pt-BR',
      '--window-size=1440,900',
      'about:blank',
    ],
    { detached: true, stdio: ['ignore', 'ignore', 'pipe'] },
  );
  const gone = once(child, 'exit');
  const kill = async (): Promise<void> => {
    if (child.pid !== undefined && child.exitCode === null && child.signalCode === null)
      process.kill(-child.pid, 'SIGKILL');
    await gone;
  };
  const endWithUs = () => void kill();
  process.once('exit', endWithUs);
  child.once('exit', () => process.off('exit', endWithUs));
  let said = '';
  const address = await new Promise<string>((resolve, reject) => {
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
      said += chunk;
      const found = /DevTools listening on (ws:\S+)/.exec(said)?.[1];
      if (found !== undefined) resolve(found);
    });
    child.once('error', reject);
    child.once('exit', () => reject(new Error(`Chromium ended before it listened; it said:\n${said.slice(-2000)}`)));
  });
  const [context] = (await chromium.connectOverCDP(address)).contexts();
  if (context === undefined) throw new Error('a browser has its own context');
  return { context, kill };
}

async function find(): Promise<string> {
  const named = process.env['CHROMIUM_PATH'];
  if (named !== undefined && named !== '') return named;
  return existsSync(usualPath) ? usualPath : unpackOurs();
}

/**
 * The one from npm unpacks itself into the temporary directory and trusts what already lies there, so it is given one of
 * ours. Its own arguments are not used: they switch off the web's security, which tests are to see at work.
 */
async function unpackOurs(): Promise<string> {
  const folder = join(import.meta.dirname, '../../.cache/chromium');
  mkdirSync(folder, { recursive: true });
  const { TMPDIR } = process.env;
  process.env['TMPDIR'] = folder;
  try {
    return await sparticuz.executablePath();
  } finally {
    if (TMPDIR === undefined) delete process.env['TMPDIR'];
    else process.env['TMPDIR'] = TMPDIR;
  }
}
