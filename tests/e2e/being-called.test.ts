import { ROOMS } from '@recreio/demo-school/rooms.ts';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launch } from './chromium.ts';
import { nameWords, say } from './conversation.ts';
import { openSchool, type School } from './school.ts';
import { enterAs, noComplaints, visit, type Visitor } from './visit.ts';

const lesson = `/sala/${ROOMS.parabola.id}`;
const roots = `/sala/${ROOMS.roots.id}`;
const garden = `/sala/${ROOMS.garden.id}`;

/** What a page did to call its person: chimes, notifications by their words, and questions for leave. */
interface Called {
  chimes: number;
  readonly shown: string[];
  asked: number;
}

/** Stands in the place of the loudspeaker and the desktop; `behind` is the person's looking elsewhere. */
function listen(): void {
  const called: Called = { chimes: 0, shown: [], asked: 0 };
  Object.assign(window, { called, behind: false });
  document.hasFocus = () => Reflect.get(window, 'behind') === false;
  const { start } = OscillatorNode.prototype;
  OscillatorNode.prototype.start = function (...when) {
    called.chimes += 0.5; // two notes are one chime
    start.apply(this, when);
  };
  class Desktop extends EventTarget {
    static permission = 'granted';
    static requestPermission(): Promise<string> {
      called.asked += 1;
      return Promise.resolve('granted');
    }
    constructor(title: string, { body }: { body: string }) {
      super();
      called.shown.push(`${title}: ${body}`);
    }
    close(): void {
      this.dispatchEvent(new Event('close'));
    }
  }
  Object.assign(window, { Notification: Desktop });
}

const calledOf = (page: Page): Promise<Called> => page.evaluate(() => Reflect.get(window, 'called') as Called);
const row = (page: Page, room: string): Locator => page.locator(`.side .room[href="${room}"]`);
const inbox = (page: Page): Locator => page.locator('.side a[href="/para-voce"]');

let browser: Browser;
let school: School;
let ana: Visitor;
let helena: Visitor;

beforeAll(async () => {
  [browser, school] = await Promise.all([launch(), openSchool({ kind: 'demo' })]);
  [ana, helena] = await Promise.all([visit(browser, school.url), visit(browser, `${school.url}${lesson}`)]);
  await ana.context.addInitScript(listen);
  await Promise.all([enterAs(ana.page, 'ana'), enterAs(helena.page, 'helena')]);
  for (const { page } of [ana, helena]) page.setDefaultTimeout(20_000);
});

afterAll(async () => {
  await browser?.close();
  await school?.close();
});

/** Helena names Ana in the lesson's room, which Ana has not before her. */
async function callAna(words: string): Promise<void> {
  await helena.page.locator('#escrever').focus();
  await helena.page.keyboard.type('@Ana');
  await helena.page.getByRole('option', { name: /Ana Beatriz/ }).waitFor();
  await helena.page.keyboard.press('Enter');
  await say(helena.page, words);
  await helena.page.locator('.main article[data-message]').filter({ hasText: words }).waitFor();
}

