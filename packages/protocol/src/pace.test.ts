import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Call } from './attention.ts';
import { mayRingAt, PUSHES_A_DAY } from './pace.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const NOW = Date.parse('2026-11-23T15:00:00Z');
const calls: readonly Call[] = ['notice', 'direct', 'mention', 'reply', 'everyone', 'thread', 'announcement', 'said'];

/** How often it rang, each an hour before the next and the last just now. */
const rang = (times: number): number[] => Array.from({ length: times }, (_, nth) => NOW - (times - 1 - nth) * HOUR);

describe('[R112] from when on a device may be called again', () => {
  it.each([
    ['the first of a day', 'said', rang(0), null, 0],
    ['the third', 'said', rang(2), null, 0],
    ['the fourth, for one person', 'mention', rang(3), null, 1],
    ['the fourth, for many', 'announcement', rang(3), null, 2],
    ['the sixth, for one person', 'direct', rang(5), null, 5],
    ['the sixth, for many: when the first of five is a day old', 'thread', rang(5), null, 20],
    ['the seventh, for one person', 'reply', rang(6), null, 19],
    ['what has to be read, with seven before it', 'notice', rang(7), null, 0],
    ['what has to be read, with eight before it', 'notice', rang(8), null, 17],
    ['a conversation of which a notification stands there', 'direct', rang(1), NOW - HOUR / 4, 0.75],
    ['a conversation of which one has stood there for long', 'direct', rang(1), NOW - 2 * HOUR, 0],
    ['what has to be read, where a notification stands there', 'notice', rang(1), NOW, 0],
    ['those of a day ago count no more', 'said', [NOW - DAY - 2, NOW - DAY - 1, NOW - DAY], null, 0],
  ] as const)('%s', (_name, call, times, standing, hours) => {
    expect((mayRingAt(call, { rang: times, standing, wasPushed: false }, NOW) - NOW) / HOUR).toBe(hours);
  });

  it.each([
    ['while its notification stands there', rang(1), NOW - HOUR / 4, 0.75],
    ['as the third of a day', rang(2), null, 0],
    ['as the fourth', rang(3), null, 1],
    ['as the seventh', rang(6), null, 19],
  ] as const)(
    'what has to be read and was pushed waits like what is for one person, %s',
    (_name, times, standing, hours) => {
      const pace = { rang: times, standing, wasPushed: true };
      expect((mayRingAt('notice', pace, NOW) - NOW) / HOUR).toBe(hours);
      expect(mayRingAt('mention', pace, NOW)).toBe(mayRingAt('notice', pace, NOW));
    },
  );

  it('whatever is said, whenever: never more than eight within a day, and what may not ring may when it says so', () => {
    const minutes = fc.array(fc.tuple(fc.constantFrom(...calls), fc.boolean(), fc.nat(12 * 60)), {
      minLength: 200,
      maxLength: 300,
    });
    let most = 0;
    fc.assert(
      fc.property(minutes, (story) => {
        const all: number[] = [];
        let now = NOW;
        for (const [call, wasPushed, after] of story) {
          now += (after * 60_000) / 12;
          const pace = { rang: all.slice(-PUSHES_A_DAY), standing: null, wasPushed };
          const at = mayRingAt(call, pace, now);
          expect(mayRingAt(call, pace, at)).toBe(at);
          if (at > now) continue;
          all.push(now);
          const today = all.filter((one) => one > now - DAY).length;
          most = Math.max(most, today);
          expect(today).toBeLessThanOrEqual(PUSHES_A_DAY);
        }
      }),
      { numRuns: 40 },
    );
    expect(most).toBe(PUSHES_A_DAY);
  });
});
