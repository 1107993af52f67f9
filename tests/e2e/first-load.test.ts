import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';

const dist = join(import.meta.dirname, '../../apps/web/dist');
const assets = join(dist, 'assets');

const code = (name: string): string => readFileSync(join(assets, name), 'utf8');

/** What a file of the build imports at once, not what it fetches later. */
const importsOf = (name: string): string[] =>
  [...code(name).matchAll(/(?:^|[;\n}])import(?:[^"'()]*?from)?\s*["']\.\/([^"']+)["']/g)].flatMap(
    ([, file]) => file ?? [],
  );

/** All that the given files need, each once. */
function needed(roots: readonly string[]): Set<string> {
  const all = new Set<string>();
  const take = (name: string): void => {
    if (all.has(name)) return;
    all.add(name);
    for (const next of importsOf(name)) take(next);
  };
  for (const root of roots) take(root);
  return all;
}

/** The file of a part of the app; the build adds a digest to its name. */
function partOf(name: string): string {
  const found = readdirSync(assets).filter((file) => file.startsWith(`${name}-`) && file.endsWith('.js'));
  expect(found, name).toHaveLength(1);
  return found.join();
}

const entries = (): string[] =>
  [...readFileSync(join(dist, 'index.html'), 'utf8').matchAll(/assets\/([^"]+\.js)/g)].flatMap(
    ([, file]) => file ?? [],
  );

it.each([
  { page: 'a room', parts: ['Inside', 'RoomScreen', 'pt-BR'], most: 200_000 },
  // Not the conversation, which is a third of the whole
  { page: 'the door', parts: ['SignIn', 'pt-BR'], most: 135_000 },
])('[P9] $page needs at most $most bytes of JavaScript, as sent, before it is drawn', ({ parts, most }) => {
  const first = entries();
  expect(first.length).toBeGreaterThan(0);
  const files = needed([...first, ...parts.map(partOf)]);
  // The library that draws is among them: what is counted is the whole
  expect(
    [...files].some(
      (file) => code(file).includes('react.element') || code(file).includes('react.transitional.element'),
    ),
  ).toBe(true);
  const bytes = [...files].reduce((sum, file) => sum + gzipSync(code(file)).length, 0);
  expect(bytes).toBeGreaterThan(50_000);
  expect(bytes).toBeLessThanOrEqual(most);
});
