import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { uuidv7 } from '../raw/uuid.ts';
import { launch } from './chromium.ts';
import { say } from './conversation.ts';
import { openSchool, type School } from './school.ts';
import { flawsOf } from './violations.ts';
import { enterAs, narrow, noComplaints, tooWide, visit, type Visitor } from './visit.ts';

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
  await dialog.getByLabel('Língua da conversa').selectOption('es');
  await dialog.getByLabel('Só por convite').check();
  await dialog.getByRole('button', { name: 'Criar sala' }).click();
  await box(page).waitFor();
  room = new URL(page.url()).pathname;
  await page.goto(`${school.url}${room}/ajustes`);
  await page.getByLabel('Para quantas pessoas').selectOption('1');
  await page.getByRole('button', { name: 'Criar link' }).click();
  link = await page.getByLabel('Link do convite').inputValue();
  expect(link).toMatch(new RegExp(`^${school.url}/convite/sala#[\\w-]{22}$`));
  await page.getByText('Código QR', { exact: true }).press('Enter');
  await page.getByRole('img', { name: 'Código QR: Link do convite' }).waitFor();
  await page.reload();
  await page.getByText('Para uma pessoa').waitFor();
  expect(await page.getByLabel('Link do convite').count()).toBe(0);
});

it('[R64] whoever opens it signs in first, reads the rules, agrees by keyboard, and is in: at 360 px', async () => {
  ana = await visit(browser, link, narrow);
  const { page } = ana;
  page.setDefaultTimeout(10_000);
  await page.getByText('Você recebeu um convite para uma sala').waitFor();
  await page.getByRole('button', { name: 'Ana Beatriz' }).click();
  await page.getByRole('heading', { level: 1, name: 'Clube de astronomia' }).waitFor();
  // The secret is in no address that is kept
  expect(page.url()).toBe(`${school.url}/convite/sala`);
  await page.getByText(/^Helena.* convidou você para uma sala/).waitFor();
  expect(await flawsOf(page)).toEqual([]);
  const enter = page.getByRole('button', { name: 'Entrar na sala' });
  expect(await enter.isDisabled()).toBe(true);
  await page.getByLabel('Li e concordo com os combinados').focus();
  await page.keyboard.press('Space');
  await enter.focus();
  await page.keyboard.press('Enter');
  await box(page).waitFor();
  expect(new URL(page.url()).pathname).toBe(room);
  expect(await tooWide(page)).toBeLessThanOrEqual(0);
});

it('[R64] the next who opens it is told that it works no more, as is who opens one that was revoked', async () => {
  const late = await visit(browser, link);
  await late.page.getByRole('button', { name: 'Rosângela' }).click();
  await late.page.getByRole('heading', { name: 'Este convite não vale mais' }).waitFor();
  // By keyboard, at 360 px: a link that was made is taken back before anybody came
  const { page } = helena;
  await page.setViewportSize({ width: 360, height: 740 });
  await page.goto(`${school.url}${room}/ajustes`);
  await page.getByRole('button', { name: 'Criar link' }).press('Enter');
  const other = await page.getByLabel('Link do convite').inputValue();
  const revoke = page.getByRole('button', { name: /^Revogar o link feito por Helena/ });
  await revoke.press('Enter');
  await revoke.waitFor({ state: 'detached' });
  await expect
    .poll(() => page.getByRole('button', { name: 'Criar link' }).evaluate((one) => one === document.activeElement))
    .toBe(true);
  await page.setViewportSize({ width: 1440, height: 900 });
  await late.page.goto('about:blank');
  await late.page.goto(other);
  await late.page.getByRole('heading', { name: 'Este convite não vale mais' }).waitFor();
  expect(late.complaints).toEqual(noComplaints);
  await late.context.close();
});

