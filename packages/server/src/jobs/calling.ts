/** Calls devices, as long as the school wants it: what this node's bell rang for at once, what others left behind soon after. */
import {
  callInTurn,
  type CallingParts,
  lookThrough,
  type Placed,
  type Presence,
  type PushQueue,
  tellInTurn,
} from '@recreio/core';
import { every } from './every.ts';

/** What it is made with, besides what calling needs. */
export interface CallingJobParts extends Omit<CallingParts, 'read'> {
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
/** Who reads goes on reading: their other devices are told after so long, once. In ms. */
const READING_MS = 5_000;
/** People who have read whose devices are asked for at once. */
const READERS = 500;
/** What a room says that may call somebody. */
const CALLING: ReadonlySet<string> = new Set(['message.sent', 'message.required'] satisfies Placed['type'][]);

const NOTHING: PushQueue = { devices: 0, waiting: 0, lateSeconds: 0 };

/** The presence that also says who reads. */
export const sayingWhoReads = (presence: Presence, read: (account: string) => void): Presence => ({
  ...presence,
  marker: (account, ...more) => {
    presence.marker(account, ...more);
    read(account);
  },
  thread: (account, ...more) => {
    presence.thread(account, ...more);
    read(account);
  },
  notices: (account, ...more) => {
    presence.notices(account, ...more);
    read(account);
  },
});

/** Begins. `heard` costs an entry in a set; nothing is written for it where messages are. */
export const callDevices = (jobParts: CallingJobParts) => {
  const { isOn, monotonic, trouble, world } = jobParts;
  /** Since when somebody has been reading, by the monotonic clock. */
  const readers = new Map<string, number>();
  const read = (account: string): void => {
    if (isOn() && !readers.has(account)) readers.set(account, monotonic());
  };
  const parts = { ...jobParts, read };
  let rung = new Set<string>();
  let sweptAt = Number.NEGATIVE_INFINITY;
  let queue = NOTHING;
  let isStopped = false;
  const turns = callInTurn(parts, () => isStopped);
  const telling = tellInTurn(parts, () => isStopped);

  const putAway = async (isOver: () => boolean): Promise<void> => {
    if (!isOn()) readers.clear();
    const have = [...readers].filter(([, since]) => monotonic() - since >= READING_MS).map(([account]) => account);
    for (let at = 0; at < have.length && !isOver(); at += READERS) {
      const some = have.slice(at, at + READERS);
      for (const account of some) readers.delete(account);
      try {
        // By then their time has come again
        for (const left of await telling.begin(some))
          if (!readers.has(left)) readers.set(left, monotonic() - READING_MS);
      } catch (error) {
        // The push that comes next takes away what these have read
        trouble(error);
      }
    }
  };

  const look = async (rooms: readonly string[], isOver: () => boolean): Promise<void> => {
    for (let at = 0; at < rooms.length && !isOver(); at += ROOMS) {
      try {
        await lookThrough(parts, rooms.slice(at, at + ROOMS));
      } catch (error) {
        // These are behind, and the sweep finds them; the others, and what is due, do not wait for them
        trouble(error);
      }
    }
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
    await turns.begin();
  };

  const job = every({ work, everyMs: BEAT_MS, trouble });
  // By itself: looking up who has read does not hold up what calls
  const reading = every({ work: putAway, everyMs: BEAT_MS, trouble });
  return {
    heard: (events: readonly Placed[]): void => {
      if (!isOn()) return;
      for (const event of events) if (CALLING.has(event.type)) rung.add(event.room);
    },
    /** The person has read something, or confirmed that they have. */
    read,
    /** As the last sweep found it. */
    queue: (): PushQueue => queue,
    stop: async (): Promise<void> => {
      isStopped = true;
      await Promise.all([job.stop(), reading.stop()]);
      await Promise.all([turns.ended(), telling.ended()]);
    },
  };
};
