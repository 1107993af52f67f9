/** What one keeps of a conversation for oneself: saved for later, unread from a message on, several messages chosen at once, drafts on all devices; and what one shows of oneself. */
import { DIRECTS } from '@recreio/demo-school/directs.ts';
import { ROOMS } from '@recreio/demo-school/rooms.ts';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { route } from '../raw/http.ts';
import { launch } from './chromium.ts';
import { box, say } from './conversation.ts';
import { openSchool, type School } from './school.ts';
import { flawsOf } from './violations.ts';
import { enterAs, narrow, noComplaints, tooWide, visit, type Visitor } from './visit.ts';

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
  expect(await tooWide(phone.page)).toBeLessThanOrEqual(0);
  await card.getByRole('link').tap();
  await phone.page.locator('.msg.is-target').filter({ hasText: 'Corrigir a lista 7' }).waitFor();
  await phone.page.getByRole('button', { name: 'Voltar para onde estava' }).tap();
  await card.getByRole('button', { name: 'Tirar das guardadas' }).tap();
  await phone.page.getByText('Nada guardado por enquanto').waitFor();
  // The desk hears of it, too
  await message(page, 'Corrigir a lista 7').getByText('guardada').waitFor({ state: 'detached' });
});

it('[picking] several are chosen by keyboard and copied; by touch, and taken away, asked once', async () => {
  await page.goto(`${school.url}${lesson}`);
  for (const words of ['primeira', 'segunda', 'terceira']) await say(page, `${words} escolha`);
  await message(page, 'terceira escolha').locator('.state--sent').waitFor();
  await phone.page.goto(`${school.url}${lesson}`);
  await message(phone.page, 'terceira escolha').waitFor();
  await desk.context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await message(page, 'primeira escolha').focus();
  await page.keyboard.press('Shift+ArrowDown');
  const bar = page.getByRole('region', { name: 'Ações da seleção' });
  await bar.getByRole('status').getByText('2 selecionadas').waitFor();
  await page.keyboard.press('Escape');
  await bar.waitFor({ state: 'detached' });
  await choose(page, 'primeira escolha', 'Selecionar');
  await bar.getByRole('status').getByText('1 selecionada').waitFor();
  await message(page, 'terceira escolha').focus();
  await page.keyboard.press('Shift+Space');
  await bar.getByRole('status').getByText('3 selecionadas').waitFor();
  await bar.getByRole('button', { name: 'Copiar' }).press('Enter');
  await bar.waitFor({ state: 'detached' });
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  expect(copied).toMatch(/Helena Prates, \d+h\d\d\nprimeira escolha\n\n.+\nsegunda escolha\n\n.+\nterceira escolha\n$/);
  // By mouse, the words of one
  await message(page, 'segunda escolha').hover();
  await message(page, 'segunda escolha').getByRole('button', { name: 'Copiar texto' }).click();
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe('segunda escolha');
  // By touch: a press anywhere on a message; what is another's may be chosen by who moderates, too
  const touch = phone.page.getByRole('region', { name: 'Ações da seleção' });
  await message(phone.page, 'primeira escolha').focus();
  await phone.page.keyboard.press('ContextMenu');
  await phone.page.getByRole('dialog').getByRole('button', { name: 'Selecionar' }).tap();
  for (const words of ['segunda', 'terceira']) {
    await message(phone.page, `${words} escolha`).getByRole('checkbox').tap();
  }
  await touch.getByRole('status').getByText('3 selecionadas').waitFor();
  expect(await tooWide(phone.page)).toBeLessThanOrEqual(0);
  await touch.getByRole('button', { name: 'Apagar' }).tap();
  await phone.page
    .getByRole('alertdialog', { name: 'Apagar 3 mensagens?' })
    .getByRole('button', { name: 'Apagar' })
    .tap();
  await touch.waitFor({ state: 'detached' });
  await phone.page.getByText('3 mensagens apagadas.').waitFor();
  await page.getByText('segunda escolha').waitFor({ state: 'detached' });
});

