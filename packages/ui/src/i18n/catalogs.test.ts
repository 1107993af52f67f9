import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { messages as english } from './locales/en.ts';
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

describe('every sentence exists in both languages', () => {
  it('the code says something', () => expect(said.size).toBeGreaterThan(300));
  it('every sentence of the code is in the Portuguese catalogue (else run `npm run i18n`)', () =>
    expect([...said].filter((id) => !(id in portuguese))).toEqual([]));
  it('every sentence of the catalogue is still said', () =>
    expect(Object.keys(portuguese).filter((id) => !said.has(id))).toEqual([]));
  it('the English catalogue has the same sentences', () =>
    expect(Object.keys(english).sort()).toEqual(Object.keys(portuguese).sort()));
  it('English is not Portuguese left over', () =>
    expect(
      Object.keys(english).filter(
        (id) => /[ãõçáéíóúâêô]/i.test(id) && JSON.stringify(english[id]) === JSON.stringify(portuguese[id]),
      ),
    ).toEqual([]));
  it('no sentence is built by gluing strings: ids are literals', () =>
    expect(sources.filter((source) => /i18n\._\(\s*(?!\s|')/.test(source))).toEqual([]));
});