it('[R65] an archived room says so in the place of the box, on every open page, until it is opened again with what was begun', async () => {
  const { page } = helena;
  await box(ana.page).fill('Saturno aparece ');
  await page.goto(`${school.url}${room}/ajustes`);
  await page.getByRole('button', { name: 'Arquivar a sala' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Arquivar' }).click();
  await ana.page.getByText('Esta sala está arquivada.').waitFor();
  expect(await box(ana.page).count()).toBe(0);
  await page.getByRole('button', { name: 'Reabrir a sala' }).click();
  await box(ana.page).waitFor();
  expect(await box(ana.page).inputValue()).toBe('Saturno aparece ');
  await say(ana.page, 'às nove');
  await ana.page
    .locator('article[data-message]')
    .filter({ hasText: 'Saturno' })
    .filter({ hasText: 'Enviada' })
    .waitFor();
  // A screen reader speaks it as the room does
  expect(await ana.page.locator('.said').last().getAttribute('lang')).toBe('es');
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

it('[R54] by keyboard, at 360 px: silenced, let speak, taken out, brought back, banned, each told what, why and until when', async () => {
  const [hers, his] = [ana.page, helena.page];
  await his.goto(`${school.url}${room}`);
  await hers.goto(`${school.url}${room}/pessoas`);
  const dialog = hers.getByRole('dialog');
  /** What is done to Helena, from her line in the list of people. */
  const choose = async (what: string): Promise<void> => {
    await hers.getByRole('button', { name: /^Opções de Helena/ }).press('Enter');
    await hers.getByRole('menuitem', { name: what }).press('Enter');
  };
  const restrict = async (what: string, why: string, button: string): Promise<void> => {
    await choose(what);
    await dialog.getByLabel('Motivo').fill(why);
    expect(await tooWide(hers)).toBeLessThanOrEqual(0);
    await dialog.getByRole('button', { name: button }).press('Enter');
    await dialog.waitFor({ state: 'detached' });
  };
  await restrict('Silenciar…', 'Um de cada vez.', 'Silenciar');
  await his.getByText(/^Você está em silêncio nesta sala até /).waitFor();
  await his.getByText('Motivo: “Um de cada vez.”').waitFor();
  expect(await box(his).count()).toBe(0);
  // Also for who comes back later
  await his.reload();
  await his.getByText('Motivo: “Um de cada vez.”').waitFor();
  await choose('Devolver a palavra');
  await box(his).waitFor();
  await choose('Tirar da sala…');
  await hers.getByRole('alertdialog').getByRole('button', { name: 'Tirar da sala' }).press('Enter');
  await his.getByRole('heading', { name: 'Você não está mais em Clube de astronomia' }).waitFor();
  await his.getByText('fale com quem cuida da sala').waitFor();
  const bring = async (): Promise<void> => {
    await hers.getByRole('button', { name: 'Convidar para a sala' }).press('Enter');
    await dialog.getByRole('searchbox').fill('helena prates');
    await dialog.getByRole('button', { name: /Helena Prates/ }).press('Enter');
    await dialog.waitFor({ state: 'detached' });
    await his.goto(`${school.url}${room}`);
    await box(his).waitFor();
  };
  await bring();
  await restrict('Banir da sala…', 'Pedimos três vezes.', 'Banir');
  await his.getByRole('heading', { name: 'Você não pode mais entrar em Clube de astronomia' }).waitFor();
  await his.getByText('Motivo: “Pedimos três vezes.”').waitFor();
  await his.getByText(/^Vale até /).waitFor();
  expect(await flawsOf(his)).toEqual([]);
  await hers.getByRole('button', { name: /^Deixar voltar Helena/ }).press('Enter');
  await hers.getByText('Fora por banimento').waitFor({ state: 'detached' });
  await bring();
});

it('[R66] [R34] by keyboard, at 360 px: the room is handed back; who leaves it is told where they were, and the others who left', async () => {
  const { page } = ana;
  await page.goto(`${school.url}${room}/ajustes`);
  await page.getByLabel('Para quem', { exact: true }).selectOption({ index: 1 });
  await page.getByRole('button', { name: 'Passar a sala' }).press('Enter');
  await page.getByRole('alertdialog').getByRole('button', { name: 'Passar a sala' }).press('Enter');
  await page.getByRole('heading', { name: 'Passar a sala' }).waitFor({ state: 'detached' });
  expect(await tooWide(page)).toBeLessThanOrEqual(0);
  await page.goto(`${school.url}${room}/pessoas`);
  await page.getByText('Sala', { exact: true }).last().press('Enter');
  await page.getByRole('button', { name: 'Sair da sala' }).press('Enter');
  expect(await flawsOf(page)).toEqual([]);
  await page.getByRole('alertdialog').getByRole('button', { name: 'Sair da sala' }).press('Enter');
  await page.getByText('Você saiu de Clube de astronomia.').waitFor();
  await page.locator(`.side .room[href="${room}"]`).waitFor({ state: 'detached' });
  await helena.page.getByText('Ana Beatriz Sant’Anna saiu da sala.').waitFor();
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
  // By keyboard, at 360 px
  await helena.page.setViewportSize({ width: 360, height: 740 });
  await helena.page.goto(`${school.url}/salas`);
  await helena.page.getByRole('heading', { level: 2, name: '🔭 Observatórios' }).waitFor();
  await helena.page.getByRole('button', { name: '🔭 Observatórios' }).press('Enter');
  await helena.page.waitForFunction(() => document.querySelectorAll('.room-card').length === 1);
  expect(await tooWide(helena.page)).toBeLessThanOrEqual(0);
  await helena.page.getByRole('button', { name: 'Entrar em Luneta' }).press('Enter');
  await box(helena.page).waitFor();
  for (const one of [complaints, helena.complaints, ana.complaints]) expect(one).toEqual(noComplaints);
  await context.close();
});

it('[R115] by keyboard, at 360 px: a room whose only owner is disabled is given to a colleague', async () => {
  const rosangela = await visit(browser, school.url);
  await enterAs(rosangela.page, 'rosangela');
  const settings = { clientId: uuidv7(), kind: 'topic', title: 'Horta suspensa', access: 'invite' };
  const status = await rosangela.page.evaluate(
    async (body) =>
      (await fetch('/api/rooms', { method: 'POST', headers: { 'content-type': 'application/json' }, body })).status,
    JSON.stringify(settings),
  );
  expect(status).toBe(200);
  await rosangela.context.close();
  const { page, context, complaints } = await visit(browser, school.url, narrow);
  await enterAs(page, 'marcelo');
  page.setDefaultTimeout(10_000);
  await page.goto(`${school.url}/pessoas`);
  await page.getByRole('searchbox').fill('Rosângela');
  await page.getByRole('button', { name: /Opções de Rosângela/ }).press('Enter');
  await page.getByRole('menuitem', { name: 'Desativar a conta…' }).press('Enter');
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox').fill('Deixou a escola');
  await page.keyboard.press('Tab');
  await dialog.getByRole('button', { name: 'Desativar' }).press('Enter');
  await dialog.getByText('Horta suspensa').waitFor();
  expect(await tooWide(page)).toBeLessThanOrEqual(0);
  await dialog.getByRole('button', { name: 'Ver as salas' }).press('Enter');
  await page.getByRole('button', { name: 'Ver quais' }).press('Enter');
  await page.getByRole('button', { name: 'Dar a alguém: Horta suspensa' }).press('Enter');
  expect(await tooWide(page)).toBeLessThanOrEqual(0);
  expect(await flawsOf(page)).toEqual([]);
  await page.keyboard.type('raimundo');
  await dialog.getByRole('button', { name: /Raimundo Bittencourt/ }).waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.getByRole('alertdialog').getByRole('button', { name: 'Dar a sala' }).press('Enter');
  await page.getByText('Raimundo Bittencourt agora cuida da sala.').first().waitFor();
  // It is nobody's no more; put away by who is not in it, it is listed so
  await page.getByLabel('Quais salas').selectOption('all');
  await page.getByRole('button', { name: 'Arquivar: Horta suspensa' }).press('Enter');
  await page.getByRole('alertdialog').getByRole('button', { name: 'Arquivar' }).press('Enter');
  await page.getByRole('button', { name: 'Reabrir: Horta suspensa' }).waitFor();
  expect(complaints).toEqual(noComplaints);
  await context.close();
});
