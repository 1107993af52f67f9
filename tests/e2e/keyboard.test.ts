import { ROOMS } from '@recreio/demo-school/rooms.ts';
import { DIRECTS } from '@recreio/demo-school/directs.ts';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launch } from './chromium.ts';
import { box, say } from './conversation.ts';
import { openSchool, type School } from './school.ts';
import { enterAs, noComplaints, visit, type Visitor } from './visit.ts';

const direct = DIRECTS.find(({ people }) => people.join() === 'ana,helena')?.id ?? '';

let browser: Browser;
let school: School;
let ana: Visitor;
let page: Page;

beforeAll(async () => {
  browser = await launch();
  school = await openSchool({ kind: 'demo' });
  ana = await visit(browser, school.url);
  page = ana.page;
  page.setDefaultTimeout(10_000);
});

afterAll(async () => {
  await browser?.close();
  await school?.close();
});

const isFocused = (what: Locator): Promise<boolean> =>
  what.evaluateAll(
    ([element, another]) => another === undefined && element !== undefined && element === document.activeElement,
  );

async function expectFocus(what: Locator): Promise<void> {
  await what.waitFor({ state: 'attached' });
  await expect.poll(() => isFocused(what)).toBe(true);
}

/** Whether what has the focus can be seen, and some of it lies under nothing (WCAG 2.4.11). Runs in the page. */
function isInSight(): boolean {
  const at = document.activeElement;
  if (at === null || !at.checkVisibility()) return false;
  const { left, right, top, bottom } = at.getBoundingClientRect();
  const [x0, x1] = [Math.max(left, 0), Math.min(right, innerWidth)];
  const [y0, y1] = [Math.max(top, 0), Math.min(bottom, innerHeight)];
  return [0.1, 0.5, 0.9].some((share) => {
    const seen = document.elementFromPoint(x0 + (x1 - x0) / 2, y0 + (y1 - y0) * share);
    return seen !== null && (at.contains(seen) || seen.contains(at));
  });
}

/** Presses Tab until it is there; a person who needs more than so many has lost patience. */
async function tabTo(what: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab', most = 60): Promise<void> {
  await what.waitFor();
  for (let nth = 0; nth < most; nth++) {
    if (await isFocused(what)) return;
    await page.keyboard.press(key);
    expect(await page.evaluate(isInSight), `after ${nth + 1} × ${key}`).toBe(true);
  }
  throw new Error(`${what} was not reached by ${most} × ${key}`);
}

/** The message with these words. */
const message = (words: string): Locator => page.locator('article[data-message]').filter({ hasText: words });

/** From the box into the list, to its newest message, which is one's own, and along its toolbar to an action. */
async function toAction(words: string, label: string): Promise<void> {
  await tabTo(page.locator('article[data-message][tabindex="0"]'), 'Shift+Tab');
  await page.keyboard.press('End');
  await expectFocus(message(words));
  await page.keyboard.press('Enter');
  const toolbar = message(words).getByRole('toolbar');
  await expectFocus(toolbar.getByRole('button').first());
  const action = toolbar.getByRole('button', { name: label, exact: true });
  for (let nth = 0; nth < 6 && !(await isFocused(action)); nth++) await page.keyboard.press('ArrowRight');
  await expectFocus(action);
  await page.keyboard.press('Enter');
}

it('[2.1.1] signs in, and finds the room, without a mouse', async () => {
  await tabTo(page.getByRole('button', { name: 'Ana Beatriz' }));
  await page.keyboard.press('Enter');
  const room = page
    .locator(`.side a[href="/sala/${ROOMS.fair.id}"], .side a[href="/sala/${ROOMS.parabola.id}"]`)
    .first();
  await room.waitFor();
  await expectFocus(page.getByRole('heading', { level: 1 }));
  await tabTo(page.getByRole('searchbox'));
  await page.keyboard.type('vertice');
  const open = page
    .locator('main')
    .getByRole('link', { name: /Vértice da parábola/ })
    .first();
  await tabTo(open);
  await page.keyboard.press('Enter');
  await page.waitForURL(`**/sala/${ROOMS.parabola.id}`);
  await expectFocus(page.getByRole('heading', { level: 1, name: 'Vértice da parábola' }));
});

