/** Rules return verdicts; they throw only for what nobody can answer. */
import { type ProblemCode, type ProblemExtra, problem, type Problem } from '@recreio/protocol';

/** A refusal with a declared problem. */
export interface Denial<P extends ProblemCode = ProblemCode> {
  readonly deny: P;
  readonly extra?: ProblemExtra;
}

/** A refusal. */
export const deny = <const P extends ProblemCode>(code: P, extra?: ProblemExtra): Denial<P> =>
  extra ? { deny: code, extra } : { deny: code };

/** Whether a verdict is a refusal. */
export const isDenial = (verdict: unknown): verdict is Denial =>
  typeof verdict === 'object' && verdict !== null && 'deny' in verdict;

/** The wire form of a refusal. */
export const problemOf = (denial: Denial): Problem => problem(denial.deny, denial.extra);

/** What comes out of the corridor: the output, or a problem. */
export type Outcome<O> = { readonly ok: true; readonly output: O } | { readonly ok: false; readonly problem: Problem };

/**
 * It is unknown whether a command took effect: the connection broke during COMMIT and the database has not come back.
 * A door answers nothing and closes the connection; the client repeats (contract D3).
 */
export class Indeterminate extends Error {
  override readonly name = 'Indeterminate';
}

/** There is no space for what was to be written; nothing was. Leaves the corridor as `storage-full` (contract D31). */
export class StorageFull extends Error {
  override readonly name = 'StorageFull';
}

/** The database cannot answer now; nothing was written. Leaves the corridor as `unavailable`. */
export class Unavailable extends Error {
  override readonly name = 'Unavailable';
}
