/** Time as the SDK sees it; injectable, so that tests need not wait. */

/** A timer's handle; only good for `cancel`. */
export type Timer = unknown;

/** A clock: milliseconds since the epoch, and timers. */
export interface Clock {
  now(): number;
  /** Calls `run` once after `ms` milliseconds. */
  after(ms: number, run: () => void): Timer;
  cancel(timer: Timer): void;
}

/** The clock of the machine. */
export const systemClock: Clock = {
  now: () => Date.now(),
  after: (ms, run) => setTimeout(run, ms),
  cancel: (timer) => clearTimeout(timer as ReturnType<typeof setTimeout>),
};

/** Resolves after `ms` milliseconds of the given clock. */
export const pause = (clock: Clock, ms: number): Promise<void> =>
  new Promise((resolve) => {
    clock.after(ms, resolve);
  });
