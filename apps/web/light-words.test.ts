import { setupI18n } from '@lingui/core';
import { messages as portuguese } from '../../packages/ui/src/i18n/locales/pt-BR.ts';
import { expect, it } from 'vitest';
import { lightWords } from './light-words.ts';

it('[P9] a catalogue without the names that say themselves says the same', () => {
  const light = lightWords(portuguese);
  expect(Object.keys(light).length).toBeLessThan(Object.keys(portuguese).length / 2);
  const whole = setupI18n({ locale: 'pt-BR', messages: { 'pt-BR': portuguese } });
  const spare = setupI18n({
    locale: 'pt-BR',
    messages: { 'pt-BR': light as typeof portuguese },
    missing: (_, id) => id,
  });
  const values = { name: 'Ana', count: 2, others: 3 };
  for (const id of Object.keys(portuguese)) expect(spare._(id, values)).toBe(whole._(id, values));
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { plainly } from '@recreio/ui';
import { lighter } from './light-words.ts';
const compiled = (catalog: object) => `export const messages=JSON.parse(${JSON.stringify(JSON.stringify(catalog))});`;
const read = (source: string): Record<string, never> =>
  JSON.parse(JSON.parse(/parse\((".*")\)/s.exec(source)?.[1] ?? '""') as string) as Record<string, never>;
test('[P9] a catalog keeps what has something to fill in, and what is said in other words than its id', () => {
  const kept = { '{n} pessoas': [['n'], ' pessoas'], Sala: ['Room'] };
  expect(read(lighter(compiled({ ...kept, Voltar: ['Voltar'] })))).toEqual(kept);
  expect(() => lighter('export const messages = {}')).toThrow('form');
});
test('[P9] with what is left every sentence of the product is said as with the whole', () => {
  const source = readFileSync(new URL('../../packages/ui/src/i18n/locales/pt-BR.ts', import.meta.url), 'utf8');
  const all = read(source);
  const values = new Proxy({}, { get: () => 3, has: () => true });
  const speaker = (messages: Record<string, never>) =>
    plainly(setupI18n({ locale: 'pt-BR', messages: { 'pt-BR': messages } }));
  const [whole, light] = [speaker(all), speaker(read(lighter(source)))];
  const ids = Object.keys(all);
  expect(ids.length).toBeGreaterThan(500);
  expect(ids.map((id) => light._(id, values))).toEqual(ids.map((id) => whole._(id, values)));
});
