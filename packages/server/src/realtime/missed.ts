/**
 * What everybody who comes back to a room has missed is read and encoded once for all of them. Only what the hub has applied, and
 * only for those who see all of it: others read the log for themselves (resume.ts).
 */
import type { StreamsMemory } from '@recreio/core';
import { type Limits, roomStream } from '@recreio/protocol';
import { eventFrames } from './resume.ts';

/** Whoever missed more reads page by page. */
const MOST_EVENTS = 100;
/** So long it is kept for those who come after, in ms: they all come at once, or not. */
const KEPT_MS = 2_000;

interface Missed {
  readonly after: number;
  readonly to: number;
  readonly askedAt: number;
  readonly frames: Promise<readonly Buffer[] | null>;
}

/** Makes it for a node. */
export const makeMissed = (memory: Pick<StreamsMemory, 'tail'>, limits: Limits, monotonic: () => number) => {
  const kept = new Map<string, Missed>();

  const read = async (room: string, after: number, to: number): Promise<readonly Buffer[] | null> => {
    const events = (await memory.tail(room, after, MOST_EVENTS)).filter(({ seq }) => seq <= to);
    // Something of it was purged: that has to be declared
    return events.length === to - after ? eventFrames(roomStream(room), events, limits.pageBytes) : null;
  };

  return {
    /** The frames of a room's events from `after` (exclusive) to `to`; null where they cannot be shared. Rejects as the memory does. */
    frames: async (room: string, after: number, to: number): Promise<readonly Buffer[] | null> => {
      if (to - after > MOST_EVENTS) return null;
      const there = kept.get(room);
      if (there?.after === after && there.to === to) return await there.frames;
      const frames = read(room, after, to);
      const missed: Missed = { after, to, askedAt: monotonic(), frames };
      kept.set(room, missed);
      try {
        return await frames;
      } catch (error) {
        if (kept.get(room) === missed) kept.delete(room);
        throw error;
      }
    },
    /** The room has moved on: what was removed since must not be sent from here. */
    forget: (room: string): void => void kept.delete(room),
    /** Every second. */
    tick: (): void => {
      for (const [room, { askedAt }] of kept) if (monotonic() - askedAt > KEPT_MS) kept.delete(room);
    },
  };
};
