import { describe, expect, it } from 'vitest';
import { CALLS_TO_ALL, type Role, type RoomRole } from '@recreio/protocol';
import { key, type PairFact } from '../streams/facts.ts';
import { factsOf, ROOM, SETTINGS } from '../testing/facts.ts';
import { mayBeUrgent, mayCallAll, mayForward, mayPin, mayPost, mayReact, mayReadPast } from './policy.ts';

const NOW = 5_000;

it.each<[string, Role, RoomRole | null, 'members' | 'moderators', string | null, string | null]>([
  ['a member', 'student', 'member', 'members', null, null],
  ['a reader', 'student', 'reader', 'members', 'read-only', null],
  ['a guardian', 'guardian', 'member', 'members', 'read-only', null],
  ['a member where moderators post', 'student', 'member', 'moderators', 'read-only', null],
  ['a moderator there', 'student', 'moderator', 'moderators', null, null],
  ['a moderator of the school there', 'moderator', 'member', 'moderators', null, null],
  ['a teacher who is a member there', 'teacher', 'member', 'moderators', 'read-only', null],
  ['an outsider', 'student', null, 'members', 'not-a-member', 'not-a-member'],
])('[R51] %s', (_, school, role, posting, post, react) => {
  const { facts, room } = factsOf([{ id: 'ana', school, role }], { settings: { ...SETTINGS, posting } });
  expect(mayPost(facts, room, 'ana', NOW)?.deny ?? null).toBe(post);
  expect(mayReact(facts, room, 'ana', NOW)?.deny ?? null).toBe(react);
});

it.each([
  ['open, of no course', { access: 'open' as const }, null, 'not-a-member'],
  ['open, of a course', { access: 'open' as const }, 'course', 'not-found'],
  ['by invitation', { access: 'invite' as const }, null, 'not-found'],
])('[R5] an outsider learns of a room that is %s: %s', (_, access, course, problem) => {
  const { facts, room } = factsOf([{ id: 'ana', role: null }], { settings: { ...SETTINGS, ...access }, course });
  expect(mayPost(facts, room, 'ana', NOW)?.deny).toBe(problem);
});

it('[R5] a guardian, who finds no open rooms, learns of none either', () => {
  const { facts, room } = factsOf([{ id: 'rui', school: 'guardian', role: null }], {
    settings: { ...SETTINGS, access: 'open' },
  });
  expect(mayPost(facts, room, 'rui', NOW)?.deny).toBe('not-found');
});

describe('silence', () => {
  it.each([
    ['open-ended here', ROOM, null, 'muted'],
    ['until later', ROOM, NOW + 1, 'muted'],
    ['until now', ROOM, NOW, null],
    ['until before', ROOM, NOW - 1, null],
    ['everywhere', '*', null, 'muted'],
    ['in another room', 'other', null, null],
  ])('[D29] %s', (_, scope, until, problem) => {
    const { facts, room } = factsOf([{ id: 'ana', role: 'owner' }]);
    facts.restrictions.set(key(scope, 'ana', 'mute'), { until });
    expect(mayPost(facts, room, 'ana', NOW)?.deny ?? null).toBe(problem);
    expect(mayReact(facts, room, 'ana', NOW)?.deny ?? null).toBe(problem);
  });

  it('[D29] one here that has ended does not hide one everywhere that has not', () => {
    const { facts, room } = factsOf([{ id: 'ana', role: 'member' }]);
    facts.restrictions.set(key(ROOM, 'ana', 'mute'), { until: NOW - 1 });
    facts.restrictions.set(key('*', 'ana', 'mute'), { until: null });
    expect(mayPost(facts, room, 'ana', NOW)).toMatchObject({ deny: 'muted', extra: { until: null } });
  });
});

