/** The school's settings, from the page of an administrator to the open page of a student. */
import { crc32, deflateSync } from 'node:zlib';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launch } from './chromium.ts';
import { openSchool, type School } from './school.ts';
import { flawsOf } from './violations.ts';
import { enterAs, tooWide, visit } from './visit.ts';

let browser: Browser;
let school: School;
let marcelo: { readonly page: Page; readonly context: BrowserContext };
let ana: { readonly page: Page; readonly context: BrowserContext };

beforeAll(async () => {
  [browser, school] = await Promise.all([launch(), openSchool({ kind: 'demo' })]);
  [marcelo, ana] = await Promise.all([visit(browser, school.url), visit(browser, school.url)]);
  await Promise.all([enterAs(marcelo.page, 'marcelo'), enterAs(ana.page, 'ana')]);
});
afterAll(async () => {
  await browser?.close();
  await school?.close();
});

const penOf = (page: Page): Promise<string> =>
  page.evaluate(() => getComputedStyle(document.documentElement).getPropertyValue('--pen').trim());

/** A red square, as a file. */
const redPng = (side: number): Buffer => {
  const chunk = (type: string, data: Buffer) => {
    const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
    const around = Buffer.alloc(8);
    around.writeUInt32BE(data.length);
    around.writeUInt32BE(crc32(body), 4);
    return Buffer.concat([around.subarray(0, 4), body, around.subarray(4)]);
  };
  const head = Buffer.alloc(13);
  head.writeUInt32BE(side, 0);
  head.writeUInt32BE(side, 4);
  head.set([8, 2], 8);
  const line = Buffer.concat([Buffer.from([0]), Buffer.alloc(side * 3, Buffer.from([200, 20, 20]))]);
  const lines = Buffer.concat(Array.from({ length: side }, () => line));
  const magic = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([magic, chunk('IHDR', head), chunk('IDAT', deflateSync(lines)), chunk('IEND', Buffer.alloc(0))]);
};

it('[R57] name and colour change on pages that are open, legible by day and by night, and the record says who did it', async () => {
  const { page } = marcelo;
  await page.getByRole('link', { name: 'Administração' }).click();
  await page.getByRole('navigation', { name: 'Administração' }).getByRole('link', { name: 'Escola' }).click();
  await page.getByRole('heading', { name: 'A escola', level: 1 }).waitFor();
  const before = await penOf(ana.page);
  await page.getByLabel('Nome da escola').fill('Colégio Horizonte');
  await page.getByLabel('Cor da escola').fill('#ffee00');
  await page.getByText('A cor foi acertada').waitFor();
  await page.getByRole('button', { name: 'Salvar' }).click();
  await page.getByText('Salvo.').waitFor();
  await ana.page.getByText('Colégio Horizonte').first().waitFor();
  await expect.poll(() => penOf(ana.page)).not.toBe(before);
  expect(await penOf(ana.page)).not.toBe('#ffee00');
  const byDay = await penOf(ana.page);
  await ana.page.emulateMedia({ colorScheme: 'dark' });
  expect(await penOf(ana.page)).not.toBe(byDay);
  await ana.page.emulateMedia({ colorScheme: 'light' });
  await page.getByRole('heading', { name: 'Últimas mudanças' }).waitFor();
  await page.getByText('Nome da escola · Cor da escola').waitFor();
});

