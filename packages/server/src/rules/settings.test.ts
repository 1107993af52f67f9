import { afterAll, beforeAll, expect, test } from 'vitest';
import type { CommandName } from '@recreio/protocol';
import type { Person, School } from '@recreio/core/testing/world.ts';
import { openSchoolhouse, type Schoolhouse } from '../testing/world.ts';

let house: Schoolhouse;
let school: School;
let helena: Person;
let rosa: Person;
let ana: Person;

beforeAll(async () => {
  house = await openSchoolhouse();
  school = (await house.node()).school;
  helena = await school.person('Helena', { role: 'teacher' });
  rosa = await school.person('Rosa', { role: 'administrator' });
  ana = await school.person('Ana');
});
afterAll(() => house.close());

const id = () => school.intention();
const code = async (who: Person, name: CommandName, input: unknown) => (await school.refuses(who, name, input)).code;
const update = (room: string, settings: object) =>
  school.does(helena, 'rooms.update', { room, clientId: id(), ...settings });
const seen = async (room: string) => await school.does(ana, 'rooms.get', { room });

test('[R67] rules are read with the room before joining, and lists say only that there are some', async () => {
  const room = await school.room(helena, [], { rules: '## Combinados\n\n- Sem respostas prontas' });
  expect(await seen(room)).toMatchObject({
    rules: '## Combinados\n\n- Sem respostas prontas',
    room: { hasRules: true },
  });
  await update(room, { rules: 'Só isto' });
  expect((await seen(room)).rules).toBe('Só isto');
  await update(room, { rules: '' });
  const bare = await seen(room);
  expect([bare.rules, 'hasRules' in bare.room]).toEqual([undefined, false]);
  expect(await code(helena, 'rooms.update', { room, clientId: id(), rules: 'x'.repeat(2001) })).toBe('malformed');
  expect(await code(helena, 'rooms.update', { room, clientId: id(), rules: 'a\u202eb' })).toBe('bad-text');
});

test('[R68] administrators keep the list whole: its order, its names, none twice', async () => {
  const [clubs, labs] = [
    { id: id(), name: 'Clubes', emoji: '🎭' },
    { id: id(), name: 'Laboratórios', emoji: '' },
  ];
  const set = (categories: object[]) => school.does(rosa, 'rooms.setCategories', { categories });
  await set([labs, clubs]);
  expect((await school.does(ana, 'rooms.categories', {})).categories).toEqual([labs, clubs]);
  await set([clubs, { ...labs, name: 'Oficinas' }]);
  expect((await school.does(ana, 'rooms.categories', {})).categories.map(({ name }) => name)).toEqual([
    'Clubes',
    'Oficinas',
  ]);
  expect(await code(helena, 'rooms.setCategories', { categories: [] })).toBe('not-allowed');
  for (const twice of [
    { ...labs, name: 'CLÚBES' },
    { ...clubs, name: 'Outro' },
  ])
    expect(await code(rosa, 'rooms.setCategories', { categories: [clubs, twice] })).toBe('already-taken');
  expect(await code(rosa, 'rooms.setCategories', { categories: [{ ...clubs, emoji: 'x' }] })).toBe('bad-text');

  const room = await school.room(helena, [], { category: clubs.id, language: 'en' });
  expect((await seen(room)).room).toMatchObject({ category: clubs.id, language: 'en' });
  expect((await school.does(ana, 'rooms.directory', { category: clubs.id })).rooms.map((one) => one.room.id)).toEqual([
    room,
  ]);
  await update(room, { category: labs.id });
  const { seq } = await update(room, { category: labs.id, language: 'en' });
  expect((await school.log(helena, room)).head).toBe(seq);
  await update(room, { category: null, language: null });
  expect('category' in (await seen(room)).room || 'language' in (await seen(room)).room).toBe(false);
  for (const [name, more] of [
    ['rooms.update', { room }],
    ['rooms.create', { kind: 'topic', title: 'x' }],
  ] as const)
    expect(await code(helena, name, { ...more, clientId: id(), category: id() })).toBe('not-found');
});

test('[R69] the directory counts what was said since, and has the newest talk first when asked', async () => {
  const title = `Sala ${id()}`;
  const [quiet, busy, early] = [
    await school.room(helena, [], { title: `${title} a` }),
    await school.room(helena, [], { title: `${title} b` }),
    await school.room(helena, [], { title: `${title} c` }),
  ];
  await school.say(helena, early, 'cedo');
  const { id: gone } = await school.say(helena, busy, 'um');
  await school.say(helena, busy, 'dois');
  await school.does(helena, 'messages.remove', { room: busy, message: gone, clientId: id() });
  const found = async (more: object) =>
    (await school.does(ana, 'rooms.directory', { text: title, ...more })).rooms.map(({ room, recent }) => [
      room.id,
      recent,
    ]);
  expect(await found({})).toEqual([
    [quiet, 0],
    [busy, 1],
    [early, 1],
  ]);
  expect(await found({ order: 'recent' })).toEqual([
    [busy, 1],
    [early, 1],
  ]);
  expect(await found({ since: new Date(Date.now() + 60_000).toISOString() })).toEqual([
    [quiet, 0],
    [busy, 0],
    [early, 0],
  ]);
  const first = await school.does(ana, 'rooms.directory', { text: title, limit: 2 });
  expect(first.next).toBe(busy);
  expect(await found({ limit: 2, after: busy })).toEqual([[early, 1]]);
});
