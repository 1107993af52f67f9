import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Hub } from './hub.ts';
import { clockwork } from './clockwork.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

test('[S66] a turn that breaks is told, and the next one comes', async () => {
  const told: string[] = [];
  let ticks = 0;
  const hub: Pick<Hub, 'tick' | 'poll' | 'connectionsOf'> = {
    tick: () => {
      ticks += 1;
      if (ticks === 1) throw new TypeError('one turn');
    },
    poll: async () => undefined,
    connectionsOf: () => [],
  };
  const clock = clockwork({
    hub,
    here: { tick: () => undefined },
    revocations: async () => [],
    trouble: (where) => told.push(where),
  });
  await vi.advanceTimersByTimeAsync(2_000);
  await clock.stop();
  expect([ticks, told]).toEqual([2, ['tick']]);
});