it('[R58] a picture is drawn small, shown beside the name, also at the door, and taken away again', async () => {
  const { page } = marcelo;
  await page
    .getByLabel('Figura da escola')
    .setInputFiles({ name: 'escola.png', mimeType: 'image/png', buffer: redPng(600) });
  await page.getByAltText('Figura de agora').waitFor();
  await ana.page.locator('.side-logo').waitFor();
  expect(await ana.page.locator('.side-logo').evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(256);
  const door = await visit(browser, school.url);
  await door.page.locator('.door-logo').waitFor();
  await door.context.close();
  await page
    .getByLabel('Figura da escola')
    .setInputFiles({ name: 'escola.svg', mimeType: 'image/svg+xml', buffer: Buffer.from('<svg onload="x"') });
  await page.getByRole('alert').filter({ hasText: 'Esta imagem não pode ser usada' }).waitFor();
  await page.getByRole('button', { name: 'Tirar a figura' }).click();
  await ana.page.locator('.side-logo').waitFor({ state: 'detached' });
});

it('[R52] by keyboard, at 360 px: with “only with staff” a student finds no other student any more; one language leaves no choice', async () => {
  const { page } = marcelo;
  await page.setViewportSize({ width: 360, height: 740 });
  await page.getByLabel('Só com alguém da equipe').focus();
  await page.keyboard.press('Space');
  await page.getByLabel('English').focus();
  await page.keyboard.press('Space');
  await page.getByRole('button', { name: 'Salvar' }).focus();
  await page.keyboard.press('Enter');
  await page.getByText('Quem pode conversar em particular').nth(1).waitFor();
  expect(await tooWide(page)).toBeLessThanOrEqual(0);
  const roles = await ana.page.evaluate(async () => {
    const { people } = (await (await fetch('/api/people?text=&limit=50')).json()) as { people: { role: string }[] };
    return [...new Set(people.map(({ role }) => role))];
  });
  expect(roles).toContain('teacher');
  expect(roles).not.toContain('student');
  await ana.page.getByRole('button', { name: /Suas coisas/ }).click();
  await ana.page.getByRole('menu').waitFor();
  expect(await ana.page.getByRole('menu').getByText('English').count()).toBe(0);
  await ana.page.keyboard.press('Escape');
});

it('[R121] by keyboard, at 360 px: the administration lists rooms, looks at the installation, and signs a person’s device out', async () => {
  const { page } = marcelo;
  const sections = page.getByRole('navigation', { name: 'Administração' });
  await sections.getByRole('link', { name: 'Salas' }).press('Enter');
  await page.getByRole('searchbox').fill('professores');
  await page.getByRole('heading', { name: 'Sala dos professores' }).waitFor();
  await expect.poll(() => page.locator('.room-record').count()).toBe(1);
  await sections.getByRole('link', { name: 'Saúde' }).press('Enter');
  await page.getByText('Tudo funcionando.').waitFor();
  await page.getByText(/PostgreSQL \d+/).waitFor();
  expect(await tooWide(page)).toBeLessThanOrEqual(0);
  await sections.getByRole('link', { name: 'Pessoas' }).press('Enter');
  const other = await visit(browser, school.url);
  await enterAs(other.page, 'rosangela');
  await page.getByRole('searchbox').fill('Rosângela');
  await page.getByRole('button', { name: /Opções de Rosângela/ }).press('Enter');
  await page.getByRole('menuitem', { name: 'Aparelhos…' }).press('Enter');
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /^Sair de/ })
    .first()
    .press('Enter');
  expect(await flawsOf(page)).toEqual([]);
  await page.getByRole('button', { name: 'Sair de lá' }).press('Enter');
  await other.page.getByText('Sua sessão acabou').waitFor();
  await page.getByText('Esta pessoa não está em nenhum aparelho.').waitFor();
  expect(
    await page
      .getByRole('dialog')
      .getByRole('button', { name: /^Sair de/ })
      .count(),
  ).toBe(0);
  await page.keyboard.press('Escape');
  await other.context.close();
});

it('[R109] by keyboard, at 360 px: people come from a list, which says first what is wrong with it', async () => {
  const { page } = marcelo;
  await page.getByRole('button', { name: 'Importar planilha' }).press('Enter');
  const list = page.getByRole('textbox', { name: 'Ou cole aqui' });
  await list.fill('nome,email,papel\nMarina Duarte,marina@aurora.example,zeladora\n');
  await page.getByRole('button', { name: 'Conferir' }).press('Enter');
  await page.getByText('1 linha precisa de conserto.').waitFor();
  expect(await tooWide(page)).toBeLessThanOrEqual(0);
  await list.fill('nome,email,papel\nMarina Duarte,marina@aurora.example,estudante\n');
  await page.getByRole('button', { name: 'Conferir' }).press('Enter');
  await page.getByRole('button', { name: 'Criar 1 conta' }).press('Enter');
  await page.getByText('1 conta criada.').waitFor();
  expect(await flawsOf(page)).toEqual([]);
  await page.getByRole('region', { name: 'Pessoas do arquivo' }).getByText('marina@aurora.example').waitFor();
});

it('[R57] the page is not there for who does not administer the school', async () => {
  await ana.page.goto(`${school.url}/escola`);
  await ana.page.getByRole('link', { name: 'Voltar às salas' }).waitFor();
  expect(await ana.page.getByLabel('Nome da escola').count()).toBe(0);
});
