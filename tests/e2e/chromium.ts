import { existsSync } from 'node:fs';
import sparticuz from '@sparticuz/chromium';
import { type Browser, chromium, type LaunchOptions } from 'playwright-core';

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
  const { path, args } = await find();
  // Chromium's sandbox refuses root; whoever is root in a test's container has nothing left to protect from it.
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  try {
    return await chromium.launch({
      headless: true,
      executablePath: path,
      ...options,
      args: [...args, ...quiet, ...sandbox, ...(options.args ?? [])],
    });
  } catch (cause) {
    const message =
      `No Chromium for the end-to-end tests: ${path} does not start. ` +
      'Install the distribution’s `chromium`, or name a Chromium or Chrome in CHROMIUM_PATH.';
    throw new Error(message, { cause });
  }
}

async function find(): Promise<{ path: string; args: string[] }> {
  const named = process.env['CHROMIUM_PATH'];
  if (named !== undefined && named !== '') return { path: named, args: [] };
  if (existsSync(usualPath)) return { path: usualPath, args: [] };
  return { path: await sparticuz.executablePath(), args: sparticuz.args };
}
