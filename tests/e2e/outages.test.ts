import { ROOMS } from '@recreio/demo-school/rooms.ts';
import { DIRECTS } from '@recreio/demo-school/directs.ts';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { randomOf } from '../fuzz/random.ts';
import { type SharedPostgres, startPostgres } from '../process/postgres.ts';
import { launch } from './chromium.ts';
import { box, historyOf, readList, say } from './conversation.ts';
import { type Outage, Outages } from './outages.ts';
import { openSchool, type School } from './school.ts';
import { enterAs, noComplaints, visit, type Visitor } from './visit.ts';

/** How many each of the two writes; the long form is asked for by E2E_MESSAGES. */
const EACH = Number(process.env['E2E_MESSAGES'] ?? 200);
const SEED = Number(process.env['E2E_SEED'] ?? 20_261_122);
/** They go from the lesson's room to their private conversation and back this often. */
const LEGS = 4;

const lesson = ROOMS.parabola.id;
const direct = DIRECTS.find(({ people }) => people.join() === 'ana,helena')?.id ?? '';

let browser: Browser;
let postgres: SharedPostgres;
let school: School;
let ana: Visitor;
let helena: Visitor;

beforeAll(async () => {
  [browser, postgres] = await Promise.all([launch(), startPostgres()]);
  school = await openSchool({ kind: 'demo', databaseUrl: postgres.url });
  [ana, helena] = await Promise.all([visit(browser, school.url), visit(browser, school.url)]);
  await enterAs(ana.page, 'ana');
  await enterAs(helena.page, 'helena');
});

afterAll(async () => {
  await browser?.close();
  await school?.close();
  await postgres?.stop();
});

const legOf = (nth: number): number => Math.floor((nth * LEGS) / EACH);

/**
 * Into a room by the list of rooms, as a person goes, who sees it before they write. The address is there sooner: on a busy
 * machine the box of the room before stands there for seconds more, and what is typed into it is said in that room.
 */
async function goTo(page: Page, room: string): Promise<void> {
  const way = page.locator(`.side a[href="/sala/${room}"]`);
  await way.click();
  // Drawn in one with the conversation
  await way.and(page.locator('[aria-current="page"]')).waitFor();
  await box(page).waitFor();
}

/** Says it, and sees that it left the box: what stays there was not lost but never sent. */
async function sayWhole(page: Page, room: string, text: string): Promise<void> {
  await say(page, text);
  const left = await box(page).inputValue();
  const at = new URL(page.url()).pathname;
  expect({ left, at }, `after “${text}” and Enter`).toEqual({ left: '', at: `/sala/${room}` });
}

/** What still stands in a page as not sent, with its state. */
const unsentIn = ({ page }: Visitor): Promise<string[]> =>
  page.locator('article:has(.state--queued, .state--sending, .state--failed)').allTextContents();

/** To the newest message: a room that has much that is new opens where that begins. */
async function toPresent(page: Page, last: string): Promise<void> {
  const newest = page.locator(`[data-id="${last}"]`);
  const way = page.getByRole('button', { name: /^Ir para o presente/ });
  // The button goes by itself when one is there, and the list may be on its way
  const step = async () => {
    await way.evaluateAll(([button]) => (button as HTMLElement | undefined)?.click());
    return await newest.count();
  };
  await expect.poll(step, { timeout: 30_000 }).toBe(1);
}

/** Outages spread over the talk by the seed: one in each sixth of it, in any order. */
function planOf(total: number): { at: number; outage: Outage }[] {
  const random = randomOf(SEED);
  const kinds: Outage[] = [
    'kill-server',
    'kill-postgres',
    'kill-server',
    'kill-postgres-during-commit',
    'kill-server',
    'kill-postgres',
  ];
  const part = total / (kinds.length + 1);
  return kinds
    .map((outage) => ({ outage, order: random.next() }))
    .sort((one, other) => one.order - other.order)
    .map(({ outage }, nth) => ({ outage, at: Math.floor(part * (nth + 0.3 + 0.4 * random.next())) }));
}

