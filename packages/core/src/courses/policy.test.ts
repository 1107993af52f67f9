import type { Role } from '@recreio/protocol';
import { expect, test } from 'vitest';
import { mayTend, withLesson } from './policy.ts';

const lessons = ['um', 'dois', 'três'].map((id) => ({ id, title: id }));
const order = (id: string, number?: number) => withLesson(lessons, { id, title: id, number }).map((one) => one.id);

test.each([
  ['a new one stands last', 'novo', undefined, ['um', 'dois', 'três', 'novo']],
  ['a new one with a number stands there', 'novo', 1, ['novo', 'um', 'dois', 'três']],
  ['one that is there stays where it is', 'dois', undefined, ['um', 'dois', 'três']],
  ['it moves up', 'três', 1, ['três', 'um', 'dois']],
  ['it moves down', 'um', 3, ['dois', 'três', 'um']],
  ['beyond the end it stands last', 'um', 200, ['dois', 'três', 'um']],
])('[R107] %s', (_, id, number, expected) => expect(order(id, number)).toEqual(expected));

test('[R107] another title is the same lesson', () => {
  expect(withLesson(lessons, { id: 'dois', title: 'Dois!', number: undefined })[1]).toEqual({
    id: 'dois',
    title: 'Dois!',
  });
});

test.each<[Role, 'student' | 'staff' | null, boolean]>([
  ['administrator', null, true],
  ['teacher', 'staff', true],
  ['monitor', 'staff', true],
  ['teacher', null, false],
  ['moderator', null, false],
  ['student', 'student', false],
  // Who stopped working at the school and is enrolled from before
  ['student', 'staff', false],
  ['guardian', 'student', false],
])('[R107] a %s who is %s of the course looks after its lessons: %s', (role, enrolled, expected) =>
  expect(mayTend(role, enrolled)).toBe(expected),
);
