import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { enrol, type Person, setUpSchool } from '../raw/person.ts';
import { launch } from './chromium.ts';
import { box, say } from './conversation.ts';
import { openSchool, type School } from './school.ts';
import { noComplaints, tooWide, visit, type Visitor } from './visit.ts';

let browser: Browser;
let school: School;
const visitors: Visitor[] = [];
let administrator: Person;
let teacher: Person;
let pupil: Person;

beforeAll(async () => {
  [browser, school] = await Promise.all([launch(), openSchool({ kind: 'production' })]);
  administrator = await setUpSchool(school.url, school.setUpToken ?? '');
  [teacher, pupil] = await Promise.all([
    enrol(school.url, administrator, { name: 'Bento Carvalho', role: 'teacher' }),
    enrol(school.url, administrator, { name: 'Cora Lima' }),
  ]);
});

afterAll(async () => {
  await browser?.close();
  await school?.close();
});

/** Signs somebody in by the form, and goes to a page. */
async function enter({ name, email, password }: Person, path: string): Promise<Page> {
  const visitor = await visit(browser, school.url);
  visitors.push(visitor);
  const { page } = visitor;
  page.setDefaultTimeout(10_000);
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Senha', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Entrar', exact: true }).click();
  await page.getByRole('button', { name }).waitFor();
  await page.goto(`${school.url}${path}`);
  return page;
}

const lessonTitles = (page: Page) => page.locator('.lesson-row h3').allTextContents();

it('[R106] [R108] a new school makes a course, puts a teacher and a pupil in it, and they find each other there', async () => {
  const hers = await enter(administrator, '/escola/cursos');
  // The school has none, and says what one is for
  await hers.getByRole('heading', { name: 'Comece pelo primeiro curso' }).waitFor();
  await hers.locator('main .empty').getByRole('button', { name: 'Criar um curso' }).click();
  const making = hers.getByRole('dialog');
  await making.getByLabel('Nome do curso').fill('Matemática');
  await making.getByLabel('Turma (se houver)').fill('9º B');
  await making.getByLabel('Aulas, uma por linha (se já souber)').fill('Frações\n\n  Raízes ');
  await making.getByRole('button', { name: 'Criar curso' }).click();
  await hers.getByRole('heading', { level: 1, name: 'Matemática · 9º B' }).waitFor();
  expect(await lessonTitles(hers)).toEqual(['Frações', 'Raízes']);

  // By keyboard: the focus goes along with the lesson that moves
  await hers.getByRole('button', { name: 'Subir Raízes' }).focus();
  await hers.keyboard.press('Enter');
  await hers.getByText('“Raízes” agora é a aula 1.').waitFor({ state: 'attached' });
  expect(await lessonTitles(hers)).toEqual(['Raízes', 'Frações']);
  await expect
    .poll(() => hers.evaluate(() => document.activeElement?.getAttribute('aria-label')))
    .toBe('Descer Raízes');
  await hers.getByLabel('Acrescentar uma aula').fill('Parábolas');
  await hers.keyboard.press('Enter');
  await expect.poll(() => lessonTitles(hers)).toEqual(['Raízes', 'Frações', 'Parábolas']);

  await hers.getByRole('button', { name: 'Colocar pessoas' }).click();
  const enrolling = hers.getByRole('dialog');
  await enrolling.getByLabel(/^Bento Carvalho/).check();
  await enrolling.getByRole('searchbox').fill('cora');
  await enrolling.getByLabel(/^Cora Lima/).check();
  const his = await enter(teacher, '/salas');
  const theirs = await enter(pupil, '/salas');
  await enrolling.getByRole('button', { name: 'Colocar no curso' }).click();
  await hers.getByText('Quem você escolheu agora está no curso.').waitFor();
  await hers.getByText('Equipe do curso').waitFor();

  // The teacher's page was open all along, and knows of the course without being loaded again
  await his.getByRole('button', { name: 'Criar uma sala' }).first().click();
  const room = his.getByRole('dialog');
  await room.getByRole('button', { name: 'Aula', exact: true }).click();
  await room.getByLabel('Curso').selectOption({ label: 'Matemática · 9º B' });
  await room.getByLabel('Aula', { exact: true }).selectOption({ label: '1. Raízes' });
  await room.getByRole('button', { name: 'Criar sala' }).click();
  await his.getByRole('heading', { level: 1, name: 'Raízes' }).waitFor();
  await box(his).waitFor();
  await say(his, 'Quem começa?');

  await theirs.goto(`${school.url}/salas`);
  await theirs.locator('main').getByRole('heading', { name: 'Raízes' }).waitFor();
  await theirs
    .locator('main')
    .getByRole('button', { name: /Entrar/ })
    .first()
    .click();
  await theirs.locator('article[data-message]').filter({ hasText: 'Quem começa?' }).waitFor();

  // Under age, and with her teacher: in private
  await theirs.goto(`${school.url}/salas?abrir=conversa`);
  const talk = theirs.getByRole('dialog');
  await talk.getByRole('searchbox').fill('bento');
  await talk.getByRole('button', { name: /Bento Carvalho/ }).click();
  await theirs.getByRole('heading', { level: 1, name: 'Bento Carvalho' }).waitFor();
  await box(theirs).waitFor();
  await say(theirs, 'Professor, uma dúvida.');
  await his.locator('.side .room').filter({ hasText: 'Cora' }).click();
  await his.locator('article[data-message]').filter({ hasText: 'uma dúvida' }).waitFor();
});

it('[R107] [R108] by keyboard, at 360 px: a lesson with a room stays; who is taken out of the course is out of its room', async () => {
  const [{ page: hers }, , { page: theirs }] = visitors as [Visitor, Visitor, Visitor];
  await hers.setViewportSize({ width: 360, height: 740 });
  await hers.reload();
  await hers.getByRole('button', { name: 'Opções de 1. Raízes' }).press('Enter');
  expect(await hers.getByRole('menuitem', { name: 'Tirar: há salas desta aula' }).getAttribute('aria-disabled')).toBe(
    'true',
  );
  await hers.keyboard.press('Escape');
  // A lesson without a room has the way to make it, the lesson chosen already; one that has a room does not ask for another
  const firstRoom = (lesson: string) => hers.getByRole('button', { name: `Criar sala: ${lesson}` });
  expect(await firstRoom('Raízes').count()).toBe(0);
  await firstRoom('Frações').press('Enter');
  const room = hers.getByRole('dialog');
  await expect
    .poll(() => room.getByLabel('Aula', { exact: true }).evaluate((it) => (it as HTMLSelectElement).value))
    .not.toBe('');
  expect(await room.locator('option:checked').allTextContents()).toEqual(
    expect.arrayContaining(['Matemática · 9º B', '2. Frações']),
  );
  await room.getByRole('button', { name: 'Criar sala' }).press('Enter');
  await hers.getByRole('heading', { level: 1, name: 'Frações' }).waitFor();
  await hers.goBack();
  await firstRoom('Parábolas').waitFor();
  await expect.poll(() => firstRoom('Frações').count()).toBe(0);
  await hers.getByRole('button', { name: 'Tirar Cora Lima' }).press('Enter');
  await hers.getByRole('alertdialog').getByRole('button', { name: 'Tirar do curso' }).press('Enter');
  await hers.getByText('Cora Lima saiu do curso e de 1 sala.').waitFor();
  expect(await tooWide(hers)).toBeLessThanOrEqual(0);
  await theirs.locator('.side .room').filter({ hasText: 'Raízes' }).waitFor({ state: 'detached' });
  for (const { complaints } of visitors) expect(complaints).toEqual(noComplaints);
});
