/**
 * A steady clock that also counts while the machine is asleep or a virtual one is paused: on Linux the process's own stands
 * still then (clock_gettime(2), CLOCK_MONOTONIC), and whoever asks it believes that no time has passed.
 */

/** A jump of the wall clock by more than this is taken for sleep, in ms; being wrong costs a question to the database. */
const JUMP_MS = 1_000;

/** Makes one, in ms. Never goes back: where the wall clock is set back, nothing happens. */
export const sleepless = (monotonic: () => number, wall: () => number = Date.now): (() => number) => {
  let sleptMs = 0;
  let before = { steady: monotonic(), wall: wall() };
  return () => {
    const now = { steady: monotonic(), wall: wall() };
    const jumpMs = now.wall - before.wall - (now.steady - before.steady);
    if (jumpMs > JUMP_MS) sleptMs += jumpMs;
    before = now;
    return now.steady + sleptMs;
  };
};