it('[R96] by keyboard: one’s own quiet hours come beside the school’s, and a rest begins and ends by a press', async () => {
  const { page } = ana;
  await page.goto(`${school.url}/conta`);
  await page.getByRole('link', { name: 'Notificações' }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Notificações', level: 1 }).waitFor();
  await page.getByText('das 21h às 6h30').waitFor();
  await page.getByRole('radio', { name: /Como a escola combinou/ }).focus();
  await page.keyboard.press('ArrowDown');
  await expect.poll(() => page.getByRole('radio', { name: /Também no meu horário/ }).isChecked()).toBe(true);
  await page.getByText('As horas da escola continuam valendo.').waitFor();
  await page.keyboard.press('ArrowUp');
  await expect.poll(() => page.getByRole('radio', { name: /Como a escola combinou/ }).isChecked()).toBe(true);
  await page.getByRole('button', { name: 'Por 2 horas' }).focus();
  await page.keyboard.press('Enter');
  await page.getByText(/^Ligado até/).waitFor();
  await page.getByRole('button', { name: 'Desligar' }).click();
  await page.getByRole('button', { name: 'Por 2 horas' }).waitFor();
  const choice = page.getByRole('switch', { name: 'Mostrar avisos na tela' });
  await choice.check();
  // Nothing was asked of the browser by itself
  expect((await calledOf(page)).asked).toBe(0);
  // Whoever looks at night would hear nothing of what follows
  const marcelo = await visit(browser, school.url);
  await enterAs(marcelo.page, 'marcelo');
  const status = await marcelo.page.evaluate(async () => {
    const { version } = (await (await fetch('/api/school')).json()) as { version: number };
    const body = JSON.stringify({ version, policies: { quietHours: null } });
    const headers = { 'content-type': 'application/json' };
    return (await fetch('/api/admin/school', { method: 'PATCH', headers, body })).status;
  });
  expect(status).toBe(200);
  await marcelo.context.close();
});

it('[R95] a mention sounds and shows once, counts in list, title and icon, and is gone when it was read', async () => {
  const { page } = ana;
  await page.goto(`${school.url}${garden}`);
  await row(page, lesson).waitFor();
  await row(page, lesson).click();
  await page.goto(`${school.url}${garden}`);
  await page.locator('#escrever').waitFor();
  const before = (await calledOf(page)).chimes;
  await page.evaluate(() => Object.assign(window, { behind: true }));
  await callAna('olhe o passo dois');
  await expect
    .poll(async () => (await calledOf(page)).shown)
    .toEqual(['Vértice da parábola: Helena Prates mencionou você']);
  expect((await calledOf(page)).chimes).toBe(before + 1);
  expect(await row(page, lesson).locator('.badge--mention').count()).toBe(1);
  await expect.poll(() => page.title()).toMatch(/^\(\d+\) /);
  expect(await page.locator('link[rel="icon"]').getAttribute('href')).toBe('/icon-new.svg');
});

it('[R97] the inbox says why, leads to the message and back, and what was read is not new any more', async () => {
  const { page } = ana;
  await expect.poll(() => inbox(page).locator('.badge').textContent()).toMatch(/^\d/);
  await inbox(page).click();
  await page.getByRole('heading', { name: 'Para você', level: 1 }).waitFor();
  const entry = page.locator('.in-item').filter({ hasText: 'olhe o passo dois' });
  await entry.getByText('Recebeu porque citaram você.').waitFor();
  expect(await entry.getAttribute('class')).toContain('is-new');
  await page.evaluate(() => Object.assign(window, { behind: false }));
  await entry.getByRole('link').click();
  await page.locator('.main article[data-message]').filter({ hasText: 'olhe o passo dois' }).waitFor();
  // What is before the eyes is read
  await row(page, lesson).locator('.badge--mention').waitFor({ state: 'detached' });
  await page.goBack();
  await expect.poll(() => entry.getAttribute('class')).not.toContain('is-new');
  await page.getByRole('button', { name: 'Marcar tudo como lido' }).click();
  await page.locator('.in-item.is-new').first().waitFor({ state: 'detached' });
  await inbox(page).locator('.badge').waitFor({ state: 'detached' });
});

it('[R94] a hushed room is silent and dimmed on every device at once, with what speaks to me in the inbox; undone, it counts', async () => {
  const { page } = ana;
  const phone = await visit(browser, school.url, { viewport: { width: 360, height: 740 } });
  await enterAs(phone.page, 'ana');
  await page.goto(`${school.url}${lesson}`);
  await row(page, lesson).click({ button: 'right' });
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Até eu desfazer' }).click();
  await dialog.getByText('Silenciada até você desfazer.').waitFor();
  await dialog.getByRole('button', { name: 'Pronto' }).click();
  await expect.poll(() => row(phone.page, lesson).getAttribute('class')).toContain('is-muted');
  await page.goto(`${school.url}/para-voce`);
  await page.locator('.in-item').first().waitFor();
  await page.evaluate(() => Object.assign(window, { behind: true }));
  const { chimes, shown } = await calledOf(page);
  await callAna('e o passo três');
  const entry = page.locator('.in-item').filter({ hasText: 'e o passo três' });
  await entry.getByText('A sala está silenciada').waitFor();
  expect(await entry.getAttribute('class')).not.toContain('is-new');
  for (const device of [page, phone.page]) expect(await row(device, lesson).locator('.badge').count()).toBe(0);
  await entry.getByRole('button', { name: 'Mudar avisos desta sala' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Desfazer' }).click();
  await expect.poll(() => row(phone.page, lesson).locator('.badge--mention').count()).toBe(1);
  // It was heard by nobody, then or now: what is heard next is the next
  await helena.page.goto(`${school.url}${roots}`);
  await callAna('e as raízes');
  await expect
    .poll(async () => (await calledOf(page)).shown)
    .toEqual([...shown, 'Raízes e a fórmula: Helena Prates mencionou você']);
  expect((await calledOf(page)).chimes).toBe(chimes + 1);
  expect(phone.complaints).toEqual(noComplaints);
  expect(ana.complaints).toEqual(noComplaints);
  await phone.context.close();
});

it('[R113] @todos asks with the head count, keeps the words until there is an answer, and calls those who have the room not open', async () => {
  const { page } = ana;
  const { page: staff } = helena;
  const { chimes, shown } = await calledOf(page);
  const box = staff.locator('#escrever');
  await box.focus();
  await staff.keyboard.type('@tod');
  await staff.getByRole('option', { name: /^todos/ }).waitFor();
  await staff.keyboard.press('Enter');
  await staff.keyboard.type('tragam a calculadora');
  await staff.keyboard.press('Enter');
  const asked = staff.getByRole('dialog', { name: /^Chamar \d+ pessoas\?$/ });
  await asked.waitFor();
  await staff.keyboard.press('Escape');
  expect(await box.inputValue()).toBe('@todos tragam a calculadora');
  await box.press('Enter');
  await asked.getByRole('button', { name: 'Chamar todos' }).click();
  const message = staff.locator('.main article[data-message]').filter({ hasText: 'tragam a calculadora' });
  await message.locator('.mention--me', { hasText: '@todos' }).waitFor();
  expect(await box.inputValue()).toBe('');
  await expect
    .poll(async () => (await calledOf(page)).shown)
    .toEqual([...shown, 'Raízes e a fórmula: Helena Prates chamou todos']);
  expect((await calledOf(page)).chimes).toBe(chimes + 1);
  const entry = page.locator('.in-item').filter({ hasText: 'tragam a calculadora' });
  await entry.getByText('Recebeu porque chamaram todos da sala.').waitFor();
  expect(await entry.getAttribute('class')).toContain('is-new');
  expect([ana.complaints, helena.complaints]).toEqual([noComplaints, noComplaints]);
});

it('[R119] by keyboard: a word is named once and taken away again; said, it calls, and the list says by which word', async () => {
  const { page } = ana;
  // What the test before last left open
  await page.getByRole('dialog').getByRole('button', { name: 'Pronto' }).click();
  await page.goto(`${school.url}/conta/notificacoes`);
  const field = page.getByRole('textbox', { name: 'Palavra ou frase curta' });
  const word = page.getByRole('button', { name: 'Tirar Gabarito' });
  await field.focus();
  await page.keyboard.type('Gabarito');
  await page.keyboard.press('Enter');
  await word.waitFor();
  await expect.poll(() => field.inputValue()).toBe('');
  await page.keyboard.type('gabarito');
  await page.keyboard.press('Enter');
  await page.getByText('“Gabarito” já chama você').waitFor();
  await page.goto(`${school.url}/para-voce`);
  await page.locator('.in-item').first().waitFor();
  await page.evaluate(() => Object.assign(window, { behind: true }));
  await say(helena.page, 'saiu o GABARITO da lista');
  const entry = page.locator('.in-item').filter({ hasText: 'saiu o GABARITO' });
  await entry.getByText('Recebeu porque pediu para saber de “Gabarito”.').waitFor();
  await expect
    .poll(async () => (await calledOf(page)).shown.at(-1))
    .toBe('Raízes e a fórmula: Helena Prates disse uma palavra sua');
  await page.getByRole('button', { name: 'Palavras' }).click();
  await expect.poll(() => page.locator('.in-item').count()).toBe(1);
  await entry.getByRole('link', { name: 'Mudar suas palavras' }).click();
  await word.focus();
  await page.keyboard.press('Enter');
  await word.waitFor({ state: 'detached' });
  await expect.poll(() => field.evaluate((box) => box === document.activeElement)).toBe(true);
  await page.goto(`${school.url}/para-voce`);
  await page.getByRole('button', { name: 'Marcar tudo como lido' }).click();
  await inbox(page).locator('.badge').waitFor({ state: 'detached' });
});

it('[R119] the word that fills the list, and one that is taken off it, hand the focus on', async () => {
  const { page } = ana;
  await nameWords(
    page,
    Array.from({ length: 19 }, (_, nth) => `assunto ${nth + 1}`),
  );
  await page.goto(`${school.url}/conta/notificacoes`);
  const word = (nth: number) => page.getByRole('button', { name: `Tirar assunto ${nth}`, exact: true });
  const hasFocus = (found: Locator) =>
    expect.poll(() => found.evaluate((one) => one === document.activeElement)).toBe(true);
  await page.getByRole('textbox', { name: 'Palavra ou frase curta' }).focus();
  await page.keyboard.type('assunto 20');
  await page.keyboard.press('Enter');
  await hasFocus(page.getByText('São 20 no máximo.'));
  await page.keyboard.press('Tab');
  await hasFocus(word(1));
  await page.keyboard.press('Enter');
  await hasFocus(word(2));
  await word(20).focus();
  await page.keyboard.press('Enter');
  await hasFocus(word(19));
  await nameWords(page, []);
  await page.goto(`${school.url}/para-voce`);
});

it('[R114] what has to be read waits in the inbox until it is confirmed there, and who asked sees by whom', async () => {
  const { page } = ana;
  const { page: staff } = helena;
  const asked = staff.locator('.main article[data-message]').filter({ hasText: 'tragam a calculadora' });
  await asked.focus();
  await asked.getByRole('button', { name: 'Mais ações' }).click();
  await staff.getByRole('dialog').getByRole('button', { name: 'Pedir leitura' }).click();
  await asked.getByText('A sala toda tem de ler isto e confirmar.').waitFor();
  const waiting = page.getByRole('region', { name: 'Para ler e confirmar' });
  await waiting.getByText('tragam a calculadora').waitFor();
  await page.getByRole('button', { name: 'Marcar tudo como lido' }).click();
  await expect.poll(() => inbox(page).locator('.badge').textContent()).toMatch(/^1/);
  await waiting.getByRole('link').click();
  const card = page.locator('.main .notice.is-waiting');
  await card.waitFor();
  await page.goBack();
  await waiting.getByRole('button', { name: 'Li e entendi' }).focus();
  await page.keyboard.press('Enter');
  await waiting.waitFor({ state: 'detached' });
  await inbox(page).locator('.badge').waitFor({ state: 'detached' });
  await asked.getByRole('button', { name: 'Quem confirmou' }).click();
  const who = staff.getByRole('dialog', { name: 'Quem confirmou' });
  await who.getByRole('heading', { name: '1 pessoa confirmou' }).waitFor();
  await who.getByRole('listitem').filter({ hasText: 'Ana Beatriz' }).getByRole('time').waitFor();
  await who.getByRole('button', { name: 'Deixar de pedir' }).click();
  await asked.locator('.notice').waitFor({ state: 'detached' });
  expect([ana.complaints, helena.complaints]).toEqual([noComplaints, noComplaints]);
});

it('[R120] by keyboard: what names somebody may be urgent; it says so in a word, in the conversation and in the list', async () => {
  const { page } = ana;
  const { page: staff } = helena;
  const box = staff.locator('#escrever');
  const urgent = staff.getByRole('button', { name: 'Urgente' });
  await page.goto(`${school.url}/para-voce`);
  await box.focus();
  await staff.keyboard.type('@Ana B');
  await staff.getByRole('option', { name: /^Ana Beatriz/ }).waitFor();
  expect(await urgent.count()).toBe(0);
  await staff.keyboard.press('Enter');
  await staff.keyboard.type('a sala mudou');
  await urgent.focus();
  await staff.keyboard.press('Space');
  expect(await urgent.getAttribute('aria-pressed')).toBe('true');
  await box.press('Enter');
  const message = staff.locator('.main article[data-message]').filter({ hasText: 'a sala mudou' });
  await message.locator('.urgent', { hasText: 'Urgente' }).waitFor();
  expect(await message.getAttribute('aria-label')).toContain(', urgente: ');
  await urgent.waitFor({ state: 'detached' });
  const entry = page.locator('.in-item').filter({ hasText: 'a sala mudou' });
  await entry.locator('.urgent', { hasText: 'Urgente' }).waitFor();
  await entry.getByText('Recebeu porque citaram você, com urgência.').waitFor();
  expect([ana.complaints, helena.complaints]).toEqual([noComplaints, noComplaints]);
});
