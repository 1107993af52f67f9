import type { Attention } from '@recreio/protocol';
import { expect, it } from 'vitest';
import { heard } from '../testing/heard.ts';
import { attentionAway, spansOf } from './heard.ts';
import type { Heard } from './heard-port.ts';

const NOON = Date.parse('2026-11-23T15:00:00Z');
const NIGHT = Date.parse('2026-11-24T02:00:00Z');
const school = { quietHours: { from: 21 * 60, to: 6 * 60 + 30, days: [1, 2, 3, 4, 5, 6, 7] } };
const direct = { kind: 'direct', announces: false, members: 2, role: 'member' } as const;
const announcing = { kind: 'topic', announces: true, members: 300, role: 'reader' } as const;

/** What devices without a page do, and the mail of what was missed. */
const short = (attention: Attention | null): string =>
  attention === null ? 'none' : `${attention.push}, ${attention.digest}`;

it.each([
  ['a mention', {}, NOON, 'now, now'],
  ['a reply', { call: 'reply' }, NOON, 'now, now'],
  ['what must be read', { call: 'notice' }, NOON, 'now, now'],
  ['a private message', { call: 'direct', place: direct }, NOON, 'now, now'],
  ['an announcement', { call: null, place: announcing }, NOON, 'now, now'],
  [
    'an announcement, to who wants mentions only',
    { call: null, place: announcing, tuning: { level: 'mentions' } },
    NOON,
    'none, none',
  ],
  ['what is merely said', { call: null }, NOON, 'none, none'],
  ['what is merely said, to who wants everything', { call: null, tuning: { level: 'everything' } }, NOON, 'now, none'],
  ['a call of a release to come', { call: 'summons' }, NOON, 'none, none'],
  ['a reply in a thread one follows', { call: 'thread', thread: 't' }, NOON, 'now, now'],
  [
    'a reply in a thread that is not for them',
    { call: null, thread: 't', tuning: { level: 'everything' } },
    NOON,
    'none',
  ],
  ['their own words', { author: 'ana' }, NOON, 'none, none'],
  ['what was read', { isRead: true }, NOON, 'none, none'],
  ['a blocked author', { isBlocked: true }, NOON, 'none, none'],
  ['a hushed room', { tuning: { hushed: { until: null } } }, NOON, 'none, none'],
  ['a hush that is over', { tuning: { hushed: { until: '2026-11-23T14:00:00.000Z' } } }, NOON, 'now, now'],
  ['a room with nothing', { tuning: { level: 'nothing' } }, NOON, 'none, none'],
  ['not to be disturbed', { resting: { until: null } }, NOON, 'later, later'],
  ['the school’s night, under age', { minor: true }, NIGHT, 'later, later'],
  ['the school’s night, in another zone', { minor: true, timeZone: 'Asia/Tokyo' }, NIGHT, 'now, now'],
  ['the school’s night, of age', {}, NIGHT, 'now, now'],
  ['the school’s night, whatever one under age wishes', { minor: true, quietHours: null }, NIGHT, 'later, later'],
] as [string, Partial<Heard>, number, string][])('[R111] [R116] %s', (_name, more, now, expected) => {
  expect(short(attentionAway(heard(more), school, now))).toBe(expected);
});

it('[R112] [R116] of each person and conversation there is one span, from its least number to its greatest', () => {
  const span = { account: 'ana', room: 'r', thread: null, at: '2026-11-23T15:00:00.000Z' };
  expect(spansOf([heard({ seq: 9 }), heard({ seq: 4 }), heard({ seq: 12 }), heard({ thread: 't', seq: 5 })])).toEqual([
    { ...span, from: 4, to: 12 },
    { ...span, thread: 't', from: 5, to: 5 },
  ]);
});
