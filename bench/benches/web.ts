/** The browser (P9): real Chromium, a signed-in student, rooms with a long past; beside it an empty page that does the least. */
import type { Browser, CDPSession, Page } from 'playwright-core';
import { launch } from '../../tests/e2e/chromium.ts';
import { done } from '../../tests/raw/person.ts';
import { uuidv7 } from '../../tests/raw/uuid.ts';
// @ts-expect-error the starting scripts are plain JavaScript, which needs no build before the first start
import { buildWeb } from '../../scripts/web-build.mjs';
import { echoes, heapOf, layBare, prepare, pressed, scrollUp } from '../stage/browser.ts';
import { quantile, short, type Spread, spreadOf } from '../stage/figures.ts';
import { type Past, seedPast } from '../stage/history.ts';
import { bound, type Bench, type Goal, type Running, type Table } from '../stage/report.ts';
import { openSchool, type Pupil } from '../stage/school.ts';

const LIST = '.scroll';
const MESSAGE = '[data-message]';
const SLOWER = 4;
const LANES = 8;
/** A chat's list, plain: what fits a few screens. */
const BARE_LINES = 100;
const MIB = 2 ** 20;

interface Sizes {
  readonly past: number;
  readonly switches: number;
  readonly text: string;
  /** What is written before, so that the browser has compiled what writing needs. */
  readonly warmUp: string;
  readonly scrollMs: number;
  readonly incoming: number;
}

const WHOLE: Sizes = {
  past: 100_000,
  switches: 30,
  text: 'uma frase como as que se escrevem na aula, com umas oitenta letras, nem mais nem menos',
  warmUp: 'umas palavras antes',
  scrollMs: 10_000,
  incoming: 10_000,
};
const TINY: Sizes = { past: 200, switches: 2, text: 'oi', warmUp: 'a', scrollMs: 300, incoming: 20 };

/** What one run found of one page. Times in ms. */
interface Found {
  readonly switches: readonly number[];
  readonly echoes: readonly number[];
  readonly frames: readonly number[];
  readonly longTasks: readonly number[];
  readonly passed: number;
  readonly heapBefore: number;
  readonly heapAfter: number;
  /** Of the code fetched before the room was drawn, as sent. */
  readonly codeBytes: number;
  /** Of that and what was fetched for later, until the newest message was there. */
  readonly codeAtMessageBytes: number;
  readonly firstMessageMs: number;
}

interface Place {
  readonly base: string;
  readonly reader: Pupil;
  readonly writers: readonly Pupil[];
  readonly pasts: readonly [Past, Past];
}

const wayTo = (room: string) => `.side a[href="/sala/${room}"]`;

/** Many say something at once; resolves with the id of the last message when all is said. */
const sayMuch = async ({ base, writers, pasts: [{ room }] }: Place, count: number): Promise<string> => {
  const lane = async (writer: Pupil, many: number): Promise<void> => {
    for (let nth = 0; nth < many; nth += 1)
      await done(base, writer, 'messages.send', { room, clientId: uuidv7(), body: `dúvida ${nth} sobre a lista` });
  };
  await Promise.all(writers.map((writer) => lane(writer, Math.ceil(count / writers.length))));
  const [writer] = writers;
  if (!writer) throw new Error('nobody writes');
  const { id = '' } = await done(base, writer, 'messages.send', { room, clientId: uuidv7(), body: 'fim' });
  return id;
};

/** Counts the bytes of code that come over the wire from now on. */
const countCode = async (cdp: CDPSession): Promise<() => number> => {
  await cdp.send('Network.enable');
  const kinds = new Map<string, string>();
  let bytes = 0;
  cdp.on('Network.responseReceived', ({ requestId, type }) => void kinds.set(requestId, type));
  cdp.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    if (kinds.get(requestId) === 'Script') bytes += encodedDataLength;
  });
  return () => bytes;
};

/** Marks the moment at which a room is there to be written in. */
const markDrawn = (page: Page): Promise<unknown> =>
  page.addInitScript(() => {
    const seen = new MutationObserver(() => {
      if (!document.querySelector('#escrever')) return;
      performance.mark('drawn');
      seen.disconnect();
    });
    seen.observe(document, { childList: true, subtree: true });
  });

/** Bytes of the code that had come over the wire by then. */
const codeDrawn = (page: Page): Promise<number> =>
  page.evaluate(() => {
    const [drawn] = performance.getEntriesByName('drawn');
    if (!drawn) throw new Error('no room was drawn');
    return (performance.getEntriesByType('resource') as PerformanceResourceTiming[])
      .filter(({ name, responseEnd }) => /\.js(?:\?|$)/u.test(name) && responseEnd <= drawn.startTime)
      .reduce((sum, { transferSize }) => sum + transferSize, 0);
  });

