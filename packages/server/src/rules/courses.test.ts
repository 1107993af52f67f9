/** Looking after courses: who may, what is on record, and what becomes of rooms and of private talk. */
import type { Person, School } from '@recreio/core/testing/world.ts';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Node, openSchoolhouse, type Schoolhouse } from '../testing/world.ts';

let house: Schoolhouse;
let here: Node;
let there: Node;
let school: School;
let helena: Person;
let lia: Person;
let rui: Person;
let ana: Person;
/** Whose own account their open pages were told of. */
const told: string[] = [];
beforeAll(async () => {
  house = await openSchoolhouse();
  const silent = (await house.node()).world.presence;
  here = await house.node({ presence: { ...silent, me: (account) => void told.push(account) } });
  there = await house.node();
  school = here.school;
  helena = await school.person('Helena', { role: 'administrator' });
  lia = await school.person('Lia', { role: 'teacher' });
  rui = await school.person('Rui', { role: 'teacher' });
  ana = await school.person('Ana', { minor: true });
});
afterAll(() => house.close());

let nth = 0;
let course: string;
let lessons: string[];
beforeEach(async () => {
  told.length = 0;
  const made = await school.does(helena, 'courses.create', {
    clientId: school.intention(),
    title: `Curso ${++nth}`,
    group: '9º B',
    lessons: ['Frações', 'Raízes'],
  });
  course = made.course.id;
  lessons = made.lessons.map(({ id }) => id);
});

const enrol = (...people: Person[]) =>
  school.does(helena, 'courses.enrol', { course, accounts: people.map(({ id }) => id) });
const unenrol = ({ id: account }: Person) => school.does(helena, 'courses.unenrol', { course, account });
const codeOf = async (who: Person, name: Parameters<School['refuses']>[1], input: unknown) =>
  (await school.refuses(who, name, input)).code;
const revision = async ({ id }: Person): Promise<number> =>
  (await house.pool.query('SELECT revision FROM user_stream WHERE account = $1', [id])).rows[0].revision;
const roomOf = async (owner: Person, members: readonly Person[], more = {}) =>
  school.room(owner, members, { kind: 'lesson', lesson: lessons[0] ?? '', ...more });

describe('making', () => {
  test('[R106] a repeat finds the first on any node; another title under its id, and a name that is taken, are refused', async () => {
    const clientId = school.intention();
    const input = { clientId, title: ' Latim   I ', lessons: ['Rosa'] };
    const made = await Promise.all([
      school.does(helena, 'courses.create', input),
      there.school.does(helena, 'courses.create', input),
    ]);
    expect(made.map(({ course: one }) => [one.id, one.title, one.lessons])).toEqual([
      [clientId, 'Latim I', 1],
      [clientId, 'Latim I', 1],
    ]);
    expect(await codeOf(helena, 'courses.create', { ...input, title: 'Grego' })).toBe('idempotency-conflict');
    const taken = { clientId: school.intention(), title: 'LATIM I' };
    expect(await codeOf(helena, 'courses.create', taken)).toBe('already-taken');
    expect(await codeOf(helena, 'courses.update', { course, title: 'latim i', group: '' })).toBe('already-taken');
    // The name of one that is over is free
    await school.does(helena, 'courses.update', { course: clientId, archived: true });
    await school.does(helena, 'courses.create', taken);
    expect(await codeOf(helena, 'courses.update', { course: clientId, archived: false })).toBe('already-taken');
  });

  test('[R6] titles that nobody can read, or that turn what follows, are refused', async () => {
    const clientId = school.intention();
    for (const bad of [
      { title: '\u200b ' },
      { title: 'a\u202eb' },
      { title: 'Ok', group: '\u202e' },
      { title: 'Ok', lessons: ['Um', '\u200b'] },
    ])
      expect(await codeOf(helena, 'courses.create', { clientId, ...bad })).toBe('bad-text');
    expect(await codeOf(helena, 'courses.putLesson', { course, lesson: lessons[0], title: ' ' })).toBe('bad-text');
  });

  test('[R59] who made, changed and peopled a course is on record; what changes nothing is not', async () => {
    await school.does(helena, 'courses.update', { course, title: 'Outro', archived: true });
    await school.does(helena, 'courses.update', { course, title: 'Outro', archived: true });
    await enrol(ana);
    await enrol(ana);
    await unenrol(ana);
    await unenrol(ana);
    const { entries } = await school.does(helena, 'audit.list', { act: 'courses.', limit: 4 });
    expect(entries.map(({ act, target, detail }) => [act, target, detail])).toEqual([
      ['courses.unenrol', ana.id, { course, rooms: 0, stays: [] }],
      ['courses.enrol', ana.id, { course }],
      ['courses.update', course, { title: { from: `Curso ${nth}`, to: 'Outro' }, archived: { from: false, to: true } }],
      ['courses.create', course, { title: `Curso ${nth}`, group: '9º B' }],
    ]);
  });
});

