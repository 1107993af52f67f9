import { expect, it } from 'vitest';
import { maySeePresent } from './policy.ts';

const minor = { minor: true, courses: ['mat'], staffOf: [] };
const peer = { minor: true, courses: [], staffOf: [] };
const teacher = { minor: false, courses: ['mat'], staffOf: ['mat'] };
const stranger = { minor: false, courses: ['his'], staffOf: ['his'] };
const parent = { minor: false, courses: ['mat'], staffOf: [] };

it.each([
  ['a minor sees a minor', peer, minor, true],
  ['a teacher sees a minor of their course', teacher, minor, true],
  ['a teacher of another course does not', stranger, minor, false],
  ['an adult who is merely enrolled does not', parent, minor, false],
  ['a minor sees an adult', minor, stranger, true],
  ['an adult sees an adult', stranger, teacher, true],
  ['nobody sees who is invisible', minor, { ...teacher, invisible: true }, false],
  ['who is invisible sees others', { ...stranger, invisible: true }, teacher, true],
] as const)('%s', (_, viewer, person, sees) => expect(maySeePresent(viewer, person)).toBe(sees));
