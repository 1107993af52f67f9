/**
 * How often devices without a page are called (docs/decisions/0061-pace.md): at most eight times within a day, whatever is said, and
 * further and further apart. Part of the one function of attention (attention.ts), and pure like it.
 */
import type { Call } from './attention.ts';

/** Most pushes that call one device within 24 hours. */
export const PUSHES_A_DAY = 8;

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** A conversation whose notification still waits for its person is pushed again only after so long: they know of it. */
const STANDING_MS = HOUR_MS;

/** What a device was called for lately. */
export interface Pace {
  /** When it was called, in ms, in order; `PUSHES_A_DAY` of them are enough. */
  readonly rang: readonly number[];
  /** When this conversation's notification was pushed, where something of it is still unread; null: nothing stands there. */
  readonly standing: number | null;
  /** It was called for this very message before: whoever has to read it knows of it. */
  readonly wasPushed: boolean;
}

/**
 * How far in ms the nth push of a day is from the one before, at least: the first few come at once, and what comes after takes along
 * all that waits. What is meant for one person has more of them than what is for many, and what has to be read has them all.
 */
const FOR_MANY = [0, 0, 0, 2 * HOUR_MS, 5 * HOUR_MS];
const FOR_ONE = [0, 0, 0, HOUR_MS, 3 * HOUR_MS, 5 * HOUR_MS];
const TO_BE_READ = Array.from({ length: PUSHES_A_DAY }, () => 0);
const STEPS: Readonly<Record<Call, readonly number[]>> = {
  notice: TO_BE_READ,
  direct: FOR_ONE,
  mention: FOR_ONE,
  reply: FOR_ONE,
  // Said to whoever is there; that it has a word of theirs in it makes it no less so
  keyword: FOR_MANY,
  thread: FOR_MANY,
  everyone: FOR_MANY,
  announcement: FOR_MANY,
  said: FOR_MANY,
};

/** From when on a device may be called for this, in ms: `now` or later. */
export const mayRingAt = (call: Call, pace: Pace, now: number): number => {
  const { rang, standing, wasPushed } = pace;
  // Until it is confirmed all that is said around it would ring with it: once it is known of it is like anything for one person
  const kind = call === 'notice' && wasPushed ? 'direct' : call;
  const steps = STEPS[kind];
  const today = rang.filter((at) => at > now - DAY_MS);
  const step = steps[today.length];
  // The day has no more of them: asked again for when enough of them are a day old
  if (step === undefined) return mayRingAt(call, pace, (today.at(-steps.length) ?? now) + DAY_MS);
  const last = today.at(-1);
  const paced = last === undefined ? now : last + step;
  const apart = standing === null || kind === 'notice' ? now : standing + STANDING_MS;
  return Math.max(now, paced, apart);
};
