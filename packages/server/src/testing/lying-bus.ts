/** A bus that is down, or that drops, doubles, delays, disorders and makes up what it carries (contract D20). */
import type { BusParts, OpenBus } from '@recreio/core';

/** How often it does what, from 0 to 1. */
export interface Lies {
  readonly drops: number;
  readonly doubles: number;
  readonly delays: number;
  readonly garbles: number;
  /** The longest delay, in ms. */
  readonly delayMs: number;
}

/** A bus on which nobody ever hears anything. */
export const deadBus: OpenBus = () => ({ publish: () => undefined, isUp: () => false, close: async () => undefined });

/** What no honest node says: not of the form, or of the form and false. */
const garbageOf = (message: Record<string, unknown>): readonly Record<string, unknown>[] => [
  { rooms: 'sala' },
  { ...message, rooms: ofAll(message['rooms'], () => 'x'), users: ofAll(message['users'], () => 'x') },
  { w: 'here', account: null, rooms: 7 },
  { w: 'confetti' },
  { ...message, rooms: ofAll(message['rooms'], () => 1_000_000_000) },
  { ...message, rooms: ofAll(message['rooms'], () => 1), users: ofAll(message['users'], () => 1_000_000_000) },
];

const ofAll = (heads: unknown, seq: () => unknown): unknown =>
  Array.isArray(heads) ? heads.map(([id]: unknown[]) => [id, seq()]) : undefined;

/** Lies about what `open` carries; `random` from 0 to 1. What is told counts up in `told`. */
export const lyingBus =
  (open: OpenBus, lies: Lies, random: () => number, told: Record<keyof Lies, number>): OpenBus =>
  (parts: BusParts) => {
    const timers = new Set<NodeJS.Timeout>();
    const pass = (message: Record<string, unknown>, from: string): void => {
      try {
        parts.heard(message, from);
      } catch (error) {
        parts.trouble(error as Error);
      }
    };
    const later = (message: Record<string, unknown>, from: string): void => {
      const timer = setTimeout(() => {
        timers.delete(timer);
        pass(message, from);
      }, random() * lies.delayMs);
      timers.add(timer);
    };
    const does = (what: Exclude<keyof Lies, 'delayMs'>): boolean => {
      const happens = random() < lies[what];
      if (happens) told[what] += 1;
      return happens;
    };
    const bus = open({
      ...parts,
      heard: (message, from) => {
        if (does('garbles')) {
          const garbage = garbageOf(message);
          const made = garbage[Math.floor(random() * garbage.length)];
          if (made) pass(made, from);
        }
        if (does('drops')) return;
        for (let times = does('doubles') ? 2 : 1; times > 0; times--) {
          if (does('delays')) later(message, from);
          else pass(message, from);
        }
      },
    });
    return {
      ...bus,
      close: async () => {
        for (const timer of timers) clearTimeout(timer);
        await bus.close();
      },
    };
  };
