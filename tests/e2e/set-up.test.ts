import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launch } from './chromium.ts';
import { box, say } from './conversation.ts';
import { openSchool, type School } from './school.ts';
import { flawsOf } from './violations.ts';
import { narrow, noComplaints, visit, type Visitor } from './visit.ts';

const administrator = { name: 'Íris Fontes', email: 'iris@escola.example', password: 'um pátio com três mangueiras' };
const teacher = { name: 'Bento Carvalho', email: 'bento@escola.example', password: 'a lousa da sala dezessete' };

let browser: Browser;
let school: School;
let first: Visitor;
let second: Visitor;
let invitation = '';

beforeAll(async () => {
  browser = await launch();
  school = await openSchool({ kind: 'production' });
});

afterAll(async () => {
  await browser?.close();
  await school?.close();
});

const message = (page: Page, words: string) => page.locator('article[data-message]').filter({ hasText: words });

it('[B.1] the link that the server prints opens the school once, and makes its first administrator', async () => {
  expect(school.setUpToken).not.toBeNull();
  first = await visit(browser, `${school.url}/convite#${school.setUpToken}`);
  const { page } = first;
  page.setDefaultTimeout(15_000);
  await page.getByLabel('Nome da escola').fill('Escola do Cerrado');
  // The token is not left in the address, where a history or a picture of the screen would keep it
  expect(new URL(page.url()).hash).toBe('');
  expect(await flawsOf(page)).toEqual([]);
  await page.getByLabel('Seu nome').fill(administrator.name);
  await page.getByLabel('Seu e-mail').fill(administrator.email);
  await page.getByLabel('Senha', { exact: true }).fill(administrator.password);
  await page.getByRole('button', { name: 'Abrir a escola' }).click();
  await page.getByRole('button', { name: administrator.name }).waitFor();
  await expect.poll(() => page.locator('.side-school').textContent()).toBe('Escola do Cerrado');
  const late = await visit(browser, `${school.url}/convite#${school.setUpToken}`);
  await late.page.getByRole('heading', { name: 'Este link não vale mais' }).waitFor();
  expect(late.complaints).toEqual(noComplaints);
  await late.context.close();
});

it('[B.1] at 360 px: the administrator invites a teacher, and is shown the link once', async () => {
  const { page } = first;
  await page.setViewportSize({ width: 360, height: 740 });
  await page.goto(`${school.url}/pessoas`);
  await page.getByRole('button', { name: 'Convidar' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Nome').fill(teacher.name);
  await dialog.getByLabel('E-mail').fill(teacher.email);
  await dialog.getByLabel('Papel').selectOption('teacher');
  const minor = dialog.getByLabel('É menor de idade');
  if (await minor.isChecked()) await minor.uncheck();
  await dialog.getByRole('button', { name: 'Criar convite' }).click();
  invitation = await page.getByLabel(`Link de ${teacher.name}`).inputValue();
  expect(invitation).toMatch(new RegExp(`^${school.url}/convite#[\\w-]{20,}$`));
  await page.getByText('Links daqui só abrem neste computador').waitFor();
  expect(await flawsOf(page)).toEqual([]);
  await page.getByRole('button', { name: 'Pronto' }).click();
  await page.getByText('Convite feito, ainda não entrou').waitFor();
  await page.setViewportSize({ width: 1440, height: 900 });
});

it('[B.1] at 360 px: the teacher chooses a password by the link, and is in', async () => {
  second = await visit(browser, invitation, narrow);
  const { page } = second;
  page.setDefaultTimeout(15_000);
  await page.getByRole('heading', { name: `Boas-vindas, ${teacher.name}` }).waitFor();
  expect(await flawsOf(page)).toEqual([]);
  await page.getByLabel('Senha', { exact: true }).fill(teacher.password);
  await page.getByRole('button', { name: 'Guardar e entrar' }).click();
  await page
    .getByRole('link', { name: /Encontrar/ })
    .first()
    .waitFor({ state: 'attached' });
  await expect.poll(() => page.locator('.side-school').textContent()).toBe('Escola do Cerrado');
});

it('[B.1] the two talk: a room is made, found and entered, and each sees what the other says', async () => {
  const { page: his } = second;
  await his.goto(`${school.url}/salas`);
  await his.getByRole('button', { name: 'Criar uma sala' }).first().click();
  await his.getByRole('dialog').getByLabel('Nome da sala').fill('Feira do livro');
  await his.getByRole('dialog').getByRole('button', { name: 'Criar sala' }).click();
  await his.getByRole('heading', { level: 1, name: 'Feira do livro' }).waitFor();
  await box(his).waitFor();
  await say(his, 'Quem traz a mesa?');
  await message(his, 'Quem traz a mesa?').filter({ hasText: 'Enviada' }).waitFor();

  const { page: hers } = first;
  await hers.goto(`${school.url}/salas`);
  await hers
    .locator('main')
    .getByRole('button', { name: /Entrar/ })
    .first()
    .click();
  await hers.getByRole('heading', { level: 1, name: 'Feira do livro' }).waitFor();
  await message(hers, 'Quem traz a mesa?').waitFor();
  await say(hers, 'Eu trago.');
  await message(his, 'Eu trago.').waitFor();
  for (const page of [his, hers])
    expect(await page.locator('article[data-message] .said').allTextContents()).toEqual([
      'Quem traz a mesa?',
      'Eu trago.',
    ]);
});

it('[B.1] who comes back signs in with e-mail and password; a wrong one is told as such', async () => {
  const { page, complaints, context } = await visit(browser, school.url);
  page.setDefaultTimeout(15_000);
  await page.getByLabel('E-mail').fill(teacher.email);
  await page.getByLabel('Senha', { exact: true }).fill('não é esta senha');
  await page.getByRole('button', { name: 'Entrar', exact: true }).click();
  await expect.poll(() => page.getByLabel('Senha', { exact: true }).getAttribute('aria-invalid')).toBe('true');
  await page.getByLabel('Senha', { exact: true }).fill(teacher.password);
  await page.getByRole('button', { name: 'Entrar', exact: true }).click();
  await page.getByRole('button', { name: teacher.name }).waitFor();
  expect(complaints).toEqual(noComplaints);
  await context.close();
});

it('[B.1] at 360 px: who forgot the password has a link from the administrator, where there is no mail', async () => {
  const { page } = first;
  await page.setViewportSize({ width: 360, height: 740 });
  await page.goto(`${school.url}/pessoas`);
  await page.getByRole('button', { name: `Opções de ${teacher.name}` }).click();
  await page.getByRole('menuitem', { name: 'Link para nova senha…' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Criar link' }).click();
  const link = await page.getByLabel(`Link de ${teacher.name}`).inputValue();
  await page.getByRole('button', { name: 'Pronto' }).click();
  const { page: his } = second;
  await his.goto(link);
  await his.getByLabel('Senha', { exact: true }).fill('a janela que dá para o rio');
  await his.getByRole('button', { name: 'Guardar e entrar' }).click();
  await his
    .getByRole('link', { name: /Encontrar/ })
    .first()
    .waitFor({ state: 'attached' });
  expect(new URL(his.url()).hash).toBe('');
});

it('[CSP] in all of that no policy was broken, nobody else was asked, and nothing was thrown', () => {
  for (const { complaints } of [first, second]) expect(complaints).toEqual(noComplaints);
});
