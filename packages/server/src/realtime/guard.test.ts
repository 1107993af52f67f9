import { afterEach, describe, expect, test, vi } from 'vitest';
import { FakeSocket } from '../testing/socket.ts';
import { type Guard, makeGuard } from './guard.ts';

const made: Guard[] = [];
afterEach(() => {
  for (const guard of made.splice(0)) guard.stop();
});

const frame = (text: string): Buffer => {
  const body = Buffer.from(JSON.stringify({ t: text }));
  return Buffer.concat([Buffer.from([0x81, body.length]), body]);
};

/** A guard whose clock and whose question a test turns. */
const post = () => {
  const state = { ms: 0, answers: [] as ((isKnown: boolean) => void)[] };
  const guard = makeGuard({
    monotonic: () => state.ms,
    check: () => new Promise((resolve) => state.answers.push(resolve)),
  });
  made.push(guard);
  const socket = new FakeSocket();
  const guarded = guard.over(socket);
  const answer = async (isKnown: boolean) => {
    await vi.waitFor(() => expect(state.answers.length).toBeGreaterThan(0));
    state.answers.shift()?.(isKnown);
  };
  return { state, guard, socket, guarded, answer };
};

describe('[D27] a process that stood still', () => {
  test('writes at once as long as it lives', () => {
    const { guard, guarded, socket, state } = post();
    for (let second = 1; second <= 60; second++) {
      state.ms = second * 1_000;
      guard.beat();
      expect(guarded.write(frame(`${second}`))).toBe(true);
    }
    expect([socket.frames.length, state.answers.length]).toEqual([60, 0]);
  });

  test('writes nothing until it knows whose sessions ended, then everything in order', async () => {
    const { guarded, socket, state, answer } = post();
    state.ms = 60_000;
    expect(guarded.write(frame('one'))).toBe(false);
    let drained = 0;
    guarded.once('drain', () => {
      drained += 1;
      guarded.write(frame('three'));
    });
    expect(guarded.write(frame('two'))).toBe(false);
    expect(guarded.writableLength).toBeGreaterThan(0);
    await answer(true); // the one that may have been under way
    expect(socket.frames).toEqual([]);
    await answer(true);
    await vi.waitFor(() => expect(socket.frames.map(({ t }) => t)).toEqual(['one', 'two', 'three']));
    expect([drained, guarded.writableLength]).toEqual([1, 0]);
  });

  test('asks again while nobody can tell it', async () => {
    const { guarded, socket, state, answer } = post();
    state.ms = 60_000;
    guarded.write(frame('one'));
    await answer(false);
    await answer(false);
    await answer(true);
    expect(socket.frames).toEqual([]);
    await answer(true);
    await vi.waitFor(() => expect(socket.frames).toHaveLength(1));
  });

  test('says nothing more to a connection that ended meanwhile', async () => {
    const { guard, guarded, socket, state, answer } = post();
    const other = guard.over(socket);
    state.ms = 60_000;
    guarded.write(frame('secret'));
    other.write(frame('hers'));
    guarded.forget();
    await answer(true);
    await answer(true);
    await vi.waitFor(() => expect(socket.frames.map(({ t }) => t)).toEqual(['hers']));
  });
});
