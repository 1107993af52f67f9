import type { Me } from '@recreio/protocol';
import { expect, it } from 'vitest';
import { urgeable } from './urgent.ts';

const eleven = Array.from({ length: 11 }, (_, nth) => `pessoa ${nth}`);

it.each<[string, 'topic' | 'group', boolean, Me['role'], readonly string[], number | undefined]>([
  ['a teacher, of two', 'topic', false, 'teacher', ['ana', 'bia'], 2],
  ['a student who moderates, of one', 'topic', true, 'student', ['ana'], 1],
  ['a student', 'topic', false, 'student', ['ana'], undefined],
  ['a teacher, of nobody', 'topic', false, 'teacher', [], 0],
  ['a teacher, of everybody', 'topic', true, 'teacher', ['todos', 'ana'], 0],
  ['a teacher, of eleven', 'topic', false, 'teacher', eleven, 0],
  ['a teacher in a group', 'group', false, 'teacher', ['ana'], undefined],
])('[R120] what %s writes may be urgent, or not', (_, kind, moderates, role, named, many) => {
  expect(urgeable({ kind }, moderates, { role })?.(named)).toBe(many);
});
