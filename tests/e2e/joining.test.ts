import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { openPostbox, type Postbox } from '../../packages/server/src/testing/postbox.ts';
import { done, type Person, setUpSchool } from '../raw/person.ts';
import { launch } from './chromium.ts';
import { openSchool, type School } from './school.ts';
import { noComplaints, visit, type Visitor } from './visit.ts';

let browser: Browser;
let postbox: Postbox;
let school: School;
let helena: Person;
let office: Visitor;
beforeAll(async () => {
  [browser, postbox] = await Promise.all([launch(), openPostbox()]);
  school = await openSchool({
    kind: 'production',
    env: { SMTP_URL: postbox.url, MAIL_FROM: 'Escola <recreio@escola.example>' },
  });
  helena = await setUpSchool(school.url, school.setUpToken ?? '');
  office = await open();
  await enter(office.page, helena.email, helena.password);
});
afterAll(async () => {
  await browser?.close();
  await school?.close();
  await postbox?.close();
});

const phone = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true };
const open = async (path = '/', options = {}): Promise<Visitor> => {
  const visitor = await visit(browser, `${school.url}${path}`, options);
  visitor.page.setDefaultTimeout(15_000);
  return visitor;
};
const enter = async (page: Page, email: string, password: string): Promise<void> => {
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Senha', { exact: true }).fill(password);
  await page.keyboard.press('Enter');
  await page.getByRole('link', { name: 'Encontrar salas' }).first().waitFor();
};
const own = async (page: Page): Promise<void> =>
  page
    .getByRole('link', { name: /Encontrar/ })
    .first()
    .waitFor({ state: 'attached' });

it('[R91] [R90] somebody asks on a phone, is admitted by the keyboard, chooses a password, and says who they are', async () => {
  const { version } = await done(school.url, helena, 'school.get', {});
  await done(school.url, helena, 'school.update', { version, policies: { joining: 'approval' } });
  const { page, context, complaints } = await open('/', phone);
  await page.getByRole('button', { name: 'Pedir para entrar' }).tap();
  await page.getByLabel('Seu nome').fill('Vera Reis');
  await page.getByLabel('Seu e-mail').fill('vera@correio.example');
  await page.getByLabel('Um recado').fill('Sou do 9º B.');
  await page.getByRole('button', { name: 'Fazer o pedido' }).tap();
  await page.getByRole('heading', { name: 'Pedido feito' }).waitFor();

  await office.page.goto(`${school.url}/pessoas`);
  await office.page.getByText('Sou do 9º B.').waitFor();
  await office.page.getByRole('button', { name: 'Aceitar Vera Reis' }).focus();
  await office.page.keyboard.press('Enter');
  await office.page.getByRole('dialog').waitFor();
  await office.page.keyboard.press('Enter');
  const link = await office.page.getByLabel('Link de Vera Reis').inputValue();
  await office.page.keyboard.press('Escape');
  await office.page.getByText('pedido para entrar').waitFor({ state: 'detached' });

  await page.goto(link);
  await page.getByLabel('Senha', { exact: true }).fill('a chuva cai no telhado');
  await page.getByRole('button', { name: 'Guardar e entrar' }).tap();
  await own(page);
  await page.goto(`${school.url}/conta`);
  await page.getByRole('button', { name: 'Mudar os pronomes' }).tap();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Pronomes').fill('professora');
  await page.keyboard.press('Enter');
  await dialog.getByText('não é aceito aqui').waitFor();
  await dialog.getByLabel('Pronomes').fill('ela/dela');
  await page.keyboard.press('Enter');
  await dialog.waitFor({ state: 'detached' });
  await page.getByRole('heading', { name: 'Vera Reis ela/dela' }).waitFor();
  await page.getByRole('button', { name: 'Confirmar o fuso horário' }).tap();
  await page.getByText('Agora são').waitFor();
  expect(complaints).toEqual(noComplaints);
  await context.close();
});

it('[R91] the school opens to its own domain, and who has an address there makes an account by the link that comes', async () => {
  await office.page.goto(`${school.url}/escola`);
  await office.page.getByLabel('Quem tem e-mail da escola').check();
  await office.page.getByLabel('Domínios da escola').fill('@Escola.example');
  await office.page.getByRole('button', { name: 'Salvar' }).click();
  await office.page.getByText('Salvo.').waitFor();

  const { page, context, complaints } = await open();
  await page.getByRole('button', { name: 'Criar conta' }).click();
  await page.getByLabel('E-mail da escola').fill('tom@escola.example');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Veja o seu e-mail' }).waitFor();
  const letter = await vi.waitFor(() => {
    const found = postbox.letters.find(({ to }) => to === 'tom@escola.example');
    if (!found) throw new Error('no letter yet');
    return found;
  });
  await page.goto(/http\S+/u.exec(letter.text)?.[0] ?? '');
  await page.getByLabel('Seu nome').fill('Tom Bastos');
  await page.getByLabel('Senha', { exact: true }).fill('o sino toca ao meio-dia');
  await page.keyboard.press('Enter');
  await own(page);
  expect(new URL(page.url()).hash).toBe('');
  await page.getByText('Tom Bastos').first().waitFor();
  expect([complaints, office.complaints]).toEqual([noComplaints, noComplaints]);
  await context.close();
});