describe('a private conversation', () => {
  const between: PairFact = { shareRoom: true, staff: [], blocked: false, allowed: 'everyone' };
  it.each([
    ['two who share a room', false, false, between, null],
    ['after a block', false, false, { ...between, blocked: true }, 'blocked'],
    ['who share none any more', false, false, { ...between, shareRoom: false }, 'read-only'],
    ['a minor and an adult', true, false, between, 'protected-minor'],
    ['a minor and the staff of their course', true, false, { ...between, staff: ['bruno'] }, null],
  ])('[R52] %s', (_, aMinor, bMinor, pair, problem) => {
    const { facts, room } = factsOf(
      [
        { id: 'ana', minor: aMinor, role: 'member' },
        { id: 'bruno', minor: bMinor, role: 'member' },
      ],
      { kind: 'direct', settings: null, pair: ['ana', 'bruno'] },
      pair,
    );
    for (const who of ['ana', 'bruno']) expect(mayPost(facts, room, who, NOW)?.deny ?? null).toBe(problem);
  });
});

it.each<[string, Role, RoomRole | null, string | null]>([
  ['the owner', 'student', 'owner', null],
  ['a moderator', 'student', 'moderator', null],
  ['a moderator of the school', 'moderator', 'member', null],
  ['a teacher who is a member there', 'teacher', 'member', 'not-allowed'],
  ['a member', 'student', 'member', 'not-allowed'],
  ['a reader', 'student', 'reader', 'not-allowed'],
  ['an outsider', 'administrator', null, 'not-a-member'],
])('[R61] %s changes the board, or does not', (_, school, role, problem) => {
  const { facts, room } = factsOf([{ id: 'ana', school, role }]);
  expect(mayPin(facts, room, 'ana', NOW)?.deny ?? null).toBe(problem);
});

it('[R61] each of the two changes the board of a private conversation, while they may talk; who is silenced, no board', () => {
  const people = [
    { id: 'ana', role: 'member' as const },
    { id: 'bruno', role: 'member' as const },
  ];
  const direct = { kind: 'direct' as const, settings: null, pair: ['ana', 'bruno'] as const };
  const { facts, room } = factsOf(people, direct);
  for (const { id } of people) expect(mayPin(facts, room, id, NOW)).toBeNull();
  const apart = factsOf(people, direct, { shareRoom: true, staff: [], blocked: true, allowed: 'everyone' });
  expect(mayPin(apart.facts, apart.room, 'ana', NOW)?.deny).toBe('blocked');
  const themed = factsOf([{ id: 'ana', role: 'owner' }]);
  themed.facts.restrictions.set(key(ROOM, 'ana', 'mute'), { until: null });
  expect(mayPin(themed.facts, themed.room, 'ana', NOW)?.deny).toBe('muted');
});

it.each<[string, string, 'topic' | 'direct', RoomRole, Role, boolean]>([
  ['its author', 'ana', 'topic', 'reader', 'student', true],
  ['its author in a private conversation', 'ana', 'direct', 'member', 'student', true],
  ['who moderates the room', 'bruno', 'topic', 'moderator', 'student', true],
  ['a moderator of the school who is a member', 'bruno', 'topic', 'member', 'moderator', true],
  ['an administrator who is a member', 'bruno', 'topic', 'reader', 'administrator', true],
  ['a teacher who is a member', 'bruno', 'topic', 'member', 'teacher', false],
  ['a member', 'bruno', 'topic', 'member', 'student', false],
  ['the other of a private conversation', 'bruno', 'direct', 'member', 'student', false],
  ['an administrator in a private conversation', 'bruno', 'direct', 'member', 'administrator', false],
])('[R62] %s reads what Ana’s message said before, or does not', (_, account, kind, role, school, may) => {
  expect(mayReadPast({ author: 'ana', kind, role }, { account, role: school })).toBe(may);
});

it.each<[string, Role, RoomRole | null, string | null]>([
  ['the owner', 'student', 'owner', null],
  ['a moderator', 'teacher', 'moderator', null],
  ['a moderator of the school who is a member', 'moderator', 'member', null],
  ['an administrator who is a member', 'administrator', 'member', null],
  ['a teacher who is a member', 'teacher', 'member', 'not-allowed'],
  ['a member', 'student', 'member', 'not-allowed'],
  ['an administrator who is not in it', 'administrator', null, 'not-allowed'],
])('[R113] %s calls everybody, or does not', (_, school, role, problem) => {
  const { facts, room } = factsOf([{ id: 'ana', school, role }]);
  expect(mayCallAll(facts, room, 'ana', NOW)?.deny ?? null).toBe(problem);
});

