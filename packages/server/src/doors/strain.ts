/**
 * How hard it is for this process to keep up: the event loop's delay (contract, "Overload"). Five seconds above 200 ms at the 95th
 * percentile are one step of strain; five seconds well below are one step back. What each step gives up is core's overload.ts.
 */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { type Strain, STRAINS } from '@recreio/core';

const HIGH_MS = 200;
/** Well below, so that it does not go back and forth. */
const LOW_MS = 100;
const LASTING_MS = 5_000;
const SAMPLE_MS = 1_000;

/** Turns samples into strain; `changed` is told of each step. */
export const strainMeter = (changed: (strain: Strain) => void) => {
  let step = 0;
  /** Since when it has been high, or low, without a break. */
  let highSince: number | null = null;
  let lowSince: number | null = null;
  const go = (by: 1 | -1, now: number): void => {
    step += by;
    // The next step needs another five seconds
    highSince = by === 1 ? now : null;
    lowSince = by === 1 ? null : now;
    changed(STRAINS[step] ?? 'none');
  };
  return {
    strain: (): Strain => STRAINS[step] ?? 'none',
    /** What the loop's delay was from `from` to `now`, all in ms. */
    sample: (p95Ms: number, from: number, now: number): void => {
      highSince = p95Ms > HIGH_MS ? (highSince ?? from) : null;
      lowSince = p95Ms < LOW_MS ? (lowSince ?? from) : null;
      if (highSince !== null && now - highSince >= LASTING_MS && step < STRAINS.length - 1) go(1, now);
      else if (lowSince !== null && now - lowSince >= LASTING_MS && step > 0) go(-1, now);
    },
  };
};

/** Measures this process until `stop`. */
export const watchStrain = (monotonic: () => number, changed: (strain: Strain) => void) => {
  const meter = strainMeter(changed);
  const delay = monitorEventLoopDelay({ resolution: 20 });
  delay.enable();
  let from = monotonic();
  const timer = setInterval(() => {
    const now = monotonic();
    meter.sample(delay.percentile(95) / 1e6, from, now);
    delay.reset();
    from = now;
  }, SAMPLE_MS);
  timer.unref();
  return {
    strain: meter.strain,
    stop: (): void => {
      clearInterval(timer);
      delay.disable();
    },
  };
};
