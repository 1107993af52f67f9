/** What a command of the command line is, and how one ends. */
import type { Config, Environment } from '../config.ts';
import type { Log } from '../logs.ts';
import type { House } from './house.ts';

/** How a command ends (sysexits say the same of 0 and 1; 2 is what shells use for a wrong call). */
export const EXIT = { done: 0, failed: 1, usage: 2 } as const;

/** The terminal, or whatever stands for it. */
export interface Terminal {
  /** For what was asked for. */
  out(text: string): void;
  /** For everything about how it went. */
  err(text: string): void;
  /** Whether `err` is read by a person. */
  readonly isTerminal: boolean;
  /** Calls back at each signal that asks us to end. @returns how to stop that */
  onEnd(callback: (signal: string) => void): () => void;
}

/** What a command runs with. */
export interface Surroundings {
  readonly house: House;
  readonly terminal: Terminal;
  readonly env: Environment;
  readonly isRoot: boolean;
  readonly newId: () => string;
}

/** What a command that needs the settings runs with. */
export interface Configured extends Surroundings {
  readonly config: Config;
  readonly log: Log;
}

/** An option on the command line, as `node:util` parses it. */
export interface Option {
  readonly type: 'string' | 'boolean';
  /** What stands for the value in the help. */
  readonly placeholder?: string;
  readonly help: string;
  readonly required?: true;
}

/** The options that were given. */
export type Given = Readonly<Record<string, string | boolean | undefined>>;

/** A command: `recreio <name> …`. */
export interface Verb {
  /** One or two words. */
  readonly name: string;
  readonly summary: string;
  /** Paragraphs for `recreio help <name>`. */
  readonly help: readonly string[];
  readonly options: Readonly<Record<string, Option>>;
  run(given: Given, with_: Configured): Promise<number>;
}

/** The call was wrong; the message says how. Ends with exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** A refusal to be shown as it is, without a stack. Ends with exit code 1. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  /** The problem's code, where a rule refused. */
  readonly problem: string | null;
  constructor(message: string, problem: string | null = null) {
    super(message);
    this.problem = problem;
  }
}
