/** How long to wait before trying again, so that ten thousand clients do not come back in the same instant. */

/** Not sooner than this: a person does not notice it, a server does. */
export const BACKOFF_MIN_MS = 500;
/** Not later than this: a person who waits gives up after about half a minute. */
export const BACKOFF_MAX_MS = 30_000;

/**
 * Full jitter between 0.5 and 30 s ([R24]): evenly spread below a ceiling that doubles with each attempt.
 * @param attempt how many tries have failed before, from 0
 * @param random 0 ≤ random < 1
 * @returns milliseconds
 * @see https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/ "Full Jitter"
 */
export const backoffMs = (attempt: number, random: number): number => {
  const ceiling = Math.min(BACKOFF_MAX_MS, BACKOFF_MIN_MS * 2 ** Math.min(attempt + 1, 16));
  return BACKOFF_MIN_MS + Math.floor(random * (ceiling - BACKOFF_MIN_MS));
};
