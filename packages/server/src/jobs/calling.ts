/** Calls devices, as long as the school wants it: what this node's bell rang for at once, what others left behind soon after. */
import { type CallingParts, lookThrough, type Placed, type PushQueue, sendDue } from '@recreio/core';
import { every } from './every.ts';

/** What it is made with, besides what calling needs. */
export interface CallingJobParts extends CallingParts {
  /** Whether the school has devices called, as this node has heard; asked of the database before anything is sent. */
  readonly isOn: () => boolean;
  readonly monotonic: () => number;
}

/** What was rung for is looked through this often, in ms. */
const BEAT_MS = 1_000;
/** What no bell told of (its process died, its node has no worker) is looked for this often, in ms. */
const SWEEP_MS = 10_000;
/** Rooms in one transaction. */
const ROOMS = 50;
/** Rooms that a sweep takes at once. */
const SWEPT = 500;
/** Sent side by side. */
const SENT = 20;

const NOTHING: PushQueue = { devices: 0, waiting: 0, lateSeconds: 0 };

/** Begins. `heard` costs an entry in a set; nothing is written for it where messages are. */
export const callDevices = (parts: CallingJobParts) => {
  const { isOn, monotonic, trouble, world } = parts;
  let rung = new Set<string>();
  let sweptAt = Number.NEGATIVE_INFINITY;
  let queue = NOTHING;

  const look = async (rooms: readonly string[], isOver: () => boolean): Promise<void> => {
    for (let at = 0; at < rooms.length && !isOver(); at += ROOMS) await lookThrough(parts, rooms.slice(at, at + ROOMS));
  };

  const work = async (isOver: () => boolean): Promise<void> => {
    if (!isOn()) {
      rung.clear();
      queue = NOTHING;
      return;
    }
    const rooms = [...rung];
    rung = new Set();
    await look(rooms, isOver);
    if (monotonic() - sweptAt >= SWEEP_MS) {
      sweptAt = monotonic();
      queue = await world.memory.push.tidy();
      await look(await world.memory.push.behind(SWEPT), isOver);
    }
    while (!isOver() && (await sendDue(parts, SENT, isOver)) === SENT);
  };

  const job = every({ work, everyMs: BEAT_MS, trouble });
  return {
    heard: (events: readonly Placed[]): void => {
      if (!isOn()) return;
      for (const event of events) if (event.type === 'message.sent') rung.add(event.room);
    },
    /** As the last sweep found it. */
    queue: (): PushQueue => queue,
    stop: job.stop,
  };
};
