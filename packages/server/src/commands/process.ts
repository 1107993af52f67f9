/** The command line of this very process: its arguments, environment, streams and signals. */
import { writeSync } from 'node:fs';
import type { Terminal } from './command.ts';
import { newId } from '../ids.ts';
import type { House } from './house.ts';
import { recreio } from './recreio.ts';

const SIGNALS = ['SIGTERM', 'SIGINT', 'SIGHUP'] as const;

const terminal: Terminal = {
  // Whole and at once: a line must not be lost because the process ends after it
  out: (text) => write(1, text),
  err: (text) => write(2, text),
  isTerminal: process.stderr.isTTY,
  onEnd: (callback) => {
    for (const signal of SIGNALS) process.on(signal, callback);
    return () => {
      for (const signal of SIGNALS) process.off(signal, callback);
    };
  },
};

const write = (fd: number, text: string): void => {
  const bytes = Buffer.from(text);
  for (let done = 0; done < bytes.length; ) {
    try {
      done += writeSync(fd, bytes, done);
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : undefined;
      if (code === 'EAGAIN') continue; // a pipe whose reader is slow
      if (code === 'EPIPE') return; // nobody reads any more; that is no reason to close the school
      throw error;
    }
  }
};

/** Runs the command that this process was started with, and ends the process with its exit code. */
export const runProcess = async (house: House): Promise<never> => {
  // `--disable-proto=delete` without a flag (security S46): no input can reach a prototype through this name
  Reflect.deleteProperty(Object.prototype, '__proto__');
  const isRoot = process.getuid?.() === 0;
  const code = await recreio(process.argv.slice(2), { house, terminal, env: process.env, isRoot, newId });
  process.exit(code);
};
