/** Problems at the doors: what a thrown error becomes, and what is said of it. A bug is `internal` with an id, never a stack. */
import { deny, Indeterminate, problemOf, StorageFull, Unavailable } from '@recreio/core';
import type { Problem } from '@recreio/protocol';

/** Says what happened to the operator: an id that the person is shown, too, and the error. */
export type Report = (errorId: string, error: unknown) => void;

/** Security events for the log (security S68): who was refused what, and who was turned away before anything was read. */
export interface Watch {
  readonly refused: (command: string, problem: Problem, account: string | null) => void;
  readonly turnedAway: (door: 'http' | 'socket', why: string) => void;
}

/** The problem of an error, or null for an indeterminate command, which is not answered at all (contract D3). */
export const problemOfError = (error: unknown, newId: () => string, report: Report): Problem | null => {
  if (error instanceof Indeterminate) return null;
  if (error instanceof Unavailable) return problemOf(deny('unavailable', { retryAfterMs: 1_000 }));
  if (error instanceof StorageFull) return problemOf(deny('storage-full', { retryAfterMs: 10_000 }));
  const errorId = newId();
  report(errorId, error);
  return problemOf(deny('internal', { errorId }));
};
