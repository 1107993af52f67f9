import { expect, it } from 'vitest';
import { reach } from './reach.ts';

/** A database that answers with these, one after the other; a clock that only waiting moves. */
const waiting = async (answers: readonly (Error | null)[]) => {
  const said: string[] = [];
  let now = 0;
  let asked = 0;
  const db = {
    query: () => {
      const answer = answers[Math.min(asked++, answers.length - 1)];
      return answer ? Promise.reject(answer) : Promise.resolve();
    },
  };
  const ended = await reach(db as unknown as Parameters<typeof reach>[0], {
    say: (text) => said.push(text),
    why: () => 'nothing listens there.',
    monotonic: () => now,
    pause: async (ms) => {
      now += ms;
    },
  }).then(
    () => null,
    (error: unknown) => error,
  );
  return { said, ended, now };
};

const refused = Object.assign(new Error('connect'), { code: 'ECONNREFUSED' });

it('says at once why the database does not answer and how long it is waited for, once', async () => {
  const { said, ended } = await waiting([refused, refused, null]);
  expect(said).toEqual(['The database does not answer yet: nothing listens there. It is waited for, for 60 s.']);
  expect(ended).toBeNull();
});

it('gives up after a minute, and at once where waiting would not help', async () => {
  const away = await waiting([refused]);
  expect(away.ended).toBe(refused);
  expect(away.now).toBeGreaterThan(60_000);
  const wrongPassword = Object.assign(new Error('no'), { code: '28P01' });
  expect(await waiting([wrongPassword])).toEqual({ said: [], ended: wrongPassword, now: 0 });
});
