import { expect, it } from 'vitest';
import { courseNameOf, courseNames } from './course-names.ts';

const course = (id: string, title: string, group = '') => ({ id, title, group });
let made = 0;
const namesOf = (...there: ReturnType<typeof course>[]) => courseNames(there, true, () => `new ${++made}`);

it.each([
  ['a whole name', 'Matemática · 9º B', 'm9b'],
  ['without accents', 'matematica 9º b', 'm9b'],
  ['with what other hands put between title and class', 'Matemática - 9º B', 'm9b'],
  ['in brackets', 'Matemática (9º B)', 'm9b'],
  ['a title that one course has', 'Coral', 'coral'],
  ['a title that two have', 'Matemática', null],
  // A whole name before a title: this one has no class
  ['a course of no class beside one of that title', 'Física', 'f'],
  ['a sign that another name has not', 'C++', 'c++'],
  ['the other sign', 'c#', 'c#'],
  ['no sign', 'C', 'c'],
])('[R109] %s is found: %s', (_, text, expected) => {
  const names = namesOf(
    course('m9a', 'Matemática', '9º A'),
    course('m9b', 'Matemática', '9º B'),
    course('coral', 'Coral', '7º C'),
    course('f', 'Física'),
    course('f1', 'Física', '1º A'),
    course('c++', 'C++'),
    course('c#', 'C#'),
    course('c', 'C'),
  );
  expect(names.courseOf(text)).toBe(expected);
  expect(names.missing.size).toBe(0);
});

it('[R106] [R109] courses whose names differ in signs alone are made as several, and are one name to nobody', () => {
  const names = namesOf();
  const ids = ['C++', 'C#', 'C', 'c++'].map((text) => names.courseOf(text));
  expect(new Set(ids).size).toBe(3);
  expect(ids[3]).toBe(ids[0]);
  expect([...names.missing.values()].map(({ title }) => title)).toEqual(['C++', 'C#', 'C']);
  expect(new Set(['C++', 'C#', 'C'].map((title) => courseNameOf({ title, group: '' }))).size).toBe(3);
});

it('[R109] two spellings of one course that there is not are a fault of the second, and so is a name of signs between words', () => {
  const names = namesOf();
  expect(names.courseOf('Dança · 7º C')).not.toBeNull();
  expect(names.courseOf('danca 7º c')).not.toBeNull();
  expect(names.courseOf('Dança - 7º C')).toBeNull();
  expect(names.courseOf('-')).toBeNull();
  expect(names.missing.size).toBe(1);
});
