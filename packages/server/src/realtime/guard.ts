/**
 * A process that stood still (stopped, swapped out, its machine asleep) does not know whose sessions ended meanwhile. Before it
 * writes another byte to a socket it asks (contract D27): not a byte of content goes to a session that ended long before.
 */
import type { Writable } from './outbound.ts';

/** What the guard is made of. */
export interface GuardParts {
  readonly monotonic: () => number;
  /** Closes the sockets of sessions that ended; true when it is known that all of them are closed. */
  readonly check: () => Promise<boolean>;
}

/** Longer than an event loop under load stands still, shorter than sockets may outlive their session. */
const STILL_MS = 2_500;
const BEAT_MS = 500;
const AGAIN_MS = 250;

/** Makes the guard of a process; `stop` it at the end. */
export const makeGuard = ({ monotonic, check }: GuardParts) => {
  const waiting = new Set<() => void>();
  let beatAt = monotonic();
  let isHeld = false;
  let isOver = false;
  let retry: NodeJS.Timeout | undefined;

  const release = (): void => {
    isHeld = false;
    beatAt = monotonic();
    const waited = [...waiting];
    waiting.clear();
    for (const go of waited) go();
  };
  const ask = async (): Promise<void> => {
    // One that was under way when everything stood still may have had its answer before
    await check();
    const isKnown = await check();
    if (isOver) return;
    if (isKnown) release();
    else retry = setTimeout(() => void ask(), AGAIN_MS);
  };
  /** Whether sockets may be written to. */
  const isOpen = (): boolean => {
    if (!isHeld && monotonic() - beatAt > STILL_MS) {
      isHeld = true;
      void ask();
    }
    return !isHeld;
  };
  const beat = (): void => {
    if (isOpen()) beatAt = monotonic();
  };
  const timer = setInterval(beat, BEAT_MS);
  timer.unref();

  /** A socket that is written to only while the guard is open; what was said in between follows then. */
  const over = (socket: Writable): Writable & { forget(): void } => {
    let kept: Buffer[] = [];
    let listeners: (() => void)[] = [];
    const follow = (): void => {
      const [bytes, waited] = [kept, listeners];
      kept = [];
      listeners = [];
      for (const part of bytes) socket.write(part);
      for (const listener of waited) listener();
    };
    return {
      get writableLength() {
        return kept.length === 0
          ? socket.writableLength
          : kept.reduce((sum, { length }) => sum + length, socket.writableLength);
      },
      write: (bytes) => {
        if (isOpen()) return socket.write(bytes);
        kept.push(bytes);
        waiting.add(follow);
        return false;
      },
      once: (event, listener) => (kept.length > 0 ? listeners.push(listener) : socket.once(event, listener)),
      /** Nothing follows: its connection ends. */
      forget: () => {
        kept = [];
        listeners = [];
        waiting.delete(follow);
      },
    };
  };

  return {
    over,
    /** The process lives; called by itself twice a second. */
    beat,
    stop: (): void => {
      isOver = true;
      clearInterval(timer);
      clearTimeout(retry);
    },
  };
};

/** The guard of a process. */
export type Guard = ReturnType<typeof makeGuard>;
