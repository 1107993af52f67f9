import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { openPostbox, type Postbox } from '../raw/postbox.ts';
import { connect, done, type Person, setUpSchool, signIn } from '../raw/person.ts';
import { launch } from './chromium.ts';
import { openSchool, type School } from './school.ts';
import { flawsOf } from './violations.ts';
import { narrow, noComplaints, tooWide, visit, type Visitor } from './visit.ts';

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

/** The link in the newest letter to an address, once there are so many. */
const linkTo = async (address: string, nth = 1): Promise<string> =>
  await vi.waitFor(() => {
    const found = postbox.letters.filter(({ to }) => to === address)[nth - 1];
    const link = /http\S+/u.exec(found?.text ?? '')?.[0];
    if (link === undefined) throw new Error('no letter yet');
    return link;
  });

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
  expect(await flawsOf(page)).toEqual([]);

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
  await page.goto(await linkTo('tom@escola.example'));
  await page.getByLabel('Seu nome').fill('Tom Bastos');
  expect(await flawsOf(page)).toEqual([]);
  await page.getByLabel('Senha', { exact: true }).fill('o sino toca ao meio-dia');
  await page.keyboard.press('Enter');
  await own(page);
  expect(new URL(page.url()).hash).toBe('');
  await page.getByText('Tom Bastos').first().waitFor();
  expect([complaints, office.complaints]).toEqual([noComplaints, noComplaints]);
  await context.close();
});

it('[R77] [R78] by keyboard, at 360 px: who forgot the password chooses another by mail, which ends what was open; then another address', async () => {
  const tom = await signIn(school.url, 'tom@escola.example', 'o sino toca ao meio-dia');
  const { socket } = await connect(school.url, tom);
  const { page, context, complaints } = await open('/', narrow);
  await page.getByRole('button', { name: 'Esqueci a senha' }).press('Enter');
  expect(await flawsOf(page)).toEqual([]);
  await page.getByLabel('E-mail').fill('tom@escola.example');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Veja o seu e-mail' }).waitFor();
  expect(await flawsOf(page)).toEqual([]);
  await page.goto(await linkTo('tom@escola.example', 2));
  await page.getByLabel('Senha', { exact: true }).fill('o vento vira a página');
  expect(await flawsOf(page)).toEqual([]);
  await page.keyboard.press('Enter');
  await own(page);
  expect((await socket.end()).code).toBe(4401);

  await page.goto(`${school.url}/conta`);
  await page
    .getByRole('heading', { name: 'E-mail' })
    .locator('..')
    .getByRole('button', { name: 'Mudar' })
    .press('Enter');
  await page.getByLabel('E-mail novo').fill('tomas@escola.example');
  expect(await flawsOf(page)).toEqual([]);
  await page.keyboard.press('Enter');
  await page.getByText('o link está a caminho').first().waitFor();
  await page.goto(await linkTo('tomas@escola.example'));
  expect(await flawsOf(page)).toEqual([]);
  await page.getByRole('button', { name: 'Confirmar' }).press('Enter');
  await page.getByText('A partir de agora você entra com tomas@escola.example.').waitFor();
  expect(await tooWide(page)).toBeLessThanOrEqual(0);
  expect(complaints).toEqual(noComplaints);
  await context.close();
});

it('[R77] [R78] by mouse: who forgot the password chooses another by mail, and then takes another address', async () => {
  const { page, context, complaints } = await open();
  await page.getByRole('button', { name: 'Esqueci a senha' }).click();
  await page.getByLabel('E-mail').fill('vera@correio.example');
  await page.getByRole('button', { name: 'Mandar o link' }).click();
  await page.getByRole('heading', { name: 'Veja o seu e-mail' }).waitFor();
  await page.goto(await linkTo('vera@correio.example', 2));
  await page.getByLabel('Senha', { exact: true }).fill('o sol seca o telhado');
  await page.getByRole('button', { name: 'Guardar e entrar' }).click();
  await own(page);
  await page.getByRole('button', { name: /Suas coisas/ }).click();
  await page.getByRole('menuitem', { name: 'Minha conta' }).click();
  await page.getByRole('heading', { name: 'E-mail' }).locator('..').getByRole('button', { name: 'Mudar' }).click();
  await page.getByLabel('E-mail novo').fill('vera@escola.example');
  await page.getByRole('button', { name: 'Mandar o link' }).click();
  await page.goto(await linkTo('vera@escola.example'));
  await page.getByRole('button', { name: 'Confirmar' }).click();
  await page.getByText('A partir de agora você entra com vera@escola.example.').waitFor();
  expect(complaints).toEqual(noComplaints);
  await context.close();
});

it('[R116] the school has what stayed unread mailed; each chooses how often; a link that was copied in part says so', async () => {
  await office.page.goto(`${school.url}/conta/notificacoes`);
  await office.page.getByText('A escola não manda e-mails com o que ficou sem ler.').waitFor();
  await office.page.goto(`${school.url}/escola`);
  const mails = office.page.getByRole('group', { name: 'E-mails com o que ficou sem ler' });
  await mails.getByText('Dizem em que sala, nunca o que foi dito').click();
  await office.page.getByLabel('Mandar o que ficar sem ler por').selectOption({ label: '1 hora' });
  await office.page.getByRole('button', { name: 'Salvar' }).click();
  await office.page.getByText('Salvo. Quem está com o Recreio aberto já vê.').waitFor();
  expect((await done(school.url, helena, 'school.get', {})).policies).toMatchObject({
    digest: 'places',
    digestAfterMs: 3_600_000,
  });

  await office.page.goto(`${school.url}/conta/notificacoes`);
  await office.page
    .getByText(`Quando algo que fala com você fica 1 hora sem ler, um só e-mail para ${helena.email}`)
    .waitFor();
  await office.page.getByLabel('Um por dia').click();
  await expect.poll(() => office.page.getByLabel('Um por dia').isChecked()).toBe(true);
  await vi.waitFor(async () => expect((await done(school.url, helena, 'accounts.me', {})).calm?.mail).toBe('day'));

  const { page, context, complaints } = await open(`/sem-emails#${'A'.repeat(43)}`, phone);
  await page.getByRole('button', { name: 'Não receber mais' }).tap();
  await page.getByText('Este link foi copiado pela metade.').waitFor();
  expect(new URL(page.url()).hash).toBe('');
  expect(complaints).toEqual(noComplaints);
  await context.close();
});