describe('who may', () => {
  test('[R5] a course that is not one’s own is one that there is not', async () => {
    const nobody = school.intention();
    await enrol(lia, ana);
    for (const [who, which] of [
      [rui, course],
      [ana, course],
      [rui, nobody],
      [helena, nobody],
    ] as const)
      expect(await codeOf(who, 'courses.get', { course: which })).toBe('not-found');
    for (const who of [rui, ana])
      for (const which of [course, nobody]) {
        const lesson = lessons[0];
        expect(await codeOf(who, 'courses.people', { course: which })).toBe('not-found');
        expect(await codeOf(who, 'courses.putLesson', { course: which, lesson, title: 'Meu' })).toBe('not-found');
        expect(await codeOf(who, 'courses.removeLesson', { course: which, lesson })).toBe('not-found');
      }
    for (const who of [lia, rui, ana])
      for (const which of [course, nobody]) {
        expect(await codeOf(who, 'courses.list', {})).toBe('not-allowed');
        expect(await codeOf(who, 'courses.update', { course: which, title: 'Meu' })).toBe('not-allowed');
        expect(await codeOf(who, 'courses.enrol', { course: which, accounts: [who.id] })).toBe('not-allowed');
        expect(await codeOf(who, 'courses.unenrol', { course: which, account: ana.id })).toBe('not-allowed');
        expect(await codeOf(who, 'courses.create', { clientId: nobody, title: 'Meu' })).toBe('not-allowed');
      }
  });

  test('[R107] the staff of a course put its lessons in order and see who is in it', async () => {
    await enrol(lia, ana);
    const lesson = school.intention();
    const put = await school.does(lia, 'courses.putLesson', { course, lesson, title: 'Conjuntos', number: 1 });
    expect(put.lessons.map(({ title, number }) => [title, number])).toEqual([
      ['Conjuntos', 1],
      ['Frações', 2],
      ['Raízes', 3],
    ]);
    // The same again is no news
    const before = await revision(ana);
    await school.does(lia, 'courses.putLesson', { course, lesson, title: 'Conjuntos', number: 1 });
    expect(await revision(ana)).toBe(before);
    const { people } = await school.does(lia, 'courses.people', { course });
    expect(people.map(({ profile, staff }) => [profile.name, staff])).toEqual([
      ['Lia', true],
      ['Ana', false],
    ]);
  });

  test('[R71] who is in a course is changed after a fresh proof alone', async () => {
    await house.pool.query("UPDATE session SET assured_at = clock_timestamp() - interval '10 minutes' WHERE id = $1", [
      helena.caller.actor?.session,
    ]);
    expect(await codeOf(helena, 'courses.enrol', { course, accounts: [ana.id] })).toBe('step-up-required');
    expect(await codeOf(helena, 'courses.unenrol', { course, account: ana.id })).toBe('step-up-required');
    expect(await codeOf(helena, 'courses.update', { course, archived: true })).toBe('step-up-required');
    await house.pool.query('UPDATE session SET assured_at = clock_timestamp() WHERE id = $1', [
      helena.caller.actor?.session,
    ]);
    await enrol(ana);
  });
});