const shows = (id: string): string => `[data-id="${id}"]`;

/** All that is measured of Recreio, once. */
const measureOurs = async (browser: Browser, place: Place, sizes: Sizes): Promise<Found> => {
  const { base, reader, pasts } = place;
  const [deep, other] = pasts;
  const newest: Record<string, string> = {};
  for (const { room } of pasts) {
    const { messages = [] } = await done(base, reader, 'messages.page', { room, limit: 1 });
    const [last] = messages;
    if (last?.seq === undefined) throw new Error('a room with a past has a newest message');
    newest[room] = last.id;
    await done(base, reader, 'messages.markRead', { room, seq: last.seq });
  }
  const context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    locale: 'pt-BR',
    reducedMotion: 'reduce',
    serviceWorkers: 'block',
  });
  try {
    await context.addCookies([{ name: 'recreio-dev', value: reader.token, url: base }]);
    const page = await context.newPage();
    await prepare(page);
    const cdp = await context.newCDPSession(page);
    const codeBytes = await countCode(cdp);
    await markDrawn(page);
    const began = performance.now();
    await page.goto(`${base}/sala/${deep.room}`);
    await page.locator(shows(newest[deep.room] ?? '')).waitFor();
    const firstMessageMs = performance.now() - began;
    const codeAtMessageBytes = codeBytes();
    const firstCode = await codeDrawn(page);

    const box = page.locator('#escrever');
    await box.focus();
    await echoes(page, cdp, sizes.warmUp, SLOWER);
    const echoed = await echoes(page, cdp, sizes.text, SLOWER);
    await box.fill('');

    const switches: number[] = [];
    // There and back once before, so that both were fetched; it ends where it began
    for (let nth = 0; nth < sizes.switches + 2; nth += 1) {
      const { room } = nth % 2 === 0 ? other : deep;
      const took = await pressed(page, wayTo(room), shows(newest[room] ?? ''));
      if (nth >= 2) switches.push(took);
    }
    const warm = await sayMuch(place, sizes.incoming / 10);
    await page.locator(shows(warm)).waitFor();
    const heapBefore = await heapOf(cdp);
    const last = await sayMuch(place, sizes.incoming);
    await page.locator(shows(last)).waitFor({ timeout: 60_000 });
    const heapAfter = await heapOf(cdp);

    const scrolled = await scrollUp(page, LIST, MESSAGE, sizes.scrollMs);
    return {
      switches,
      echoes: echoed,
      heapBefore,
      heapAfter,
      codeBytes: firstCode,
      codeAtMessageBytes,
      firstMessageMs,
      ...scrolled,
    };
  } finally {
    await context.close();
  }
};

/** The same of a page that does the least that one can do. */
const measureBare = async (browser: Browser, sizes: Sizes): Promise<Found> => {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  try {
    const page = await context.newPage();
    await prepare(page);
    const cdp = await context.newCDPSession(page);
    await page.goto('about:blank');
    await layBare(page, BARE_LINES);
    await echoes(page, cdp, sizes.warmUp, SLOWER);
    const echoed = await echoes(page, cdp, sizes.text, SLOWER);
    const switches: number[] = [];
    for (let nth = 0; nth < sizes.switches; nth += 1) {
      const to = nth % 2 === 0 ? 'other' : 'one';
      switches.push(await pressed(page, `#${to}`, `#list .${to}`));
    }
    const heapBefore = await heapOf(cdp);
    await page.evaluate((count) => {
      const append = Reflect.get(globalThis, 'append') as (text: string) => void;
      for (let nth = 0; nth < count; nth += 1) append(`dúvida ${nth} sobre a lista`);
    }, sizes.incoming);
    const heapAfter = await heapOf(cdp);
    await layBare(page, BARE_LINES * 20);
    const scrolled = await scrollUp(page, '#list', 'article', sizes.scrollMs);
    return {
      switches,
      echoes: echoed,
      heapBefore,
      heapAfter,
      codeBytes: 0,
      codeAtMessageBytes: 0,
      firstMessageMs: 0,
      ...scrolled,
    };
  } finally {
    await context.close();
  }
};

const over = (all: readonly Found[], value: (found: Found) => number): Spread => spreadOf(all.map(value));
const tenths = (share: number) => (times: readonly number[]) => quantile(times, share);
const [p50, p95, p99] = [tenths(0.5), tenths(0.95), tenths(0.99)];

