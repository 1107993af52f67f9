import { expect, it } from 'vitest';
import type { Role, RoomRole } from '@recreio/protocol';
import { factsOf } from '../testing/facts.ts';
import { mayCreate } from './create.ts';
import { mayModerate, mayOwn, standsAbove } from './policy.ts';

const ROLES: readonly (RoomRole | null)[] = [null, 'reader', 'member', 'moderator', 'owner'];

/** Who stands above whom: rows act, columns are acted on, in the order of ROLES. */
it.each<[string, Role, readonly string[]]>([
  ['a student', 'student', ['.....', '.....', '.....', 'xxx..', 'xxxx.']],
  ['a moderator of the school', 'moderator', ['.....', 'xxx..', 'xxx..', 'xxx..', 'xxxx.']],
  ['an administrator', 'administrator', ['.....', 'xxx..', 'xxx..', 'xxx..', 'xxxx.']],
])('[R54] nobody acts on someone of the same or a higher role: %s', (_, school, table) => {
  const found = ROLES.map((role) =>
    ROLES.map((target) => {
      const { facts, room } = factsOf([
        { id: 'ana', school, role },
        { id: 'bruno', role: target },
      ]);
      return standsAbove(facts, room, 'ana', 'bruno') ? 'x' : '.';
    }).join(''),
  );
  expect(found).toEqual(table);
});

it.each<[Role, RoomRole | null, boolean, boolean]>([
  ['student', 'owner', true, true],
  ['student', 'moderator', true, false],
  ['student', 'member', false, false],
  ['teacher', 'member', false, false],
  ['moderator', 'reader', true, false],
  ['moderator', null, false, false],
  ['administrator', 'reader', true, true],
  ['administrator', null, false, false],
])('[R54] a %s who is %s there: moderates %s, owns %s', (school, role, moderates, owns) => {
  const { facts, room } = factsOf([{ id: 'ana', school, role }]);
  expect([mayModerate(facts, room, 'ana'), mayOwn(facts, room, 'ana')]).toEqual([moderates, owns]);
});

it('[R54] in a private conversation nobody moderates, administrators neither', () => {
  const { facts, room } = factsOf(
    [
      { id: 'ana', school: 'administrator', role: 'member' },
      { id: 'bruno', role: 'member' },
    ],
    { kind: 'direct', settings: null, pair: ['ana', 'bruno'] },
  );
  expect([
    mayModerate(facts, room, 'ana'),
    mayOwn(facts, room, 'ana'),
    standsAbove(facts, room, 'ana', 'bruno'),
  ]).toEqual([false, false, false]);
});

it.each<[Role, string]>([
  ['student', '..xx'],
  ['guardian', '....'],
  ['monitor', 'xxxx'],
  ['teacher', 'xxxx'],
  ['moderator', 'xxxx'],
  ['administrator', 'xxxx'],
])('[R51] a %s opens rooms for subject, lesson, project, topic: %s', (role, table) => {
  const found = (['subject', 'lesson', 'project', 'topic'] as const).map((kind) => (mayCreate(role, kind) ? 'x' : '.'));
  expect(found.join('')).toBe(table);
});
