import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import type { Browser, CDPSession, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openProvider, type TestProvider } from '../../packages/server/src/testing/provider.ts';
import { type Folder, makeFolder } from '../process/folder.ts';
import { type SharedPostgres, startPostgres } from '../process/postgres.ts';
import * as phone from '../raw/phone.ts';
import { connect, type Person, enrol, setUpSchool, signIn } from '../raw/person.ts';
import type { RawSocket } from '../raw/socket.ts';
import { launch } from './chromium.ts';
import { openSchool, type School } from './school.ts';
import { flawsOf } from './violations.ts';
import { narrow, noComplaints, tooWide, visit, type Visitor } from './visit.ts';

let browser: Browser;
let postgres: SharedPostgres;
let provider: TestProvider;
let folder: Folder;
let school: School;
let administrator: Person;
let teacher: Person;

beforeAll(async () => {
  [browser, postgres] = await Promise.all([launch(), startPostgres()]);
  const port = await freePort();
  provider = await openProvider(`http://localhost:${port}/entrar/volta`);
  folder = makeFolder('proving');
  writeFileSync(`${folder.path}/secret`, provider.clientSecret);
  school = await openSchool({
    kind: 'production',
    databaseUrl: postgres.url,
    port,
    env: {
      OIDC_ISSUER: provider.issuer,
      OIDC_CLIENT_ID: provider.clientId,
      OIDC_CLIENT_SECRET_FILE: `${folder.path}/secret`,
      OIDC_NAME: 'Conta do Cerrado',
      OIDC_LINK_BY_EMAIL: '1',
    },
  });
  administrator = await setUpSchool(school.url, school.setUpToken ?? '');
  teacher = await enrol(school.url, administrator, { name: 'Bento Carvalho', role: 'teacher' });
});

afterAll(async () => {
  await browser?.close();
  await school?.close();
  await provider?.close();
  await postgres?.stop();
  folder?.remove();
});

/** A port that is free now: the provider must know the way back before the school is there. */
const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
};

/** As if everybody had proved who they are long ago. */
const later = () => postgres.query("UPDATE session SET assured_at = clock_timestamp() - interval '6 minutes'");

const password = async (page: Page, person: Person) => {
  await page.getByLabel('E-mail').fill(person.email);
  await page.getByLabel('Senha', { exact: true }).fill(person.password);
  await page.getByRole('button', { name: 'Entrar', exact: true }).click();
};
/** In the school: their name stands there, or on a phone the ways on. */
const inside = (page: Page, { name }: Person) =>
  page
    .getByRole('button', { name })
    .or(page.getByRole('link', { name: /^Encontrar/ }))
    .first()
    .waitFor();

/** The person's open socket on another device; it stays open until the server ends it. */
const openElsewhere = async ({ email, password }: Person): Promise<RawSocket> =>
  (await connect(school.url, await signIn(school.url, email, password))).socket;

/** The code of the server's end to it: signed out while it was open ([R12]). */
const SIGNED_OUT = 4401;

/** A browser window at the school, with some patience less than usual: nothing here takes long. */
const open = async (path = '/', options = {}): Promise<Visitor> => {
  const visitor = await visit(browser, `${school.url}${path}`, options);
  visitor.page.setDefaultTimeout(15_000);
  return visitor;
};

