import { beforeAll, expect, it } from 'vitest';
import type { Person } from '../raw/person.ts';
import { uuidv7 } from '../raw/uuid.ts';
import { administrator, codeOf, connect, createRoom, done, enrol, tryTo } from './school.ts';

let rui: Person;
let lia: Person;
let ana: Person;
beforeAll(async () => {
  [rui, lia, ana] = await Promise.all([enrol('Rui', 'teacher'), enrol('Lia', 'teacher'), enrol('Ana')]);
});

/** A course of its own with two lessons. */
const make = async (): Promise<{ course: string; lessons: string[] }> => {
  const title = `Curso ${uuidv7()}`;
  const made = await done(administrator, 'courses.create', { clientId: uuidv7(), title, lessons: ['Um', 'Dois'] });
  return { course: made.course?.id ?? '', lessons: (made.lessons ?? []).map(({ id }) => id) };
};
const put = (course: string, ...people: readonly Person[]) =>
  done(administrator, 'courses.enrol', { course, accounts: people.map(({ account }) => account) });
const mine = async (person: Person) => (await done(person, 'lessons.courses', {})).courses ?? [];

it('[R106] administrators make courses, once for each client id; those that are over are neither offered nor lost', async () => {
  const input = { clientId: uuidv7(), title: `Latim ${uuidv7()}`, group: '1º A', lessons: ['Rosa', 'Rosae'] };
  expect(codeOf(await tryTo(rui, 'courses.create', input))).toBe('not-allowed');
  expect(codeOf(await tryTo(rui, 'courses.list', {}))).toBe('not-allowed');
  const [one, two] = await Promise.all([1, 2].map(() => done(administrator, 'courses.create', input)));
  expect(one?.course).toMatchObject({ id: input.clientId, title: input.title, group: '1º A', lessons: 2 });
  expect(two).toEqual(one);
  expect(codeOf(await tryTo(administrator, 'courses.create', { ...input, title: 'Grego' }))).toBe(
    'idempotency-conflict',
  );
  const again = { ...input, clientId: uuidv7(), title: input.title.toUpperCase() };
  expect(codeOf(await tryTo(administrator, 'courses.create', again))).toBe('already-taken');
  const course = input.clientId;
  await put(course, rui);
  expect(codeOf(await tryTo(rui, 'courses.update', { course, archived: true }))).toBe('not-allowed');
  await done(administrator, 'courses.update', { course, archived: true });
  const { courses } = await done(administrator, 'courses.list', { text: input.title.toLowerCase() });
  expect(courses).toEqual([]);
  const over = await done(administrator, 'courses.list', { text: input.title, archived: true });
  expect(over.courses?.map(({ id }) => id)).toEqual([course]);
  expect(await mine(rui)).toContainEqual(expect.objectContaining({ id: course, archived: true }));
  const room = { clientId: uuidv7(), kind: 'subject', title: 'Sala', course };
  expect(codeOf(await tryTo(rui, 'rooms.create', room))).toBe('not-allowed');
  const { entries = [] } = await done(administrator, 'audit.list', { act: 'courses.update', limit: 1 });
  expect(entries[0]).toMatchObject({ target: course, detail: { archived: { from: false, to: true } } });
});

