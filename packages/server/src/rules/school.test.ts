/** The school's settings: who changes them, what is recorded, and which rules ask them. */
import type { Person } from '@recreio/core/testing/world.ts';
import { DEFAULT_POLICIES } from '@recreio/protocol';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Node, openSchoolhouse, type Schoolhouse } from '../testing/world.ts';

/** 16 × 16 transparent pixels, as a canvas writes them. */
const PNG = 'iVBORw0KGgoAAAANSUhEUgAAABAAAAAQCAYAAAAf8/9hAAAAEklEQVR42mNgGAWjYBSMAggAAAQQAAGvRYgsAAAAAElFTkSuQmCC';

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

const look = () => here.school.does(ana, 'school.get', {});
const change = async (to: object) =>
  await here.school.does(helena, 'school.update', { version: (await look()).version, ...to });

test('[R57] a school that has decided nothing has the defaults, and everybody may read them', async () => {
  expect(await look()).toEqual({
    version: 1,
    name: 'Escola Aurora',
    accent: null,
    logo: null,
    languages: { offered: ['pt-BR', 'en', 'es'], default: 'pt-BR' },
    policies: DEFAULT_POLICIES,
  });
});

test('[R57] what is stored before a policy is known is read with its default', async () => {
  await house.pool.query(`UPDATE school SET settings = '{"policies":{"privateTalk":"nobody"},"later":1}'`);
  expect((await look()).policies).toEqual({ ...DEFAULT_POLICIES, privateTalk: 'nobody' });
  await house.pool.query(`UPDATE school SET settings = '{}'`);
});

test('[R57] an administrator changes what is named and nothing else; an entry of the record says from what to what', async () => {
  const before = await look();
  const after = await change({ name: '  Colégio   Sol ', policies: { lateAfterMs: 3_600_000 } });
  expect(after).toEqual({
    ...before,
    version: before.version + 1,
    name: 'Colégio Sol',
    policies: { ...before.policies, lateAfterMs: 3_600_000 },
  });
  expect(await look()).toEqual(after);
  const { entries } = await here.school.does(helena, 'audit.list', { act: 'school.' });
  expect(entries[0]).toMatchObject({
    act: 'school.update',
    actor: { id: helena.id, name: 'Helena' },
    target: null,
    detail: {
      name: { from: 'Escola Aurora', to: 'Colégio Sol' },
      lateAfterMs: { from: DEFAULT_POLICIES.lateAfterMs, to: 3_600_000 },
    },
  });
});

test('[R57] changing nothing writes nothing: no version, no entry', async () => {
  const before = await look();
  const { entries } = await here.school.does(helena, 'audit.list', {});
  expect(await change({ name: before.name, policies: before.policies })).toEqual(before);
  expect((await here.school.does(helena, 'audit.list', {})).entries).toEqual(entries);
});

test('[R57] who has looked at an older version is told so, and of two at once one wins', async () => {
  const { version } = await look();
  const outcomes = await Promise.all(
    ['#112233', '#445566', '#778899'].map((accent) => here.school.tries(helena, 'school.update', { version, accent })),
  );
  expect(outcomes.map((outcome) => (outcome.ok ? 'done' : outcome.problem.code)).toSorted()).toEqual([
    'done',
    'stale',
    'stale',
  ]);
  expect((await look()).version).toBe(version + 1);
});

test('[R57] nobody else changes the school or reads the record', async () => {
  const { version } = await look();
  const teacher = await here.school.person('Rui', { role: 'moderator' });
  for (const who of [ana, teacher]) {
    expect((await here.school.refuses(who, 'school.update', { version, name: 'Minha' })).code).toBe('not-allowed');
    expect((await here.school.refuses(who, 'school.setLogo', { version, png: null })).code).toBe('not-allowed');
    expect((await here.school.refuses(who, 'audit.list', {})).code).toBe('not-allowed');
  }
  expect((await look()).version).toBe(version);
});

