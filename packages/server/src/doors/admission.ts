/** How many sockets are let in, and how fast; asked before anything is read for them (contract D32, security S59). */
import { givesUp, type Strain } from '@recreio/core';

/** What is let in. */
export interface AdmissionParts {
  /** Sockets of this process at once. */
  readonly sockets: number;
  /** Sockets of one person at once. */
  readonly perPerson: number;
  /** Upgrades a second; twice as many at once. Strangers have half of it. */
  readonly perSecond: number;
  readonly strain: () => Strain;
  readonly monotonic: () => number;
  /** 0 ≤ x < 1. */
  readonly random?: () => number;
}

/** Who is sent away comes back within this range, in seconds, spread so that they do not come together. */
const RETRY = { from: 2, to: 10 };

/** Addresses from which somebody has signed in, those seen last: a school is one or a few, a city's families some thousands. */
const FAMILIAR = 20_000;

/** A bucket that fills with so many tokens a second, and holds two seconds' worth. */
const bucket = (perSecond: number, monotonic: () => number) => {
  const burst = perSecond * 2;
  let tokens = burst;
  let at = monotonic();
  const level = (): number => {
    const now = monotonic();
    tokens = Math.min(burst, tokens + ((now - at) / 1000) * perSecond);
    at = now;
    return tokens;
  };
  return { hasOne: (): boolean => level() >= 1, take: (): void => void (tokens -= 1) };
};

/** Makes it. */
export const admission = (parts: AdmissionParts) => {
  const { perSecond, monotonic, random = Math.random } = parts;
  const people = new Map<string, number>();
  const everybody = bucket(perSecond, monotonic);
  const strangers = bucket(perSecond / 2, monotonic);
  const familiar = new Set<string>();

  const greet = (address: string): void => {
    familiar.delete(address);
    familiar.add(address);
    if (familiar.size > FAMILIAR) for (const eldest of familiar) return void familiar.delete(eldest);
    return undefined;
  };

  /**
   * Whoever comes from where nobody has signed in yet draws from the strangers' half as well: however many knock there, the other
   * half is left to those who come back. To know more, a credential would have to be looked up, which is what this is to spare.
   */
  const take = (address: string): boolean => {
    const isStranger = !familiar.has(address);
    if (!everybody.hasOne() || (isStranger && !strangers.hasOne())) return false;
    everybody.take();
    if (isStranger) strangers.take();
    return true;
  };

  return {
    /** Why nobody more is let in from an address, or null. @param open sockets that are there, the coming ones included */
    refusal: (open: number, address: string): 'strain' | 'full' | 'fast' | null => {
      if (givesUp(parts.strain(), 'arrivals')) return 'strain';
      if (open >= parts.sockets) return 'full';
      return take(address) ? null : 'fast';
    },
    /** When to knock again, for the header `Retry-After`, in seconds. */
    retryAfter: (): string => String(RETRY.from + Math.floor(random() * (RETRY.to - RETRY.from + 1))),
    /** Counts a socket of a person's, who has signed in from an address; null when there are enough. Call what comes back when it is gone. */
    enter: (account: string, address: string): (() => void) | null => {
      greet(address);
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
