/** What administrators see and end: rooms without their talk, people's devices. */
import type { Person } from '@recreio/core/testing/world.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Node, openSchoolhouse, type Schoolhouse } from '../testing/world.ts';

let house: Schoolhouse;
let here: Node;
let helena: Person;
let ana: Person;
let bia: Person;
beforeAll(async () => {
  house = await openSchoolhouse();
  here = await house.node();
  helena = await here.school.person('Helena', { role: 'administrator' });
  ana = await here.school.person('Ana');
  bia = await here.school.person('Bia');
});
afterAll(() => house.close());

test('[R121] administrators list every themed room in pages, with who looks after it; private conversations are not there', async () => {
  const titles = ['Álgebra', 'Botânica', 'Cinema'];
  for (const title of titles) await here.school.room(ana, [bia], { title, access: 'invite' });
  await here.school.does(ana, 'rooms.openDirect', { account: bia.id });
  const first = await here.school.does(helena, 'rooms.all', { limit: 2 });
  expect(first.total).toBe(3);
  expect(first.rooms.map(({ title, members, owners }) => [title, members, owners.map(({ name }) => name)])).toEqual([
    ['Álgebra', 2, ['Ana']],
    ['Botânica', 2, ['Ana']],
  ]);
  const rest = await here.school.does(helena, 'rooms.all', { limit: 2, after: first.next ?? '' });
  expect(rest.rooms.map(({ title }) => title)).toEqual(['Cinema']);
  expect(rest.next).toBeNull();
  expect((await here.school.does(helena, 'rooms.all', { text: 'ALGE' })).rooms).toHaveLength(1);
  expect((await here.school.does(helena, 'rooms.all', { archived: true })).total).toBe(0);
  expect((await here.school.refuses(ana, 'rooms.all', {})).code).toBe('not-allowed');
  const [room] = first.rooms;
  expect((await here.school.refuses(helena, 'messages.page', { room: room?.id })).code).toBe('not-found');
});

test('[R121] administrators see a person’s devices and sign them out, one or all; the record says so', async () => {
  const caio = await here.school.person('Caio');
  const phone = await here.school.device(caio);
  const { sessions } = await here.school.does(helena, 'accounts.sessionsOf', { account: caio.id });
  expect(sessions).toHaveLength(2);
  const session = phone.caller.actor?.session ?? '';
  expect(await here.school.does(helena, 'accounts.endSessionsOf', { account: caio.id, session })).toEqual({ ended: 1 });
  expect((await here.school.refuses(phone, 'accounts.me', {})).code).toBe('not-signed-in');
  await here.school.does(caio, 'accounts.me', {});
  expect((await here.school.refuses(helena, 'accounts.endSessionsOf', { account: caio.id, session })).code).toBe(
    'not-found',
  );
  expect(await here.school.does(helena, 'accounts.endSessionsOf', { account: caio.id })).toEqual({ ended: 1 });
  expect((await here.school.refuses(caio, 'accounts.me', {})).code).toBe('not-signed-in');
  const { entries } = await here.school.does(helena, 'audit.list', { act: 'accounts.endSessionsOf' });
  expect(entries.map(({ target, detail }) => [target, detail])).toEqual([
    [caio.id, { ended: 1 }],
    [caio.id, { ended: 1 }],
  ]);
});

test('[R5] who is not there, and who may not ask, learn nothing', async () => {
  const nobody = here.school.intention();
  expect((await here.school.refuses(helena, 'accounts.sessionsOf', { account: nobody })).code).toBe('not-found');
  expect((await here.school.refuses(helena, 'accounts.endSessionsOf', { account: nobody })).code).toBe('not-found');
  for (const account of [ana.id, nobody]) {
    expect((await here.school.refuses(bia, 'accounts.sessionsOf', { account })).code).toBe('not-allowed');
    expect((await here.school.refuses(bia, 'accounts.endSessionsOf', { account })).code).toBe('not-allowed');
  }
});
