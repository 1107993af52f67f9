/** Where a conversation stands on the screen: at what is new when it opens, at the present for who is there, and else where one left it. */
import { ROOMS } from '@recreio/demo-school/rooms.ts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Browser, Page } from 'playwright-core';
import { ask, route } from '../raw/http.ts';
import { uuidv7 } from '../raw/uuid.ts';
import type { WireOutput } from '../raw/wire.ts';
import { launch } from './chromium.ts';
import { box } from './conversation.ts';
import { openSchool, type School } from './school.ts';
import { settle } from './screens.ts';
import { enterAs, noComplaints, visit, type Visitor } from './visit.ts';

let browser: Browser;
let school: School;

beforeAll(async () => {
  [browser, school] = await Promise.all([launch(), openSchool({ kind: 'demo' })]);
});

afterAll(async () => {
  await browser?.close();
  await school?.close();
});

it('[ux] a room opens at the first unread message, however late the browser draws', async () => {
  const { page, context, complaints } = await visit(browser, school.url);
  // What nobody looks at is not read: it is unread at every visit
  await context.addInitScript(() => {
    Object.defineProperty(document, 'visibilityState', { get: () => 'hidden' });
    const frame = window.requestAnimationFrame.bind(window);
    // A browser that is late: what is asked for in one frame is answered before the next
    window.requestAnimationFrame = (callback) => frame(() => setTimeout(() => callback(performance.now()), 150));
  });
  await enterAs(page, 'helena');
  for (let visits = 0; visits < 4; visits += 1) {
    await page.goto('about:blank');
    await page.goto(`${school.url}/sala/${ROOMS.parabola.id}`);
    await settle(page);
    const divider = page.locator('.fresh');
    await divider.waitFor({ state: 'attached' });
    // It stays there while older messages may come in above
    await page.waitForFunction(() => document.querySelectorAll('.wall').length > 0);
    const place = await divider.boundingBox();
    const view = await page.locator('.scroll').boundingBox();
    expect(place !== null && view !== null && place.y >= view.y && place.y < view.y + view.height).toBe(true);
  }
  expect(complaints).toEqual(noComplaints);
  await context.close();
});

/** Says so much at once in a room, as a program with the person's cookie does; resolves with the ids when all of it is said. */
const pour = async ({ context }: Visitor, room: string, many: number): Promise<string[]> => {
  const [cookie] = await context.cookies();
  const said = Array.from({ length: many }, async (_, nth) => {
    const { body } = await ask(school.url, 'POST', route('messages.send', { room }).path, {
      cookie: `${cookie?.name}=${cookie?.value}`,
      origin: school.url,
      body: { clientId: uuidv7(), body: `gota ${nth}` },
    });
    return body.id ?? '';
  });
  return await Promise.all(said);
};

/** The first message in sight, and where it stands. */
const placeOf = (page: Page) =>
  page.locator('article[data-message]').evaluateAll((those) => {
    const inSight = those.find((one) => one.getBoundingClientRect().top > 120);
    return { id: inSight?.dataset['id'] ?? '', top: inSight?.getBoundingClientRect().top ?? 0 };
  });

/** By how many pixels it stands elsewhere now. */
const movedSince = async (page: Page, { id, top }: { id: string; top: number }): Promise<number> => {
  const there = await page.locator(`article[data-id="${id}"]`).boundingBox();
  return Math.abs((there?.y ?? Number.POSITIVE_INFINITY) - top);
};

