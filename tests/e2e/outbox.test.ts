/** What is written and not sent, in a real browser whose tab, whose process and whose network die. */
import { ROOMS } from '@recreio/demo-school/rooms.ts';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { type Folder, makeFolder } from '../process/folder.ts';
import { type AckLoser, freePort, openAckLoser } from './ack-loser.ts';
import { type LastingBrowser, launchLasting } from './chromium.ts';
import { box, historyOf, say } from './conversation.ts';
import { openSchool, type School } from './school.ts';
import { type Entrance, enterAs } from './visit.ts';

const lesson = ROOMS.parabola.id;

let wire: AckLoser;
let school: School;
let profile: Folder;
let browser: LastingBrowser;
let base: string;

beforeAll(async () => {
  const port = await freePort();
  wire = await openAckLoser(port);
  base = `http://localhost:${wire.port}`;
  school = await openSchool({ kind: 'demo', port, env: { PUBLIC_URL: base } });
});

beforeEach(async () => {
  wire.isUp = true;
  wire.isLosing = false;
  profile = makeFolder('profile');
  browser = await launchLasting(profile.path);
});

afterEach(async () => {
  await browser.kill();
  profile.remove();
});

afterAll(async () => {
  await school?.close();
  await wire?.close();
});

/** Opens a tab at the room; signs in where the browser has forgotten who one is. */
async function openRoom(person: Entrance = 'ana'): Promise<Page> {
  const page = await browser.context.newPage();
  await page.goto(`${base}/sala/${lesson}`);
  await page.locator('.side .room, .door').first().waitFor({ state: 'attached' });
  if ((await page.locator('.side').count()) === 0) await enterAs(page, person);
  await page.goto(`${base}/sala/${lesson}`);
  await box(page).waitFor();
  return page;
}

/** How many messages the browser has on its disk. */
const kept = (page: Page): Promise<number> =>
  page.evaluate(
    () =>
      new Promise<number>((resolve, reject) => {
        const request = indexedDB.open('recreio');
        request.addEventListener('error', () => reject(request.error ?? new Error('no database')));
        request.addEventListener('success', () => {
          const count = request.result.transaction('unsent').objectStore('unsent').count();
          count.addEventListener('success', () => {
            request.result.close();
            resolve(count.result);
          });
        });
      }),
  );

const shown = (page: Page, words: string) => page.locator('article[data-message]').filter({ hasText: words });

/** Ends the tab's process without a word. */
async function crash(page: Page): Promise<void> {
  const session = await browser.context.newCDPSession(page);
  const crashed = page.waitForEvent('crash');
  session.send('Page.crash').catch(() => undefined); // nobody is left to answer
  await crashed;
}

async function restart(): Promise<void> {
  await browser.kill();
  browser = await launchLasting(profile.path);
}

/** What Ana has said in the room that begins like this, in the order of the log. */
async function said(page: Page, beginning: string): Promise<string[]> {
  const history = await historyOf(page.context().request, base, lesson);
  return history.map(({ body }) => body).filter((body) => body.startsWith(beginning));
}

const five = (beginning: string) => [1, 2, 3, 4, 5].map((nth) => `${beginning} ${nth}`);

it('[D3] [D9] five messages written offline, the tab and the browser killed, each answer lost once: five, in order', async () => {
  const before = wire.lost.size;
  const page = await openRoom();
  wire.isUp = false;
  for (const words of five('sozinha')) await say(page, words);
  await shown(page, 'sozinha 5').locator('.state--queued').waitFor();
  await expect.poll(() => kept(page)).toBe(5);
  await crash(page);
  await restart();
  wire.isUp = true;
  wire.isLosing = true;
  const again = await openRoom();
  await expect.poll(() => said(again, 'sozinha'), { timeout: 60_000 }).toEqual(five('sozinha'));
  await expect.poll(() => kept(again), { timeout: 30_000 }).toBe(0);
  expect(wire.lost.size - before).toBe(5);
  for (const words of five('sozinha')) await expect.poll(() => shown(again, words).count()).toBe(1);
  await expect.poll(() => again.locator('.state--queued, .state--sending, .state--failed').count()).toBe(0);
});

it('[D3] [D9] the same with two tabs that write in turn', async () => {
  const before = wire.lost.size;
  const tabs = [await openRoom(), await openRoom()];
  wire.isUp = false;
  for (const [nth, words] of five('a duas').entries()) {
    const [here, there] = [tabs[nth % 2], tabs[(nth + 1) % 2]];
    if (here === undefined || there === undefined) throw new Error('there are two tabs');
    await here.bringToFront();
    await say(here, words);
    await shown(there, words).locator('.state--queued').waitFor(); // both show one queue
  }
  const [first, second] = tabs;
  if (first === undefined || second === undefined) throw new Error('there are two tabs');
  await expect.poll(() => kept(second)).toBe(5);
  await crash(first);
  await restart();
  wire.isUp = true;
  wire.isLosing = true;
  const again = [await openRoom(), await openRoom()];
  for (const page of again) {
    await expect.poll(() => said(page, 'a duas'), { timeout: 60_000 }).toEqual(five('a duas'));
    for (const words of five('a duas')) await expect.poll(() => shown(page, words).count()).toBe(1);
    await expect.poll(() => page.locator('.state--queued, .state--sending, .state--failed').count()).toBe(0);
    await expect.poll(() => kept(page), { timeout: 30_000 }).toBe(0);
  }
  expect(wire.lost.size - before).toBe(5);
});
