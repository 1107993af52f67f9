import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { every } from './every.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

test('[S66] what fails is told, and tried again the next time', async () => {
  const told: unknown[] = [];
  let runs = 0;
  const job = every({
    work: async () => {
      runs += 1;
      if (runs === 1) throw new Error('the database is away');
    },
    everyMs: 1_000,
    trouble: (error) => told.push(error),
    random: () => 0.5,
  });
  await vi.advanceTimersByTimeAsync(49);
  expect(runs).toBe(0);
  await vi.advanceTimersByTimeAsync(1);
  expect([runs, told.length]).toEqual([1, 1]);
  await vi.advanceTimersByTimeAsync(2_000);
  expect([runs, told.length]).toEqual([3, 1]);
  await job.stop();
  await vi.advanceTimersByTimeAsync(5_000);
  expect(runs).toBe(3);
});

test('[lifecycle] what is done piece by piece hears of the end', async () => {
  let pieces = 0;
  const job = every({
    work: async (isOver) => {
      for (; !isOver() && pieces < 1_000; pieces += 1) await new Promise((resolve) => setTimeout(resolve, 10));
    },
    everyMs: 1_000,
    trouble: () => undefined,
    random: () => 0,
  });
  await vi.advanceTimersByTimeAsync(100);
  const stopping = job.stop();
  await vi.advanceTimersByTimeAsync(20);
  await stopping;
  expect(pieces).toBeGreaterThan(5);
  expect(pieces).toBeLessThan(20);
});

test('[lifecycle] the end waits for what is under way, and nothing follows', async () => {
  const { promise, resolve } = Promise.withResolvers<void>();
  let runs = 0;
  const job = every({
    work: () => {
      runs += 1;
      return promise;
    },
    everyMs: 1_000,
    trouble: () => undefined,
    random: () => 0,
  });
  await vi.advanceTimersByTimeAsync(1);
  expect(runs).toBe(1);
  const stopped = vi.fn<() => void>();
  const stopping = job.stop().finally(stopped);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(stopped).not.toHaveBeenCalled();
  resolve();
  await stopping;
  await vi.advanceTimersByTimeAsync(10_000);
  expect(runs).toBe(1);
});
