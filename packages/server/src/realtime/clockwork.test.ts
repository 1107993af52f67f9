import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { CLOSE } from '@recreio/protocol';
import { clockwork, type Ended } from './clockwork.ts';
import type { Connection } from './connection.ts';
import type { Hub } from './hub.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

test('[S66] a turn that breaks is told, and the next one comes', async () => {
  const told: string[] = [];
  let ticks = 0;
  const hub: Pick<Hub, 'tick' | 'poll' | 'connections' | 'connectionsOf'> = {
    tick: () => {
      ticks += 1;
      if (ticks === 1) throw new TypeError('one turn');
    },
    poll: async () => undefined,
    connections: function* () {},
    connectionsOf: () => [],
  };
  const clock = clockwork({
    hub,
    here: { tick: () => undefined },
    revocations: async () => [],
    monotonic: () => 0,
    trouble: (where) => told.push(where),
  });
  await vi.advanceTimersByTimeAsync(2_000);
  await clock.stop();
  expect([ticks, told]).toEqual([2, ['tick']]);
});

/** A clockwork over one connection of Ana's, whose clock and memory a test turns. */
const watched = () => {
  const state = { ms: 0, asked: [] as number[], answer: async (): Promise<Ended[]> => [] };
  const ended: number[] = [];
  const connection = {
    actor: { account: 'ana', session: 'phone' },
    end: (code: number) => void ended.push(code),
  } as unknown as Connection;
  const clock = clockwork({
    hub: {
      tick: () => undefined,
      poll: async () => undefined,
      connections: function* () {
        yield connection;
      },
      connectionsOf: (account) => (account === 'ana' ? [connection] : []),
    },
    here: { tick: () => undefined },
    revocations: (withinMs) => {
      state.asked.push(withinMs);
      return state.answer();
    },
    monotonic: () => state.ms,
    trouble: () => undefined,
  });
  return { state, ended, clock };
};

test('[D27] after a minute in which it could not look, it looks back over that minute', async () => {
  const { state, ended, clock } = watched();
  expect(await clock.checkRevocations()).toBe(true);
  state.answer = () => Promise.reject(new Error('the database is away'));
  state.ms = 30_000;
  expect(await clock.checkRevocations()).toBe(false);
  state.answer = async () => [{ id: 1, account: 'ana', session: 'phone' }];
  state.ms = 90_000;
  expect(await clock.checkRevocations()).toBe(true);
  state.ms = 91_000;
  await clock.checkRevocations();
  expect(state.asked).toEqual([45_000, 75_000, 135_000, 46_000]);
  expect(ended).toEqual([CLOSE.signedOut]);
  await clock.stop();
});

test('[D27] who could not look for longer than revocations are kept lets everybody come anew', async () => {
  const { state, ended, clock } = watched();
  state.ms = 31 * 60_000;
  expect(await clock.checkRevocations()).toBe(true);
  expect(ended).toEqual([CLOSE.restart]);
  await clock.stop();
});
