/** A clock that stands still until it is moved. */
import type { Clock } from '../clock.ts';

/** Lets everything that is waiting in microtasks, and what follows from it, happen. */
export const settle = async (): Promise<void> => {
  for (let turn = 0; turn < 5; turn += 1) {
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
  }
};

/** A clock moved by hand. */
export interface ManualClock extends Clock {
  /** Moves on, rings what is due in order, and lets everything settle after each. */
  advance(ms: number): Promise<void>;
}

/** Makes a clock that shows `start`, in milliseconds since the epoch. */
export const manualClock = (start: number): ManualClock => {
  let now = start;
  let next = 1;
  const timers = new Map<number, { readonly at: number; readonly run: () => void }>();
  return {
    now: () => now,
    after(ms, run) {
      next += 1;
      timers.set(next, { at: now + Math.max(0, ms), run });
      return next;
    },
    cancel(timer) {
      timers.delete(timer as number);
    },
    async advance(ms) {
      const end = now + ms;
      await settle();
      for (;;) {
        const due = [...timers.entries()].filter(([, { at }]) => at <= end).sort((a, b) => a[1].at - b[1].at)[0];
        if (due === undefined) break;
        const [timer, { at, run }] = due;
        timers.delete(timer);
        now = at;
        run();
        await settle();
      }
      now = end;
      await settle();
    },
  };
};
