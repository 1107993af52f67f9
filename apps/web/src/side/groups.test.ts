import { setupI18n } from '@lingui/core';
import type { Course, MyRoom, Room } from '@recreio/protocol';
import { describe, expect, test } from 'vitest';
import { louder, type Calls } from './calls.ts';
import { groupsOf } from './groups.ts';

const i18n = setupI18n({ locale: 'pt-BR', messages: { 'pt-BR': {} } });
const at = '2026-11-22T12:00:00.000Z';
const course: Course = {
  id: 'math',
  title: 'Matemática',
  group: '9º B',
  staff: false,
  lessons: [6, 7].map((number) => ({ id: `lesson${number}`, course: 'math', title: `Aula ${number}`, number })),
};
const mine = (more: Partial<MyRoom['mine']> = {}): MyRoom['mine'] => ({
  role: 'member',
  joinedAt: at,
  head: 1,
  ordinal: 0,
  readSeq: 0,
  readOrdinal: 0,
  unread: 0,
  mentions: 0,
  lastMessageAt: null,
  ...more,
});
const theme = (id: string, more: Partial<Room> = {}, part: Partial<MyRoom['mine']> = {}): MyRoom => ({
  room: {
    id,
    kind: 'topic',
    title: id,
    description: '',
    emoji: '',
    colour: 'pen',
    access: 'open',
    posting: 'members',
    past: 'all',
    course: null,
    lesson: null,
    members: 3,
    createdAt: at,
    ...more,
  },
  mine: mine(part),
});
const direct = (id: string, name: string, part: Partial<MyRoom['mine']> = {}): MyRoom => ({
  room: { id, kind: 'direct', with: { id: `p-${id}`, name, role: 'student', tone: 1, version: 1 }, createdAt: at },
  mine: mine(part),
});
const now = Date.parse(at);
const groups = (list: MyRoom[], courses: Course[] = [course], calls = louder(new Map(), list, now)) =>
  groupsOf(i18n, {
    rooms: { isKnown: true, list, byId: new Map(), unread: 0, mentions: 0 },
    courses,
    drafts: new Set(['b']),
    me: 'ana',
    presence: new Map([['p-d', 'here']]),
    calls,
    now: Date.parse(at),
  });
const rows = (list: MyRoom[]) => groups(list).map(({ id, rooms }) => [id, ...rooms.map((room) => room.name)]);

describe('the list of rooms', () => {
  test('a course has its lessons from the newest down, by their number, and then its other rooms', () => {
    const list = [
      theme('general', { course: 'math', kind: 'subject' }),
      theme('six', { course: 'math', lesson: 'lesson6', kind: 'lesson' }),
      theme('seven', { course: 'math', lesson: 'lesson7', kind: 'lesson' }),
    ];
    expect(rows(list)[0]).toEqual(['math', 'seven', 'six', 'general']);
    expect(groups(list)[0]?.rooms[0]?.face).toMatchObject({ leaf: { lessonNumber: 7 } });
  });

  test('other rooms: what speaks to me, then what is unread, then the newest', () => {
    const list = [
      theme('new'),
      theme('unread', {}, { unread: 2 }),
      theme('b'),
      theme('spoken', {}, { unread: 1, mentions: 1 }),
    ];
    expect(rows(list)[0]).toEqual(['others', 'spoken', 'unread', 'new', 'b']);
    expect(groups(list)[0]?.rooms.map(({ hasDraft }) => hasDraft)).toEqual([false, false, false, true]);
  });

  test('what calls stands above what does not: a person before a class, a class before the quiet ones', () => {
    const history: Course = { ...course, id: 'history', title: 'História', lessons: [] };
    const quiet = [
      theme('war', { course: 'history' }),
      theme('x', { course: 'math' }),
      theme('club'),
      direct('d', 'Davi'),
    ];
    const order = (list: MyRoom[], calls?: Calls) => groups(list, [history, course], calls).map(({ id }) => id);
    expect(order(quiet)).toEqual(['history', 'math', 'others', 'directs']);
    const calling = [
      theme('war', { course: 'history' }),
      theme('x', { course: 'math' }, { unread: 3, mentions: 1 }),
      theme('club', {}, { unread: 1 }),
      direct('d', 'Davi', { unread: 1, mentions: 1 }),
    ];
    expect(order(calling)).toEqual(['directs', 'math', 'others', 'history']);
    // Read meanwhile, they keep their places
    const calls = louder(louder(new Map(), calling, now), quiet, now);
    expect(order(quiet, calls)).toEqual(['directs', 'math', 'others', 'history']);
  });

  test('what has not become louder changes nothing, what has does', () => {
    const before = louder(new Map(), [theme('a', {}, { unread: 1 })], now);
    expect(louder(before, [theme('a')], now)).toBe(before);
    expect([...louder(before, [theme('a', {}, { unread: 1, mentions: 1 })], now)]).toEqual([['a', 2]]);
  });

  test('a room of a course that is not mine stands among the others; a course without a room of mine is left out', () => {
    expect(rows([theme('foreign', { course: 'history' })])).toEqual([['others', 'foreign'], ['directs']]);
  });

  test('a private conversation is called by the other one, and says that they are here only where that is known', () => {
    const [, directs] = groups([direct('d', 'Davi'), direct('y', 'Yasmin')]);
    expect(directs?.rooms.map(({ name, face }) => [name, 'person' in face && face.person.presence])).toEqual([
      ['Davi', 'here'],
      ['Yasmin', undefined],
    ]);
  });

  test('[R43] a silence that is over is not shown', () => {
    const silenced = (until: string | null) => groups([theme('a', {}, { muted: { until } })])[0]?.rooms[0]?.silenced;
    expect(silenced(null)).toBe(true);
    expect(silenced('2026-11-22T12:00:01.000Z')).toBe(true);
    expect(silenced('2026-11-22T11:59:59.000Z')).toBe(false);
  });
});
