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

/** The record: added to and read, never changed. */
export interface AuditMemory {
  write(act: Act): Promise<void>;
  /** Newest first, below a number, of acts whose name begins so. */
  list(where: {
    readonly act: string;
    readonly before: number | null;
    readonly limit: number;
  }): Promise<readonly AuditEntry[]>;
}
