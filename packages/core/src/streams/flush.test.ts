import { expect, it } from 'vitest';
import { flusher, type RoomRule } from './flush.ts';
import { FlushBroken } from './port.ts';

it('[D30] who has waited too long behind a flush that broke is told so, without one more try', async () => {
  let now = 0;
  let tries = 0;
  const line = flusher({
    memory: {
      begin: async () => {
        tries += 1;
        await Promise.resolve(); // the second is in line by now
        now += 8_000;
        throw new FlushBroken(false, new Error('Query read timeout'));
      },
    },
    bell: { ring: () => undefined },
    follows: [],
    newId: () => 'id',
    monotonic: () => now,
    pause: async () => undefined,
  });
  const rule: RoomRule<{ room: string }, object> = {
    facts: ({ room }) => ({ room }),
    decide: () => ({ events: [], reply: () => ({}) }),
  };
  const actor = { account: 'ana', session: 'a' };
  const submit = () => line.submit(actor, 'messages.send', { room: 'sala' }, '', rule);
  const outcomes = await Promise.all([submit(), submit()]);
  expect(outcomes.map((outcome) => (outcome.ok ? 'done' : outcome.problem.code))).toEqual([
    'unavailable',
    'unavailable',
  ]);
  expect(tries).toBe(1);
});
