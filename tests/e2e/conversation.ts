/** A conversation as a person has it on the screen, and as history tells it. */
import type { APIRequestContext, Page } from 'playwright-core';
import { route } from '../raw/http.ts';
import type { WireOutput } from '../raw/wire.ts';

/** A message by its place in the room's log. */
export interface Placed {
  readonly id: string;
  readonly seq: number;
}

/** A message of history with its words; none where they are gone. */
export interface Recorded extends Placed {
  readonly body: string;
}

/** The box to write in. */
export const box = (page: Page) => page.locator('#escrever');

/** Writes with the keyboard, letter by letter, and sends with Enter. */
export async function say(page: Page, text: string): Promise<void> {
  await box(page).focus();
  await page.keyboard.type(text);
  await page.keyboard.press('Enter');
}

/** The page's person names the words that call them, as another device of theirs would: the page is told of it. */
export async function nameWords(page: Page, words: readonly string[]): Promise<void> {
  const { method, path, body } = route('notifications.setKeywords', { words });
  const isDone = await page.evaluate(
    async ([verb, to, text]) =>
      (await fetch(to, { method: verb, headers: { 'content-type': 'application/json' }, body: text })).ok,
    [method, path, JSON.stringify(body)] as const,
  );
  if (!isDone) throw new Error('the words were not taken');
}

/** All messages of a room over HTTP with the cookie of the page's person, in the order of the log. */
export async function historyOf(request: APIRequestContext, base: string, room: string): Promise<Recorded[]> {
  const found: Recorded[] = [];
  let before: number | undefined;
  while (true) {
    const { path } = route('messages.page', { room, limit: 100, before });
    const answer = await request.get(`${base}${path}`);
    if (!answer.ok()) throw new Error(`history answered ${answer.status()}: ${await answer.text()}`);
    const { messages = [] } = (await answer.json()) as WireOutput;
    found.unshift(...messages.map(({ id, seq = 0, body = '' }) => ({ id, seq, body })));
    const [oldest] = messages;
    if (oldest === undefined || messages.length < 100) return found;
    before = oldest.seq;
  }
}

/**
 * Reads the list as eyes do: up until the message `first` is in sight, then down to `last`, noting what is in sight on the
 * way. Rejects when that takes too long.
 */
export async function readList(page: Page, first: string, last: string): Promise<Placed[]> {
  return await page.evaluate(
    async ({ first, last, lateMs }) => {
      const frame = () => new Promise(requestAnimationFrame);
      const list = document.querySelector('.scroll');
      if (!list) throw new Error('there is no list');
      const inSight = () => {
        const { top, bottom } = list.getBoundingClientRect();
        return [...list.querySelectorAll<HTMLElement>('[data-message]')].filter((element) => {
          const box = element.getBoundingClientRect();
          return box.bottom > top && box.top < bottom;
        });
      };
      const sees = (id: string) => inSight().some((element) => element.dataset['id'] === id);
      const until = performance.now() + lateMs;
      const scroll = async (share: number, end: string) => {
        while (!sees(end)) {
          if (performance.now() > until) throw new Error(`the message ${end} did not come in sight`);
          note();
          list.scrollTop += share * list.clientHeight;
          await frame();
          await frame();
        }
        note();
      };
      let order: { id: string; seq: number }[] = [];
      let noted = new Set<string>();
      const note = () => {
        for (const element of inSight()) {
          const { id = '', seq } = element.dataset;
          if (noted.has(element.dataset['message'] ?? '')) continue;
          noted.add(element.dataset['message'] ?? '');
          order.push({ id, seq: Number(seq) });
        }
      };
      await scroll(-0.7, first);
      [order, noted] = [[], new Set()];
      await scroll(0.5, last);
      return order;
    },
    { first, last, lateMs: 30_000 },
  );
}
