/** What one keeps of a conversation for oneself: saved for later, unread from a message on. */
import { DIRECTS } from '@recreio/demo-school/directs.ts';
import { ROOMS } from '@recreio/demo-school/rooms.ts';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launch } from './chromium.ts';
import { say } from './conversation.ts';
import { openSchool, type School } from './school.ts';
import { enterAs, noComplaints, visit, type Visitor } from './visit.ts';

const lesson = `/sala/${ROOMS.parabola.id}`;
const direct = `/sala/${DIRECTS.find(({ people }) => people.join() === 'ana,helena')?.id ?? ''}`;

let browser: Browser;
let school: School;
let desk: Visitor;
let phone: Visitor;
let page: Page;

beforeAll(async () => {
  [browser, school] = await Promise.all([launch(), openSchool({ kind: 'demo' })]);
  [desk, phone] = await Promise.all([
    visit(browser, school.url),
    visit(browser, school.url, { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true }),
  ]);
  page = desk.page;
  for (const one of [desk, phone]) {
    one.page.setDefaultTimeout(10_000);
    await enterAs(one.page, 'helena');
  }
});

afterAll(async () => {
  await browser?.close();
  await school?.close();
});

const message = (on: Page, words: string): Locator =>
  on.locator('article[data-message]').filter({ hasText: words }).last();
const width = (on: Page): Promise<number> => on.evaluate(() => document.documentElement.scrollWidth - innerWidth);

/** By keyboard: to a message, into its rare actions, and to one of them. */
async function choose(on: Page, words: string, action: string | RegExp): Promise<void> {
  await message(on, words).focus();
  await on.keyboard.press('Enter');
  await on.keyboard.press('ArrowLeft');
  await on.keyboard.press('Enter');
  const button = on.getByRole('dialog').getByRole('button', { name: action });
  await button.focus();
  await on.keyboard.press('Enter');
}

it('[R85] a message is saved by keyboard, is on the phone at once, is gone to with a way back, and taken off by touch', async () => {
  await phone.page.goto(`${school.url}/guardadas`);
  await phone.page.getByText('Nada guardado por enquanto').waitFor();
  await page.goto(`${school.url}${lesson}`);
  await say(page, 'Corrigir a lista 7 até sexta');
  await message(page, 'Corrigir a lista 7').locator('.state--sent').waitFor();
  await choose(page, 'Corrigir a lista 7', 'Guardar para depois');
  await message(page, 'Corrigir a lista 7').getByText('guardada').waitFor();
  const card = phone.page.locator('.saved-card').filter({ hasText: 'Corrigir a lista 7' });
  await card.waitFor();
  expect(await width(phone.page)).toBeLessThanOrEqual(0);
  await card.getByRole('link').tap();
  await phone.page.locator('.msg.is-target').filter({ hasText: 'Corrigir a lista 7' }).waitFor();
  await phone.page.getByRole('button', { name: 'Voltar para onde estava' }).tap();
  await card.getByRole('button', { name: 'Tirar das guardadas' }).tap();
  await phone.page.getByText('Nada guardado por enquanto').waitFor();
  // The desk hears of it, too
  await message(page, 'Corrigir a lista 7').getByText('guardada').waitFor({ state: 'detached' });
});

it('[R86] from a message on it is unread on both, also while the room stays on the screen, until one comes back to it', async () => {
  await page.goto(`${school.url}${direct}`);
  const words = message(page, 'Obrigada').or(page.locator('article[data-message]')).last();
  await words.waitFor();
  const theirs = page.locator('.msg:not(.msg--own) article[data-message]').last();
  const id = await theirs.getAttribute('data-id');
  await phone.page.goto(school.url);
  const row = (on: Page) => on.locator(`.side .room[href="${direct}"] .badge`);
  await expect.poll(() => row(phone.page).count()).toBe(0);
  await theirs.focus();
  await page.keyboard.press('Alt+u');
  await page.locator('.fresh').waitFor();
  await row(phone.page).waitFor();
  await row(page).waitFor();
  // The divider stands where it was put, here and where one comes back to; there it is read
  await phone.page.goto(`${school.url}${direct}`);
  await phone.page.locator('.fresh').waitFor();
  expect(await phone.page.locator(`article[data-id="${id}"]`).count()).toBe(1);
  await row(page).waitFor({ state: 'detached' });
  expect([desk.complaints, phone.complaints]).toEqual([noComplaints, noComplaints]);
});