describe('lessons', () => {
  test('[R107] one that a room stands for stays; one that none does goes, and the others move up', async () => {
    await enrol(lia);
    await roomOf(lia, []);
    expect(await codeOf(lia, 'courses.removeLesson', { course, lesson: lessons[0] })).toBe('not-allowed');
    const { lessons: left } = await school.does(lia, 'courses.removeLesson', { course, lesson: lessons[1] });
    expect(left.map(({ title, number, rooms }) => [title, number, rooms])).toEqual([['Frações', 1, 1]]);
    // As good as taken away
    await school.does(lia, 'courses.removeLesson', { course, lesson: lessons[1] });
  });

  test('[R107] of a room for a lesson and its removal at once one happens, never half of each', async () => {
    await enrol(lia);
    for (const lesson of lessons) {
      const [made, removed] = await Promise.all([
        school.tries(lia, 'rooms.create', { clientId: school.intention(), kind: 'lesson', title: 'Sala', lesson }),
        there.school.tries(lia, 'courses.removeLesson', { course, lesson }),
      ]);
      const came = [made, removed].map((one) => (one.ok ? 'done' : one.problem.code));
      expect([
        ['done', 'not-allowed'],
        ['not-found', 'done'],
      ]).toContainEqual(came);
    }
  });

  test('[R107] of many who put lessons at once each finds its place, and an id of another course is none', async () => {
    await enrol(lia);
    const added = Array.from({ length: 8 }, () => school.intention());
    await Promise.all(
      added.map((lesson, i) =>
        (i % 2 ? there.school : school).does(lia, 'courses.putLesson', { course, lesson, title: `Nova ${i}` }),
      ),
    );
    const { lessons: all } = await school.does(lia, 'courses.get', { course });
    expect(all.map(({ number }) => number)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    expect(new Set(all.map(({ id }) => id))).toEqual(new Set([...lessons, ...added]));
    const other = await school.does(helena, 'courses.create', { clientId: school.intention(), title: `Outro ${nth}` });
    const stolen = { course: other.course.id, lesson: lessons[0], title: 'Roubada' };
    expect(await codeOf(helena, 'courses.putLesson', stolen)).toBe('not-found');
    expect(await codeOf(helena, 'courses.putLesson', { course, lesson: school.intention() })).toBe('not-found');
  });
});

describe('people', () => {
  test('[R108] who works at the school is staff of the course; all come or none', async () => {
    expect(await codeOf(helena, 'courses.enrol', { course, accounts: [ana.id, school.intention()] })).toBe('not-found');
    expect((await school.does(helena, 'courses.get', { course })).course).toMatchObject({ students: 0, staff: 0 });
    expect(await enrol(lia, ana)).toMatchObject({ students: 1, staff: 1 });
    expect(told.toSorted()).toEqual([lia.id, ana.id].toSorted());
    expect((await school.does(ana, 'lessons.courses', {})).courses).toContainEqual(
      expect.objectContaining({ id: course, staff: false }),
    );
  });

  test('[R52] [R108] a teacher and a pupil under age may talk in private while the teacher’s course runs, and no longer', async () => {
    const bia = await school.person('Bia', { minor: true });
    const tom = await school.person('Tom', { role: 'teacher' });
    await enrol(tom, bia);
    await roomOf(tom, [bia], { access: 'open' });
    const { room } = await school.does(tom, 'rooms.openDirect', { account: bia.id });
    await school.say(tom, room.id, 'Tudo certo?');
    await school.does(helena, 'courses.update', { course, archived: true });
    const said = { room: room.id, clientId: school.intention(), body: 'E agora?' };
    expect(await codeOf(tom, 'messages.send', said)).toBe('protected-minor');
    expect((await school.does(tom, 'accounts.find', { text: 'Bia' })).people).toEqual([]);
    await school.does(helena, 'courses.update', { course, archived: false });
    await school.does(tom, 'messages.send', said);
    await unenrol(tom);
    expect(await codeOf(tom, 'messages.send', { ...said, clientId: school.intention() })).toBe('protected-minor');
  });

  test('[R106] what is over is not offered: no rooms are made for it, and nobody is invited into it', async () => {
    await enrol(lia);
    await school.does(helena, 'courses.update', { course, archived: true });
    const room = { clientId: school.intention(), kind: 'subject', title: 'Sala', course };
    expect(await codeOf(lia, 'rooms.create', room)).toBe('not-allowed');
    const person = { name: 'Zeca', email: `z${nth}@escola.example`, role: 'student', courses: [course] };
    expect(await codeOf(helena, 'accounts.invite', { clientId: school.intention(), ...person })).toBe('not-found');
    expect((await school.does(lia, 'lessons.courses', {})).courses).toContainEqual(
      expect.objectContaining({ id: course, archived: true }),
    );
  });

  test('[R34] [R108] who is taken out of a course is in none of its rooms any more, and hears it in each log', async () => {
    await enrol(lia, ana);
    const room = await roomOf(lia, [ana], { access: 'open' });
    const elsewhere = await school.room(lia, [ana]);
    await there.school.say(ana, room, 'Oi');
    here.rung.length = 0;
    expect(await unenrol(ana)).toMatchObject({ left: 1, stays: [], course: { students: 0 } });
    expect((await school.log(lia, room)).events.at(-1)).toMatchObject({
      type: 'member.removed',
      actor: helena.id,
      data: { account: ana.id },
    });
    expect((await school.own(ana)).at(-1)).toMatchObject({ type: 'membership.ended', data: { room } });
    expect(here.rung.flatMap(({ events }) => events.map(({ type }) => type))).toEqual(['member.removed']);
    expect(await codeOf(ana, 'messages.page', { room })).toBe('not-found');
    expect(await codeOf(ana, 'members.join', { room })).toBe('not-found');
    // On the node that knew her as a member, too
    const said = { room, clientId: school.intention(), body: 'Oi' };
    expect((await there.school.refuses(ana, 'messages.send', said)).code).toBe('not-found');
    await school.say(ana, elsewhere, 'Aqui ainda sim');
    await school.say(lia, room, 'E a sala segue');
  });

  test('[R66] [R108] what only they own goes to a colleague who is in it, or they stay until one comes', async () => {
    await enrol(lia, rui, ana);
    const shared = await roomOf(lia, [ana, rui]);
    const alone = await roomOf(lia, [ana], { title: 'Sozinha' });
    const empty = await roomOf(lia, []);
    expect(await unenrol(lia)).toMatchObject({ left: 2, stays: [{ id: alone, title: 'Sozinha' }] });
    const { members } = await school.does(rui, 'members.list', { room: shared });
    expect(members.map(({ profile, role }) => [profile.name, role])).toEqual([
      ['Rui', 'owner'],
      ['Ana', 'member'],
    ]);
    expect(await codeOf(lia, 'messages.page', { room: empty })).toBe('not-found');
    // Who is out of the course and still in a room of it can be found, and the repeat finishes
    const outside = async () =>
      (await school.does(helena, 'courses.people', { course })).outside?.map(({ profile, rooms }) => [
        profile.id,
        rooms,
      ]);
    expect(await outside()).toEqual([[lia.id, 1]]);
    const { entries } = await school.does(helena, 'audit.list', { act: 'courses.unenrol', limit: 1 });
    expect(entries[0]?.detail).toEqual({ course, rooms: 2, stays: [alone] });
    await school.tend(lia, 'members.add', alone, rui.id);
    expect(await unenrol(lia)).toMatchObject({ left: 1, stays: [] });
    expect(await outside()).toEqual([]);
  });

  test('[R54] [R64] [R106] a course that is over, or that one is not in any more, lets no adult gather minors in a closed room', async () => {
    const zoe = await school.person('Zoe', { role: 'teacher' });
    const pupils = await Promise.all(
      ['Iris', 'Joca', 'Kiko', 'Lua'].map((name) => school.person(name, { minor: true })),
    );
    const [iris, joca, kiko, lua] = pupils;
    if (!iris || !joca || !kiko || !lua) throw new Error('four pupils');
    await enrol(zoe, ...pupils);
    const room = await roomOf(zoe, [], { access: 'invite' });
    const add = (who: Person) => school.tend(zoe, 'members.add', room, who.id);
    const addition = (who: Person) => ({ room, account: who.id, clientId: school.intention() });
    const { url } = await school.does(zoe, 'invitations.make', { room, most: 5 });
    const secret = new URL(url).hash.slice(1);
    await add(iris);
    await school.does(helena, 'courses.update', { course, archived: true });
    expect(await codeOf(zoe, 'members.add', addition(joca))).toBe('protected-minor');
    expect(await codeOf(joca, 'invitations.read', { secret })).toBe('protected-minor');
    expect(await codeOf(joca, 'invitations.redeem', { room, secret })).toBe('protected-minor');
    // Between adults nothing has changed
    await enrol(rui);
    await add(rui);
    await school.does(helena, 'courses.update', { course, archived: false });
    await add(joca);
    await school.does(kiko, 'invitations.redeem', { room, secret });
    await school.does(rui, 'members.leave', { room });
    expect(await unenrol(zoe)).toMatchObject({ stays: [{ id: room }] });
    expect(await codeOf(zoe, 'members.add', addition(lua))).toBe('protected-minor');
    expect(await codeOf(lua, 'invitations.redeem', { room, secret })).toBe('protected-minor');
  });

  test('[R51] administrators find every course, and stay in its rooms', async () => {
    await enrol(lia, helena);
    const room = await roomOf(lia, [helena]);
    expect(await unenrol(helena)).toMatchObject({ left: 0, stays: [] });
    await school.does(helena, 'messages.page', { room });
  });

  test('[R108] who enters a room while they are taken out of the course is not in it afterwards', async () => {
    await enrol(lia);
    const room = await roomOf(lia, []);
    for (let round = 0; round < 4; round++) {
      await enrol(ana);
      const [, out] = await Promise.all([
        there.school.tries(ana, 'members.join', { room }),
        school.tries(helena, 'courses.unenrol', { course, account: ana.id }),
      ]);
      expect(out.ok).toBe(true);
      const { members } = await school.does(lia, 'members.list', { room });
      expect(members.map(({ profile }) => profile.id)).toEqual([lia.id]);
    }
  });
});
