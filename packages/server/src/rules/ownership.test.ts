/** A room whose owner goes: who owns it then, who is told, and what comes of it when everything happens at once. */
import { operate } from '@recreio/core/operator.ts';
import type { CommandName } from '@recreio/protocol';
import type { Person, School } from '@recreio/core/testing/world.ts';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { openSchoolhouse, type Schoolhouse } from '../testing/world.ts';

let house: Schoolhouse;
let school: School;
let there: School;
let helena: Person;
let lia: Person;
let rui: Person;
let bia: Person;
beforeAll(async () => {
  house = await openSchoolhouse();
  school = (await house.node()).school;
  there = (await house.node()).school;
  helena = await school.person('Helena', { role: 'administrator' });
});
afterAll(() => house.close());
beforeEach(async () => {
  lia = await school.person('Lia', { role: 'teacher' });
  rui = await school.person('Rui', { role: 'teacher' });
  bia = await school.person('Bia');
});

const id = () => school.intention();
const code = async (who: Person, name: CommandName, input: unknown) => (await school.refuses(who, name, input)).code;
const disable = (who: Person, by = school) =>
  by.does(helena, 'accounts.disable', { account: who.id, reason: 'Deixou a escola' });
const entrust = (room: string, who: Person) => school.does(helena, 'rooms.entrust', { room, account: who.id });
const setRole = (room: string, who: Person, role: string) =>
  school.does(lia, 'members.setRole', { room, account: who.id, role, clientId: id() });
/** Who owns a room, as its log and its row have it. */
const ownersOf = async (room: string): Promise<string[]> => {
  const { rows } = await house.pool.query<{ account: string; owners: number }>(
    `SELECT m.account, r.owners FROM room r JOIN member m ON m.room = r.id WHERE r.id = $1 AND m.role = 'owner' ORDER BY m.account`,
    [room],
  );
  for (const { owners } of rows) expect(owners).toBe(rows.length);
  return rows.map(({ account }) => account);
};
const ownerless = async () =>
  (await school.does(helena, 'rooms.all', { ownerless: true, limit: 200 })).rooms.map((one) => one.id);

test('[R115] with their account a room goes on to who moderates it; they moderate it when they are back', async () => {
  const room = await school.room(lia, [bia, rui]);
  const shared = await school.room(lia, [rui]);
  await setRole(shared, rui, 'owner');
  expect(await disable(lia)).toMatchObject({ state: 'disabled', stays: [] });
  expect([await ownersOf(room), await ownersOf(shared)]).toEqual([[rui.id], [rui.id]]);
  const { events } = await school.log(rui, room);
  expect(events.slice(-2)).toMatchObject([
    { type: 'member.role-changed', actor: helena.id, data: { account: rui.id, role: 'owner' } },
    { type: 'member.role-changed', actor: helena.id, data: { account: lia.id, role: 'moderator' } },
  ]);
  expect((await school.own(rui)).at(-1)).toMatchObject({ type: 'membership.changed' });
  const { entries } = await school.does(helena, 'audit.list', { act: 'accounts.disable', limit: 2 });
  expect(entries.map(({ detail }) => detail)).toEqual([{ rooms: 2, stays: [] }, { reason: 'Deixou a escola' }]);
  await school.say(rui, room, 'Sigo com vocês');
});

test('[R115] where nobody could go on with it the administrator is told, and gives it to whom they choose', async () => {
  const room = await school.room(lia, [bia], { access: 'invite', past: 'all', title: 'Horta' });
  await school.say(lia, room, 'antes');
  const before = (await school.does(helena, 'rooms.all', { limit: 1 })).ownerless ?? 0;
  expect(await disable(lia)).toMatchObject({ stays: [{ id: room, title: 'Horta' }] });
  expect(await ownerless()).toContain(room);
  expect((await school.does(helena, 'rooms.all', { limit: 1 })).ownerless).toBe(before + 1);
  for (const who of [rui, bia]) expect(await code(who, 'rooms.entrust', { room, account: who.id })).toBe('not-allowed');
  const nobody = id();
  expect(await code(helena, 'rooms.entrust', { room: nobody, account: rui.id })).toBe('not-found');
  expect(await code(helena, 'rooms.entrust', { room, account: nobody })).toBe('not-found');
  expect(await code(helena, 'rooms.entrust', { room, account: lia.id })).toBe('not-found');
  const { room: direct } = await school.does(rui, 'rooms.openDirect', { account: helena.id });
  expect(await code(helena, 'rooms.entrust', { room: direct.id, account: rui.id })).toBe('not-found');
  const outsider = await school.person('Caio');
  expect(await code(helena, 'rooms.entrust', { room, account: outsider.id })).toBe('not-allowed');
  const { seq } = await entrust(room, rui);
  expect(await entrust(room, rui)).toEqual({ seq });
  expect(await ownersOf(room)).toEqual([rui.id]);
  // By this way nobody reads what was said without them
  expect((await school.does(rui, 'messages.page', { room })).messages).toEqual([]);
  await school.does(rui, 'members.add', { room, account: outsider.id, clientId: id() });
  expect((await school.does(outsider, 'messages.page', { room })).messages).toEqual([]);
  expect(await code(helena, 'rooms.entrust', { room, account: bia.id })).toBe('not-allowed');
  expect(await ownerless()).not.toContain(room);
  const { entries } = await school.does(helena, 'audit.list', { act: 'rooms.', limit: 1 });
  expect(entries).toMatchObject([{ act: 'rooms.entrust', target: room, detail: { to: rui.id } }]);
});

