import type { Strain } from '@recreio/core';
import { describe, expect, test } from 'vitest';
import { admission, type AdmissionParts } from './admission.ts';

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
  return { state, ...made };
};

describe('[D32] who is let in', () => {
  test('as many as there may be', () => {
    const { refusal } = gate();
    expect([refusal(9), refusal(10), refusal(11)]).toEqual([null, 'full', 'full']);
  });

  test('as fast as they may come: a burst, then so many a second', () => {
    const { refusal, state } = gate();
    expect(Array.from({ length: 10 }, () => refusal(0))).toEqual([...Array(8).fill(null), 'fast', 'fast']);
    state.ms = 500;
    expect([refusal(0), refusal(0), refusal(0)]).toEqual([null, null, 'fast']);
  });

  test('nobody under strain, and that takes no turn from those who come after', () => {
    const { refusal, state } = gate();
    state.strain = 'arrivals';
    expect(Array.from({ length: 20 }, () => refusal(0))).toEqual(Array(20).fill('strain'));
    state.strain = 'none';
    expect(refusal(0)).toBeNull();
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
    const leave = enter('ana');
    expect(leave).not.toBeNull();
    expect(enter('ana')).not.toBeNull();
    expect(enter('ana')).toBeNull();
    expect(enter('bruno')).not.toBeNull();
    leave?.();
    expect(enter('ana')).not.toBeNull();
    expect(enter('ana')).toBeNull();
  });
});
