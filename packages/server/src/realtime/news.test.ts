import fc from 'fast-check';
import { expect, test } from 'vitest';
import { newsOf } from './news.ts';

test('[D20] what nodes say is taken as it is', () => {
  for (const message of [
    { n: 'um', rooms: [['sala', 7]], users: [] },
    { n: 'um', poll: true },
    { n: 'um', w: 'here', account: 'ana', rooms: ['sala'], who: { minor: true, courses: [], staffOf: [] } },
    { n: 'um', w: 'who' },
  ])
    expect(newsOf(message)).toBe(message);
});

test('[D20] the word of a newer release is none for this one, and a field of it is left alone', () => {
  expect(newsOf({ w: 'confetti', room: 'sala' })).toBeNull();
  expect(newsOf({ w: 'gone', account: 'ana', why: 'tired' })).toMatchObject({ w: 'gone', account: 'ana' });
});

test.each([
  [{ rooms: 5 }],
  [{ rooms: [['sala', 'x']] }],
  [{ rooms: [['sala', Number.NaN]] }],
  [{ rooms: [['sala', -1]] }],
  [{ rooms: [['sala', 0.5]] }],
  [{ users: [[null, 1]] }],
  [{ revoked: 'yes' }],
  [{ w: 'typing', room: {}, account: 'ana' }],
  [{ w: 'here', account: 'ana', rooms: 'sala', who: { minor: true, courses: [], staffOf: [] } }],
  [{ w: 'here', account: 'ana', rooms: [], who: null }],
  [{ w: 'marker', account: 'ana', marker: { room: 'sala' } }],
])('[S66] %j is said by no release, and refused', (message) => {
  expect(() => newsOf(message)).toThrow(TypeError);
});

test('[S66] whatever is said, it is understood, passed over or refused', () => {
  const verdicts = new Set<string>();
  const anything = fc.object({ key: fc.constantFrom('w', 'rooms', 'users', 'who', 'account', 'poll', 'x') });
  fc.assert(
    fc.property(anything, (message) => {
      try {
        verdicts.add(newsOf(message as Record<string, unknown>) ? 'understood' : 'passed over');
      } catch (error) {
        verdicts.add((error as Error).name);
      }
    }),
  );
  expect([...verdicts].sort()).toEqual(['TypeError', 'passed over', 'understood']);
});
