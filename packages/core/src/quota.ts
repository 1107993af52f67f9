/** How much a person or address may ask for (security S59): token buckets, kept per process. */
import type { Quota } from '@recreio/protocol';

/** A bucket's size and how fast it fills, in tokens a second. */
export interface Bucket {
  readonly size: number;
  readonly perSecond: number;
}

/** Defaults. A person writes and clicks in bursts; a program that needs more asks the operator. */
export const BUCKETS: Readonly<Record<Quota, Bucket>> = {
  send: { size: 60, perSecond: 20 },
  act: { size: 120, perSecond: 20 },
  read: { size: 300, perSecond: 100 },
  search: { size: 30, perSecond: 5 },
  join: { size: 30, perSecond: 1 },
  create: { size: 60, perSecond: 0.5 },
  // Holds all rooms that one is in for a moment: all words one by one, twice, and then now and then
  words: { size: 40, perSecond: 0.1 },
  'sign-in': { size: 10, perSecond: 0.1 },
  stranger: { size: 600, perSecond: 10 },
  signal: { size: 20, perSecond: 4 },
  // For each person who is written to: a box full of our letters is a nuisance, too
  mail: { size: 4, perSecond: 1 / 600 },
  link: { size: 20, perSecond: 0.2 },
  // For each network that people ask from to come in: a class does at once, and behind one address is a school
  knock: { size: 60, perSecond: 1 / 60 },
};

/** At least so many are remembered, those drawn from last, and at most twice as many; the others are full by now or soon. */
export const REMEMBERED = 50_000;

/** Makes the buckets of a process. `monotonic` in ms; `factor` scales all of them (load tests of one's own installation). */
export const quotas = (monotonic: () => number, factor = 1) => {
  /** Two generations: what is drawn from moves to the younger one, and the elder is forgotten as a whole when that is full. */
  let young = new Map<string, { tokens: number; at: number }>();
  let elder = new Map<string, { tokens: number; at: number }>();
  const put = (name: string, tokens: number, at: number) => {
    if (young.size >= REMEMBERED && !young.has(name)) {
      elder = young;
      young = new Map();
    }
    young.set(name, { tokens, at });
  };
  /** Takes one token; null when there was one, else ms until there is. */
  return (quota: Quota, who: string): number | null => {
    const { size, perSecond } = BUCKETS[quota];
    const now = monotonic();
    const name = `${quota} ${who}`;
    const level = young.get(name) ?? elder.get(name) ?? { tokens: size * factor, at: now };
    const tokens = Math.min(size * factor, level.tokens + ((now - level.at) / 1000) * perSecond * factor);
    if (tokens >= 1) {
      put(name, tokens - 1, now);
      return null;
    }
    put(name, tokens, now);
    return Math.ceil(((1 - tokens) / (perSecond * factor)) * 1000);
  };
};
