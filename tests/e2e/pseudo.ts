/** A language that nobody speaks: Portuguese with accents, two fifths longer, in brackets. Made when a test runs, and never shipped. */
import { messages } from '../../packages/ui/src/i18n/locales/pt-BR.ts';
import type { BrowserContext } from 'playwright-core';

/** What stands around each sentence of ours: text without it is not in a catalog; without its end it was cut. */
const BEGIN = '⟦';
const END = '⟧';

const ACCENTED: Readonly<Record<string, string>> = {
  a: 'áá',
  e: 'êê',
  i: 'íí',
  o: 'ôô',
  u: 'úú',
  A: 'ÁÁ',
  E: 'ÊÊ',
  I: 'ÍÍ',
  O: 'ÔÔ',
  U: 'ÚÚ',
  c: 'ç',
  n: 'ñ',
};

/** Letters made longer and strange; elements and the number of a plural stay. */
const stretch = (words: string): string =>
  words === '#' ? words : words.replace(/<\/?\d+>|[aeioucnAEIOU]/g, (found) => ACCENTED[found] ?? found);

/** A compiled sentence, or a form of one, stretched. */
const stretched = (message: unknown): unknown => {
  if (typeof message === 'string') return stretch(message);
  if (!Array.isArray(message)) return message;
  return message.map((part: unknown) => {
    if (!Array.isArray(part)) return stretched(part);
    const [name, kind, forms] = part as [unknown, unknown, Readonly<Record<string, unknown>> | undefined];
    if (typeof forms !== 'object') return part;
    return [name, kind, Object.fromEntries(Object.entries(forms).map(([form, said]) => [form, stretched(said)]))];
  });
};

/** The whole catalog, as lingui compiles one. */
const pseudo: Readonly<Record<string, readonly unknown[]>> = Object.fromEntries(
  Object.entries(messages).map(([id, said]) => [
    id,
    [BEGIN, ...(stretched(Array.isArray(said) ? said : [said]) as unknown[]), END],
  ]),
);

/** Whoever asks for Spanish in this window is given that language: the page itself is the one that is shipped. */
export async function speakPseudo(context: BrowserContext): Promise<void> {
  await context.route(/\/assets\/es-[^/]*\.js$/, (route) =>
    route.fulfill({
      contentType: 'text/javascript; charset=utf-8',
      body: `export const messages = ${JSON.stringify(pseudo)};`,
    }),
  );
}
