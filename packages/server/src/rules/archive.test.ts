import { afterAll, beforeAll, expect, test } from 'vitest';
import type { CommandName } from '@recreio/protocol';
import type { Person, School } from '@recreio/core/testing/world.ts';
import { openSchoolhouse, type Schoolhouse } from '../testing/world.ts';

let house: Schoolhouse;
let school: School;
let there: School;
let helena: Person;
let ana: Person;
let bruno: Person;

beforeAll(async () => {
  house = await openSchoolhouse();
  school = (await house.node()).school;
  there = (await house.node()).school;
  helena = await school.person('Helena', { role: 'teacher' });
  [ana, bruno] = await Promise.all([school.person('Ana'), school.person('Bruno')]);
});
afterAll(() => house.close());

const id = () => school.intention();
const code = async (who: Person, name: CommandName, input: unknown) => (await school.refuses(who, name, input)).code;
const archive = (who: Person, room: string, archived = true) =>
  school.does(who, 'rooms.archive', { room, archived, clientId: id() });

test('[R65] in an archive nothing is said or changed; reading, leaving and what protects people go on', async () => {
  const room = await school.room(helena, [ana, bruno]);
  const { id: message } = await school.say(ana, room, 'antes');
  const { id: theirs } = await school.say(bruno, room, 'olá');
  await school.does(ana, 'messages.react', { room, message: theirs, emoji: '👍' });
  const { seq } = await archive(helena, room);
  const refused: [Person, CommandName, object][] = [
    [ana, 'messages.send', { clientId: id(), body: 'oi' }],
    [helena, 'messages.send', { clientId: id(), body: 'oi' }],
    [ana, 'messages.edit', { message, clientId: id(), body: 'x' }],
    [ana, 'messages.react', { message: theirs, emoji: '🎉' }],
    [ana, 'messages.unreact', { message: theirs, emoji: '👍' }],
    [helena, 'rooms.update', { clientId: id(), title: 'Outra' }],
  ];
  for (const [who, name, input] of refused)
    expect([name, await code(who, name, { room, ...input })]).toEqual([name, 'archived']);
  expect((await school.log(helena, room)).head).toBe(seq);
  expect((await school.does(ana, 'messages.page', { room })).messages).toHaveLength(2);
  await school.does(helena, 'messages.remove', { room, message: theirs, clientId: id() });
  await school.does(ana, 'messages.remove', { room, message, clientId: id() });
  await school.tend(helena, 'members.ban', room, bruno.id);
  await school.does(ana, 'members.leave', { room });
  const { seq: reopened } = await archive(helena, room, false);
  await school.say(helena, room, 'de volta');
  const { events } = await school.log(helena, room);
  expect(events.find((event) => event.seq === reopened)).toMatchObject({ type: 'room.reopened', data: {} });
});

test('[R65] owners and the school’s moderators put away, and nobody else; doing it twice writes nothing', async () => {
  const room = await school.room(ana, [bruno]);
  const lia = await school.person('Lia', { role: 'moderator' });
  const input = { room, archived: true, clientId: id() };
  expect(await code(lia, 'rooms.archive', input)).toBe('not-found');
  expect(await code(bruno, 'rooms.archive', input)).toBe('not-allowed');
  await school.does(ana, 'members.setRole', { room, account: bruno.id, role: 'moderator', clientId: id() });
  expect(await code(bruno, 'rooms.archive', input)).toBe('not-allowed');
  await school.tend(ana, 'members.add', room, lia.id);
  const { seq } = await archive(lia, room);
  expect(await archive(ana, room)).toEqual({ seq });
  const direct = await school.does(ana, 'rooms.openDirect', { account: bruno.id });
  expect(await code(ana, 'rooms.archive', { ...input, room: direct.room.id, clientId: id() })).toBe('not-found');
});

test('[R65] the directory leaves archived rooms out unless asked for', async () => {
  const title = `Sala ${id()}`;
  const room = await school.room(helena, [], { title });
  await archive(helena, room);
  const found = async (archived?: boolean) =>
    (await school.does(ana, 'rooms.directory', { text: title, ...(archived === undefined ? {} : { archived }) })).rooms;
  expect(await found()).toEqual([]);
  expect(await found(true)).toMatchObject([{ room: { id: room, archivedAt: expect.stringMatching(/Z$/u) } }]);
});