test('[R115] a repeat does what is left to do, once somebody has come who could', async () => {
  const room = await school.room(lia, [bia]);
  await disable(lia);
  expect(await ownersOf(room)).toEqual([lia.id]);
  await school.does(rui, 'members.join', { room });
  expect(await disable(lia)).toMatchObject({ stays: [] });
  expect(await ownersOf(room)).toEqual([rui.id]);
});

test('[R66] nobody makes an owner of a guardian, or of who is disabled', async () => {
  const marta = await school.person('Marta', { role: 'guardian' });
  const room = await school.room(lia, [rui, marta]);
  await disable(rui);
  for (const { id: account } of [rui, marta])
    expect(await code(lia, 'members.setRole', { room, account, role: 'owner', clientId: id() })).toBe('not-allowed');
});

test('[R65] administrators put rooms away that they are not in; so does the operator, on record', async () => {
  const room = await school.room(lia, [bia]);
  await school.does(helena, 'rooms.archive', { room, archived: true, clientId: id() });
  expect(await code(bia, 'messages.send', { room, clientId: id(), body: 'oi' })).toBe('archived');
  expect(await code(helena, 'messages.page', { room })).toBe('not-found');
  const input = { room, archived: false, clientId: id() };
  expect(await operate(school.world, 'rooms.archive', input)).toMatchObject({ ok: true });
  expect((await school.log(lia, room)).events.at(-1)).toMatchObject({ type: 'room.reopened' });
  const { entries } = await school.does(helena, 'audit.list', { act: 'rooms.archive', limit: 1 });
  expect(entries).toMatchObject([{ actor: null, target: room, detail: { archived: false } }]);
  await school.say(bia, room, 'de volta');
  const { room: direct } = await school.does(rui, 'rooms.openDirect', { account: helena.id });
  for (const which of [direct.id, id()])
    expect(await operate(school.world, 'rooms.archive', { ...input, room: which, clientId: id() })).toMatchObject({
      ok: false,
      problem: { code: 'not-found' },
    });
});

test('[R66] [R115] hand-over, leaving and being disabled at once over two nodes: the room has an owner who is there', async () => {
  for (let round = 0; round < 6; round++) {
    const [ana, zoe] = [
      await school.person('Ana', { role: 'teacher' }),
      await school.person('Zoe', { role: 'teacher' }),
    ];
    const room = await school.room(ana, [zoe, rui]);
    const to = { room, account: zoe.id, clientId: id() };
    const [, , shut] = await Promise.all([
      there.tries(ana, 'members.transfer', to),
      (round % 2 ? school : there).tries(ana, 'members.leave', { room }),
      there.tries(helena, 'accounts.disable', { account: round % 3 ? zoe.id : ana.id, reason: 'Saiu' }),
    ]);
    expect(shut.ok).toBe(true);
    const gone = round % 3 ? zoe : ana;
    const owners = await ownersOf(room);
    expect(owners).toHaveLength(1);
    expect(owners).not.toContain(gone.id);
  }
});

test('[R115] of colleagues who are all disabled at once none ends up with what another had', async () => {
  const staff = await Promise.all(['A', 'B', 'C'].map((name) => school.person(name, { role: 'teacher' })));
  const [first, ...others] = staff;
  if (!first) throw new Error('three colleagues');
  const room = await school.room(first, [...others, rui]);
  await Promise.all(staff.map((one, nth) => disable(one, nth % 2 ? school : there)));
  expect(await ownersOf(room)).toEqual([rui.id]);
});