const tablesOf = (ours: readonly Found[], bare: readonly Found[], sizes: Sizes): Table[] => {
  const table = (
    title: string,
    what: string,
    [unit, value]: readonly [string, (found: Found) => number],
    more: Readonly<Record<string, (found: Found) => number>>,
    goal: (ours: Spread) => Goal,
    bareName: string | null,
  ): Table => {
    const row = (system: string, all: readonly Found[]) => ({
      system,
      figure: over(all, value),
      more: Object.fromEntries(Object.entries(more).map(([name, of]) => [name, short(over(all, of).median)])),
    });
    return {
      title,
      what,
      unit,
      isMoreBetter: false,
      rows: [row('Recreio', ours), ...(bareName !== null && bare.length > 0 ? [row(bareName, bare)] : [])],
      goals: [goal(over(ours, value))],
      notes: [],
    };
  };
  const past = short(sizes.past);
  const incoming = short(sizes.incoming);
  return [
    table(
      'From room to room',
      `${sizes.switches} times between two rooms of ${past} messages that were open before, from the press to the frame that shows the other's newest message.`,
      ['p95 ms', ({ switches }) => p95(switches)],
      { 'p50 ms': ({ switches }) => p50(switches) },
      ({ median }) => bound('P9: room switch ≤ 100 ms from cache', median, (ms) => ms <= 100),
      'an empty page that lays 100 plain lines',
    ),
    table(
      'From a key to its letter',
      `${sizes.text.length} letters after a few to warm up, with the processor ${SLOWER} times as slow, from the key to the frame that shows it.`,
      ['p95 ms', ({ echoes: those }) => p95(those)],
      { 'p50 ms': ({ echoes: those }) => p50(those) },
      ({ median }) => bound('P9: echo ≤ 50 ms at 4 × CPU slowdown', median, (ms) => ms <= 50),
      'an empty page with a box',
    ),
    table(
      `Scrolling up in a room of ${past} messages`,
      `The wheel turned for ${sizes.scrollMs / 1000} s.`,
      ['tasks over 50 ms', ({ longTasks }) => longTasks.length],
      {
        'longest ms': ({ longTasks }) => Math.max(0, ...longTasks),
        'frame p99 ms': ({ frames }) => p99(frames),
        'messages passed': ({ passed }) => passed,
      },
      ({ median }) => bound('P9: no task over 50 ms', median, (count) => count === 0),
      'plain lines, all there',
    ),
    table(
      `The heap after ${incoming} incoming messages`,
      `By ${LANES} people as fast as they are answered, into the room that is open, after a tenth as many before; garbage collected.`,
      ['MiB more', ({ heapBefore, heapAfter }) => Math.max(0, heapAfter - heapBefore) / MIB],
      { 'MiB before': ({ heapBefore }) => heapBefore / MIB, 'MiB after': ({ heapAfter }) => heapAfter / MIB },
      ({ median }) => bound('P9: memory flat: ≤ 2 MiB more', median, (mib) => mib <= 2),
      'plain lines, all kept',
    ),
    table(
      'The first load of a room',
      'With an empty cache: the code that came over the wire before the room was drawn; with what is fetched for later until the newest message was there, and how long that took.',
      ['kB of code', ({ codeBytes }) => codeBytes / 1000],
      {
        'kB at the newest message': ({ codeAtMessageBytes }) => codeAtMessageBytes / 1000,
        'ms to the newest message': ({ firstMessageMs }) => firstMessageMs,
      },
      ({ median }) => bound('P9: first load ≤ 200 kB', median, (kb) => kb <= 200),
      null,
    ),
  ];
};

const measure = async (running: Running): Promise<Table[]> => {
  const sizes = running.isTiny ? TINY : WHOLE;
  await buildWeb({ node: process.execPath, env: process.env });
  running.say(`Setting up two rooms of ${short(sizes.past)} messages`);
  const school = await openSchool([LANES + 1, 1]);
  const ours: Found[] = [];
  const bare: Found[] = [];
  try {
    const [deep, other] = await seedPast(school, sizes.past, running.say);
    const [reader, ...writers] = school.rooms[0]?.pupils ?? [];
    if (!deep || !other || !reader) throw new Error('there are two rooms and somebody who reads');
    const server = await school.serve();
    const browser = await launch();
    try {
      await done(server.url, reader, 'members.join', { room: other.room });
      const place: Place = {
        base: server.url.replace('127.0.0.1', 'localhost'),
        reader,
        writers,
        pasts: [deep, other],
      };
      for (let nth = 0; nth < running.runs; nth += 1) {
        ours.push(await measureOurs(browser, place, sizes));
        if (!running.isAlone) bare.push(await measureBare(browser, sizes));
        running.say(`  run ${nth + 1} of ${running.runs}`);
      }
    } finally {
      await browser.close();
      await server.stop();
    }
  } finally {
    await school.close();
  }
  return tablesOf(ours, bare, sizes);
};

/** P9. */
export const web: Bench = {
  name: 'web',
  about: 'the browser: from room to room, from key to letter, scrolling, memory, first load',
  run: measure,
};
