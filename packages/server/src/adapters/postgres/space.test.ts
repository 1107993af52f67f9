import { afterEach, describe, expect, test } from 'vitest';
import { freeBytesOf, type Space, type SpaceParts, watchSpace } from './space.ts';

const MIB = 1024 * 1024;
const open: Space[] = [];
afterEach(() => {
  for (const space of open.splice(0)) space.stop();
});

/** A watch over a disk and a clock that the test moves. */
const disk = async (changes: Partial<SpaceParts> = {}) => {
  const state = { ms: 0, free: 1_000 * MIB, said: [] as boolean[] };
  const space = await watchSpace({
    dir: '/data',
    reserveBytes: 256 * MIB,
    monotonic: () => state.ms,
    changed: (hasSpace) => state.said.push(hasSpace),
    freeBytes: () => Promise.resolve(state.free),
    ...changes,
  });
  open.push(space);
  return { state, space };
};

describe('[D31] the space for new messages', () => {
  test('ends at the reserve, and is there again a little above it', async () => {
    const { state, space } = await disk();
    expect(space.hasSpace()).toBe(true);
    for (const [free, has] of [
      [256, true],
      [255, false],
      [260, false],
      [273, true],
      [257, true],
    ] as const) {
      state.free = free * MIB;
      await space.look();
      expect([free, space.hasSpace()]).toEqual([free, has]);
    }
    expect(state.said).toEqual([false, true]);
  });

  test('on a disk that is too full from the start there is none', async () => {
    const { space, state } = await disk({ freeBytes: () => Promise.resolve(0) });
    expect([space.hasSpace(), state.said]).toEqual([false, [false]]);
  });

  test('without a reserve, or where the disk cannot be asked, only the database refuses', async () => {
    for (const changes of [
      { reserveBytes: 0, freeBytes: () => Promise.resolve(0) },
      { freeBytes: () => Promise.reject(new Error('no such folder')) },
      { dir: null },
    ])
      expect((await disk(changes)).space.hasSpace()).toBe(true);
  });

  test('a refusal by the database counts for ten seconds', async () => {
    const { space, state } = await disk({ dir: null });
    space.refused();
    expect(space.hasSpace()).toBe(false);
    state.ms = 9_999;
    expect(space.hasSpace()).toBe(false);
    state.ms = 10_000;
    expect(space.hasSpace()).toBe(true);
    await space.look();
    expect(state.said).toEqual([false, true]);
  });

  test('what is free is asked of the system', async () => {
    expect(await freeBytesOf('/')).toBeGreaterThan(0);
  });
});
