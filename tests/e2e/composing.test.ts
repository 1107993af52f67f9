import { ROOMS } from '@recreio/demo-school/rooms.ts';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launch } from './chromium.ts';
import { route } from '../raw/http.ts';
import { uuidv7 } from '../raw/uuid.ts';
import { box, historyOf } from './conversation.ts';
import { openSchool, type School } from './school.ts';
import { enterAs, noComplaints, visit, type Visitor } from './visit.ts';

const lesson = `/sala/${ROOMS.parabola.id}`;

let browser: Browser;
let school: School;
let ana: Visitor;
let helena: Visitor;

beforeAll(async () => {
  [browser, school] = await Promise.all([launch(), openSchool({ kind: 'demo' })]);
  const come = async (person: 'ana' | 'helena'): Promise<Visitor> => {
    const visitor = await visit(browser, `${school.url}${lesson}`);
    visitor.page.setDefaultTimeout(15_000);
    await enterAs(visitor.page, person);
    await box(visitor.page).waitFor();
    return visitor;
  };
  [ana, helena] = await Promise.all([come('ana'), come('helena')]);
});

afterAll(async () => {
  await browser?.close();
  await school?.close();
});

const message = (page: Page, words: string): Locator =>
  page.locator('.main article[data-message]').filter({ hasText: words });
const newestBody = async ({ context }: Visitor, room: string): Promise<string | undefined> =>
  (await historyOf(context.request, school.url, room)).at(-1)?.body;

/** Writes, and takes the line of the list that says this; the box keeps the focus and says which line it is at. */
async function choose({ page }: Visitor, typed: string, line: RegExp): Promise<void> {
  await box(page).focus();
  await page.keyboard.type(typed);
  const option = page.getByRole('option', { name: line });
  await option.waitFor();
  for (let nth = 0; nth < 6 && (await option.getAttribute('aria-selected')) !== 'true'; nth++)
    await page.keyboard.press('ArrowDown');
  expect(await box(page).getAttribute('aria-activedescendant')).toBe(await option.getAttribute('id'));
  await page.keyboard.press('Enter');
  await option.waitFor({ state: 'detached' });
}

it('[2.1.1] a room is named by #, by keyboard: a link with its name for who may go there', async () => {
  const { page } = ana;
  await choose(ana, 'Veja #raizes', /Raízes e a fórmula/);
  await choose(ana, 'e :cora', /^coração$|❤️.*coração$/);
  expect(await box(page).inputValue()).toBe('Veja #Raízes e a fórmula e ❤️ ');
  await page.keyboard.press('Enter');
  const chip = message(page, 'Veja').getByRole('link', { name: 'Raízes e a fórmula' });
  await chip.waitFor();
  await expect
    .poll(() => newestBody(ana, ROOMS.parabola.id))
    .toBe(`Veja [#Raízes e a fórmula](${school.url}/sala/${ROOMS.roots.id}) e ❤️`);
  // The words are the box's again, when they are to be changed
  await page.keyboard.press('ArrowUp');
  await expect.poll(() => box(page).inputValue()).toBe('Veja #Raízes e a fórmula e ❤️');
  await page.keyboard.press('Escape');
  await chip.focus();
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 1, name: 'Raízes e a fórmula' }).waitFor();
  await page.goto(`${school.url}${lesson}`);
});

it('a room by invitation is no link, and has no name, for who is not in it', async () => {
  await choose(ana, 'É no #site', /site do grêmio/);
  await ana.page.keyboard.press('Enter');
  await message(ana.page, 'É no').getByRole('link', { name: 'Projeto: site do grêmio' }).waitFor();
  const seen = message(helena.page, 'É no');
  await seen.getByText('É no #sala reservada').waitFor();
  expect(await seen.getByRole('link').count()).toBe(0);
});

/** Pastes into the box as another program has put it on the clipboard. */
async function paste(page: Page, html: string, text: string): Promise<void> {
  await box(page).evaluate(
    (element, [asHtml = '', asText = '']) => {
      const clipboardData = new DataTransfer();
      if (asHtml !== '') clipboardData.setData('text/html', asHtml);
      clipboardData.setData('text/plain', asText);
      const event = new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true });
      // What a page does not do by itself the browser would
      if (element.dispatchEvent(event)) document.execCommand('insertText', false, asText);
    },
    [html, text],
  );
}