test.each([
  ['an accent that is no colour', { accent: 'red' }, 'malformed'],
  ['a name that cannot be read', { name: '\u2800' }, 'bad-text'],
  ['a language there is none of', { languages: { offered: ['fr'], default: 'fr' } }, 'malformed'],
  ['a language that there is not', { languages: { offered: ['pt-BR', 'fr'], default: 'pt-BR' } }, 'malformed'],
  ['a default that is not offered', { languages: { offered: ['en'], default: 'pt-BR' } }, 'malformed'],
  ['a policy there is none of', { policies: { privateTalk: 'sometimes' } }, 'malformed'],
  ['a member there is none of', { policies: { spying: true } }, 'malformed'],
])('[R57] %s is refused', async (_, to, code) => {
  const { version } = await look();
  expect((await here.school.refuses(helena, 'school.update', { version, ...to })).code).toBe(code);
});

test('[R58] the picture is for everybody, has a name of its own, and can be taken away', async () => {
  const made = await here.school.does(helena, 'school.setLogo', { version: (await look()).version, png: PNG });
  expect(made.logo).toMatch(/^[0-9a-f]{32}$/u);
  const shown = await here.school.does({ ...ana, caller: { ...ana.caller, actor: null } }, 'school.logo', {});
  expect(shown.logo).toBe(made.logo);
  expect(
    Buffer.from(shown.png ?? '', 'base64')
      .subarray(1, 4)
      .toString(),
  ).toBe('PNG');
  const { version } = await look();
  expect(
    (await here.school.refuses(helena, 'school.setLogo', { version, png: Buffer.from('GIF89a').toString('base64') }))
      .code,
  ).toBe('bad-picture');
  const gone = await here.school.does(helena, 'school.setLogo', { version, png: null });
  expect(gone.logo).toBeNull();
  expect(await here.school.does(ana, 'school.logo', {})).toEqual({ png: null, logo: null });
});

test('[R52] who may talk in private is the school’s to decide: for whom one finds, for opening, and for each message', async () => {
  await here.school.room(helena, [ana, bia]);
  const { room } = await here.school.does(ana, 'rooms.openDirect', { account: bia.id });
  const found = async () =>
    (await here.school.does(ana, 'accounts.find', { text: '' })).people.map(({ name }) => name).toSorted();
  expect(await found()).toEqual(['Bia', 'Helena']);
  await change({ policies: { privateTalk: 'with-staff' } });
  expect(await found()).toEqual(['Helena']);
  const said = { room: room.id, body: 'Oi' };
  expect((await here.school.refuses(ana, 'messages.send', { ...said, clientId: here.school.intention() })).code).toBe(
    'read-only',
  );
  const caio = await here.school.person('Caio');
  await here.school.room(helena, [ana, caio]);
  expect((await here.school.refuses(ana, 'rooms.openDirect', { account: caio.id })).code).toBe('not-allowed');
  await here.school.does(ana, 'rooms.openDirect', { account: helena.id });
  await change({ policies: { privateTalk: 'nobody' } });
  expect(await found()).toEqual([]);
  await change({ policies: { privateTalk: 'everyone' } });
  await here.school.does(ana, 'messages.send', { ...said, clientId: here.school.intention() });
});

test('[R57] who is under age when nobody says so, and the language of a new account, are the school’s to decide', async () => {
  const invite = async (name: string) =>
    (
      await here.school.does(helena, 'accounts.invite', {
        clientId: here.school.intention(),
        name,
        email: `${here.school.intention()}@escola.example`,
        role: 'student',
      })
    ).account;
  expect(await invite('Dora')).toMatchObject({ minor: true, language: 'pt-BR' });
  await change({
    policies: { minorByDefault: 'nobody' },
    languages: { offered: ['en'], default: 'en' },
  });
  expect(await invite('Elis')).toMatchObject({ minor: false, language: 'en' });
  expect((await here.school.refuses(ana, 'accounts.updateMe', { language: 'pt-BR' })).code).toBe('not-allowed');
  await here.school.does(ana, 'accounts.updateMe', { language: 'en' });
});
