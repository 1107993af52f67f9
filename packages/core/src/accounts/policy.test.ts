import { expect, it } from 'vitest';
import { mayBring, mayTalk, minorByDefault, toneOf } from './policy.ts';

const adult = { id: 'helena', role: 'teacher', minor: false, disabled: false } as const;
const other = { id: 'rui', role: 'teacher', minor: false, disabled: false } as const;
const minor = { id: 'ana', role: 'student', minor: true, disabled: false } as const;
const peer = { id: 'davi', role: 'student', minor: true, disabled: false } as const;
const guardian = { id: 'marta', role: 'guardian', minor: false, disabled: false } as const;
const between = { shareRoom: true, staff: [], blocked: false, allowed: 'everyone' } as const;

it.each([
  ['two adults who share a room', adult, other, between, null],
  ['two minors who share a room', minor, peer, between, null],
  ['a minor and the staff of their course', minor, adult, { ...between, staff: ['helena'] }, null],
  ['a minor and an adult who is not', minor, adult, between, 'protected-minor'],
  ['a minor who is staff of the adult’s course', minor, adult, { ...between, staff: ['ana'] }, 'protected-minor'],
  ['people who share no room', minor, peer, { ...between, shareRoom: false }, 'read-only'],
  [
    'a teacher and a pupil of theirs who share none',
    minor,
    adult,
    { ...between, shareRoom: false, staff: ['helena'] },
    'read-only',
  ],
  ['two of the staff who share none', adult, other, { ...between, shareRoom: false }, null],
  ['a block, either way', minor, peer, { ...between, blocked: true }, 'blocked'],
  ['a disabled account', minor, { ...peer, disabled: true }, between, 'blocked'],
  ['a guardian', adult, guardian, between, 'read-only'],
  ['two of a class, where the school lets nobody talk', minor, peer, { ...between, allowed: 'nobody' }, 'read-only'],
  ['two of the staff there', adult, other, { ...between, allowed: 'nobody' }, 'read-only'],
  ['two of a class, where one must be staff', minor, peer, { ...between, allowed: 'with-staff' }, 'read-only'],
  ['two of the staff there', adult, other, { ...between, allowed: 'with-staff' }, null],
  [
    'a minor and an adult who is not theirs there',
    minor,
    adult,
    { ...between, allowed: 'with-staff' },
    'protected-minor',
  ],
] as const)('[R52] %s', (_, a, b, pair, expected) => {
  expect(mayTalk(a, b, pair)?.deny ?? null).toBe(expected);
  expect(mayTalk(b, a, pair)?.deny ?? null).toBe(expected);
});

it.each([
  ['two minors', minor, peer, between, null],
  ['two adults', adult, other, between, null],
  ['a minor and the staff of their course', minor, adult, { ...between, staff: ['helena'] }, null],
  ['a minor and an adult who is not', minor, adult, between, 'protected-minor'],
  ['a minor and who moderates the school', minor, { ...adult, role: 'moderator' }, between, null],
  ['who was blocked', minor, peer, { ...between, blocked: true }, 'not-allowed'],
] as const)('[R54] into a closed room of no course: %s', (_, a, b, pair, expected) => {
  expect(mayBring(a, b, pair)?.deny ?? null).toBe(expected);
  expect(mayBring(b, a, pair)?.deny ?? null).toBe(expected);
});

it('the paper of the initials is one of six, and always the same', () => {
  const ids = Array.from(
    { length: 600 },
    (_, i) => `018f0f0e-0000-7000-8000-${(i * 7919).toString(16).padStart(12, '0')}`,
  );
  const tones = ids.map(toneOf);
  expect(ids.map(toneOf)).toEqual(tones);
  expect(new Set(tones)).toEqual(new Set([1, 2, 3, 4, 5, 6]));
});

it('students alone are taken for minors when nobody said', () => {
  expect(
    (['student', 'teacher', 'monitor', 'moderator', 'administrator', 'guardian'] as const).filter((role) =>
      minorByDefault(role, 'students'),
    ),
  ).toEqual(['student']);
});
