import type { DueSpan } from '@recreio/core/ports.ts';
import { DEFAULT_POLICIES } from '@recreio/protocol';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type CallingJobParts, callDevices } from './calling.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const ANA = 'ana';
/** More of what her device shows has come, and was read before its turn. */
const SPAN = { account: ANA, device: 'phone', service: 'push.example', urgent: null, sent: { seq: 1, at: 0 } };

test('[R112] what was read while it waited to be pushed is looked up soon, as what a marker has told of', async () => {
  let due = [{ ...SPAN, subscription: {} } as unknown as DueSpan];
  const asked: unknown[] = [];
  const push = {
    tidy: () => Promise.resolve({ devices: 1, waiting: 0, lateSeconds: 0 }),
    behind: () => Promise.resolve([]),
    due: () => Promise.resolve(due.splice(0)),
    heard: () => Promise.resolve([[]]),
    settle: () => Promise.resolve(),
    shown: (of: unknown) => {
      asked.push(of);
      return Promise.resolve([]);
    },
  };
  const school = { read: () => Promise.resolve({ policies: { ...DEFAULT_POLICIES, push: 'places' } }) };
  const memory = { push, school };
  const job = callDevices({
    world: { memory, transact: (work: (of: typeof memory) => unknown) => work(memory) },
    isOn: () => true,
    now: () => Date.now(),
    monotonic: () => Date.now(),
    counted: () => undefined,
    trouble: (error: unknown) => {
      throw error;
    },
  } as unknown as CallingJobParts);
  await vi.advanceTimersByTimeAsync(4_000);
  expect([due, asked]).toEqual([[], []]);
  await vi.advanceTimersByTimeAsync(4_000);
  expect(asked).toEqual([{ accounts: [ANA] }]);
  due = [{ ...SPAN, sent: null, subscription: {} } as unknown as DueSpan];
  await vi.advanceTimersByTimeAsync(10_000);
  expect([due, asked.length]).toEqual([[], 1]);
  await job.stop();
});
