import type { RoomEvent } from '@recreio/protocol';
import { describe, expect, test } from 'vitest';
import type { Call } from './call.ts';
import type { Page } from './reduce.ts';
import { idOf, type Log, pageAt, write } from './testing/log.ts';
import { createWindow, MOST_MESSAGES } from './window.ts';

const ROOM = idOf(0x10001);

const send = (log: Log): RoomEvent => {
  const number = log.events.length + 1;
  const message = {
    id: idOf(0xb0000 + number),
    clientId: idOf(0xc0000 + number),
    ordinal: number,
    body: `${number}`,
    editNo: 0,
  };
  return write(log, { type: 'message.sent', actor: idOf(2), data: { message } });
};

/** A window whose pages are answered by hand, each as the log was at a seq. */
const opened = (length: number) => {
  const log: Log = { room: ROOM, epoch: idOf(1), events: [] };
  for (let number = 1; number <= length; number += 1) send(log);
  const asked: { input: Record<string, number>; answer(at?: number): Promise<void> }[] = [];
  const failures: unknown[] = [];
  const call = ((_: string, input: Record<string, number>) =>
    new Promise<Page>((resolve) => {
      asked.push({
        input,
        async answer(at = log.events.length) {
          resolve(pageAt(log, at, input));
          await new Promise((later) => {
            setImmediate(later);
          });
        },
      });
    })) as unknown as Call;
  const window = createWindow(
    ROOM,
    call,
    () => undefined,
    (error) => failures.push(error),
  );
  const live = (): void => window.take({ type: 'apply', events: [send(log)] });
  const bodies = () => window.timeline()?.messages.map(({ message }) => message.body) ?? [];
  return { log, asked, failures, window, live, bodies, last: () => asked.at(-1) };
};

const upTo = (count: number) => Array.from({ length: count }, (_, index) => `${index + 1}`);

describe('the stretch in memory', () => {
  test('[R31] [R49] after a reset, events that came before the page are in it, whatever the page knows', async () => {
    for (const at of [3, 4, 5]) {
      const { window, live, bodies, last } = opened(3);
      window.clear(3);
      void window.open(null);
      live();
      live();
      await last()?.answer(at);
      live();
      expect([at, bodies()]).toEqual([at, upTo(6)]);
      expect(window.timeline()?.at).toBe(6);
    }
  });

  test('a page that is older than what is remembered of the stream is asked for again, and given up in the end', async () => {
    const { window, bodies, asked, last, failures } = opened(9);
    window.clear(9);
    void window.open(null);
    await last()?.answer(5);
    expect(asked).toHaveLength(2);
    await last()?.answer(9);
    expect(bodies()).toEqual(upTo(9));
    window.clear(9);
    void window.open(null);
    for (let turn = 0; turn < 3; turn += 1) await last()?.answer(5);
    expect([asked.length, failures.length, bodies()]).toEqual([5, 1, []]);
  });

  test('a page that comes after everything was forgotten is dropped', async () => {
    const { window, bodies, asked } = opened(3);
    void window.open(null);
    window.clear(null);
    await asked[0]?.answer();
    expect(bodies()).toEqual([]);
    expect(window.loading().opening).toBe(false);
  });

  test('the same page is asked for once at a time', async () => {
    const { window, bodies, asked, last } = opened(120);
    void window.open(null);
    await last()?.answer();
    void window.before();
    void window.before();
    expect(asked.map(({ input }) => input['before'])).toEqual([undefined, 71]);
    expect(window.loading().before).toBe(true);
    await last()?.answer();
    expect(bodies()).toHaveLength(100);
    expect(window.loading().before).toBe(false);
  });

  test('what was jumped to stays, whatever was asked for meanwhile about what it replaced', async () => {
    const { window, bodies, asked } = opened(400);
    void window.open(null);
    await asked[0]?.answer();
    void window.jump(100);
    void window.before();
    await asked[1]?.answer();
    const shown = bodies();
    expect(shown).toContain('100');
    await asked[2]?.answer();
    expect(bodies()).toEqual(shown);
    expect(window.loading().before).toBe(false);
  });

  test('what was jumped to stays when what it replaced was being read anew after a hole', async () => {
    const { window, bodies, asked } = opened(400);
    window.clear(390);
    void window.open(null);
    await asked[0]?.answer(390);
    void window.jump(100);
    window.take({ type: 'hole', from: 391, to: 400 });
    await asked[1]?.answer();
    const shown = bodies();
    expect(shown).toContain('100');
    await asked[2]?.answer();
    expect(bodies()).toEqual(shown);
  });

  test('[P9] memory stays bounded over ten thousand messages, and the present stays in view', async () => {
    const { window, live, bodies, last } = opened(1);
    void window.open(null);
    await last()?.answer();
    for (let number = 0; number < 10_000; number += 1) live();
    expect(bodies()).toHaveLength(MOST_MESSAGES);
    expect(bodies().at(-1)).toBe('10001');
    expect(window.timeline()).toMatchObject({ before: true, after: false });
  });

  test('who reads far up is not moved: the present is let go, and is a jump away', async () => {
    const { window, live, bodies, last } = opened(1_400);
    void window.open(null);
    await last()?.answer();
    for (let turn = 0; turn < 25; turn += 1) {
      void window.before();
      await last()?.answer();
    }
    expect(bodies()).toHaveLength(MOST_MESSAGES);
    expect(window.timeline()).toMatchObject({ after: true });
    const top = bodies()[0];
    for (let number = 0; number < 50; number += 1) live();
    expect(bodies()[0]).toBe(top);
    void window.present();
    await last()?.answer();
    expect(bodies().at(-1)).toBe('1450');
  });
});