it('[R113] nobody calls everybody in private, nor again and again; an hour later, once more', () => {
  const pair = factsOf([{ id: 'ana', role: 'member' }], { kind: 'direct', settings: null, pair: ['ana', 'bruno'] });
  expect(mayCallAll(pair.facts, pair.room, 'ana', NOW)?.deny).toBe('not-allowed');
  const { facts, room } = factsOf([{ id: 'ana', role: 'owner' }]);
  const times = Array.from({ length: CALLS_TO_ALL }, (_, n) => NOW + n);
  facts.callsToAll.set(key(ROOM, 'ana'), times);
  expect(mayCallAll(facts, room, 'ana', NOW + 10)?.deny).toBe('too-many');
  expect(mayCallAll(facts, room, 'ana', NOW + 3_600_000)).toBeNull();
  facts.callsToAll.set(key('other', 'ana'), times);
  facts.callsToAll.delete(key(ROOM, 'ana'));
  expect(mayCallAll(facts, room, 'ana', NOW + 10)).toBeNull();
});

it.each([
  ['of a room that they see', { kind: 'topic', removed: false }, null],
  ['that is removed', { kind: 'lesson', removed: true }, 'removed'],
  ['said between two', { kind: 'direct', removed: false }, 'not-allowed'],
  ['said among a few, and removed', { kind: 'group', removed: true }, 'not-allowed'],
  ['that they do not see', undefined, 'not-found'],
] as const)('[R118] who passes on a message %s is answered %s', (_name, forward, problem) => {
  const { facts } = factsOf([{ id: 'ana', role: 'member' }]);
  if (forward) facts.forwards.set(key('ana', 'elsewhere', 'm'), forward);
  expect(mayForward(facts, 'ana', { room: 'elsewhere', message: 'm' })?.deny ?? null).toBe(problem);
});

it.each<[string, Role, RoomRole | null, 'topic' | 'group', readonly string[], boolean, string | null]>([
  ['the owner', 'student', 'owner', 'topic', ['bia'], false, null],
  ['a moderator', 'student', 'moderator', 'topic', ['bia'], false, null],
  ['a teacher who is a member', 'teacher', 'member', 'topic', ['bia'], false, null],
  ['a monitor who is a member', 'monitor', 'member', 'topic', ['bia'], false, null],
  ['a student who is a member', 'student', 'member', 'topic', ['bia'], false, 'not-allowed'],
  ['a teacher, of nobody', 'teacher', 'member', 'topic', [], false, 'not-allowed'],
  ['a teacher, of everybody', 'teacher', 'owner', 'topic', ['bia'], true, 'not-allowed'],
  ['a teacher, of half the school', 'teacher', 'owner', 'topic', Array.from({ length: 11 }, String), false, 'too-many'],
  ['a teacher in a group', 'teacher', 'member', 'group', ['bia'], false, 'not-allowed'],
])('[R120] %s says that something is urgent, or does not', (_, school, role, kind, named, everyone, problem) => {
  const { facts, room } = factsOf([{ id: 'ana', school, role }], { kind });
  expect(mayBeUrgent(facts, room, 'ana', NOW, named, everyone)?.deny ?? null).toBe(problem);
});

it('[R120] five within an hour, in whichever rooms; an hour later, once more', () => {
  const { facts, room } = factsOf([{ id: 'ana', school: 'teacher', role: 'member' }]);
  facts.urgents.set('ana', [1, 2, 3, 4, 5]);
  const hour = 3_600_000;
  expect(mayBeUrgent(facts, room, 'ana', hour, ['bia'], false)?.deny).toBe('too-many');
  expect(mayBeUrgent(facts, room, 'ana', hour + 1, ['bia'], false)).toBeNull();
});