it('[ux] who is at the present stays there however much comes at once; who reads further up stays there, too', async () => {
  const [reader, writer] = await Promise.all([visit(browser, school.url), visit(browser, school.url)]);
  const { page } = reader;
  page.setDefaultTimeout(10_000);
  await Promise.all([enterAs(page, 'ana'), enterAs(writer.page, 'helena')]);
  await page.goto(`${school.url}/sala/${ROOMS.parabola.id}`);
  await box(page).waitFor();
  await page.locator('article[data-message]').first().waitFor();
  const way = page.getByRole('button', { name: /^Ir para o presente/ });
  const list = page.locator('.scroll');
  const fromEnd = () => list.evaluate((one) => one.scrollHeight - one.clientHeight - one.scrollTop);
  // The way back is offered a moment after one is away
  await expect
    .poll(async () => {
      if (await way.isVisible()) await way.click();
      return await fromEnd();
    })
    .toBeLessThan(2);
  const all = new Set<string>();
  // On a device that draws more slowly than it all comes
  const cdp = await reader.context.newCDPSession(page);
  await cdp.send('Emulation.setCPUThrottlingRate', { rate: 6 });
  for (let wave = 0; wave < 2; wave += 1) {
    for (const id of await pour(writer, ROOMS.parabola.id, 150)) all.add(id);
    await expect
      .poll(() => page.locator('article[data-message]').last().getAttribute('data-id'))
      .toSatisfy((id) => all.has(id));
    await expect.poll(fromEnd).toBeLessThan(2);
  }
  await way.waitFor({ state: 'detached' });
  await cdp.send('Emulation.setCPUThrottlingRate', { rate: 1 });

  // A wheel goes by small steps, the first of them near the end
  await list.hover();
  for (let step = 0; step < 12; step += 1) await page.mouse.wheel(0, -50);
  await way.waitFor();
  const place = await placeOf(page);
  await pour(writer, ROOMS.parabola.id, 60);
  await way.getByText('60 novas mensagens').waitFor({ state: 'attached' });
  expect(await movedSince(page, place)).toBeLessThan(2);

  // On a phone the people lie over the conversation, which goes on below them
  await page.setViewportSize({ width: 360, height: 740 });
  await way.waitFor();
  const before = await placeOf(page);
  await page.locator(`a[href="/sala/${ROOMS.parabola.id}/pessoas"]:visible`).first().click();
  await list.waitFor({ state: 'hidden' });
  await pour(writer, ROOMS.parabola.id, 3);
  await page.goBack();
  await way.getByText('63 novas mensagens').waitFor({ state: 'attached' });
  expect(await movedSince(page, before)).toBeLessThan(2);
  for (const one of [reader, writer]) {
    expect(one.complaints).toEqual(noComplaints);
    await one.context.close();
  }
});

it('[ux] a room that was open before opens at what came in meanwhile, and the rest of that stays unread', async () => {
  const [reader, writer] = await Promise.all([visit(browser, school.url), visit(browser, school.url)]);
  const { page } = reader;
  page.setDefaultTimeout(10_000);
  await Promise.all([enterAs(page, 'ana'), enterAs(writer.page, 'helena')]);
  const { id } = ROOMS.parabola;
  const open = async (room: string) => {
    await page.locator(`.side .room[href="/sala/${room}"]`).click();
    await page.waitForURL(`${school.url}/sala/${room}`);
    await page.locator('article[data-message]').first().waitFor();
  };
  const unread = async () => {
    const answer = await reader.context.request.get(`${school.url}${route('rooms.mine', {}).path}`);
    const { rooms = [] } = (await answer.json()) as WireOutput;
    return rooms.find(({ room }) => room.id === id)?.mine.unread;
  };
  const list = page.locator('.scroll');
  const fromEnd = () => list.evaluate((one) => one.scrollHeight - one.clientHeight - one.scrollTop);
  const way = page.getByRole('button', { name: /^Ir para o presente/ });
  await page.goto(`${school.url}/sala/${id}`);
  await box(page).waitFor();
  await expect
    .poll(async () => {
      if (await way.isVisible()) await way.click();
      return await unread();
    })
    .toBe(0);

  await open(ROOMS.maths.id);
  await pour(writer, id, 30);
  await expect.poll(unread).toBe(30);
  await open(id);
  const divider = page.locator('.fresh');
  await divider.waitFor();
  await way.getByText(/novas mensagens/).waitFor({ state: 'attached' });
  // What stands on the screen this long is read, and no more than that
  await expect.poll(unread).toBeLessThan(30);
  const left = await unread();
  expect(left).toBeGreaterThan(0);
  const place = await divider.boundingBox();
  const view = await list.boundingBox();
  expect(place !== null && view !== null && place.y >= view.y && place.y < view.y + view.height).toBe(true);

  // Who finds nothing new is at the present, and stays there
  await way.click();
  await expect.poll(unread).toBe(0);
  await open(ROOMS.maths.id);
  await open(id);
  await pour(writer, id, 12);
  await expect.poll(unread).toBe(0);
  expect(await fromEnd()).toBeLessThan(2);
  for (const one of [reader, writer]) {
    expect(one.complaints).toEqual(noComplaints);
    await one.context.close();
  }
});
