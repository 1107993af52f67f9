import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launch } from './chromium.ts';
import { say } from './conversation.ts';
import { openSchool, type School } from './school.ts';
import { enterAs, noComplaints, visit, type Visitor } from './visit.ts';

/** The box itself, not the lock that may stand in its place. */
const box = (page: Page) => page.locator('textarea#escrever');

let browser: Browser;
let school: School;
let helena: Visitor;
let ana: Visitor;
let room = '';
let link = '';

beforeAll(async () => {
  [browser, school] = await Promise.all([launch(), openSchool({ kind: 'demo' })]);
  helena = await visit(browser, school.url);
  await enterAs(helena.page, 'helena');
  helena.page.setDefaultTimeout(10_000);
});

afterAll(async () => {
  await browser?.close();
  await school?.close();
});

it('[R63] a teacher makes a room with rules, and a link into it that is shown once', async () => {
  const { page } = helena;
  await page.goto(`${school.url}/salas`);
  await page.getByRole('button', { name: 'Criar uma sala' }).first().click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Nome da sala').fill('Clube de astronomia');
  await dialog.getByLabel('Combinados da sala').fill('- Sem luz forte à noite\n- **Todos** olham');
  await dialog.getByLabel('Só por convite').check();
  await dialog.getByRole('button', { name: 'Criar sala' }).click();
  await box(page).waitFor();
  room = new URL(page.url()).pathname;
  await page.goto(`${school.url}${room}/ajustes`);
  await page.getByLabel('Para quantas pessoas').selectOption('1');
  await page.getByRole('button', { name: 'Criar link' }).click();
  link = await page.getByLabel('Link do convite').inputValue();
  expect(link).toMatch(new RegExp(`^${school.url}/convite/sala#[\\w-]{22}$`));
  await page.reload();
  await page.getByText('Para uma pessoa').waitFor();
  expect(await page.getByLabel('Link do convite').count()).toBe(0);
});

it('[R64] whoever opens it signs in first, reads the rules, agrees by keyboard, and is in: at 360 px', async () => {
  ana = await visit(browser, link, { viewport: { width: 360, height: 740 } });
  const { page } = ana;
  page.setDefaultTimeout(10_000);
  await page.getByText('Você recebeu um convite para uma sala').waitFor();
  await page.getByRole('button', { name: 'Ana Beatriz' }).click();
  await page.getByRole('heading', { level: 1, name: 'Clube de astronomia' }).waitFor();
  // The secret is in no address that is kept
  expect(page.url()).toBe(`${school.url}/convite/sala`);
  await page.getByText(/^Helena.* convidou você para uma sala/).waitFor();
  const enter = page.getByRole('button', { name: 'Entrar na sala' });
  expect(await enter.isDisabled()).toBe(true);
  await page.getByLabel('Li e concordo com os combinados').focus();
  await page.keyboard.press('Space');
  await enter.focus();
  await page.keyboard.press('Enter');
  await box(page).waitFor();
  expect(new URL(page.url()).pathname).toBe(room);
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
});

it('[R64] the next who opens it is told that it works no more', async () => {
  const late = await visit(browser, link);
  await late.page.getByRole('button', { name: 'Rosângela' }).click();
  await late.page.getByRole('heading', { name: 'Este convite não vale mais' }).waitFor();
  expect(late.complaints).toEqual(noComplaints);
  await late.context.close();
});

it('[R65] an archived room says so in the place of the box, on every open page, until it is opened again', async () => {
  const { page } = helena;
  await page.goto(`${school.url}${room}/ajustes`);
  await page.getByRole('button', { name: 'Arquivar a sala' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Arquivar' }).click();
  await ana.page.getByText('Esta sala está arquivada.').waitFor();
  expect(await box(ana.page).count()).toBe(0);
  await page.getByRole('button', { name: 'Reabrir a sala' }).click();
  await box(ana.page).waitFor();
  await say(ana.page, 'Saturno aparece às nove');
  await ana.page
    .locator('article[data-message]')
    .filter({ hasText: 'Saturno' })
    .filter({ hasText: 'Enviada' })
    .waitFor();
});

it('[R66] who looks after a room hands it over, and moderates it from then on', async () => {
  const { page } = helena;
  const name = await page.getByLabel('Para quem', { exact: true }).locator('option').nth(1).textContent();
  await page.getByLabel('Para quem', { exact: true }).selectOption({ index: 1 });
  await page.getByRole('button', { name: 'Passar a sala' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Passar a sala' }).click();
  await page
    .getByText(`${name ?? '?'} agora cuida da sala.`)
    .first()
    .waitFor();
  await page.getByRole('heading', { name: 'Passar a sala' }).waitFor({ state: 'detached' });
  expect(name).toMatch(/^Ana Beatriz/);
  await ana.page.goto(`${school.url}${room}/ajustes`);
  await ana.page.getByRole('heading', { name: 'Passar a sala' }).waitFor();
});

it('[R68] [R69] the administrator sorts the school by categories, and the directory looks within one', async () => {
  const { page, context, complaints } = await visit(browser, school.url);
  await enterAs(page, 'marcelo');
  page.setDefaultTimeout(10_000);
  await page.goto(`${school.url}/salas`);
  await page.getByRole('button', { name: 'Categorias' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Acrescentar' }).click();
  await dialog.getByLabel('Emoji').last().fill('🔭');
  await dialog
    .getByLabel(/^Nome da categoria/)
    .last()
    .fill('Observatórios');
  await dialog.getByRole('button', { name: 'Salvar' }).click();
  await page.getByRole('button', { name: 'Criar uma sala' }).first().click();
  await page.getByRole('dialog').getByLabel('Nome da sala').fill('Luneta');
  await page.getByRole('dialog').getByLabel('Categoria').selectOption({ label: '🔭 Observatórios' });
  await page.getByRole('dialog').getByRole('button', { name: 'Criar sala' }).click();
  await box(page).waitFor();
  await helena.page.goto(`${school.url}/salas`);
  await helena.page.getByRole('heading', { level: 2, name: '🔭 Observatórios' }).waitFor();
  await helena.page.getByRole('button', { name: '🔭 Observatórios' }).click();
  await helena.page.waitForFunction(() => document.querySelectorAll('.room-card').length === 1);
  await helena.page.getByRole('button', { name: 'Entrar em Luneta' }).click();
  await box(helena.page).waitFor();
  for (const one of [complaints, helena.complaints, ana.complaints]) expect(one).toEqual(noComplaints);
  await context.close();
});
