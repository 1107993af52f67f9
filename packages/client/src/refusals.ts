/** What an attempt to send that came to nothing means for the message. Pure. */
import { type Problem, type ProblemCode, problem as problemOf } from '@recreio/protocol';
import { backoffMs } from './backoff.ts';
import { NoAnswerError, ProblemError } from './errors.ts';

/** What to do next. */
export type Verdict =
  /** The same again, with the same client id ([R40]). */
  | { readonly name: 'again'; readonly afterMs: number }
  /** Not before somebody is signed in. */
  | { readonly name: 'signed-out' }
  /** For good, unless the person says otherwise. */
  | { readonly name: 'refused'; readonly problem: Problem };

/** A server that fails at this very message does so again; a person should know. */
const MOST_FAILURES = 5;
/** Repeated as long as it takes: the server is well, only not now. */
const PATIENT: ReadonlySet<ProblemCode> = new Set([
  'busy',
  'unavailable',
  'rate-limited',
  'too-many-commands',
  'flood',
]);
/** Repeated a few times: it may pass. */
const HOPEFUL: ReadonlySet<ProblemCode> = new Set(['internal', 'storage-full']);

/**
 * Judges a failed attempt. Anything but a refusal or silence is a fault of ours, and taken for one of the server's: thrown on, it
 * would leave the message on its way for good, and nobody would be told.
 * @param failures how often this line has failed in a row before
 */
export const judge = (error: unknown, failures: number, random: number): Verdict => {
  // It took effect once or not at all; the same id tells ([R40])
  if (error instanceof NoAnswerError) return { name: 'again', afterMs: backoffMs(failures, random) };
  const problem = error instanceof ProblemError ? error.problem : problemOf('internal');
  if (problem.code === 'not-signed-in') return { name: 'signed-out' };
  if (PATIENT.has(problem.code) || (HOPEFUL.has(problem.code) && failures + 1 < MOST_FAILURES))
    return { name: 'again', afterMs: Math.max(problem.retryAfterMs ?? 0, backoffMs(failures, random)) };
  return { name: 'refused', problem };
};
