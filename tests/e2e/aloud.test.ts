/** What a screen reader is told, and where the focus stays, while others go on talking; what a page does with a keyboard of glass, on paper, and without a wire. */
import { ROOMS } from '@recreio/demo-school/rooms.ts';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { route } from '../raw/http.ts';
import { uuidv7 } from '../raw/uuid.ts';
import { launch } from './chromium.ts';
import { box, nameWords, say } from './conversation.ts';
import { openSchool, type School } from './school.ts';
import { enterAs, noComplaints, visit, type Visitor } from './visit.ts';

const lesson = `/sala/${ROOMS.parabola.id}`;
/** As many as come while somebody is away, and are told as one. */
const MISSED = 200;

let browser: Browser;
let school: School;
let ana: Visitor;
let helena: Visitor;

beforeAll(async () => {
  [browser, school] = await Promise.all([launch(), openSchool({ kind: 'demo' })]);
  const come = async (person: 'ana' | 'helena'): Promise<Visitor> => {
    const visitor = await visit(browser, school.url);
    visitor.page.setDefaultTimeout(20_000);
    await enterAs(visitor.page, person);
    return visitor;
  };
  [ana, helena] = await Promise.all([come('ana'), come('helena')]);
});

afterAll(async () => {
  await browser?.close();
  await school?.close();
});

/** Writes down what is put into the one voice of the room, each time that it is. */
function listen(): void {
  const told: string[] = [];
  Object.assign(window, { told });
  const voices = new WeakSet<Element>();
  new MutationObserver(() => {
    const voice = document.querySelector('.main > [aria-live="polite"]');
    if (voice === null || voices.has(voice)) return;
    voices.add(voice);
    new MutationObserver(() => told.push(voice.textContent ?? '')).observe(voice, {
      childList: true,
      characterData: true,
      subtree: true,
    });
  }).observe(document, { childList: true, subtree: true });
}

const told = (page: Page): Promise<string[]> =>
  page.evaluate(() => (Reflect.get(window, 'told') as string[]).filter((words) => words !== ''));
const message = (page: Page, words: string) => page.locator('.main article[data-message]').filter({ hasText: words });

/** Helena says many things at once; how many were taken. */
const sayMany = (count: number): Promise<number> =>
  helena.page.evaluate(
    async ([path, ids]) => {
      const headers = { 'content-type': 'application/json' };
      const send = async (clientId: string): Promise<boolean> =>
        (await fetch(path, { method: 'POST', headers, body: JSON.stringify({ clientId, body: 'mais um ponto' }) })).ok;
      return (await Promise.all(ids.map(send))).filter(Boolean).length;
    },
    [route('messages.send', { room: ROOMS.parabola.id }).path, Array.from({ length: count }, () => uuidv7())] as const,
  );

it('[4.1.3] what others say is told once, history, edits and one’s own never, and 200 that were missed in one sentence', async () => {
  const { page, context } = ana;
  await context.addInitScript(listen);
  await page.goto(`${school.url}${lesson}`);
  await message(page, '').first().waitFor();
  await helena.page.goto(`${school.url}${lesson}`);
  await box(helena.page).waitFor();
  await say(page, 'Uma pergunta minha');
  await message(page, 'Uma pergunta minha').locator('.state--sent').waitFor();
  await say(helena.page, 'Ótima pergunta');
  await expect.poll(() => told(page)).toEqual(['Helena Prates: Ótima pergunta']);
  // The same words are news again; another edition of them is none
  await say(helena.page, 'Ótima pergunta');
  await expect.poll(() => told(page)).toEqual(['Helena Prates: Ótima pergunta', 'Helena Prates: Ótima pergunta']);
  // What is not confirmed yet cannot be changed yet
  await message(helena.page, 'Ótima pergunta').last().locator('.state--sent').waitFor();
  await helena.page.keyboard.press('ArrowUp');
  await expect.poll(() => box(helena.page).inputValue()).toBe('Ótima pergunta');
  await helena.page.keyboard.type(', mesmo');
  await helena.page.keyboard.press('Enter');
  await message(page, 'Ótima pergunta, mesmo').waitFor();

  // Away, with the focus on what was said
  await message(page, 'Uma pergunta minha').focus();
  const focused = () => page.evaluate(() => document.activeElement?.getAttribute('data-message'));
  const before = await focused();
  expect(before).not.toBeNull();
  await context.setOffline(true);
  await page.getByRole('button', { name: 'Tentar agora' }).waitFor();
  expect(await sayMany(MISSED)).toBe(MISSED);
  await context.setOffline(false);
  await expect.poll(async () => (await told(page)).length).toBe(3);
  expect((await told(page))[2]).toBe(`${MISSED} novas mensagens`);
  expect(await focused()).toBe(before);
  // What comes in above, when one goes back, is history
  await page.keyboard.press('Home');
  await say(helena.page, 'Até amanhã');
  await expect.poll(async () => (await told(page)).slice(3)).toEqual(['Helena Prates: Até amanhã']);
});

