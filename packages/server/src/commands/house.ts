/** What the command line needs of the program. main.ts, which alone chooses adapters, hands it over. */
import type { World } from '@recreio/core';
import type { Config } from '../config.ts';
import type { Storage } from '../doctor/storage.ts';
import type { Log } from '../logs.ts';

/** A server that people can reach. */
export interface Running {
  /** Where it listens, as people type it. */
  readonly address: string;
  /** The set-up link of a school without administrators. It opens the school: print it for the person who started us, never log it. */
  readonly setUpUrl: string | null;
  /** Settles only if the server cannot go on, with the reason. */
  readonly failed: Promise<Error>;
  /** Ends in order; resolves when everything acknowledged is safe and everybody has been told. */
  stop(): Promise<void>;
}

/** The school's memory for one command, opened without letting anybody in. */
export interface Opened {
  readonly world: World;
  /** The migrations that opening it applied. */
  readonly applied: readonly string[];
  close(): Promise<void>;
}

/** The program's parts, as the command line uses them. */
export interface House {
  start(config: Config, log: Log): Promise<Running>;
  /** Opens the memory; with `migrating` brings the database to this release, without it rejects when it is not there yet. */
  open(config: Config, log: Log, how: { readonly migrating: boolean }): Promise<Opened>;
  /** What can be learnt of key, data and database without opening or changing them. */
  examine(config: Config): Promise<Storage>;
}
