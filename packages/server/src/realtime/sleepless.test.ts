import { expect, test } from 'vitest';
import { sleepless } from './sleepless.ts';

const HOUR_MS = 3_600_000;

test('[D27] time passes while the machine sleeps, and a clock that is set back changes nothing', () => {
  const at = { steady: 500, wall: 1_000_000 };
  const now = sleepless(
    () => at.steady,
    () => at.wall,
  );
  const pass = (steadyMs: number, wallMs: number): number => {
    at.steady += steadyMs;
    at.wall += wallMs;
    return now();
  };
  expect(pass(0, 0)).toBe(500);
  expect(pass(250, 250)).toBe(750);
  expect(pass(10, HOUR_MS)).toBe(750 + HOUR_MS);
  expect(pass(500, 500)).toBe(1_250 + HOUR_MS);
  expect(pass(500, -HOUR_MS)).toBe(1_750 + HOUR_MS);
  expect(pass(500, 500)).toBe(2_250 + HOUR_MS);
});

test('what two clocks differ by in passing adds up to nothing', () => {
  const at = { steady: 0, wall: 0 };
  const now = sleepless(
    () => at.steady,
    () => at.wall,
  );
  for (let turn = 1; turn <= 10_000; turn++) {
    at.steady = turn / 4;
    at.wall = Math.floor(turn / 4);
    now();
  }
  expect(now()).toBe(2_500);
});
