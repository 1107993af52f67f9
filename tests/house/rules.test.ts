import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const root = join(import.meta.dirname, '../..');
const read = (...path: string[]) => readFileSync(join(root, ...path), 'utf8');

/** Everything that the raw client and its tests consist of. */
const files = ['raw', 'protocol'].flatMap((folder) =>
  readdirSync(join(root, 'tests', folder)).map((name) => ({
    path: `tests/${folder}/${name}`,
    text: read('tests', folder, name),
  })),
);

it('[house] every rule of docs/protocol.md has a number of its own and is cited by the title of a test of the raw client', () => {
  const rules = [...read('docs', 'protocol.md').matchAll(/^- \*\*\[(R\d+)\]\*\*/gm)].map(([, rule]) => rule);
  expect(rules.length).toBeGreaterThanOrEqual(55);
  expect(rules.filter((rule, at) => rules.indexOf(rule) !== at)).toEqual([]);
  const titles = files.flatMap(({ text }) =>
    [...text.matchAll(/\b(?:it|test)\('((?:\[R\d+\] )+)/g)].map(([, cited]) => cited ?? ''),
  );
  const cited = new Set(titles.flatMap((title) => [...title.matchAll(/R\d+/g)].map(([rule]) => rule)));
  expect(rules.filter((rule) => rule !== undefined && !cited.has(rule))).toEqual([]);
  expect([...cited].filter((rule) => !rules.includes(rule))).toEqual([]);
});

it('[house] the raw client and its tests import nothing of the product', () => {
  const imports = files.flatMap(({ path, text }) =>
    [...text.matchAll(/(?:from|import)\s*\(?'([^']+)'/g)].map(([, from]) => ({ path, from: from ?? '' })),
  );
  expect(imports.length).toBeGreaterThan(20);
  expect(imports.filter(({ from }) => /packages\/|apps\/|@recreio\//.test(from))).toEqual([]);
});
