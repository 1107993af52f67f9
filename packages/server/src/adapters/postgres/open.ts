/** The database of this process: the embedded one, or the one that DATABASE_URL names. */
import { existsSync, mkdirSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { Connection } from './connect.ts';
import { startEmbedded } from './embedded/start.ts';
import { defaultDataDir } from './embedded/run-as.ts';

/** A database that is there. */
export interface Database {
  readonly connection: () => Connection;
  /** Where its data are, when they are ours. */
  readonly dataDir: string | null;
  /** Sentences for the operator. */
  readonly notes: readonly string[];
  /** Calls back when the embedded server had died and is there again. */
  onRestart(callback: () => void): void;
  /** Settles, with the reason, only when it cannot be kept running. */
  readonly exited: Promise<Error>;
  stop(): Promise<void>;
}

/** The folder of the data, before anything is started in it: the master key's fingerprint lies there. */
export const dataDirOf = (
  configured: string | null,
  projectDir: string,
): { readonly path: string; readonly note?: string } =>
  configured === null ? defaultDataDir(projectDir) : { path: resolve(configured) };

/** Starts the embedded server in a folder. */
export const openEmbedded = async (
  dataDir: string,
  log: Parameters<typeof startEmbedded>[0]['log'],
): Promise<Database> => {
  const embedded = await startEmbedded({ dataDir, log });
  return {
    connection: () => embedded.connection,
    dataDir,
    notes: embedded.notes,
    exited: embedded.exited,
    onRestart: (callback) => {
      embedded.onRestart(callback);
    },
    stop: () => embedded.stop(),
  };
};

/** Names a server of the operator's. */
export const openUrl = (url: string): Database => ({
  connection: () => ({ connectionString: url }),
  dataDir: null,
  notes: [],
  exited: new Promise(() => undefined),
  onRestart: () => undefined,
  stop: async () => undefined,
});

/**
 * Makes a folder that only its owner lists, as the embedded server would. Level by level: in a place where nothing can be made
 * (`/proc`) Node's own `recursive` never returns.
 */
export const makeDataDir = (path: string): void => {
  if (existsSync(path)) return;
  makeDataDir(dirname(path));
  try {
    mkdirSync(path, { mode: process.getuid?.() === 0 ? 0o711 : 0o700 });
  } catch (error) {
    // Another server that starts at the same time has made it
    if (!existsSync(path)) throw error;
  }
};
