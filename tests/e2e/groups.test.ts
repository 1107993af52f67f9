/** Groups end to end: gathered by mouse and keys, answered by keyboard on a phone, talked in, left. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launch } from './chromium.ts';
import { box, say } from './conversation.ts';
import { openSchool, type School } from './school.ts';
import { flawsOf } from './violations.ts';
import { enterAs, noComplaints, visit, type Visitor } from './visit.ts';

let browser: Browser;
let school: School;
let helena: Visitor;
let ana: Visitor;

beforeAll(async () => {
  [browser, school] = await Promise.all([launch(), openSchool({ kind: 'demo' })]);
  [helena, ana] = await Promise.all([
    visit(browser, school.url),
    visit(browser, school.url, { viewport: { width: 360, height: 640 }, hasTouch: true, isMobile: true }),
  ]);
  for (const { page } of [helena, ana]) page.setDefaultTimeout(10_000);
});

afterAll(async () => {
  await browser?.close();
  await school?.close();
});

/** Presses Tab until the focus is on a button by this name. */
async function tabToButton(page: Page, name: string): Promise<void> {
  for (let nth = 0; nth < 40; nth++) {
    await page.keyboard.press('Tab');
    const focused = await page.evaluate(
      () => document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent,
    );
    if (focused?.trim() === name) return;
  }
  throw new Error(`${name} was not reached by the keyboard`);
}

it('[R73] [R74] a teacher gathers a few by mouse and keys; a pupil is asked, says yes by keyboard on a phone, and they talk', async () => {
  const { page } = helena;
  await enterAs(page, 'helena');
  await page.goto(`${school.url}/salas?abrir=conversa`);
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Conversar com várias pessoas' }).click();
  await expect.poll(() => dialog.getByRole('button', { name: 'Começar o grupo' }).isDisabled()).toBe(true);
  await dialog.getByRole('searchbox').fill('nakamura');
  await dialog.getByRole('button', { name: /Caio Nakamura/ }).click();
  // By the keys: without accents, down to the person, and on
  await page.keyboard.type('ana beatriz');
  await dialog.getByRole('button', { name: /Ana Beatriz/ }).waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await dialog.getByRole('button', { name: 'Tirar Ana Beatriz Sant’Anna' }).waitFor();
  await dialog.getByRole('textbox', { name: /Nome do grupo/ }).fill('Monitoria da semana');
  expect(await flawsOf(page)).toEqual([]);
  await dialog.getByRole('button', { name: 'Começar o grupo' }).click();
  await page.getByRole('heading', { level: 1, name: 'Monitoria da semana' }).waitFor();
  await say(page, 'Vamos combinar por aqui?');
  await page.getByText('Ainda não responderam').waitFor();
  await page.getByRole('button', { name: 'Desfazer o convite a Ana Beatriz Sant’Anna' }).waitFor();

  const phone = ana.page;
  await enterAs(phone, 'ana');
  await phone.goto(school.url);
  const card = phone.getByRole('region', { name: 'Convite de Helena Prates' });
  await card.waitFor();
  expect(await card.innerText()).toMatch(/Monitoria da semana[\s\S]*Caio Nakamura/);
  expect(await flawsOf(phone)).toEqual([]);
  await tabToButton(phone, 'Entrar');
  await phone.keyboard.press('Enter');
  await phone.getByRole('heading', { level: 1, name: 'Monitoria da semana' }).waitFor();
  // Nothing of before
  expect(await phone.getByText('Vamos combinar por aqui?').count()).toBe(0);
  await box(phone).fill('Cheguei!');
  await phone.locator('.composer button[type="submit"]').click();
  await page.locator('article[data-message]').filter({ hasText: 'Cheguei!' }).waitFor();
  expect(await flawsOf(page)).toEqual([]);
  await page.getByText('Ainda não responderam').waitFor({ state: 'detached' });
  expect([helena.complaints, ana.complaints]).toEqual([noComplaints, noComplaints]);
});

it('[R73] whoever is in it names it and leaves; the others see who is left', async () => {
  const phone = ana.page;
  await phone.getByRole('button', { name: 'Mais opções da sala' }).click();
  await phone.getByRole('menuitem', { name: 'Nome do grupo…' }).click();
  await phone.getByRole('dialog').getByRole('textbox').fill('Plantão');
  expect(await flawsOf(phone)).toEqual([]);
  await phone.getByRole('dialog').getByRole('button', { name: 'Guardar' }).click();
  await helena.page.getByRole('heading', { level: 1, name: 'Plantão' }).waitFor();
  await phone.getByRole('button', { name: 'Mais opções da sala' }).click();
  await phone.getByRole('menuitem', { name: 'Sair do grupo…' }).click();
  await phone.getByRole('alertdialog').getByRole('button', { name: 'Sair do grupo' }).click();
  await phone.locator('.side').getByText('Plantão').waitFor({ state: 'detached' });
  await helena.page.getByText('Ana Beatriz Sant’Anna saiu do grupo.').waitFor();
  await expect.poll(() => helena.page.locator('.panel .member').count()).toBe(2);
  expect([helena.complaints, ana.complaints]).toEqual([noComplaints, noComplaints]);
});
