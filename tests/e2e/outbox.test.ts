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
  wire.isMute = false;
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

/** The process that draws the tab: it is asked to work, and which one did is seen. */
async function pidOf(page: Page): Promise<number> {
  const session = await browser.context.browser()?.newBrowserCDPSession();
  if (session === undefined) throw new Error('a browser has a session of its own');
  const times = async () => {
    const { processInfo } = await session.send('SystemInfo.getProcessInfo');
    return new Map(processInfo.filter(({ type }) => type === 'renderer').map(({ id, cpuTime }) => [id, cpuTime]));
  };
  const before = await times();
  await page.evaluate(() => {
    const until = performance.now() + 400;
    while (performance.now() < until);
  });
  const after = await times();
  await session.detach();
  const worked = [...after].map(([id, time]) => ({ id, ms: time - (before.get(id) ?? time) }));
  const [busiest] = worked.sort((one, other) => other.ms - one.ms);
  if (busiest === undefined) throw new Error('some process draws the tab');
  return busiest.id;
}

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

it('[R32] [D13] two tabs have one connection; the one that holds it hangs, and the other goes on', async () => {
  const sockets: string[] = [];
  browser.context.on('page', (page) => page.on('websocket', (socket) => sockets.push(socket.url())));
  const [first, second] = [await openRoom(), await openRoom()];
  expect(sockets.length).toBeGreaterThan(0);
  const before = sockets.length;
  await say(second, 'por um fio 1');
  for (const page of [first, second]) await shown(page, 'por um fio 1').and(page.locator('[data-id]')).waitFor();
  // The leader's process stands still, as when a tab is frozen; only the profile knows which process is whose
  const leader = await pidOf(first);
  expect(await pidOf(second)).not.toBe(leader);
  process.kill(leader, 'SIGSTOP');
  try {
    await second.bringToFront();
    await say(second, 'por um fio 2');
    await shown(second, 'por um fio 2').and(second.locator('[data-id]')).waitFor();
    expect(sockets.length).toBe(before + 1);
  } finally {
    process.kill(leader, 'SIGCONT');
  }
  for (const page of [first, second])
    await shown(page, 'por um fio 2').and(page.locator('[data-id]')).waitFor({ timeout: 30_000 });
  expect(await said(second, 'por um fio')).toEqual(['por um fio 1', 'por um fio 2']);
});

it('[R56] on a shared computer nothing unsent goes out under the next name, and it waits for the first', async () => {
  const page = await openRoom();
  wire.isUp = false;
  await say(page, 'só minha');
  await expect.poll(() => kept(page)).toBe(1);
  await restart();
  wire.isUp = true;
  await browser.context.clearCookies(); // the session ended meanwhile
  const next = await openRoom('helena');
  await say(next, 'e agora eu');
  await shown(next, 'e agora eu').and(next.locator('[data-id]')).waitFor();
  expect(await said(next, 'só minha')).toEqual([]);
  expect(await kept(next)).toBe(1);
  await next.close();
  await browser.context.clearCookies();
  const back = await openRoom('ana');
  await expect.poll(() => said(back, 'só minha'), { timeout: 30_000 }).toEqual(['só minha']);
  await expect.poll(() => kept(back)).toBe(0);
});

it('[D3] signing out with something unsent asks first, and clears it then', async () => {
  const page = await openRoom();
  wire.isMute = true;
  await say(page, 'fica no ar');
  await expect.poll(() => kept(page)).toBe(1);
  const leave = async () => {
    await page.getByRole('button', { name: /Ana Beatriz/ }).click();
    await page.getByRole('menuitem', { name: 'Sair' }).click();
    await page.getByRole('alertdialog', { name: 'Sair sem enviar?' }).waitFor();
  };
  await leave();
  await page.getByRole('button', { name: 'Cancelar' }).click();
  expect(await kept(page)).toBe(1);
  await leave();
  await page.getByRole('button', { name: 'Apagar e sair' }).click();
  await page.locator('.door').waitFor();
  await expect.poll(() => kept(page)).toBe(0);
});

it('[D3] a browser that keeps nothing says so, and sends all the same', async () => {
  await browser.context.addInitScript(() =>
    Object.defineProperty(window, 'indexedDB', {
      get: () => {
        throw new DOMException('denied', 'SecurityError');
      },
    }),
  );
  const page = await openRoom();
  wire.isUp = false;
  await say(page, 'sem memória');
  await page.getByText('Este navegador não está guardando o que você escreve.').waitFor();
  wire.isUp = true;
  await expect.poll(() => said(page, 'sem memória'), { timeout: 40_000 }).toEqual(['sem memória']);
  await page.getByText('Este navegador não está guardando').waitFor({ state: 'detached' });
});
