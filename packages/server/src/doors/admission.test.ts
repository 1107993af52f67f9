import type { Strain } from '@recreio/core';
import { describe, expect, test } from 'vitest';
import { admission, type AdmissionParts } from './admission.ts';

/** Where somebody has signed in before. */
const SCHOOL = '203.0.113.7';

const gate = (changes: Partial<AdmissionParts> = {}) => {
  const state = { ms: 0, strain: 'none' as Strain };
  const made = admission({
    sockets: 10,
    perPerson: 2,
    perSecond: 4,
    strain: () => state.strain,
    monotonic: () => state.ms,
    ...changes,
  });
  made.enter('helena', SCHOOL)?.();
  return { state, ...made };
};

describe('[D32] who is let in', () => {
  test('as many as there may be', () => {
    const { refusal } = gate();
    expect([refusal(9, SCHOOL), refusal(10, SCHOOL), refusal(11, SCHOOL)]).toEqual([null, 'full', 'full']);
  });

  test('as fast as they may come: a burst, then so many a second', () => {
    const { refusal, state } = gate();
    expect(Array.from({ length: 10 }, () => refusal(0, SCHOOL))).toEqual([...Array(8).fill(null), 'fast', 'fast']);
    state.ms = 500;
    expect([refusal(0, SCHOOL), refusal(0, SCHOOL), refusal(0, SCHOOL)]).toEqual([null, null, 'fast']);
  });

  test('[S59] strangers have half of it: who comes back finds the other half, however many knock', () => {
    const { refusal, enter, state } = gate();
    const knock = (times: number, address: (nth: number) => string) =>
      Array.from({ length: times }, (_, nth) => refusal(0, address(nth))).filter((why) => why === null).length;
    expect(knock(50, (nth) => `198.51.100.${nth}`)).toBe(4);
    expect(knock(50, () => SCHOOL)).toBe(4);
    // A second later, with strangers at the door all the while
    state.ms = 1_000;
    expect([knock(50, () => '192.0.2.1'), knock(50, () => SCHOOL)]).toEqual([2, 2]);
    // Whoever has signed in is no stranger any more
    state.ms = 2_000;
    enter('ana', '192.0.2.1');
    expect(knock(50, () => '192.0.2.1')).toBe(4);
  });

  test('of those who have signed in the last twenty thousand addresses are known', () => {
    const { enter, refusal } = gate();
    for (let nth = 0; nth < 20_000; nth++) enter('ana', `a${nth}`)?.();
    const knocks = ['a19999', 'a0', ...Array<string>(5).fill(SCHOOL), 'a0'];
    expect(knocks.map((address) => refusal(0, address))).toEqual([...Array(6).fill(null), 'fast', null]);
  });

  test('nobody under strain, and that takes no turn from those who come after', () => {
    const { refusal, state } = gate();
    state.strain = 'arrivals';
    expect(Array.from({ length: 20 }, () => refusal(0, SCHOOL))).toEqual(Array(20).fill('strain'));
    state.strain = 'none';
    expect(refusal(0, SCHOOL)).toBeNull();
  });

  test('who is sent away is told a time between 2 and 10 s, not all the same', () => {
    for (const [random, told] of [
      [0, '2'],
      [0.5, '6'],
      [0.999, '10'],
    ] as const)
      expect(gate({ random: () => random }).retryAfter()).toBe(told);
  });

  test('[S59] one person has so many sockets, and another again when one is gone', () => {
    const { enter } = gate();
    const leave = enter('ana', SCHOOL);
    expect(leave).not.toBeNull();
    expect(enter('ana', SCHOOL)).not.toBeNull();
    expect(enter('ana', SCHOOL)).toBeNull();
    expect(enter('bruno', SCHOOL)).not.toBeNull();
    leave?.();
    expect(enter('ana', SCHOOL)).not.toBeNull();
    expect(enter('ana', SCHOOL)).toBeNull();
  });
});