it('[R70] [R71] codes from an app: set up after a proof, asked for at the door, and a recovery code when the phone is lost', async () => {
  const { page, context, complaints } = await open();
  await password(page, teacher);
  await inside(page, teacher);
  await page.goto(`${school.url}/conta`);
  await later();
  await page.getByRole('button', { name: 'Ligar os códigos por aplicativo' }).click();
  // Step-up: the page asks, and then goes on with what was wanted
  const proof = page.getByRole('dialog', { name: 'É você mesmo?' });
  await proof.getByLabel('Senha', { exact: true }).fill('não é esta senha');
  await proof.getByRole('button', { name: 'Continuar' }).click();
  await proof.getByText('A senha não confere').waitFor();
  expect(await flawsOf(page)).toEqual([]);
  await proof.getByLabel('Senha', { exact: true }).fill(teacher.password);
  await proof.getByRole('button', { name: 'Continuar' }).click();
  const setUp = page.getByRole('dialog', { name: 'Códigos por aplicativo' });
  await setUp.getByRole('img', { name: 'Código QR para o aplicativo' }).waitFor();
  const secret = ((await setUp.locator('output').textContent()) ?? '').replaceAll(' ', '');
  await setUp.getByLabel('Código', { exact: true }).fill(phone.codeOf(secret));
  // Another device of theirs, with the school open
  const elsewhere = await open('/', narrow);
  await password(elsewhere.page, teacher);
  await inside(elsewhere.page, teacher);
  await setUp.getByRole('button', { name: 'Ligar' }).click();
  const codes = page.getByRole('dialog', { name: 'Guarde os seus códigos de reserva' });
  await codes.getByRole('listitem').first().waitFor();
  const [recovery = ''] = await codes.getByRole('listitem').allTextContents();
  expect(await flawsOf(page)).toEqual([]);
  expect(recovery).toMatch(/^[0-9a-z]{6}(-[0-9a-z]{6}){3}$/);
  await codes.getByRole('button', { name: 'Já guardei' }).click();
  await page.getByText('Ligados').waitFor();
  await elsewhere.page.getByText('Sua sessão acabou').waitFor();
  await elsewhere.context.close();
  expect(complaints).toEqual(noComplaints);
  await context.close();

  const second = await open('/', narrow);
  await password(second.page, teacher);
  await second.page.getByRole('heading', { name: 'Só mais um passo' }).waitFor();
  expect(await second.page.getByLabel('Código').evaluate((field) => field === document.activeElement)).toBe(true);
  await second.page.keyboard.type('000000');
  await second.page.keyboard.press('Enter');
  await second.page.getByText('O código não confere, ou já foi usado').waitFor();
  expect(await flawsOf(second.page)).toEqual([]);
  await second.page.getByLabel('Código').fill(phone.codeOf(secret, 1));
  await second.page.keyboard.press('Enter');
  await inside(second.page, teacher);
  await second.context.close();

  const third = await open('/', narrow);
  await password(third.page, teacher);
  await third.page.getByLabel('Código').fill(recovery);
  await third.page.getByRole('button', { name: 'Entrar', exact: true }).click();
  await inside(third.page, teacher);
  await third.page.goto(`${school.url}/conta`);
  await third.page.getByText('Sobraram 7 para quando o celular faltar').waitFor();
  expect(await tooWide(third.page)).toBeLessThanOrEqual(0);
  await third.context.close();
});

it('[R72] who lost everything is let in by an administrator, who proves first who they are and says why, by keyboard at 360 px', async () => {
  const his = await open();
  const hers = await open('/', narrow);
  await password(hers.page, administrator);
  await inside(hers.page, administrator);
  await hers.page.goto(`${school.url}/pessoas`);
  await later();
  await hers.page.getByRole('button', { name: `Opções de ${teacher.name}` }).press('Enter');
  await hers.page.getByRole('menuitem', { name: 'Tirar a segunda etapa…' }).press('Enter');
  const dialog = hers.page.getByRole('dialog', { name: /Tirar a segunda etapa/ });
  await dialog.getByLabel('Motivo').fill('Perdeu o celular; veio à secretaria.');
  expect(await flawsOf(hers.page)).toEqual([]);
  await dialog.getByRole('button', { name: 'Tirar' }).press('Enter');
  const proof = hers.page.getByRole('dialog', { name: 'É você mesmo?' });
  await proof.getByLabel('Senha', { exact: true }).fill(administrator.password);
  await hers.page.keyboard.press('Enter');
  await hers.page.getByText('entra de novo só com a senha').waitFor();
  await password(his.page, teacher);
  await inside(his.page, teacher);
  for (const { complaints, context } of [his, hers]) {
    expect(complaints).toEqual(noComplaints);
    await context.close();
  }
});