test('[R65] archive against sends over two nodes: after its seq no message is in the log, and each refusal left nothing', async () => {
  for (let round = 0; round < 4; round += 1) {
    const room = await school.room(helena, [ana, bruno]);
    const send = (n: number) =>
      (n % 2 ? school : there).tries(n % 3 ? ana : bruno, 'messages.send', { room, clientId: id(), body: `n ${n}` });
    const sends = Array.from({ length: 30 }, (_, n) => send(n));
    const archived = (round % 2 ? there : school).does(helena, 'rooms.archive', {
      room,
      archived: true,
      clientId: id(),
    });
    const late = Array.from({ length: 30 }, (_, n) => send(n));
    const outcomes = await Promise.all([...sends, ...late]);
    const { seq } = await archived;
    const { events } = await school.log(helena, room);
    expect(events.filter((event) => event.type === 'message.sent' && event.seq > seq)).toEqual([]);
    const done = outcomes.filter(({ ok }) => ok).length;
    expect(events.filter(({ type }) => type === 'message.sent')).toHaveLength(done);
    expect(
      outcomes.flatMap((outcome) => (outcome.ok ? [] : [outcome.problem.code])).every((one) => one === 'archived'),
    ).toBe(true);
  }
});

test('[R66] the new owner owns, the old one moderates, in one step; only an owner hands over, and to a member', async () => {
  const room = await school.room(ana, [bruno]);
  const marta = await school.person('Marta', { role: 'guardian' });
  await school.tend(ana, 'members.add', room, marta.id);
  const to = (account: string) => ({ room, account, clientId: id() });
  expect(await code(bruno, 'members.transfer', to(ana.id))).toBe('not-allowed');
  expect(await code(helena, 'members.transfer', to(ana.id))).toBe('not-found');
  for (const nobody of [helena.id, ana.id, id()])
    expect(await code(ana, 'members.transfer', to(nobody))).toBe('not-found');
  expect(await code(ana, 'members.transfer', to(marta.id))).toBe('not-allowed');
  await school.does(ana, 'members.transfer', to(bruno.id));
  const { members } = await school.does(ana, 'members.list', { room });
  expect(new Map(members.map(({ profile, role }) => [profile.id, role]))).toEqual(
    new Map([
      [ana.id, 'moderator'],
      [bruno.id, 'owner'],
      [marta.id, 'member'],
    ]),
  );
  const { events } = await school.log(ana, room);
  expect(events.slice(-2).map(({ data }) => data)).toEqual([
    { account: bruno.id, role: 'owner' },
    { account: ana.id, role: 'moderator' },
  ]);
});

test('[R66] transfer against leaving, over two nodes: the room never stands without an owner', async () => {
  const seen = new Set<string>();
  const owned: boolean[] = [];
  for (let round = 0; round < 12; round += 1) {
    const room = await school.room(ana, [bruno, helena]);
    const [here, other] = round % 2 ? [school, there] : [there, school];
    const outcomes = await Promise.all([
      here.tries(ana, 'members.transfer', { room, account: bruno.id, clientId: id() }),
      other.tries(bruno, 'members.leave', { room }),
      other.tries(ana, 'members.leave', { room }),
    ]);
    seen.add(outcomes.map(({ ok }) => (ok ? 'x' : '.')).join(''));
    const { events } = await school.log(helena, room);
    const roles = new Map<string, string>();
    for (const { type, data } of events) {
      if (type === 'member.joined' || type === 'member.role-changed') roles.set(data.account, data.role);
      if (type === 'member.left' || type === 'member.removed') roles.delete(data.account);
      if (type.startsWith('member.')) owned.push([...roles.values()].includes('owner'));
    }
  }
  expect(seen.size).toBeGreaterThan(0);
  expect(owned.length).toBeGreaterThan(36);
  expect(owned).not.toContain(false);
});
