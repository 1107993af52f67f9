/** What other files do by the keyboard, by the mouse alone: nothing is typed but words. */
import { DIRECTS } from '@recreio/demo-school/directs.ts';
import { ROOMS } from '@recreio/demo-school/rooms.ts';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launch } from './chromium.ts';
import { box } from './conversation.ts';
import { openSchool, type School } from './school.ts';
import { settle } from './screens.ts';
import { flawsOf } from './violations.ts';
import { type Entrance, enterAs, noComplaints, visit, type Visitor } from './visit.ts';

const direct = `/sala/${DIRECTS.find(({ people }) => people.join() === 'ana,helena')?.id ?? ''}`;

let browser: Browser;
let school: School;
let helena: Visitor;
let ana: Visitor;

const come = async (person: Entrance): Promise<Visitor> => {
  const visitor = await visit(browser, school.url);
  visitor.page.setDefaultTimeout(10_000);
  await enterAs(visitor.page, person);
  return visitor;
};

beforeAll(async () => {
  [browser, school] = await Promise.all([launch(), openSchool({ kind: 'demo' })]);
  [helena, ana] = await Promise.all([come('helena'), come('ana')]);
});

afterAll(async () => {
  await browser?.close();
  await school?.close();
});

const button = (within: Page | Locator, name: string | RegExp): Locator => within.getByRole('button', { name });

/** A rare action of a message: what shows when it is pointed at, and then the dialog of all there are. */
async function choose(page: Page, message: Locator, action: string): Promise<void> {
  await message.hover();
  await button(message, 'Mais ações').click();
  await button(page.getByRole('dialog'), action).click();
}

const toAccount = async (page: Page): Promise<void> => {
  await button(page, /Suas coisas/).click();
  await page.getByRole('menuitem', { name: 'Minha conta' }).click();
};

it('[R85] [R86] a message is put by, found among what is put by, gone to and taken off; another is unread from there on', async () => {
  const { page } = helena;
  await page.locator(`.side .room[href="/sala/${ROOMS.parabola.id}"]`).click();
  await box(page).waitFor();
  await settle(page);
  const id = (await page.locator('article[data-message]').nth(-2).getAttribute('data-id')) ?? '';
  const message = page.locator(`article[data-id="${id}"]`);
  await choose(page, message, 'Guardar para depois');
  await message.getByText('guardada').waitFor();
  await page.locator('.side').getByRole('link', { name: 'Guardadas' }).click();
  const card = page.locator('.saved-card').first();
  await card.getByRole('link').click();
  await page.locator('.msg.is-target').filter({ has: message }).waitFor();
  expect(await flawsOf(page)).toEqual([]);
  await button(page, 'Voltar para onde estava').click();
  await button(card, 'Tirar das guardadas').click();
  await card.filter({ visible: true }).waitFor({ state: 'detached' });

  await page.locator(`.side .room[href="${direct}"]`).click();
  await box(page).waitFor();
  await choose(page, page.locator('.msg:not(.msg--own) article[data-message]').last(), 'Não lida a partir daqui');
  await page.locator('.fresh').waitFor();
  await page.locator(`.side .room[href="${direct}"] .badge`).waitFor();
});

it('[R79] [R83] [R90] who is here, reading, and what time it is for them is shown as they press it', async () => {
  const { page, context, complaints } = await come('rosangela');
  await toAccount(page);
  // One after the other, as fast as a hand is
  for (const wish of ['Não mostrar até onde li', 'Ficar invisível']) {
    await page.getByText(wish, { exact: true }).click();
    expect(await page.getByLabel(wish).isChecked()).toBe(true);
  }
  await button(page, 'Mudar os pronomes').click();
  await page.getByRole('dialog').getByLabel('Pronomes').fill('ela/dela');
  await button(page.getByRole('dialog'), 'Guardar').click();
  await page.getByRole('heading', { name: 'Rosângela Queiroz ela/dela' }).waitFor();
  await button(page, 'Confirmar o fuso horário').click();
  await page.getByText('Agora são').waitFor();
  await page.reload();
  await page.getByRole('heading', { name: 'Rosângela Queiroz ela/dela' }).waitFor();
  for (const wish of ['Não mostrar até onde li', 'Ficar invisível'])
    await expect.poll(() => page.getByLabel(wish).isChecked()).toBe(true);
  expect(complaints).toEqual(noComplaints);
  await context.close();
});