it('[R107] the staff of a course put its lessons in order; one that a room stands for stays, and nobody else finds any', async () => {
  const { course, lessons } = await make();
  await put(course, lia, ana);
  for (const who of [rui, ana])
    for (const which of [course, uuidv7()]) {
      const input = { course: which, lesson: uuidv7(), title: 'Minha' };
      expect(codeOf(await tryTo(who, 'courses.putLesson', input))).toBe('not-found');
      expect(codeOf(await tryTo(who, 'courses.get', { course: which }))).toBe('not-found');
    }
  const lesson = uuidv7();
  await done(lia, 'courses.putLesson', { course, lesson, title: 'Zero', number: 1 });
  const moved = await done(lia, 'courses.putLesson', { course, lesson: lessons[1], number: 2, title: 'Dois!' });
  expect(moved.lessons?.map(({ number, title }) => `${number} ${title}`)).toEqual(['1 Zero', '2 Dois!', '3 Um']);
  expect((await mine(ana)).find(({ id }) => id === course)?.lessons).toEqual(
    moved.lessons?.map(({ id, title, number }) => ({ id, course, title, number })),
  );
  await createRoom(lia, { kind: 'lesson', lesson });
  expect(codeOf(await tryTo(lia, 'courses.removeLesson', { course, lesson }))).toBe('not-allowed');
  const left = await done(lia, 'courses.removeLesson', { course, lesson: lessons[1] });
  expect(left.lessons?.map(({ number, title }) => `${number} ${title}`)).toEqual(['1 Zero', '2 Um']);
});

it('[R108] who is enrolled finds the rooms of the course at once; who is taken out leaves them, on open sockets too', async () => {
  const { course, lessons } = await make();
  const { socket } = await connect(ana);
  await put(course, lia);
  const room = await createRoom(lia, { kind: 'lesson', lesson: lessons[0] });
  expect(codeOf(await tryTo(ana, 'members.join', { room }))).toBe('not-found');
  expect(codeOf(await tryTo(lia, 'courses.enrol', { course, accounts: [ana.account] }))).toBe('not-allowed');
  const unknown = { course, accounts: [ana.account, uuidv7()] };
  expect(codeOf(await tryTo(administrator, 'courses.enrol', unknown))).toBe('not-found');
  expect(await mine(ana)).not.toContainEqual(expect.objectContaining({ id: course }));
  await put(course, ana);
  await socket.until(({ t }) => t === 'me');
  expect(await mine(ana)).toContainEqual(expect.objectContaining({ id: course, staff: false }));
  const { rooms = [] } = await done(ana, 'rooms.directory', { course });
  expect(rooms.map((one) => one.room.id)).toEqual([room]);
  await done(ana, 'members.join', { room });
  const { people } = await done(lia, 'courses.people', { course });
  expect(people?.map(({ profile, staff }) => [profile?.id, staff])).toEqual([
    [lia.account, true],
    [ana.account, false],
  ]);
  const out = await done(administrator, 'courses.unenrol', { course, account: ana.account });
  expect(out).toMatchObject({ left: 1, stays: [], course: { students: 0 } });
  const ended = await socket.until(({ events }) => events?.some(({ type }) => type === 'membership.ended') === true);
  expect(ended.events?.at(-1)?.data).toMatchObject({ room, reason: 'removed' });
  expect(codeOf(await tryTo(ana, 'messages.page', { room }))).toBe('not-found');
  // She is the only one who owns it, and nobody of the staff is there to inherit: with nobody else in it, it is left empty
  expect(await done(administrator, 'courses.unenrol', { course, account: lia.account })).toMatchObject({ left: 1 });
  socket.close();
});

it('[R109] a file of people names courses that there are not: told first, made only when that is asked for', async () => {
  const title = `Xadrez ${uuidv7()}`;
  const csv = `nome,email,papel,cursos\nNina,n.${uuidv7()}@school.example,aluna,${title} · 7º C`;
  const told = await done(administrator, 'accounts.import', { csv, dryRun: true });
  expect([told.errors?.map(({ reason }) => reason), told.newCourses]).toEqual([['course'], [{ title, group: '7º C' }]]);
  const list = async () => (await done(administrator, 'courses.list', { text: title })).courses ?? [];
  expect(await list()).toEqual([]);
  const made = await done(administrator, 'accounts.import', { csv, dryRun: false, makeCourses: true });
  expect([made.errors, made.newCourses]).toEqual([[], [{ title, group: '7º C' }]]);
  expect(await list()).toMatchObject([{ title, group: '7º C', students: 1 }]);
});
