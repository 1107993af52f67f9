/** Conversations of a few: one per set of people, nobody in it who must be asked and has not said yes, nobody young where nobody looks after them. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { Indeterminate, Unavailable } from '@recreio/core';
import { type CommandName, type Commands, GROUP, type OutputOf } from '@recreio/protocol';
import type { Person, School } from '@recreio/core/testing/world.ts';
import { openSchoolhouse, type Schoolhouse } from '../testing/world.ts';

let house: Schoolhouse;
let school: School;
let there: School;
let helena: Person;
let rui: Person;
let sara: Person;
let ana: Person;
let bruno: Person;

beforeAll(async () => {
  house = await openSchoolhouse();
  school = (await house.node()).school;
  there = (await house.node()).school;
});
afterAll(() => house.close());
beforeEach(async () => {
  helena = await school.person('Helena', { role: 'teacher' });
  rui = await school.person('Rui', { role: 'teacher' });
  sara = await school.person('Sara', { role: 'monitor' });
  ana = await school.person('Ana', { minor: true });
  bruno = await school.person('Bruno', { minor: true });
  await school.room(helena, [rui, sara, ana, bruno]);
});

const id = () => school.intention();
const idsOf = (people: readonly { readonly id: string }[]): string[] => people.map((one) => one.id).sort();
const code = async (who: Person, name: CommandName, input: unknown) => (await school.refuses(who, name, input)).code;
const gather = (who: Person, ...others: Person[]) =>
  school.does(who, 'rooms.openGroup', { accounts: idsOf(others) }) as Promise<OutputOf<Commands['rooms.openGroup']>>;
const groupOf = ({ room }: Awaited<ReturnType<typeof gather>>) => {
  if (room.kind !== 'group') throw new Error(`a group is ${room.kind}`);
  return room;
};
const open = async (who: Person, ...others: Person[]): Promise<string> => groupOf(await gather(who, ...others)).id;
const about = (room: string, { id: account }: Person) => ({ room, account, clientId: id() });
const askings = async (who: Person) => (await school.does(who, 'rooms.askings', {})).askings;
const typesOf = async (who: Person, room: string) => (await school.log(who, room)).events.map(({ type }) => type);
const blocks = (who: Person, whom: Person) => school.does(who, 'accounts.block', { account: whom.id });

describe('one group per set of people', () => {
  test('[R73] a hundred who ask at once, whoever of them it is and over two nodes, get one', async () => {
    const people = [helena, rui, sara];
    const ask = async (nth: number): Promise<string> => {
      const who = people[nth % 3] ?? helena;
      const accounts = people.filter((one) => one !== who).map((one) => one.id);
      for (;;) {
        try {
          const input = { accounts: nth % 2 ? accounts : accounts.toReversed() };
          return (await (nth % 4 < 2 ? school : there).does(who, 'rooms.openGroup', input)).room.id;
        } catch (error) {
          // A busy machine gives a connection too late to some of them; they ask again, as people's programs do
          if (!(error instanceof Unavailable)) throw error;
        }
      }
    };
    const opened = await Promise.all(Array.from({ length: 100 }, (_, nth) => ask(nth)));
    expect(new Set(opened).size).toBe(1);
    const { rows } = await house.pool.query(`SELECT people FROM room WHERE kind = 'group' AND people @> $1::uuid[]`, [
      idsOf(people),
    ]);
    expect(rows).toEqual([{ people: idsOf(people) }]);
    expect(await typesOf(rui, opened[0] ?? '')).toEqual([
      'room.created',
      'member.joined',
      'member.joined',
      'member.joined',
    ]);
  });

  test.each([
    ['the database was away', () => Promise.reject(new Unavailable('the database is away'))],
    ['it was taken back on another device', (room: string) => there.does(bruno, 'members.leave', { room })],
  ])('[R4] a yes that was taken is never refused because %s before it was answered', async (_why, meanwhile) => {
    const caio = await pupil('Caio');
    const room = await open(ana, bruno, caio);
    let isTaken = false;
    const hurt = await house.node({
      // Rung after COMMIT
      bell: { ring: () => void (isTaken = true) },
      pool: (pool) => {
        const real = pool.query.bind(pool) as (...args: unknown[]) => Promise<unknown>;
        const query = async (...args: unknown[]) => {
          if (isTaken) await meanwhile(room);
          return await real(...args);
        };
        return Object.assign(Object.create(pool) as typeof pool, { query });
      },
    });
    const yes = hurt.school.tries(bruno, 'rooms.openGroup', { accounts: idsOf([ana, caio]) });
    await expect(yes).rejects.toThrow(Indeterminate);
    expect(await typesOf(ana, room)).toContain('member.joined');
  });

  test('[R73] it is called by the others in it, or by the name that any of them gives it', async () => {
    const made = await gather(helena, rui, sara);
    const group = groupOf(made);
    expect([group.title, group.with.map(({ name }) => name), group.asked]).toEqual(['', ['Rui', 'Sara'], []]);
    await school.does(sara, 'rooms.update', { room: group.id, clientId: id(), title: 'Feira de ciências' });
    const [seen] = (await school.does(rui, 'rooms.mine', {})).rooms.filter(({ room }) => room.id === group.id);
    expect(seen?.room).toMatchObject({ kind: 'group', title: 'Feira de ciências' });
    for (const more of [{ posting: 'moderators' }, { access: 'open' }, { title: 'x', past: 'all' }])
      expect(await code(sara, 'rooms.update', { room: group.id, clientId: id(), ...more })).toBe('not-allowed');
    // One that is there keeps its name
    const again = await school.does(rui, 'rooms.openGroup', { accounts: idsOf([helena, sara]), title: 'Outra' });
    expect(again.room).toMatchObject({ id: group.id, title: 'Feira de ciências' });
  });

  test('[R73] whoever comes or goes, it is found by those who are in it now; with two it stays a group', async () => {
    const room = await open(helena, rui, sara);
    const tomas = await school.person('Tomás', { role: 'teacher' });
    await school.room(helena, [rui, sara, tomas]);
    await school.does(rui, 'members.add', about(room, tomas));
    expect(await open(sara, helena, rui, tomas)).toBe(room);
    const anew = await open(sara, helena, rui);
    expect(anew).not.toBe(room);
    // Where two are of the same people the older one of that set is found, and the other is there all the same
    await school.does(tomas, 'members.leave', { room });
    expect(await open(rui, helena, sara)).toBe(anew);
    await school.say(sara, room, 'ainda aqui');
    await school.does(sara, 'members.leave', { room });
    expect((await school.does(rui, 'rooms.get', { room })).room).toMatchObject({ kind: 'group' });
    await school.say(rui, room, 'só nós dois');
  });

  test('[R73] it is for three to twelve, of people who know each other; strangers are unknown', async () => {
    const stranger = await school.person('Estranho');
    const marta = await school.person('Marta', { role: 'guardian' });
    await school.room(helena, [rui, marta]);
    const ask = (who: Person, accounts: string[]) => code(who, 'rooms.openGroup', { accounts });
    expect(await ask(helena, [rui.id])).toBe('malformed');
    expect(await ask(helena, [rui.id, helena.id])).toBe('not-found');
    expect(await ask(helena, [rui.id, stranger.id])).toBe('not-found');
    expect(await ask(helena, [rui.id, randomUUID()])).toBe('not-found');
    expect(await ask(helena, [rui.id, marta.id])).toBe('not-allowed');
    expect(await ask(helena, Array.from({ length: GROUP.people }, randomUUID))).toBe('malformed');
    // Known to the one, not to the other
    await school.room(helena, [stranger]);
    expect(await ask(helena, [rui.id, stranger.id])).toBe('not-allowed');
    const staff = await Promise.all(
      Array.from({ length: GROUP.people }, (_, nth) => school.person(`Docente ${nth}`, { role: 'teacher' })),
    );
    await school.room(helena, staff);
    const room = await open(helena, ...staff.slice(1));
    expect(await code(helena, 'members.add', about(room, staff[0] ?? rui))).toBe('not-allowed');
  });

  test('[R53] [R5] it is unknown to everybody else, and nobody in it stands above anybody', async () => {
    const room = await open(helena, rui, sara);
    const rosa = await school.person('Rosa', { role: 'administrator' });
    await school.room(helena, [rosa]);
    for (const [name, input] of [
      ['rooms.get', {}],
      ['messages.page', {}],
      ['members.list', {}],
      ['members.join', {}],
      ['members.leave', {}],
      ['messages.send', { clientId: id(), body: 'oi' }],
      ['members.add', { account: ana.id, clientId: id() }],
      ['members.remove', { account: rui.id, clientId: id() }],
    ] as const)
      expect([name, await code(rosa, name, { room, ...input })]).toEqual([name, 'not-found']);
    expect((await school.does(rosa, 'rooms.directory', {})).rooms.some((one) => one.room.id === room)).toBe(false);
    for (const [name, input] of [
      ['members.remove', {}],
      ['members.setRole', { role: 'reader' }],
      ['members.mute', { reason: 'x' }],
      ['members.ban', { reason: 'x' }],
    ] as const)
      expect([name, await code(helena, name, { ...about(room, rui), ...input })]).toEqual([name, 'not-allowed']);
  });

  test('[R46] what is said speaks to all of them, but not across a block', async () => {
    const room = await open(helena, rui, sara);
    await blocks(sara, helena);
    const said = await school.say(helena, room, 'reunião às três');
    const called = async (who: Person) =>
      (await school.own(who)).filter(
        ({ type, data }) => type === 'notification.made' && 'room' in data && data.room === room,
      );
    expect(await called(rui)).toMatchObject([{ data: { kind: 'direct', message: said.id } }]);
    expect(await called(sara)).toEqual([]);
    const [mine] = (await school.does(rui, 'rooms.mine', {})).rooms.filter((one) => one.room.id === room);
    expect(mine?.mine).toMatchObject({ unread: 1, mentions: 1 });
  });
});

describe('who must be asked', () => {
  test('[R74] a minor is in no group before they have said yes, and receives nothing of it until then', async () => {
    const room = await open(ana, bruno, await pupil('Caio'));
    await school.say(ana, room, 'só para quem já está');
    expect(await askings(bruno)).toMatchObject([{ room, by: { id: ana.id }, members: [{ id: ana.id }] }]);
    for (const name of ['rooms.get', 'messages.page', 'members.list'] as const)
      expect([name, await code(bruno, name, { room })]).toEqual([name, 'not-found']);
    expect((await school.does(bruno, 'rooms.mine', {})).rooms.some((one) => one.room.id === room)).toBe(false);
    expect((await school.own(bruno)).map(({ type }) => type)).toEqual([
      'membership.began',
      'membership.began',
      'asking.began',
    ]);
    // Yes, from then on
    await school.does(bruno, 'members.join', { room });
    const after = await school.say(ana, room, 'bem-vindo');
    const { messages } = await school.does(bruno, 'messages.page', { room });
    expect(messages.map((message) => message.id)).toEqual([after.id]);
    expect(await askings(bruno)).toEqual([]);
    expect(groupOf((await school.does(ana, 'rooms.get', { room })) as never)).toMatchObject({
      with: [{ id: bruno.id }],
      asked: [{ name: 'Caio' }],
    });
  });

  test('[R74] no is no: they are not asked into it again, and whoever was not wanted any more may be', async () => {
    const caio = await pupil('Caio');
    const room = await open(ana, bruno, caio);
    await school.does(bruno, 'members.leave', { room });
    expect(await code(ana, 'members.add', about(room, bruno))).toBe('not-allowed');
    expect(await code(bruno, 'members.join', { room })).toBe('not-found');
    expect(await code(bruno, 'members.leave', { room })).toBe('not-found');
    await school.does(ana, 'members.remove', about(room, caio));
    expect(await askings(caio)).toEqual([]);
    expect(await code(caio, 'members.join', { room })).toBe('not-found');
    expect((await school.own(caio)).at(-1)).toMatchObject({ type: 'asking.ended', data: { room } });
    await school.does(ana, 'members.add', about(room, caio));
    expect(await askings(caio)).toHaveLength(1);
    expect((await typesOf(ana, room)).slice(2)).toEqual([
      'asking.began',
      'asking.began',
      'asking.ended',
      'asking.ended',
      'asking.began',
    ]);
  });

  test('[R74] only who has asked takes it back, or anybody there when they are gone', async () => {
    const [caio, duda] = [await pupil('Caio'), await pupil('Duda')];
    const room = await open(ana, bruno, caio);
    await school.does(bruno, 'members.join', { room });
    expect(await code(bruno, 'members.remove', about(room, caio))).toBe('not-allowed');
    expect(await code(caio, 'members.remove', about(room, caio))).toBe('not-found');
    expect(await code(bruno, 'members.remove', about(room, duda))).toBe('not-found');
    await school.does(ana, 'members.leave', { room });
    await school.does(bruno, 'members.remove', about(room, caio));
    expect(await askings(caio)).toEqual([]);
  });

  test('[R74] who was asked and asks for the same themselves has said yes', async () => {
    const caio = await pupil('Caio');
    const room = await open(ana, bruno, caio);
    expect(await open(bruno, ana, caio)).toBe(room);
    expect(await askings(bruno)).toEqual([]);
    expect(await typesOf(bruno, room)).toContain('member.joined');
  });

  test('[R74] grown people are in it at once, unless they want to be asked', async () => {
    await school.does(sara, 'accounts.updateMe', { privacy: { asksFirst: true } });
    const made = groupOf(await gather(helena, rui, sara));
    expect([idsOf(made.with), idsOf(made.asked)]).toEqual([[rui.id], [sara.id]]);
    await school.does(sara, 'members.join', { room: made.id });
    await school.say(sara, made.id, 'cheguei');
  });

  test('[R74] [R52] a block between two others is told to nobody: who has blocked is asked; to whom one has blocked oneself, no', async () => {
    await blocks(sara, rui);
    expect(groupOf(await gather(helena, rui, sara))).toMatchObject({
      with: [{ id: rui.id }],
      asked: [{ id: sara.id }],
    });
    const tomas = await school.person('Tomás', { role: 'teacher' });
    await school.room(helena, [rui, sara, tomas]);
    await blocks(tomas, helena);
    expect(await code(helena, 'rooms.openGroup', { accounts: idsOf([rui, tomas]) })).toBe('blocked');
    expect(await code(tomas, 'rooms.openGroup', { accounts: idsOf([rui, helena]) })).toBe('blocked');
  });

  test('[R74] [R41] yes and taking back at once: one of them stands, and the log says which', async () => {
    const caio = await pupil('Caio');
    const room = await open(ana, bruno, caio);
    const [joined, taken] = await Promise.all([
      school.tries(bruno, 'members.join', { room }),
      there.tries(ana, 'members.remove', about(room, bruno)),
    ]);
    const types = (await typesOf(ana, room)).slice(4);
    expect([joined.ok, taken.ok]).toEqual([types[0] === 'member.joined', types[0] === 'asking.ended']);
    expect(types).toHaveLength(1);
  });
});

describe('the young among the grown', () => {
  test('[R75] they are in a group together only where somebody in it is staff of a course of the minor', async () => {
    expect(await code(rui, 'rooms.openGroup', { accounts: idsOf([sara, ana]) })).toBe('protected-minor');
    expect(await code(ana, 'rooms.openGroup', { accounts: idsOf([bruno, rui]) })).toBe('protected-minor');
    await house.course('História', { [rui.id]: 'staff', [ana.id]: 'student' });
    const made = groupOf(await gather(sara, rui, ana));
    expect([idsOf(made.with), idsOf(made.asked)]).toEqual([[rui.id], [ana.id]]);
    // For Bruno nobody is there
    expect(await code(rui, 'members.add', about(made.id, bruno))).toBe('protected-minor');
    expect(await code(rui, 'rooms.openGroup', { accounts: idsOf([ana, bruno]) })).toBe('protected-minor');
  });

  test('[R75] who is only asked looks after nobody', async () => {
    await house.course('História', { [rui.id]: 'staff', [ana.id]: 'student' });
    await school.does(rui, 'accounts.updateMe', { privacy: { asksFirst: true } });
    expect(await code(sara, 'rooms.openGroup', { accounts: idsOf([rui, ana]) })).toBe('protected-minor');
    expect(await code(ana, 'rooms.openGroup', { accounts: idsOf([rui, sara]) })).toBe('protected-minor');
  });

  test('[R75] it holds for each yes and each word: when who looks after them is gone, the group is still', async () => {
    await house.course('História', { [rui.id]: 'staff', [ana.id]: 'student' });
    await house.course('Artes', { [rui.id]: 'staff', [bruno.id]: 'student' });
    const room = groupOf(await gather(rui, sara, ana)).id;
    await school.does(ana, 'members.join', { room });
    const said = await school.say(ana, room, 'professor, uma dúvida');
    await school.does(sara, 'members.add', about(room, bruno));
    await school.does(rui, 'members.leave', { room });
    for (const who of [ana, sara]) {
      expect(await code(who, 'messages.send', { room, clientId: id(), body: 'oi' })).toBe('protected-minor');
      expect(await code(who, 'messages.react', { room, message: said.id, emoji: '👍' })).toBe('protected-minor');
    }
    expect(await code(bruno, 'members.join', { room })).toBe('protected-minor');
    // With Rui back, whoever calls him, it goes on
    await school.does(ana, 'members.add', about(room, rui));
    await school.say(ana, room, 'que bom');
    await school.does(bruno, 'members.join', { room });
  });

  test('[R75] minors among themselves gather freely', async () => {
    const room = await open(ana, bruno, await pupil('Caio'));
    await school.does(bruno, 'members.join', { room });
    const said = await school.say(bruno, room, 'oi');
    expect((await school.log(ana, room)).events.at(-1)?.seq).toBe(said.seq);
  });
});

const pupil = async (name: string): Promise<Person> => {
  const made = await school.person(name, { minor: true });
  await school.room(helena, [ana, bruno, made]);
  return made;
};
