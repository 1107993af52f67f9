/** Beyond saying: links to messages, days, what is pinned, what a message said before. */
import { DIRECTS } from '@recreio/demo-school/directs.ts';
import { ROOMS } from '@recreio/demo-school/rooms.ts';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launch } from './chromium.ts';
import { historyOf, say } from './conversation.ts';
import { openSchool, type School } from './school.ts';
import { flawsOf } from './violations.ts';
import { enterAs, noComplaints, tooWide, visit, type Visitor } from './visit.ts';

const direct = DIRECTS.find(({ people }) => people.join() === 'ana,helena')?.id ?? '';
const lesson = `/sala/${ROOMS.parabola.id}`;

let browser: Browser;
let school: School;
let helena: Visitor;
let page: Page;

beforeAll(async () => {
  [browser, school] = await Promise.all([launch(), openSchool({ kind: 'demo' })]);
  helena = await visit(browser, school.url);
  page = helena.page;
  page.setDefaultTimeout(10_000);
  await enterAs(page, 'helena');
});

afterAll(async () => {
  await browser?.close();
  await school?.close();
});

const message = (on: Page, words: string): Locator =>
  on.locator('article[data-message]').filter({ hasText: words }).last();

/** By keyboard: to a message, into its actions, to the rare ones, and to one of them. */
async function choose(on: Page, words: string, action: string): Promise<void> {
  await message(on, words).focus();
  await on.keyboard.press('Enter');
  await on.keyboard.press('ArrowLeft');
  await on.keyboard.press('Enter');
  const button = on.getByRole('dialog').getByRole('button', { name: action });
  await button.focus();
  await on.keyboard.press('Enter');
}

it('[board] a message is pinned by keyboard, stands under the head for everybody at once, and is gone with its removal', async () => {
  await page.goto(`${school.url}${lesson}`);
  await say(page, 'A prova é na quinta, na sala 12.');
  await message(page, 'A prova é na quinta').locator('.state--sent').waitFor();
  const ana = await visit(browser, school.url, {
    viewport: { width: 360, height: 740 },
    hasTouch: true,
    isMobile: true,
  });
  await enterAs(ana.page, 'ana');
  await ana.page.goto(`${school.url}${lesson}`);
  await message(ana.page, 'A prova é na quinta').waitFor();
  await choose(page, 'A prova é na quinta', 'Fixar na sala');
  const strip = ana.page.getByRole('region', { name: 'Fixadas na sala' });
  await strip.getByText('A prova é na quinta').waitFor();
  expect(await tooWide(ana.page)).toBeLessThanOrEqual(0);
  // The way to it, and the list of all
  await strip.getByRole('button').first().tap();
  await ana.page.locator('.msg.is-target').filter({ hasText: 'A prova é na quinta' }).waitFor();
  await strip.getByRole('button').last().tap();
  await ana.page.getByRole('dialog').getByText('Fixada por Helena').first().waitFor();
  expect(await ana.page.getByRole('dialog').getByRole('button', { name: 'Tirar dos fixados' }).count()).toBe(0);
  await ana.page.keyboard.press('Escape');
  await message(page, 'A prova é na quinta').focus();
  await page.keyboard.press('Enter');
  await page.getByRole('toolbar').getByRole('button', { name: 'Apagar' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Apagar' }).click();
  await strip.getByText('A prova é na quinta').waitFor({ state: 'detached' });
  await strip.getByText(/1 fixada/).waitFor();
  expect(ana.complaints).toEqual(noComplaints);
  await ana.context.close();
});

it('[board] what a message said before is one press away for its author and for those who moderate', async () => {
  await page.goto(`${school.url}${lesson}`);
  await say(page, 'O delta é b² - 4a');
  await message(page, 'O delta é').locator('.state--sent').waitFor();
  await message(page, 'O delta é').focus();
  await page.keyboard.press('Enter');
  await page.getByRole('toolbar').getByRole('button', { name: 'Editar' }).click();
  await page.getByText('Editando').first().waitFor();
  await page.keyboard.press('End');
  await page.keyboard.type('c');
  await page.keyboard.press('Enter');
  await message(page, 'O delta é b² - 4ac').getByRole('button', { name: 'editada' }).click();
  const past = page.getByRole('dialog', { name: 'O que dizia antes' });
  await past.getByText('Como foi enviada').waitFor();
  expect(await past.locator('.listed-words').allTextContents()).toEqual(['O delta é b² - 4ac', 'O delta é b² - 4a']);
  await page.keyboard.press('Escape');
  await past.waitFor({ state: 'detached' });
  // By keyboard, at 360 px
  await page.setViewportSize({ width: 360, height: 740 });
  await message(page, 'O delta é b² - 4ac').getByRole('button', { name: 'editada' }).press('Enter');
  await past.getByText('Como foi enviada').waitFor();
  expect(await flawsOf(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await past.waitFor({ state: 'detached' });
});

it('[board] at 360 px a link to a message leads into another room and back to where one was; one that leads nowhere says so', async () => {
  const history = await historyOf(helena.context.request, school.url, ROOMS.parabola.id);
  const target = history[1];
  if (!target) throw new Error('the lesson has a history');
  await page.goto(`${school.url}/sala/${direct}`);
  const link = `${school.url}/sala/${ROOMS.parabola.id}?m=${target.id}`;
  await say(page, `Veja ${link} antes da aula`);
  await message(page, 'antes da aula').locator('.state--sent').waitFor();
  await message(page, 'antes da aula').getByRole('link').click();
  await page.locator(`.msg.is-target [data-id="${target.id}"]`).waitFor();
  await page.getByRole('button', { name: 'Voltar para onde estava' }).click();
  await page.locator('.msg.is-target').filter({ hasText: 'antes da aula' }).waitFor();
  expect(new URL(page.url()).pathname).toBe(`/sala/${direct}`);
  expect(await tooWide(page)).toBeLessThanOrEqual(0);
  // Of another room, and of none: the same words
  for (const id of [target.id, '0198a3f2-1111-7000-8000-0123456789ab']) {
    await page.goto(`${school.url}/sala/${direct}?m=${id}`);
    await page.getByRole('status').filter({ hasText: 'não está aqui, ou não é para você' }).waitFor();
  }
});

it('[board] a day is gone to by the keyboard, and by mouse, at 360 px and on a screen', async () => {
  await page.goto(`${school.url}${lesson}`);
  await page.getByRole('button', { name: 'Mais opções da sala' }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('menuitem', { name: 'Ir para uma data…' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Início da sala' }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await page.setViewportSize({ width: 1440, height: 900 });
  const [first] = await historyOf(helena.context.request, school.url, ROOMS.parabola.id);
  await page.locator(`.msg.is-target [data-id="${first?.id}"]`).waitFor();
  await page.getByRole('button', { name: 'Mais opções da sala' }).click();
  await page.getByRole('menuitem', { name: 'Ir para uma data…' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Início da sala' }).click();
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await page.locator(`.msg.is-target [data-id="${first?.id}"]`).waitFor();
  expect(helena.complaints).toEqual(noComplaints);
});
