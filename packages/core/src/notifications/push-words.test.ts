import { expect, it } from 'vitest';
import type { Heard } from './push-port.ts';
import { pushOf, wordsOf } from './push-words.ts';

const NOON = Date.parse('2026-11-23T15:00:00Z');
const NIGHT = Date.parse('2026-11-24T02:00:00Z');
const school = { quietHours: { from: 21 * 60, to: 6 * 60 + 30, days: [1, 2, 3, 4, 5, 6, 7] } };

const heard = (more: Partial<Heard> = {}): Heard => ({
  account: 'ana',
  room: 'r',
  thread: null,
  seq: 7,
  at: '2026-11-23T15:00:00.000Z',
  author: 'helena',
  call: 'mention',
  isRead: false,
  isBlocked: false,
  place: { kind: 'topic', announces: false, members: 30, role: 'member' },
  tuning: {},
  minor: false,
  language: 'pt-BR',
  timeZone: null,
  resting: null,
  title: 'Frações',
  authorName: 'Helena Prates',
  ...more,
});
const direct = { kind: 'direct', announces: false, members: 2, role: 'member' } as const;
const announcing = { kind: 'topic', announces: true, members: 300, role: 'reader' } as const;

it.each([
  ['a mention', {}, NOON, 'now'],
  ['a reply', { call: 'reply' }, NOON, 'now'],
  ['what must be read', { call: 'notice' }, NOON, 'now'],
  ['a private message', { call: 'direct', place: direct }, NOON, 'now'],
  ['an announcement', { call: null, place: announcing }, NOON, 'now'],
  [
    'an announcement, to who wants mentions only',
    { call: null, place: announcing, tuning: { level: 'mentions' } },
    NOON,
    'none',
  ],
  ['what is merely said', { call: null }, NOON, 'none'],
  ['what is merely said, to who wants everything', { call: null, tuning: { level: 'everything' } }, NOON, 'now'],
  ['a call of a release to come', { call: 'summons' }, NOON, 'none'],
  ['a reply in a thread one follows', { call: 'thread', thread: 't' }, NOON, 'now'],
  [
    'a reply in a thread that is not for them',
    { call: null, thread: 't', tuning: { level: 'everything' } },
    NOON,
    'none',
  ],
  ['their own words', { author: 'ana' }, NOON, 'none'],
  ['what was read', { isRead: true }, NOON, 'none'],
  ['a blocked author', { isBlocked: true }, NOON, 'none'],
  ['a hushed room', { tuning: { hushed: { until: null } } }, NOON, 'none'],
  ['a hush that is over', { tuning: { hushed: { until: '2026-11-23T14:00:00.000Z' } } }, NOON, 'now'],
  ['a room with nothing', { tuning: { level: 'nothing' } }, NOON, 'none'],
  ['not to be disturbed', { resting: { until: null } }, NOON, 'later'],
  ['the school’s night, under age', { minor: true }, NIGHT, 'later'],
  ['the school’s night, in another zone', { minor: true, timeZone: 'Asia/Tokyo' }, NIGHT, 'now'],
  ['the school’s night, of age', {}, NIGHT, 'now'],
  ['the school’s night, whatever one under age wishes', { minor: true, quietHours: null }, NIGHT, 'later'],
] as [string, Partial<Heard>, number, string][])('[R111] %s', (_name, more, now, expected) => {
  expect(pushOf(heard(more), school, now)).toBe(expected);
});

it.each([
  ['places', 1, {}, 'Frações', 'Mencionaram você'],
  ['places', 1, { call: 'thread', thread: 't' }, 'Frações', 'Resposta nova'],
  ['places', 1, { call: 'direct', place: direct, title: '' }, 'Conversa privada', 'Mensagem nova'],
  ['places', 2, { language: 'en' }, 'Frações', '2 new messages'],
  [
    'places',
    1,
    { place: { ...direct, kind: 'group' }, title: '', language: 'en' },
    'Group conversation',
    'You were mentioned',
  ],
  ['words', 1, {}, 'Frações', 'Helena Prates: bom dia a todos'],
  ['words', 3, {}, 'Frações', 'Helena Prates: bom dia a todos (e mais 2)'],
  ['words', 1, { call: 'direct', place: direct, title: '' }, 'Helena Prates', 'bom dia a todos'],
] as ['places' | 'words', number, Partial<Heard>, string, string][])(
  '[R111] %s, %i: %o',
  (push, count, more, title, body) => {
    expect(wordsOf(heard(more), count, push, 'bom dia\n  a todos')).toEqual({ title, body });
  },
);

it('[R111] no name and no word of what was said where the school wants only places, or where nothing can be read', () => {
  for (const [push, text] of [
    ['places', 'segredo'],
    ['words', null],
    ['words', ' \n'],
  ] as const)
    expect(JSON.stringify(wordsOf(heard({ place: direct }), 1, push, text))).not.toMatch(/segredo|Helena/u);
});

it('[R111] a long text is cut at a word, and never in the middle of a sign', () => {
  const { body } = wordsOf(heard(), 1, 'words', 'palavra '.repeat(60));
  expect(body).toMatch(/ palavra…$/u);
  expect(body.length).toBeLessThan(180);
  const emojis = wordsOf(heard(), 1, 'words', '👩‍🏫'.repeat(99)).body;
  expect(emojis.isWellFormed()).toBe(true);
});
