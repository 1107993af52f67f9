import { describe, expect, test } from 'vitest';
import { strainMeter } from './strain.ts';

/** A meter fed one sample a second. */
const meter = () => {
  const changes: string[] = [];
  const { sample, strain } = strainMeter((step) => changes.push(step));
  let now = 0;
  return {
    changes,
    strain,
    seconds: (count: number, p95Ms: number) => {
      for (let i = 0; i < count; i++) {
        sample(p95Ms, now, now + 1_000);
        now += 1_000;
      }
    },
  };
};

describe('[D32] strain', () => {
  test('is not there below five seconds of delay, however large', () => {
    const { strain, seconds } = meter();
    seconds(4, 3_000);
    expect(strain()).toBe('none');
    seconds(1, 20);
    seconds(4, 3_000);
    expect(strain()).toBe('none');
  });

  test('comes in steps: newcomers, history, sends, five seconds each, and goes back the same way', () => {
    const { changes, seconds, strain } = meter();
    seconds(5, 201);
    expect(strain()).toBe('arrivals');
    seconds(5, 201);
    expect(strain()).toBe('history');
    seconds(60, 201);
    expect(strain()).toBe('sends');
    seconds(60, 20);
    expect(changes).toEqual(['arrivals', 'history', 'sends', 'history', 'arrivals', 'none']);
  });

  test('stays where it is between high and low', () => {
    const { strain, seconds } = meter();
    seconds(5, 300);
    seconds(60, 150);
    expect(strain()).toBe('arrivals');
  });
});