it('what is pasted becomes Markdown or a link, Ctrl+Z takes it back, and of much code it is asked', async () => {
  const { page } = ana;
  await box(page).focus();
  await page.keyboard.type('Veja a parábola');
  await page.keyboard.press('Control+Shift+ArrowLeft');
  await paste(page, '', 'https://a.example/parabola');
  expect(await box(page).inputValue()).toBe('Veja a [parábola](https://a.example/parabola)');
  await page.keyboard.press('Control+z');
  expect(await box(page).inputValue()).toBe('Veja a parábola');
  await page.keyboard.press('End');
  await paste(page, '<p>: <b>côncava</b> ou não</p>', ': côncava ou não');
  expect(await box(page).inputValue()).toBe('Veja a parábola: **côncava** ou não');
  await page.keyboard.press('Control+a');
  await page.keyboard.press('Delete');
  const code = 'for (const x of all) {\n  sum += x;\n}\n'.repeat(60);
  await paste(page, '', code);
  expect(await box(page).inputValue()).toBe(code);
  await page.getByRole('button', { name: 'Pôr em bloco de código' }).click();
  expect(await box(page).inputValue()).toBe(`\`\`\`\n${code}\`\`\`\n`);
  await page.getByText('Isto parece código.').waitFor({ state: 'detached' });
  await page.keyboard.press('Control+a');
  await page.keyboard.press('Delete');
});

it('while letters are composed Enter is of the keyboard that composes them', async () => {
  const { page, context } = ana;
  const cdp = await context.newCDPSession(page);
  await box(page).focus();
  await cdp.send('Input.imeSetComposition', { text: 'にほん', selectionStart: 3, selectionEnd: 3 });
  await page.keyboard.press('Enter');
  expect(await box(page).inputValue()).toContain('にほん');
  await cdp.send('Input.insertText', { text: '日本' });
  expect((await box(page).inputValue()).trim()).toBe('日本');
  await page.keyboard.press('Enter');
  await message(page, '日本').waitFor();
  expect(await box(page).inputValue()).toBe('');
});

it('an answer that is begun waits for an edit, and answers still when the edit is left or saved', async () => {
  const { page } = ana;
  const act = async (on: Locator, name: string): Promise<void> => {
    await on.focus();
    await page.keyboard.press('Enter');
    await on.getByRole('toolbar').getByRole('button', { name, exact: true }).click();
  };
  const own = message(page, 'Já resolvi');
  const bar = page.locator('.main').getByText('Respondendo a');
  await box(page).fill('Já resolvi');
  await page.keyboard.press('Enter');
  await own.locator('.state--sent').waitFor();
  await box(helena.page).fill('Qual é o vértice?');
  await helena.page.keyboard.press('Enter');
  await act(message(page, 'Qual é o vértice?'), 'Responder');
  await bar.waitFor();
  await page.keyboard.type('É o ponto');
  for (const end of ['Escape', 'Enter']) {
    await act(own, 'Editar');
    await bar.waitFor({ state: 'detached' });
    await page.keyboard.type('!');
    await page.keyboard.press(end);
    await expect.poll(() => box(page).inputValue()).toBe('É o ponto');
    await bar.waitFor();
  }
  await box(page).focus();
  await page.keyboard.press('Enter');
  await message(page, 'É o ponto').getByText('Qual é o vértice?').waitFor();
});