it(`[D1] [D5] [D13] two people, ${EACH} messages a side in a room and in private, six kills: each list is the history (seed ${SEED})`, {
  timeout: 60_000 + EACH * 1200,
}, async () => {
  const [inLesson, inPrivate] = await Promise.all([
    historyOf(ana.context.request, school.url, lesson),
    historyOf(ana.context.request, school.url, direct),
  ]);
  const outages = new Outages(school, postgres, planOf(2 * EACH));
  let written = 0;
  let queued = 0;
  /** Ana is without a network in the middle of the third leg. */
  const offline = { from: Math.floor(EACH * 0.55), to: Math.floor(EACH * 0.7) };

  const talk = async ({ page, context }: Visitor, name: string, mayGoOffline: boolean) => {
    for (let nth = 0; nth < EACH; nth++) {
      const room = legOf(nth) % 2 === 0 ? lesson : direct;
      if (nth === 0 || legOf(nth) !== legOf(nth - 1)) await goTo(page, room);
      if (mayGoOffline && nth === offline.from) await context.setOffline(true);
      if (mayGoOffline && nth === offline.to) {
        await page.locator('.state--queued').first().waitFor();
        queued = await page.locator('.state--queued').count();
        await context.setOffline(false);
      }
      await sayWhole(page, room, `${name} ${nth}`);
      await outages.advance(++written);
    }
  };
  await Promise.all([talk(ana, 'Ana', true), talk(helena, 'Helena', false)]);
  await outages.rest();

  // The premises: what was to go wrong went wrong
  expect(outages.done.filter((outage) => outage === 'kill-server')).toHaveLength(3);
  expect(outages.done.filter((outage) => outage !== 'kill-server')).toHaveLength(3);
  expect(outages.unheard).toHaveLength(1);
  expect(outages.unheard[0]?.after).toBeGreaterThan(outages.unheard[0]?.before ?? 0);
  expect(queued).toBeGreaterThan(0);

  for (const [room, before, parity] of [
    [lesson, inLesson, 0],
    [direct, inPrivate, 1],
  ] as const) {
    const numbers = Array.from({ length: EACH }, (_, nth) => nth).filter((nth) => legOf(nth) % 2 === parity);
    const expected = before.length + 2 * numbers.length;
    // By their words, so that a loss says which one, and where it stands on the screens of the two
    const missing = async () => {
      const bodies = new Set((await historyOf(ana.context.request, school.url, room)).map(({ body }) => body));
      const typed = ['Ana', 'Helena'].flatMap((name) => numbers.map((nth) => `${name} ${nth}`));
      const notInHistory = typed.filter((text) => !bodies.has(text));
      if (notInHistory.length === 0) return [];
      return [{ notInHistory, onScreens: await Promise.all([ana, helena].map(unsentIn)) }];
    };
    await expect.poll(missing, { timeout: 60_000 }).toEqual([]);
    const history = await historyOf(ana.context.request, school.url, room);
    expect(history).toHaveLength(expected);
    expect(await historyOf(helena.context.request, school.url, room)).toEqual(history);
    expect(new Set(history.map(({ id }) => id)).size).toBe(expected);
    // What each wrote is there once, in the order in which it was written
    const said = history.slice(before.length).map(({ body }) => body);
    for (const name of ['Ana', 'Helena'])
      expect(said.filter((body) => body.startsWith(name))).toEqual(numbers.map((nth) => `${name} ${nth}`));
    const [first, last] = [history[0]?.id ?? '', history.at(-1)?.id ?? ''];
    for (const { page } of [ana, helena]) {
      await goTo(page, room);
      await toPresent(page, last);
      expect(await readList(page, first, last)).toEqual(history.map(({ id, seq }) => ({ id, seq })));
    }
  }
});

/** The sizes of the drafts that the browser keeps: a crash may take the last second of typing, so the test waits for it. */
const draftsKept = (page: Page): Promise<number[]> =>
  page.evaluate(
    () =>
      new Promise<number[]>((resolve, reject) => {
        const opening = indexedDB.open('recreio');
        opening.addEventListener('error', () => reject(new Error('the storage does not open')));
        opening.addEventListener('success', () => {
          const all = opening.result.transaction('drafts').objectStore('drafts').getAll();
          all.addEventListener('success', () => {
            opening.result.close();
            resolve((all.result as { data: ArrayBuffer }[]).map(({ data }) => data.byteLength));
          });
        });
      }),
  );
/** JSON of a draft, and the tag of AES-GCM. */
const sealedBytes = (body: string): number => JSON.stringify({ body, base: 0, isUntold: true }).length + 16;

it('[D3] what was typed and not sent is there after a reload', async () => {
  const words = 'ainda estou pensando nisso';
  await box(ana.page).focus();
  await ana.page.keyboard.type(words);
  await expect
    .poll(async () => Math.max(0, ...(await draftsKept(ana.page))))
    .toBeGreaterThanOrEqual(sealedBytes(words));
  await ana.page.reload();
  await expect.poll(() => box(ana.page).inputValue()).toBe(words);
  // Also where the browser gives it back after the box is there
  await ana.page.addInitScript(`{
    const { subtle } = crypto;
    const decrypt = subtle.decrypt.bind(subtle);
    subtle.decrypt = async (...given) => {
      await new Promise((resolve) => setTimeout(resolve, 2_500));
      return await decrypt(...given);
    };
  }`);
  await ana.page.reload();
  await box(ana.page).waitFor();
  await expect.poll(() => box(ana.page).inputValue()).toBe(words);
});

it('[CSP] in all of that no policy was broken, nobody else was asked, and nothing was thrown', () => {
  for (const { complaints } of [ana, helena]) expect(complaints).toEqual(noComplaints);
});