it('[R54] [R63] who is silenced, taken out and banned is told so; a link into the room is taken back', async () => {
  const { page } = helena;
  await page.locator('.side').getByRole('link', { name: 'Encontrar salas' }).click();
  await button(page, 'Criar uma sala').first().click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Nome da sala').fill('Clube de xadrez');
  await button(dialog, 'Criar sala').click();
  await box(page).waitFor();
  const room = new URL(page.url()).pathname;
  await ana.page.locator('.side').getByRole('link', { name: 'Encontrar salas' }).click();
  await ana.page.getByRole('searchbox').fill('xadrez');
  await button(ana.page, 'Entrar em Clube de xadrez').click();
  await box(ana.page).waitFor();

  await page.goto(`${school.url}${room}/pessoas`);
  const does = async (what: string): Promise<void> => {
    await button(page, /^Opções de Ana Beatriz/).click();
    await page.getByRole('menuitem', { name: what }).click();
  };
  // Who goes away meanwhile stays where the hand is, with the menu, until it is gone
  const section = page.locator('.members').filter({ has: button(page, /^Opções de Ana Beatriz/) });
  await section.getByRole('heading', { name: 'No pátio' }).waitFor();
  await toAccount(ana.page);
  await button(page, /^Opções de Ana Beatriz/).click();
  await page.getByRole('menu').waitFor();
  await ana.page.getByText('Ficar invisível', { exact: true }).click();
  await page.locator('.main-head').getByText('está no pátio').waitFor();
  await section.getByRole('heading', { name: 'No pátio' }).waitFor();
  await page.keyboard.press('Escape');
  await box(page).click();
  await section.getByRole('heading', { name: 'Fora agora' }).waitFor();
  await ana.page.locator(`.side .room[href="${room}"]`).click();
  await does('Silenciar…');
  await dialog.getByLabel('Motivo').fill('Um de cada vez.');
  await button(dialog, 'Silenciar').click();
  await ana.page.getByText('Motivo: “Um de cada vez.”').waitFor();
  expect(await box(ana.page).and(ana.page.locator('textarea')).count()).toBe(0);
  await does('Devolver a palavra');
  await ana.page.locator('textarea#escrever').waitFor();
  await does('Tirar da sala…');
  await button(page.getByRole('alertdialog'), 'Tirar da sala').click();
  await ana.page.getByRole('heading', { name: 'Você não está mais em Clube de xadrez' }).waitFor();
  await ana.page.locator('.side').getByRole('link', { name: 'Encontrar salas' }).click();
  await ana.page.getByRole('searchbox').fill('xadrez');
  await button(ana.page, 'Entrar em Clube de xadrez').click();
  await box(ana.page).waitFor();
  await does('Banir da sala…');
  await dialog.getByLabel('Motivo').fill('Pedimos três vezes.');
  await button(dialog, 'Banir').click();
  await ana.page.getByRole('heading', { name: 'Você não pode mais entrar em Clube de xadrez' }).waitFor();

  await page.goto(`${school.url}${room}/ajustes`);
  await button(page, 'Criar link').click();
  const revoke = button(page, /^Revogar o link feito por Helena/);
  await revoke.click();
  await revoke.waitFor({ state: 'detached' });
  expect(await page.getByLabel('Link do convite').count()).toBe(0);
});

it('[R121] [R109] [R115] the administration imports people, puts a room away and opens it, and gives it to somebody when its owner goes', async () => {
  const { page, context, complaints } = await come('marcelo');
  await page.locator('.side').getByRole('link', { name: 'Administração' }).click();
  await button(page, 'Importar planilha').click();
  await page
    .getByRole('textbox', { name: 'Ou cole aqui' })
    .fill('nome,email,papel\nMarina Duarte,marina@aurora.example,estudante\n');
  await button(page, 'Conferir').click();
  await button(page, 'Criar 1 conta').click();
  await page.getByText('1 conta criada.').waitFor();
  const file = page.waitForEvent('download');
  await button(page.getByRole('dialog'), 'Baixar CSV').click();
  expect((await file).suggestedFilename()).toMatch(/\.csv$/);
  await button(page.getByRole('dialog'), 'Pronto').click();

  const sections = page.getByRole('navigation', { name: 'Administração' });
  await sections.getByRole('link', { name: 'Salas' }).click();
  await page.getByRole('searchbox').fill('xadrez');
  await page.getByRole('heading', { name: 'Clube de xadrez' }).waitFor();
  await button(page, 'Arquivar: Clube de xadrez').click();
  await button(page.getByRole('alertdialog'), 'Arquivar').click();
  await button(page, 'Reabrir: Clube de xadrez').click();
  await button(page.getByRole('alertdialog'), 'Reabrir').click();
  await button(page, 'Arquivar: Clube de xadrez').waitFor();

  await sections.getByRole('link', { name: 'Pessoas' }).click();
  await page.getByRole('searchbox').fill('Helena');
  await button(page, /^Opções de Helena/).click();
  await page.getByRole('menuitem', { name: 'Desativar a conta…' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox').fill('Deixou a escola');
  await button(dialog, 'Desativar').click();
  await button(dialog, 'Ver as salas').click();
  await button(page, 'Ver quais').click();
  await button(page, 'Dar a alguém: Clube de xadrez').click();
  await dialog.getByRole('searchbox').fill('raimundo');
  await button(dialog, /Raimundo Bittencourt/).click();
  await button(page.getByRole('alertdialog'), 'Dar a sala').click();
  await page.getByText('Raimundo Bittencourt agora cuida da sala.').first().waitFor();
  for (const one of [complaints, helena.complaints, ana.complaints]) expect(one).toEqual(noComplaints);
  await context.close();
});