it('[R87] what is begun on one device goes on on the other; who is writing is offered newer words, and nothing is forced', async () => {
  await page.goto(`${school.url}${direct}`);
  await phone.page.goto(`${school.url}${direct}`);
  await box(phone.page).waitFor();
  await box(page).focus();
  await page.keyboard.type('Começo no computador');
  await expect.poll(() => box(phone.page).inputValue()).toBe('Começo no computador');
  await expect.poll(() => phone.page.locator(`.side .room[href="${direct}"]`).count()).toBe(1);
  // Both at once: the one that writes keeps its words until it decides
  await box(phone.page).tap();
  await phone.page.keyboard.press('End');
  await phone.page.keyboard.type(' e sigo no celular');
  const offer = page.getByRole('status').filter({ hasText: 'Há um rascunho mais novo' });
  await offer.waitFor();
  expect(await box(page).inputValue()).toBe('Começo no computador');
  await offer.getByRole('button', { name: 'Usar o mais novo' }).click();
  await offer.waitFor({ state: 'detached' });
  expect(await box(page).inputValue()).toBe('Começo no computador e sigo no celular');
  // Sent here, it is begun nowhere any more
  await box(page).press('Enter');
  await message(page, 'sigo no celular').locator('.state--sent').waitFor();
  await phone.page.locator('h1').first().click();
  await expect.poll(() => box(phone.page).inputValue()).toBe('');
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
  // By touch, at 360 px
  await phone.page.locator(`article[data-id="${id}"]`).focus();
  await phone.page.keyboard.press('ContextMenu');
  await phone.page.getByRole('dialog').getByRole('button', { name: 'Não lida a partir daqui' }).tap();
  await row(page).waitFor();
  expect([desk.complaints, phone.complaints]).toEqual([noComplaints, noComplaints]);
});

it('[R79] [R83] by keyboard, at 360 px: who was seen here and reading is so no more, as they wish, and sees no reading either', async () => {
  const other = await visit(browser, school.url, narrow);
  other.page.setDefaultTimeout(10_000);
  await enterAs(other.page, 'rosangela');
  await page.goto(`${school.url}/salas?abrir=conversa`);
  await page.getByRole('dialog').getByRole('searchbox').fill('rosangela');
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /Rosângela/ })
    .click();
  await say(page, 'Reunião às dez?');
  await page.getByText('no pátio').first().waitFor();
  const talk = new URL(page.url()).pathname;
  await other.page.goto(`${school.url}${talk}`);
  const readBy = (on: Page, name: string) => on.getByText(`Lida por ${name}`);
  await readBy(page, 'Rosângela').waitFor();
  expect(await flawsOf(page)).toEqual([]);

  await other.page.goto(`${school.url}/conta`);
  for (const wish of ['Não mostrar até onde li', 'Ficar invisível']) {
    await other.page.getByLabel(wish).press('Space');
    await expect.poll(() => other.page.getByLabel(wish).isChecked()).toBe(true);
  }
  expect(await tooWide(other.page)).toBeLessThanOrEqual(0);
  await page.locator('.main-head').getByText('fora').waitFor();
  // Both ways, from the next look on
  await other.page.goto(`${school.url}${talk}`);
  await box(other.page).fill('Às dez e meia.');
  await box(other.page).press('Control+Enter');
  await message(other.page, 'Às dez e meia').locator('.state--sent').waitFor();
  await page.reload();
  await message(page, 'Às dez e meia').waitFor();
  const { path } = route('presence.reading', { room: talk.split('/')[2] });
  const told = async (of: Visitor) => await (await of.context.request.get(`${school.url}${path}`)).json();
  expect(await told(desk)).toEqual({ isShown: true, read: [] });
  expect(await told(other)).toEqual({ isShown: false, read: [] });
  expect(await readBy(page, 'Rosângela').count()).toBe(0);
  expect(await readBy(other.page, 'Helena').count()).toBe(0);
  expect(other.complaints).toEqual(noComplaints);
  await other.context.close();
});
