/** What the record of privileged acts asks of memory. */
import type { AuditEntry } from '@recreio/protocol';

/** An act to be recorded, in the transaction of the act itself: neither is there without the other. */
export interface Act {
  /** Null: whoever runs the server. */
  readonly actor: string | null;
  readonly act: string;
  readonly target?: string;
  readonly detail?: Readonly<Record<string, unknown>>;
}

/** How the chain of the record stands. */
export interface Chain {
  /** Entries with a hash. */
  readonly chained: number;
  /** Entries without one, written by a release before there were any, or by hand. */
  readonly unchained: number;
  /** The newest hash, in hex; null where there is none. Kept elsewhere, it shows later that nothing before it was touched. */
  readonly head: string | null;
  /** The first entry whose hash does not fit; null where all do. */
  readonly broken: number | null;
  /** The first entry without a hash after one that has one: a hash was taken away, or an older release was writing; null: none. */
  readonly bare: number | null;
}

/** The record: added to and read, never changed. Each entry carries a hash of itself and of the one before. */
export interface AuditMemory {
  write(act: Act): Promise<void>;
  /** Newest first, below a number, of acts whose name begins so. */
  list(where: {
    readonly act: string;
    readonly before: number | null;
    readonly limit: number;
  }): Promise<readonly AuditEntry[]>;
  chain(): Promise<Chain>;
  /** The number of the entry with this hash, in hex; null where none has it. */
  numbered(hash: string): Promise<number | null>;
}
