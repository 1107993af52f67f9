import { beforeEach, describe, expect, it } from 'vitest';
import type { CallingParts } from './calling.ts';
import type { DueSpan, Places } from './push-port.ts';
import { callInTurn } from './turns.ts';

/** Devices whose time has come, by their services, and those that are being called, until the test ends it. */
let waiting: DueSpan[];
let calls: { readonly device: string; readonly end: () => void; readonly fail: () => void }[];
let asked: number;
let isOver: boolean;
let troubles: unknown[];
beforeEach(() => {
  [waiting, calls, asked, isOver, troubles] = [[], [], 0, false, []];
});

/** So many that are none any more, which is the shortest call. */
const wait = (service: string, count: number): void => {
  for (let nth = 0; nth < count; nth += 1)
    waiting.push({
      device: `${service} ${nth}`,
      service,
      lease: 'l',
      noted: 0,
      account: 'ana',
      room: 'r',
      thread: null,
      urgent: null,
      from: 1,
      to: 1,
      tries: 0,
      rang: [],
      sent: null,
      subscription: null,
    });
};
const push = {
  due: ({ free, ofOne, taken }: Places) => {
    asked += 1;
    const places = new Map(taken);
    const due: DueSpan[] = [];
    for (const span of waiting) {
      const ofThis = places.get(span.service) ?? 0;
      if (due.length === free || ofThis >= ofOne) continue;
      places.set(span.service, ofThis + 1);
      due.push(span);
    }
    waiting = waiting.filter((span) => !due.includes(span));
    return Promise.resolve(due);
  },
  gone: (device: string) =>
    new Promise<void>((resolve, reject) => {
      calls.push({ device, end: resolve, fail: () => reject(new Error(`no call to ${device}`)) });
    }),
};
const turns = () => {
  const memory = { push };
  const world = { memory, transact: (work: (of: typeof memory) => Promise<unknown>) => work(memory) };
  const parts = { world, counted: () => undefined, trouble: (error: unknown) => troubles.push(error) };
  return callInTurn(parts as unknown as CallingParts, () => isOver);
};

describe('[R112] devices take turns', () => {
  it('eight of one service, whatever waits for it; the next when one is done', async () => {
    wait('slow', 10);
    wait('quick', 1);
    const { begin, ended } = turns();
    expect(await begin()).toBe(9);
    expect(calls.at(-1)?.device).toBe('quick 0');
    calls[0]?.end();
    await expect.poll(() => calls.length).toBe(10);
    for (const { end } of calls) end();
    await expect.poll(() => calls.length).toBe(11);
    calls.at(-1)?.end();
    await ended();
    expect([calls.map(({ device }) => device).at(-1), waiting]).toEqual(['slow 9', []]);
  });

  it('thirty-two in all; who asks while none is free is not taken, and waits for the first that is', async () => {
    for (let nth = 0; nth < 5; nth += 1) wait(`service ${nth}`, 7);
    const { begin } = turns();
    expect(await begin()).toBe(32);
    expect([await begin(), asked]).toEqual([0, 1]);
    calls[3]?.end();
    await expect.poll(() => calls.length).toBe(33);
  });

  it('those who ask at once are one taking, so that nobody is counted twice', async () => {
    wait('quick', 3);
    const { begin } = turns();
    expect(await Promise.all([begin(), begin(), begin()])).toEqual([3, 3, 3]);
    expect([asked, calls.length]).toEqual([1, 3]);
  });

  it('what fails is told, and its place is free again', async () => {
    wait('slow', 9);
    const { begin } = turns();
    await begin();
    calls[0]?.fail();
    await expect.poll(() => calls.length).toBe(9);
    expect(troubles).toEqual([new Error('no call to slow 0')]);
  });

  it('nobody is taken once it is over, and who is being called is waited for', async () => {
    wait('slow', 9);
    const { begin, ended } = turns();
    await begin();
    isOver = true;
    for (const { end } of calls) end();
    await ended();
    expect([await begin(), calls.length, waiting.length]).toEqual([0, 8, 1]);
  });
});