it('[2.4.3] writes, and the focus stays in the box', async () => {
  await tabTo(box(page));
  await page.keyboard.type('Só com o teclado');
  await page.keyboard.press('Enter');
  await message('Só com o teclado').filter({ hasText: 'Enviada' }).waitFor();
  await expectFocus(box(page));
  expect(await box(page).inputValue()).toBe('');
});

it('[2.4.3] answers a message, and the answer quotes it', async () => {
  await toAction('Só com o teclado', 'Responder');
  await expectFocus(box(page));
  await page.keyboard.type('respondendo a mim');
  await page.keyboard.press('Enter');
  await message('respondendo a mim').filter({ hasText: 'Enviada' }).waitFor();
  expect(await message('respondendo a mim').locator('.quote').textContent()).toContain('Só com o teclado');
  await expectFocus(box(page));
  // The quote leads to what it answers, and back
  const said = (words: string): Locator => page.locator('article:focus').getByText(words, { exact: true });
  await message('respondendo a mim').locator('.quote').press('Enter');
  await said('Só com o teclado').waitFor();
  await page.locator('.msg.is-target').waitFor();
  await page.getByRole('button', { name: 'Voltar', exact: true }).press('Enter');
  await said('respondendo a mim').waitFor();
  await page.keyboard.press('Escape');
  await expectFocus(box(page));
});

it('[2.4.3] reacts by the emojis’ search, and the focus returns to the message', async () => {
  await toAction('respondendo a mim', 'Reagir');
  await expectFocus(page.getByRole('searchbox', { name: 'Procurar emoji' }));
  await page.keyboard.type('foguete');
  await page.keyboard.press('Enter');
  await message('respondendo a mim')
    .getByRole('button', { name: /foguete, 1 pessoa: você/ })
    .waitFor();
  await expect
    .poll(() => page.evaluate(() => document.activeElement?.closest('article')?.textContent ?? ''))
    .toContain('respondendo a mim');
});

it('[2.4.3] from the box up to the head of the room are few stops, however long the history', async () => {
  await page.keyboard.press('Escape');
  await expectFocus(box(page));
  // The premise: there is much that could be stopped at, in more than the message one is at
  const others = page.locator('article[data-message][tabindex="-1"]');
  expect(await others.locator('.quote, .react, a, pre').count()).toBeGreaterThan(5);
  expect(await others.locator('[tabindex="0"], a:not([tabindex]), button:not([tabindex])').count()).toBe(0);
  // The ways back, and the inside of one message; a person who needs more has lost patience
  await tabTo(page.getByRole('button', { name: 'Mais opções da sala' }), 'Shift+Tab', 10);
  // And from below again one comes to what is in sight, not to where one was
  await tabTo(box(page), 'Tab', 10);
});

it('[2.4.3] keys pressed one upon another find the focus where the one before has put it', async () => {
  const moved = await page.evaluate(async () => {
    // A task for each key, and no frame between them, as a machine that is busy delivers them
    const press = async (key: string) => {
      document.activeElement?.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
      await Promise.resolve();
    };
    const articles = [...document.querySelectorAll<HTMLElement>('article[data-message]')];
    const last = articles.at(-1);
    last?.focus();
    await press('ArrowUp');
    const above = document.activeElement === articles.at(-2);
    await press('End');
    await press('Enter');
    const inToolbar = document.activeElement?.closest('[role="toolbar"]') !== null;
    return { above, inToolbar };
  });
  expect(moved).toEqual({ above: true, inToolbar: true });
  // A frame later nobody has taken it away
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  expect(await page.evaluate(() => document.activeElement?.closest('[role="toolbar"]') !== null)).toBe(true);
  await page.keyboard.press('Escape');
  await expectFocus(box(page));
});

