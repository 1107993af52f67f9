import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { broken } from './checker/broken.ts';
import { brokenHouse } from './checker/broken-house.ts';

const root = join(import.meta.dirname, '../..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');

/** All that contract.md promises: D1 to D35. */
const ALL = Array.from({ length: 35 }, (_, nth) => `D${nth + 1}`);

/** The rows of docs/guides/guarantees.md: the promise's number, and what holds it. */
const rows = [...read('docs/guides/guarantees.md').matchAll(/^\| (D\d+) \|.*\| (.+) \|$/gm)].map(
  ([, rule = '', held = '']) => ({ rule, held }),
);
const notYet = rows.filter(({ held }) => held.startsWith('not yet')).map(({ rule }) => rule);

/** What the titles of tests cite, wherever they stand: `[D7] …`, or more of them in a row. */
const cited = new Map<string, string[]>();
for (const folder of ['packages', 'apps', 'tests'])
  for (const path of readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }))
    if (/[.]test[.]tsx?$/.test(path) && !path.includes('node_modules'))
      for (const [title] of read(join(folder, path)).matchAll(/['"`](?:\[[A-Z]\d+\] ?)+/g))
        for (const [rule] of title.matchAll(/D\d+/g)) cited.set(rule, [...(cited.get(rule) ?? []), join(folder, path)]);

it('[house] every promise of the contract stands in guarantees.md once', () => {
  expect(rows.map(({ rule }) => rule).sort()).toEqual([...ALL].sort());
});

it('[house] every promise is cited by the title of a test, or declared as not yet kept', () => {
  expect(cited.get('D3')?.length).toBeGreaterThan(5);
  expect(ALL.filter((rule) => !cited.has(rule))).toEqual(notYet);
  expect([...cited.keys()].filter((rule) => !ALL.includes(rule))).toEqual([]);
});

it('[house] what the story of two servers claims to judge, the judge is seen to notice when it is broken', () => {
  const [, claimed = ''] = /const promises =\s*'([^']+)'/.exec(read('tests/fuzz/fuzz.test.ts')) ?? [];
  const rules = [...claimed.matchAll(/[DR]\d+/g)].map(([rule]) => rule);
  expect(rules.length).toBeGreaterThan(25);
  const noticed = new Set([...broken, ...brokenHouse].map(([rule]) => rule));
  expect(rules.filter((rule) => !noticed.has(rule))).toEqual([]);
  expect([...noticed].filter((rule) => !rules.includes(rule))).toEqual([]);
});
