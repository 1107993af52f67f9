import type { RoomRole, Role } from '@recreio/protocol';
import { expect, it } from 'vitest';
import { type Cast, factsOf, ROOM } from '../testing/facts.ts';
import type { RoomFact } from '../streams/facts.ts';
import { handOver, heirOf } from './pass-on.ts';

const lia: Cast = { id: 'lia', school: 'teacher', role: 'owner' };
const in_ = (id: string, school: Role, role: RoomRole): Cast => ({ id, school, role });
/** These people, who came in this order; of a course those are whose names begin with a capital letter. */
const held = (people: readonly Cast[], room: Partial<RoomFact> = {}, gone: readonly string[] = []) => {
  const made = factsOf(people, room);
  for (const { id } of people) if (/^[A-Z]/u.test(id)) made.facts.enrolled.set(`${ROOM} ${id}`, 'staff');
  for (const id of gone) made.facts.accounts.set(id, { role: 'teacher', minor: false, disabled: true });
  return { ...made, standing: new Map([[ROOM, people.map(({ id }) => id)]]) };
};

it.each<[string, readonly Cast[], Partial<RoomFact>, string | null]>([
  ['who moderates', [in_('bia', 'student', 'moderator')], {}, 'bia'],
  ['who has been there longest', [in_('bia', 'student', 'moderator'), in_('caio', 'student', 'moderator')], {}, 'bia'],
  ['the staff before a student', [in_('bia', 'student', 'moderator'), in_('rui', 'monitor', 'reader')], {}, 'rui'],
  [
    'who moderates before who does not',
    [in_('rui', 'teacher', 'member'), in_('zoe', 'teacher', 'moderator')],
    {},
    'zoe',
  ],
  ['nobody who only listens', [in_('bia', 'student', 'member')], {}, null],
  ['no guardian', [in_('ivo', 'guardian', 'moderator')], {}, null],
  ['no student, of a lesson', [in_('bia', 'student', 'moderator')], { kind: 'lesson' }, null],
  ['nobody out of the course', [in_('rui', 'teacher', 'moderator')], { course: 'c' }, null],
  [
    'who is in the course',
    [in_('rui', 'teacher', 'moderator'), in_('Zoe', 'teacher', 'member')],
    { course: 'c' },
    'Zoe',
  ],
  ['an administrator, of any course', [in_('eva', 'administrator', 'member')], { course: 'c' }, 'eva'],
  ['nobody in private', [in_('rui', 'teacher', 'moderator')], { kind: 'group' }, null],
])('[R115] after the owner comes %s', (_, others, room, heir) => {
  const people = [lia, ...others];
  expect(heirOf(held(people, room), held(people, room).room, 'lia')).toBe(heir);
});

it('[R115] who is disabled owns nothing that somebody else could own, and is no heir', () => {
  const roles = (others: readonly Cast[], gone: readonly string[]) => {
    const { drafts, stays } = handOver(held([lia, ...others], {}, ['lia', ...gone]), 'lia');
    const events = drafts.flatMap(([, some]) => some);
    return [
      events.map((one) => (one.type === 'member.role-changed' ? `${one.account} ${one.role}` : one.type)),
      stays.length,
    ];
  };
  const rui = in_('rui', 'teacher', 'moderator');
  expect(roles([rui], [])).toEqual([['rui owner', 'lia moderator'], 0]);
  expect(roles([{ ...rui, role: 'owner' }], [])).toEqual([['lia moderator'], 0]);
  expect(roles([rui], ['rui'])).toEqual([[], 1]);
  expect(roles([{ ...rui, role: 'owner' }], ['rui'])).toEqual([[], 1]);
});
