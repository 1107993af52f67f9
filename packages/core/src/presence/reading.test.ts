import { expect, it } from 'vitest';
import { READERS } from '@recreio/protocol';
import { key } from '../streams/facts.ts';
import { type Reader, readingFor, type Readers, showsReading } from './reading.ts';

const grown = (account: string, more: Partial<Reader> = {}): Reader => ({
  account,
  seq: 7,
  minor: false,
  hides: false,
  ...more,
});
const many = (count: number): Reader[] => Array.from({ length: count }, (_, nth) => grown(`p${nth}`));
const room = (people: readonly Reader[], isPrivate = true, blocks: readonly string[] = []): Readers => ({
  isPrivate,
  people,
  blocks: new Set(blocks),
});
const few = [grown('ana'), grown('bia', { seq: 9 }), grown('caio', { seq: 3 })];
const young = [grown('ana'), grown('bia', { minor: true })];

it.each([
  ['off shows nothing', 'off', true, room(few), false],
  ['private conversations', 'private', false, room(few), true],
  ['not rooms, where it is for private conversations', 'private', false, room(few, false), false],
  ['small rooms, too', 'small', false, room(many(READERS), false), true],
  ['never large ones', 'small', true, room(many(READERS + 1), false), false],
  ['not where somebody under age is', 'private', false, room(young), false],
  ['unless the school says so', 'private', true, room(young), true],
] as const)('[R83] %s', (_, receipts, receiptsWithMinors, readers, shows) =>
  expect(showsReading({ receipts, receiptsWithMinors }, readers)).toBe(shows),
);

const policy = { receipts: 'private', receiptsWithMinors: false } as const;
const told = (viewer: string, readers: Readers) => readingFor(viewer, policy, readers)?.map(({ account }) => account);

it('[R83] others, as far as they show it; who hides theirs sees nobody’s; a block hides both; strangers see nothing', () => {
  expect(readingFor('ana', policy, room(few))).toEqual([
    { account: 'bia', seq: 9 },
    { account: 'caio', seq: 3 },
  ]);
  const hidden = [few[0] ?? grown('ana'), grown('bia', { hides: true }), grown('caio')];
  expect([told('ana', room(hidden)), told('bia', room(hidden))]).toEqual([['caio'], undefined]);
  const apart = room(few, true, [key('ana', 'bia')]);
  expect([told('ana', apart), told('bia', apart), told('caio', apart)]).toEqual([['caio'], ['caio'], ['ana', 'bia']]);
  expect(told('estranha', room(few))).toBeUndefined();
});