/** A security key inside the browser, which answers by itself. */
const plugKey = async ({ context, page }: Visitor): Promise<CDPSession> => {
  const devtools = await context.newCDPSession(page);
  await devtools.send('WebAuthn.enable');
  await devtools.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  return devtools;
};

it('[R76] a passkey: made, used to come in and to prove anew, and removed, which ends what came in by it', async () => {
  const visitor = await open();
  const { page, context, complaints } = visitor;
  await plugKey(visitor);
  await password(page, teacher);
  await inside(page, teacher);
  await page.goto(`${school.url}/conta`);
  await page.getByRole('button', { name: 'Fazer uma chave de acesso' }).click();
  await page.getByRole('dialog').getByLabel('Nome').fill('Notebook da sala');
  expect(await flawsOf(page)).toEqual([]);
  await page.getByRole('dialog').getByRole('button', { name: 'Fazer' }).click();
  await page.getByRole('heading', { name: 'Notebook da sala' }).waitFor();

  await page.getByRole('button', { name: teacher.name }).click();
  await page.getByRole('menuitem', { name: 'Sair' }).click();
  await page.getByRole('button', { name: 'Entrar com chave de acesso' }).click();
  await inside(page, teacher);

  // By keyboard, and on a phone, from here
  await page.setViewportSize({ width: 360, height: 740 });
  await page.goto(`${school.url}/conta`);
  await page.getByRole('button', { name: 'Remover Notebook da sala' }).waitFor();
  const other = await openElsewhere(teacher);
  await later();
  await page.getByRole('button', { name: 'Remover Notebook da sala' }).press('Enter');
  await page.getByRole('alertdialog').getByRole('button', { name: 'Remover' }).press('Enter');
  const proof = page.getByRole('dialog', { name: 'É você mesmo?' });
  await proof.getByRole('button', { name: 'Usar uma chave de acesso' }).press('Enter');
  await page.getByText('A chave foi removida.').waitFor();
  expect(await flawsOf(page)).toEqual([]);
  expect((await other.end()).code).toBe(SIGNED_OUT);
  expect(complaints).toEqual(noComplaints);
  await context.close();
});

it('[R84] the school’s own sign-in: in by it, a fresh proof by it, and off again, with the password left', async () => {
  provider.knows({ subject: 'bento', email: teacher.email, verified: true });
  const { page, context, complaints } = await open();
  const pass = async () => {
    await page.waitForURL((url) => url.origin === provider.issuer);
    await page.getByRole('link', { name: 'bento' }).click();
  };
  const door = page.getByRole('button', { name: 'Entrar com Conta do Cerrado' });
  await door.waitFor();
  expect(await flawsOf(page)).toEqual([]);
  await door.click();
  await pass();
  // What the provider asks besides, once
  await page.waitForURL((url) => url.origin === school.url || url.pathname.startsWith('/as/'));
  if (new URL(page.url()).origin === provider.issuer) await pass();
  await inside(page, teacher);
  expect(new URL(page.url()).search).toBe('');

  const elsewhere = await openElsewhere(teacher);
  await page.setViewportSize({ width: 360, height: 740 });
  await page.goto(`${school.url}/conta`);
  const off = () => page.getByRole('button', { name: 'Desligar Conta do Cerrado' });
  await off().press('Enter');
  await page.getByRole('button', { name: 'Confirmar com Conta do Cerrado' }).press('Enter');
  await pass();
  await page.waitForURL((url) => url.origin === school.url && url.pathname === '/conta');
  await off().press('Enter');
  await page.getByText('não abre mais a sua conta').waitFor();
  expect(await tooWide(page)).toBeLessThanOrEqual(0);
  expect((await elsewhere.end()).code).toBe(SIGNED_OUT);
  expect({ ...complaints, foreign: [] }).toEqual(noComplaints);
  await context.close();

  const { page: again, context: other } = await open();
  await password(again, teacher);
  await inside(again, teacher);
  await other.close();
});