it('[2.4.3] edits the last message by the arrow up; the draft comes back', async () => {
  await page.keyboard.press('Escape');
  await expectFocus(box(page));
  await page.keyboard.press('ArrowUp');
  await expect.poll(() => box(page).inputValue()).toBe('respondendo a mim');
  await page.keyboard.type(', de novo');
  await page.keyboard.press('Enter');
  await message('respondendo a mim, de novo').filter({ hasText: 'editada' }).waitFor();
  await expectFocus(box(page));
  expect(await box(page).inputValue()).toBe('');
});

it('[2.4.3] takes a message away after being asked; the focus is not lost', async () => {
  await toAction('respondendo a mim, de novo', 'Apagar');
  const question = page.getByRole('alertdialog');
  await question.waitFor();
  expect(await page.evaluate(() => document.activeElement?.closest('[role="alertdialog"]') !== null)).toBe(true);
  await tabTo(question.getByRole('button', { name: 'Apagar' }), 'Tab', 4);
  await page.keyboard.press('Enter');
  await message('Você apagou esta mensagem').waitFor();
  await expect
    .poll(() => page.evaluate(() => document.activeElement?.closest('article')?.textContent))
    .toContain('apagou');
});

it('[2.4.1] the skip link leads to the box from the top of the page', async () => {
  await tabTo(page.getByRole('link', { name: 'Ir para a caixa de escrever' }));
  await page.keyboard.press('Enter');
  await expectFocus(box(page));
});

it('[2.1.1] opens the private conversation by finding the person, and talks there', async () => {
  await tabTo(page.getByRole('link', { name: 'Nova conversa' }));
  await page.keyboard.press('Enter');
  await expectFocus(page.getByRole('dialog').getByRole('searchbox'));
  await page.keyboard.type('helena');
  const found = page.getByRole('dialog').getByRole('button', { name: /Helena Prates/ });
  await found.waitFor();
  await tabTo(found, 'Tab', 5);
  await page.keyboard.press('Enter');
  await page.waitForURL(`**/sala/${direct}`);
  await page.getByRole('heading', { level: 1, name: 'Helena Prates' }).waitFor();
  expect(await page.getByRole('dialog').count()).toBe(0);
  await expectFocus(page.getByRole('heading', { level: 1, name: 'Helena Prates' }));
  await tabTo(box(page));
  await page.keyboard.type('Boa tarde, professora');
  await page.keyboard.press('Enter');
  await message('Boa tarde, professora').filter({ hasText: 'Enviada' }).waitFor();
});

it('[2.4.3] who writes before the first frame of a page is there keeps the focus, and sends with Enter', async () => {
  // A busy device: frames come when it has time
  await page.evaluate(() => {
    const frames: FrameRequestCallback[] = [];
    const whole = window.requestAnimationFrame.bind(window);
    window.requestAnimationFrame = (run) => frames.push(run);
    Reflect.set(window, 'giveFrames', () => {
      window.requestAnimationFrame = whole;
      for (const run of frames) run(performance.now());
    });
  });
  await tabTo(page.locator(`.side a[href="/sala/${ROOMS.parabola.id}"]`), 'Shift+Tab', 80);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 1, name: 'Vértice da parábola' }).waitFor();
  await page.getByLabel(/^Mensagem para Vértice/).waitFor();
  await box(page).focus();
  await page.keyboard.type('Cheguei escrevendo');
  expect(await isFocused(box(page))).toBe(true);
  await page.evaluate(() => (Reflect.get(window, 'giveFrames') as () => void)());
  await page.keyboard.press('Enter');
  await message('Cheguei escrevendo').filter({ hasText: 'Enviada' }).waitFor();
  expect(await box(page).inputValue()).toBe('');
  await page.goBack();
  await expectFocus(page.getByRole('heading', { level: 1, name: 'Helena Prates' }));
  await tabTo(box(page));
});

/** The room that is open, by its address. */
const openRoom = (): string => new URL(page.url()).pathname;