it('[4.1.3] who wishes it hears only what speaks to them, or nothing', async () => {
  const { page } = ana;
  await page.goto(`${school.url}/conta`);
  await page.getByRole('radio', { name: /^Só quando citam você/ }).check();
  for (const { page: one } of [ana, helena]) {
    await one.goto(`${school.url}/sala/${ROOMS.roots.id}`);
    await box(one).waitFor();
  }
  await say(helena.page, 'Para todos');
  await message(page, 'Para todos').waitFor();
  await helena.page.keyboard.type('@Ana');
  await helena.page.getByRole('option', { name: /Ana Beatriz/ }).waitFor();
  await helena.page.keyboard.press('Enter');
  await say(helena.page, 'para você');
  await expect.poll(() => told(page)).toEqual([expect.stringContaining('para você')]);
  // A word of theirs calls as their name does
  await nameWords(page, ['Gabarito']);
  await say(helena.page, 'Não é para você');
  await message(page, 'Não é para você').waitFor();
  await say(helena.page, 'Saiu o gabarito');
  await expect.poll(async () => (await told(page)).slice(1)).toEqual(['Helena Prates: Saiu o gabarito']);
});

it('[ux] the page is as high as what is seen above a keyboard of glass', async () => {
  const { page, context, complaints } = await visit(browser, school.url, { viewport: { width: 390, height: 844 } });
  await context.addInitScript(() => {
    const seen = Object.assign(new EventTarget(), { height: 844, scale: 1 });
    Object.defineProperty(window, 'visualViewport', { value: seen });
  });
  await enterAs(page, 'ana');
  await page.goto(`${school.url}${lesson}`);
  await box(page).waitFor();
  const rise = (height: number, scale = 1) =>
    page.evaluate(
      ([to, zoom]) =>
        window.visualViewport?.dispatchEvent(
          Object.assign(new Event('resize'), Object.assign(window.visualViewport, { height: to, scale: zoom })),
        ),
      [height, scale] as const,
    );
  const low = () => box(page).evaluate((element) => element.getBoundingClientRect().bottom);
  await rise(500);
  await expect.poll(low).toBeLessThan(500);
  await rise(844);
  await expect.poll(low).toBeGreaterThan(700);
  // Zoomed in, the part that is seen is no measure
  await rise(400, 2);
  expect(await low()).toBeGreaterThan(700);
  expect(complaints).toEqual(noComplaints);
  await context.close();
});

it('[ux] on paper is what was said, whole and dark on white, and nothing to press', async () => {
  const { page } = ana;
  await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
  for (const gone of ['.side', '.composer', '.talk-edge'])
    expect(await page.locator(gone).first().isVisible(), gone).toBe(false);
  const first = page.locator('article[data-message] .said').first();
  expect(await first.evaluate((words) => getComputedStyle(words).color)).toBe('rgb(0, 0, 0)');
  expect(await page.locator('.scroll').evaluate((list) => getComputedStyle(list).overflowY)).toBe('visible');
  await page.emulateMedia({ media: null, colorScheme: null });
});

it('[ux] what stands for what is loading comes only after a moment, also where motion is reduced', async () => {
  const begins = await ana.page.evaluate(() => {
    const shape = document.body.appendChild(document.createElement('div'));
    shape.className = 'skel-talk';
    const { visibility, animationDelay } = getComputedStyle(shape);
    shape.remove();
    return { visibility, animationDelay, isReduced: matchMedia('(prefers-reduced-motion: reduce)').matches };
  });
  expect(begins).toEqual({ visibility: 'hidden', animationDelay: '0.15s', isReduced: true });
});

it('[CSP] in all of that no policy was broken, nobody else was asked, and nothing was thrown', () => {
  expect([ana.complaints, helena.complaints]).toEqual([noComplaints, noComplaints]);
});
