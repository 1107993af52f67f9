import { expect, it } from 'vitest';
import { resembling } from './likeness.ts';

const resembles = resembling([{ name: 'Profa. Helena Duarte' }, { name: 'Coordenação' }]);

it.each([
  'Profa. Неlena Duarte',
  'Profa. HeIena Duarte',
  'Profa. He1ena Duarte',
  'Profa. Helena Duаrtе',
  'Profa. H\u200belena Duarte',
  'P\u0332rofa. Helena Duarte',
  'Profa Helena Duarte',
  'C00rdenação',
  'Ｐｒｏｆａ. Helena Duarte',
])('[S44] %j passes for one of the staff', (name) => {
  expect(resembles(name)).toBe(true);
});

it.each([
  'Profa. Helena Duarte',
  'profa. helena duarte',
  'Coordenacao',
  'Helena Duarte',
  'Ana Beatriz',
  'Никита',
  'Profa. Helena Duarte Lima',
])('[S44] %j is nobody else’s name, or a namesake’s', (name) => {
  expect(resembles(name)).toBe(false);
});
