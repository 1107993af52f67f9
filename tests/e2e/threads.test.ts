import { ROOMS } from '@recreio/demo-school/rooms.ts';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launch } from './chromium.ts';
import { say } from './conversation.ts';
import { openSchool, type School } from './school.ts';
import { enterAs, narrow, noComplaints, tooWide, visit, type Visitor } from './visit.ts';

const room = `/sala/${ROOMS.parabola.id}`;
const question = 'Alguém me explica o passo 2?';

let browser: Browser;
let school: School;
let ana: Visitor;
let helena: Visitor;

beforeAll(async () => {
  [browser, school] = await Promise.all([launch(), openSchool({ kind: 'demo' })]);
  [ana, helena] = await Promise.all([visit(browser, `${school.url}${room}`), visit(browser, `${school.url}${room}`)]);
  await Promise.all([enterAs(ana.page, 'ana'), enterAs(helena.page, 'helena')]);
  for (const { page } of [ana, helena]) page.setDefaultTimeout(20_000);
});

afterAll(async () => {
  await browser?.close();
  await school?.close();
});

const inRoom = (page: Page, words: string): Locator =>
  page.locator('.main article[data-message]').filter({ hasText: words });
const panel = (page: Page): Locator => page.locator('.panel--thread');
const box = (page: Page): Locator => page.locator('#escrever-fio');
const badge = (page: Page): Locator => page.locator('.side a[href="/fios"] .badge');

async function answer(page: Page, words: string): Promise<void> {
  await box(page).focus();
  await page.keyboard.type(words);
  await page.keyboard.press('Enter');
  await panel(page).getByText(words).waitFor();
}

it('[R80] by mouse: a thread opens beside the room, which stays where it is; the other sees the line, the count, the words', async () => {
  await say(ana.page, question);
  const asked = inRoom(helena.page, question);
  await asked.waitFor();
  await helena.page.goto(`${school.url}${room}`);
  await asked.waitFor();
  const top = () => helena.page.locator('.main .scroll').evaluate((list) => Math.round(list.scrollTop));
  const before = await top();
  await asked.hover();
  await asked.getByRole('button', { name: 'Responder no fio' }).click();
  await panel(helena.page).getByText(question).waitFor();
  expect(await top()).toBe(before);
  await answer(helena.page, 'Qual parte dele?');
  // Not in the room, but under its message; and told to who asked, wherever they are
  await inRoom(helena.page, question).getByRole('link', { name: '1 resposta' }).waitFor();
  expect(await helena.page.locator('.main').getByText('Qual parte dele?').count()).toBe(0);
  await inRoom(ana.page, question).getByRole('link', { name: '1 resposta' }).waitFor();
  await expect.poll(() => badge(ana.page).first().textContent()).toContain('1');
  await ana.page.locator('.side a[href="/fios"]').click();
  await ana.page.getByRole('heading', { name: 'Fios', level: 1 }).waitFor();
  await ana.page.locator('.thread-card.is-unread a').filter({ hasText: question }).click();
  await panel(ana.page).getByText('Qual parte dele?').waitFor();
  // Read is what was on the screen: the count goes, here and in the list
  await expect.poll(() => badge(ana.page).count()).toBe(0);
  expect(ana.complaints).toEqual(noComplaints);
});

it('[R81] by keyboard: from a message into its thread and its box; what is begun there is kept, and following is a press', async () => {
  const { page } = helena;
  await page.goto(`${school.url}${room}`);
  const asked = inRoom(page, question);
  await asked.waitFor();
  await asked.focus();
  await page.keyboard.press('Enter');
  const action = page.getByRole('toolbar').getByRole('button', { name: 'Responder no fio' });
  await action.waitFor();
  for (let nth = 0; nth < 6 && !(await action.evaluate((one) => one === document.activeElement)); nth++)
    await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  await expect.poll(() => box(page).evaluate((one) => one === document.activeElement)).toBe(true);
  await page.keyboard.type('Um rascunho do fio');
  const follow = panel(page).getByRole('button', { name: 'Seguindo' });
  await follow.focus();
  await page.keyboard.press('Enter');
  const unfollowed = panel(page).getByRole('button', { name: 'Seguir', exact: true });
  await unfollowed.waitFor();
  await panel(page).getByRole('link', { name: 'Fechar o fio' }).focus();
  await page.keyboard.press('Enter');
  await panel(page).waitFor({ state: 'hidden' });
  await inRoom(page, question).getByRole('link', { name: '1 resposta' }).click();
  await expect.poll(() => box(page).inputValue()).toBe('Um rascunho do fio');
  expect(await page.locator('#escrever').inputValue()).toBe('');
  await unfollowed.waitFor();
  // Who answers follows again
  await box(page).focus();
  await page.keyboard.press('Enter');
  await panel(page).getByText('Um rascunho do fio').waitFor();
  await panel(page).getByRole('button', { name: 'Seguindo' }).waitFor();
  await expect.poll(() => box(page).inputValue()).toBe('');
  await inRoom(page, question).getByRole('link', { name: '2 respostas' }).waitFor();
  expect(helena.complaints).toEqual(noComplaints);
});

it('[R80] at 360 px a thread is the page, with a way back to the room and to the list', async () => {
  const phone = await visit(browser, `${school.url}/fios`, narrow);
  const { page } = phone;
  page.setDefaultTimeout(20_000);
  await enterAs(page, 'ana');
  await page.locator('.thread-card a').filter({ hasText: question }).click();
  await panel(page).getByText('Um rascunho do fio').waitFor();
  expect(await page.locator('.main').isVisible()).toBe(false);
  expect(await tooWide(page)).toBeLessThanOrEqual(0);
  await answer(page, 'Do telefone também');
  await panel(page).getByRole('link', { name: 'Voltar à conversa' }).click();
  await inRoom(page, question).getByRole('link', { name: '3 respostas' }).waitFor();
  expect(phone.complaints).toEqual(noComplaints);
  await phone.context.close();
});
