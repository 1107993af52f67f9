/** How many sockets are let in, and how fast; asked before anything is read for them (contract D32, security S59). */
import { givesUp, type Strain } from '@recreio/core';

/** What is let in. */
export interface AdmissionParts {
  /** Sockets of this process at once. */
  readonly sockets: number;
  /** Sockets of one person at once. */
  readonly perPerson: number;
  /** Upgrades a second; twice as many at once. */
  readonly perSecond: number;
  readonly strain: () => Strain;
  readonly monotonic: () => number;
  /** 0 ≤ x < 1. */
  readonly random?: () => number;
}

/** Who is sent away comes back within this range, in seconds, spread so that they do not come together. */
const RETRY = { from: 2, to: 10 };

/** Makes it. */
export const admission = (parts: AdmissionParts) => {
  const { perSecond, monotonic, random = Math.random } = parts;
  const burst = perSecond * 2;
  const people = new Map<string, number>();
  let tokens = burst;
  let at = monotonic();

  const take = (): boolean => {
    const now = monotonic();
    tokens = Math.min(burst, tokens + ((now - at) / 1000) * perSecond);
    at = now;
    if (tokens < 1) return false;
    tokens -= 1;
    return true;
  };

  return {
    /** Why nobody more is let in, or null. @param open sockets that are there, the coming ones included */
    refusal: (open: number): 'strain' | 'full' | 'fast' | null => {
      if (givesUp(parts.strain(), 'arrivals')) return 'strain';
      if (open >= parts.sockets) return 'full';
      return take() ? null : 'fast';
    },
    /** When to knock again, for the header `Retry-After`, in seconds. */
    retryAfter: (): string => String(RETRY.from + Math.floor(random() * (RETRY.to - RETRY.from + 1))),
    /** Counts a socket of a person's; null when there are enough. Call what comes back when it is gone. */
    enter: (account: string): (() => void) | null => {
      const here = people.get(account) ?? 0;
      if (here >= parts.perPerson) return null;
      people.set(account, here + 1);
      return () => {
        const left = (people.get(account) ?? 1) - 1;
        if (left > 0) people.set(account, left);
        else people.delete(account);
      };
    },
  };
};

/** The face of it. */
export type Admission = ReturnType<typeof admission>;