it('[ux] goes anywhere by letters, without accents and in their own order, and starts a talk with who is not in the list', async () => {
  await box(page).focus();
  await page.keyboard.press('Control+k');
  const where = page.getByRole('combobox', { name: 'Sala, aula ou pessoa' });
  await expectFocus(where);
  await expect.poll(() => page.getByRole('option').first().textContent()).toContain('Vértice da parábola');
  await page.keyboard.type('vertice');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 1, name: 'Vértice da parábola' }).waitFor();
  await page.keyboard.press('Control+k');
  await page.keyboard.type('davi');
  const davi = page.getByRole('group', { name: 'Pessoas' }).getByRole('option', { name: /^Davi/ });
  await davi.waitFor();
  while ((await davi.getAttribute('aria-selected')) !== 'true') await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 1, name: /^Davi/ }).waitFor();
  await page.keyboard.press('Control+k');
  await page.keyboard.type('inexistente');
  await page.getByRole('option', { name: 'Encontrar salas com “inexistente”' }).waitFor();
  await page.keyboard.press('Enter');
  await expect.poll(() => page.getByRole('searchbox').inputValue()).toBe('inexistente');
});

it('[ux] goes from room to room with Alt and the arrows; “?” tells of the keys, unless keys alone are switched off', async () => {
  await page.goto(`${school.url}/sala/${direct}`);
  await page.getByRole('heading', { level: 1, name: 'Helena Prates' }).waitFor();
  const shown = await page
    .locator('.side-scroll a.room:visible')
    .evaluateAll((links) => links.map((link) => link.getAttribute('href')));
  const at = shown.indexOf(openRoom());
  await page.keyboard.press('Alt+ArrowDown');
  await expect.poll(openRoom).toBe(shown[(at + 1) % shown.length]);
  await page.keyboard.press('Alt+ArrowUp');
  await expect.poll(openRoom).toBe(shown[at]);
  await page.getByRole('heading', { level: 1, name: 'Helena Prates' }).focus();
  await page.keyboard.press('?');
  const sheet = page.getByRole('dialog', { name: 'Atalhos do teclado' });
  await sheet.getByRole('checkbox', { name: /^Atalhos de uma tecla só/ }).press('Space');
  await page.keyboard.press('Escape');
  await sheet.waitFor({ state: 'detached' });
  await page.getByRole('heading', { level: 1, name: 'Helena Prates' }).focus();
  await page.keyboard.press('?');
  await expect.poll(() => box(page).inputValue()).toBe('?');
  expect(await sheet.count()).toBe(0);
  await page.keyboard.press('Backspace');
  await page.keyboard.press('Control+/');
  await sheet.waitFor();
  await page.keyboard.press('Escape');
});

it('[2.1.1] signs out by the menu, and nothing is left on the screen', async () => {
  await tabTo(page.getByRole('button', { name: 'Suas coisas' }));
  await page.keyboard.press('Enter');
  const out = page.getByRole('menuitem', { name: 'Sair' });
  await out.waitFor();
  await page.keyboard.press('End');
  await expectFocus(out);
  await page.keyboard.press('Enter');
  await page.waitForURL('**/entrar');
  await page.getByRole('button', { name: 'Ana Beatriz' }).waitFor();
  expect(await page.locator('body').textContent()).not.toContain('Boa tarde, professora');
});

it('[2.4.3] taking back what waits to be sent leaves the focus at the message above', async () => {
  const other = await visit(browser, school.url);
  await enterAs(other.page, 'ana');
  await other.page.goto(`${school.url}/sala/${ROOMS.parabola.id}`);
  await say(other.page, 'isto saiu');
  const above = other.page.locator('article[data-message]').filter({ hasText: 'isto saiu' });
  await above.getByText('Enviada').waitFor({ state: 'attached' });
  await other.context.setOffline(true);
  await say(other.page, 'isto espera');
  const waiting = other.page.locator('article[data-message]').filter({ hasText: 'isto espera' });
  await waiting.getByRole('button', { name: 'Apagar' }).press('Enter');
  await waiting.waitFor({ state: 'detached' });
  await expectFocus(above);
  await other.context.close();
});

it('[CSP] in all of that no policy was broken, nobody else was asked, and nothing was thrown', () => {
  expect(ana.complaints).toEqual(noComplaints);
});
