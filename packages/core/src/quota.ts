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
  'sign-in': { size: 10, perSecond: 0.1 },
  stranger: { size: 600, perSecond: 10 },
  signal: { size: 20, perSecond: 4 },
  link: { size: 20, perSecond: 0.2 },
};

/** Beyond this many, full buckets are forgotten: they are as good as new ones. */
const REMEMBERED = 50_000;

/** Makes the buckets of a process. `monotonic` in ms; `factor` scales all of them (load tests of one's own installation). */
export const quotas = (monotonic: () => number, factor = 1) => {
  const levels = new Map<string, { tokens: number; at: number }>();
  const forgetFull = (now: number) => {
    for (const [name, level] of levels) if (now - level.at > 600_000) levels.delete(name);
    if (levels.size > REMEMBERED) levels.clear();
  };
  /** Takes one token; null when there was one, else ms until there is. */
  return (quota: Quota, who: string): number | null => {
    const { size, perSecond } = BUCKETS[quota];
    const now = monotonic();
    const name = `${quota} ${who}`;
    const level = levels.get(name) ?? { tokens: size * factor, at: now };
    const tokens = Math.min(size * factor, level.tokens + ((now - level.at) / 1000) * perSecond * factor);
    if (levels.size > REMEMBERED) forgetFull(now);
    if (tokens >= 1) {
      levels.set(name, { tokens: tokens - 1, at: now });
      return null;
    }
    levels.set(name, { tokens, at: now });
    return Math.ceil(((1 - tokens) / (perSecond * factor)) * 1000);
  };
};
