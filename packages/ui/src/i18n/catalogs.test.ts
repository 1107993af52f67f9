import type { Messages } from '@lingui/core';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { languages } from './languages.ts';
import { messages as english } from './locales/en.ts';
import { messages as spanish } from './locales/es.ts';
import { messages as portuguese } from './locales/pt-BR.ts';

const roots = ['../', '../../../../apps/web/src/'].map((path) => fileURLToPath(new URL(path, import.meta.url)));
const sources = roots.flatMap((root) =>
  readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.tsx?$/.test(path) && !/\.test\.|gallery|locales/.test(path))
    .map((path) => readFileSync(root + path, 'utf8')),
);

/** The sentences of the code: `i18n._('…'` and `<Trans id="…"`. */
const said = new Set(
  sources.flatMap((source) =>
    [...source.matchAll(/i18n\._\(\s*'((?:[^'\\]|\\.)+)'|<Trans\s+id="([^"]+)"/g)].map((found) =>
      (found[1] ?? found[2] ?? '').replace(/\\'/g, "'"),
    ),
  ),
);

/** Portuguese words that Spanish does not have, and letters that it does not write. */
const portugueseOnly =
  /[ãõçâêôà]|(?<!\p{L})(?:você|uma|com|mais|em|seu|sua|já|só|também|ao|aos|pelo|pela|ou|ele|foi|quem|tem|nem|muito|ainda|depois)(?!\p{L})/iu;

/** The other languages, each with how one sees of a sentence that it was copied instead of translated. */
const others: readonly {
  readonly language: string;
  readonly catalog: Messages;
  readonly isCopied: (words: string, inPortuguese: string) => boolean;
}[] = [
  { language: 'en', catalog: english, isCopied: (words, source) => words === source && /[ãõçáéíóúâêô]/i.test(words) },
  { language: 'es', catalog: spanish, isCopied: (words) => portugueseOnly.test(words) },
];

/** A sentence as one string: its words, with what is put in between braces. */
const text = (message: unknown): string => {
  if (typeof message === 'string') return message;
  if (Array.isArray(message))
    return message.map((part) => (Array.isArray(part) ? `{${choices(part)}}` : part)).join('');
  return '';
};
const choices = ([, , forms]: readonly unknown[]): string =>
  typeof forms === 'object' && forms !== null
    ? Object.values(forms)
        .map((form) => text(form))
        .join('|')
    : '';

/**
 * What a translator may not change: the names of what is put in, links and emphasis, and how a sentence bends. A gender may be
 * said in fewer forms, since not every language bends for it; a number has the same forms everywhere.
 */
const bones = (message: unknown): string[] => {
  if (typeof message === 'string') return message.match(/<\/?\d+>/g) ?? [];
  if (!Array.isArray(message)) return [];
  return message.flatMap((part) => {
    if (!Array.isArray(part)) return bones(part);
    const [name, kind, forms] = part as [string, string?, Record<string, unknown>?];
    const bends = kind === 'plural' ? Object.keys(forms ?? {}).filter((form) => form !== 'offset') : [];
    const inner = Object.values(forms ?? {}).flatMap(bones);
    return [`{${[name, kind, ...bends.sort()].filter(Boolean).join(' ')}}`, ...new Set(inner)];
  });
};

describe('every sentence exists in every language', () => {
  it('the code says something', () => expect(said.size).toBeGreaterThan(300));
  it('every sentence of the code is in the Portuguese catalogue (else run `npm run i18n`)', () =>
    expect([...said].filter((id) => !(id in portuguese))).toEqual([]));
  it('every sentence of the catalogue is still said', () =>
    expect(Object.keys(portuguese).filter((id) => !said.has(id))).toEqual([]));
  it('no sentence is built by gluing strings: ids are literals', () =>
    expect(sources.filter((source) => /i18n\._\(\s*(?!\s|')/.test(source))).toEqual([]));
  it('each language that is offered is looked at here', () =>
    expect(['pt-BR', ...others.map(({ language }) => language)]).toEqual([...languages]));
});

describe.each(others)('$language', ({ language, catalog, isCopied }) => {
  const ids = Object.keys(portuguese).filter((id) => id in catalog);

  it(`lacks no sentence (write these in locales/${language}.po, then \`npm run i18n -w @recreio/ui\`)`, () =>
    expect(Object.keys(portuguese).filter((id) => !(id in catalog))).toEqual([]));
  it('has none that is not said any more', () =>
    expect(Object.keys(catalog).filter((id) => !(id in portuguese))).toEqual([]));
  it('is not Portuguese left over', () =>
    expect(ids.filter((id) => isCopied(text(catalog[id]), text(portuguese[id])))).toEqual([]));
  it('puts the same things into each sentence, and bends it for the same numbers', () => {
    const bent = ids.filter((id) => bones(portuguese[id]).some((bone) => bone.includes(' plural ')));
    expect(bent.length).toBeGreaterThan(50);
    const broken = ids.filter((id) => bones(catalog[id]).sort().join() !== bones(portuguese[id]).sort().join());
    expect(broken).toEqual([]);
  });
  it('writes quotes and dots as the others do', () => {
    const signs = (words: string) => (words.match(/[“”…]/g) ?? []).sort().join('');
    expect(ids.filter((id) => signs(text(catalog[id])) !== signs(text(portuguese[id])))).toEqual([]);
    expect(ids.filter((id) => text(catalog[id]).includes('"'))).toEqual([]);
  });
});

it('Spanish opens its questions and exclamations', () => {
  const count = (words: string, sign: string) => words.split(sign).length;
  const lame = Object.values(spanish)
    .map(text)
    .filter((words) => count(words, '?') !== count(words, '¿') || count(words, '!') !== count(words, '¡'));
  expect(lame).toEqual([]);
});
