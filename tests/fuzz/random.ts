/** Chance that can be repeated: everything a story decides comes from one seed. */
export interface Random {
  /** 0 ≤ x < 1. */
  next(): number;
  /** A whole number below `limit`. */
  below(limit: number): number;
  /** Whether something of this probability happens. */
  chance(probability: number): boolean;
  /** One of a list, or undefined if it is empty. */
  pick<T>(items: readonly T[]): T | undefined;
  /** Bytes, for ids. */
  bytes(count: number): Uint8Array;
  /** Chance of its own for one part of the story, so that what others do meanwhile does not disturb it. */
  fork(name: string): Random;
}

/** mulberry32 (public domain, T. Ettinger): 32 bits of state are plenty for a story. */
export function randomOf(seed: number): Random {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (limit: number) => Math.floor(next() * limit);
  return {
    next,
    below,
    chance: (probability) => next() < probability,
    pick: (items) => items[below(items.length)],
    bytes: (count) => Uint8Array.from({ length: count }, () => below(256)),
    fork: (name) => {
      let mixed = seed >>> 0;
      for (const letter of name) mixed = Math.imul(mixed ^ (letter.codePointAt(0) ?? 0), 0x01000193) >>> 0;
      return randomOf(mixed);
    },
  };
}
