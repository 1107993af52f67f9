/** What is written in the very moment in which tabs ask the storage what there is to send. */
import { describe, expect, test } from 'vitest';
import type { Kept, Keeping } from './keeping.ts';
import { openBrowser } from './testing/browser.ts';
import { manualClock, settle } from './testing/clock.ts';
import { messagesAt } from './testing/log.ts';
import { openSchool } from './testing/school.ts';
import { words } from './testing/visit.ts';

const gate = () => {
  let release: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => {
    release = resolve;
  });
  return { opened, release };
};

/** A storage that has looked, and answers late: what was written since is not in its answer. */
const slowToRead = (keeping: Keeping) => {
  const held = gate();
  let reads = 0;
  let isSlow = false;
  return {
    hold: () => {
      isSlow = true;
    },
    reads: () => reads,
    release: held.release,
    keeping: {
      ...keeping,
      async open(account: string): Promise<Kept> {
        const kept = await keeping.open(account);
        if (!isSlow) return kept;
        reads += 1;
        await held.opened;
        return kept;
      },
    } satisfies Keeping,
  };
};

const open = () => {
  const clock = manualClock(Date.UTC(2026, 10, 2, 13));
  const school = openSchool(clock.now);
  const log = school.room(1);
  const browser = openBrowser(school, clock);
  const bodies = () => messagesAt(log, log.events.length).map(({ body }) => body);
  return { clock, school, log, browser, bodies };
};

describe('[D3] [R40] written while a tab reads what there is to send', () => {
  test('in the tab that begins to send: it is sent, and stays in sight', async () => {
    const { clock, log, browser, bodies } = open();
    const first = browser.tab();
    first.client.start();
    await settle();
    const storage = slowToRead(browser.keeping);
    const second = browser.tab({ keeping: storage.keeping });
    second.client.start();
    await settle();
    const room = second.client.room(log.room);
    room.open();
    storage.hold();
    first.kill();
    await settle();
    expect(storage.reads()).toBe(1);
    room.send({ body: 'in between' });
    await settle();
    storage.release();
    await clock.advance(2_000);
    expect(bodies()).toEqual(['in between']);
    expect(words(room)).toEqual(['in between']);
  });

  test('in another tab: the one that begins to send takes it, too', async () => {
    const { clock, log, browser, bodies } = open();
    const first = browser.tab();
    first.client.start();
    await settle();
    const storage = slowToRead(browser.keeping);
    const [second, third] = [browser.tab({ keeping: storage.keeping }), browser.tab()];
    for (const { client } of [second, third]) {
      client.start();
      await settle();
    }
    const room = third.client.room(log.room);
    room.open();
    storage.hold();
    first.kill();
    await settle();
    expect(storage.reads()).toBe(1);
    room.send({ body: 'in between' });
    await settle();
    storage.release();
    await clock.advance(2_000);
    expect(bodies()).toEqual(['in between']);
    expect(words(room)).toEqual(['in between']);
  });

  test('in a tab whose own storage is slow to open and to write: not taken for one that was answered long ago', async () => {
    const { clock, log, browser, bodies } = open();
    const first = browser.tab();
    first.client.start();
    await settle();
    const storage = slowToRead(browser.keeping);
    storage.hold();
    const written = gate();
    const keeping: Keeping = {
      ...storage.keeping,
      async put(...message) {
        await written.opened;
        return await browser.keeping.put(...message);
      },
    };
    const second = browser.tab({ keeping });
    second.client.start();
    await clock.advance(1_000); // as long as a screen waits for its storage
    const room = second.client.room(log.room);
    room.open();
    await settle();
    room.send({ body: 'early' });
    await settle();
    storage.release();
    await settle();
    expect(words(room)).toEqual(['early (sending)']);
    written.release();
    await clock.advance(2_000);
    expect(bodies()).toEqual(['early']);
    expect(words(room)).toEqual(['early']);
  });
});
