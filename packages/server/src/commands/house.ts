/** What the command line needs of the program. main.ts, which alone chooses adapters, hands it over. */
import type { World } from '@recreio/core';
import type { Config } from '../config.ts';
import type { Log } from '../logs.ts';

/** A server that people can reach. */
export interface Running {
  /** Where it listens, as people type it. */
  readonly address: string;
  /** The set-up link of a school without administrators. It opens the school: print it for the person who started us, never log it. */
  readonly setUpUrl?: string | undefined;
  /** Settles only if the server cannot go on, with the reason. */
  readonly failed?: Promise<Error>;
  /** Ends in order; resolves when everything acknowledged is safe and everybody has been told. */
  stop(): Promise<void>;
}

/** The school's memory for one command, opened without letting anybody in. */
export interface Opened {
  readonly world: World;
  /** The set-up link, made now; null when the school has an administrator. */
  makeSetUpLink(): Promise<{ readonly url: string; readonly expiresAt: string } | null>;
  close(): Promise<void>;
}

/** The program's parts, as the command line uses them. */
export interface House {
  start(config: Config, log: Log): Promise<Running>;
  /** Brings the database to this release and says which migrations were applied. */
  migrate(config: Config, log: Log): Promise<readonly string[]>;
  /** Opens the memory; rejects, saying what to do, when the database has not the migrations of this release. */
  open(config: Config, log: Log): Promise<Opened>;
}