it('Esc closes the list alone; Enter makes a new line for who wishes it so, and the sheet of keys says it', async () => {
  const { page } = ana;
  await box(page).focus();
  await page.keyboard.type('#');
  await page.getByRole('listbox').waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('listbox').waitFor({ state: 'detached' });
  expect(await box(page).inputValue()).toBe('#');
  await page.keyboard.press('Backspace');
  await page.keyboard.press('Control+/');
  const sheet = page.getByRole('dialog', { name: 'Atalhos do teclado' });
  await sheet.getByRole('checkbox', { name: 'Enter envia' }).uncheck();
  expect(await sheet.getByText('Ctrl Enter', { exact: true }).count()).toBe(1);
  await page.keyboard.press('Escape');
  await box(page).focus();
  await page.keyboard.type('uma linha');
  await page.keyboard.press('Enter');
  await page.keyboard.type('e outra');
  expect(await box(page).inputValue()).toBe('uma linha\ne outra');
  await page.keyboard.press('Control+Enter');
  await message(page, 'e outra').waitFor();
  expect(await box(page).inputValue()).toBe('');
});

it('[R118] a message is forwarded by its name: who is not where it was said sees nothing of it, and removed there it is gone here', async () => {
  const { page } = ana;
  await page.goto(`${school.url}/sala/${ROOMS.site.id}`);
  await box(page).focus();
  await page.keyboard.type('A senha do mural é pipoca');
  await page.keyboard.press('Control+Enter');
  const said = message(page, 'pipoca');
  await said.waitFor();
  await page.keyboard.press('Shift+Tab');
  await said.focus();
  await page.keyboard.press('Enter');
  await said.getByRole('button', { name: 'Mais ações' }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Encaminhar…' }).focus();
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Encaminhar' });
  await dialog.getByRole('searchbox', { name: 'Para onde' }).fill('vertice');
  await dialog.getByRole('radio', { name: /Vértice da parábola/ }).check();
  await dialog.getByRole('textbox', { name: /Suas palavras/ }).fill('Vale para a lista também');
  await dialog.getByRole('button', { name: 'Encaminhar' }).click();
  await dialog.waitFor({ state: 'detached' });

  const there = message(helena.page, 'Vale para a lista também');
  await there.getByText('Uma mensagem que você não pode ver.').waitFor();
  expect(await helena.page.content()).not.toContain('pipoca');
  const other = await ana.context.newPage();
  await other.goto(`${school.url}${lesson}`);
  const card = message(other, 'Vale para a lista também').getByRole('figure');
  await card.getByText('A senha do mural é pipoca').waitFor();
  await card.getByRole('link', { name: /Projeto: site do grêmio/ }).waitFor();

  const original = { room: ROOMS.site.id, message: await said.getAttribute('data-id'), clientId: uuidv7() };
  const { path, method } = route('messages.remove', original);
  expect(
    await page.evaluate(async ([to, how]) => (await fetch(to, { method: how })).status, [path, method] as const),
  ).toBe(200);
  await message(other, 'Vale para a lista também').getByText('A mensagem encaminhada foi removida.').waitFor();
  await other.close();
});

it('[2.1.1] one catches up by keyboard: what speaks to one first, read, undone, left for later, to the end', async () => {
  const { page } = ana;
  await page.keyboard.press('Control+k');
  await page.keyboard.type('por em dia');
  await page.getByRole('option', { name: 'Pôr em dia' }).waitFor();
  await page.keyboard.press('Enter');
  const name = page.locator('.catch-up h2');
  await name.waitFor();
  const first = await name.innerText();
  // Its mentions are told
  await page.locator('.catch-up-head .badge--mention').waitFor();
  await page.locator('.catch-up-said li').first().waitFor();
  const next = async (key: string): Promise<string> => {
    const before = await name.innerText();
    await page.keyboard.press(key);
    await expect.poll(() => name.innerText()).not.toBe(before);
    return name.innerText();
  };
  const second = await next('e');
  expect(await next('z')).toBe(first);
  expect(await next('e')).toBe(second);
  const done = page.getByRole('heading', { name: 'O resto ficou para depois' });
  for (let nth = 0; nth < 12 && !(await done.isVisible()); nth++) await page.keyboard.press('j');
  await done.waitFor();
  await page.getByRole('button', { name: 'Ver as que ficaram' }).click();
  await expect.poll(() => name.innerText()).toBe(second);
});

it('nothing was done that a strict page must not do', () => {
  expect([ana.complaints, helena.complaints]).toEqual([noComplaints, noComplaints]);
});
