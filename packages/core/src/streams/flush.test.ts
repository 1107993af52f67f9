import { expect, it } from 'vitest';
import { factsOf } from '../testing/facts.ts';
import type { Facts } from './facts.ts';
import { flusher, type RoomRule } from './flush.ts';
import { FlushBroken, type LogMemory } from './port.ts';

/** A line over rooms of which some are held by another node, and whose COMMITs a test breaks. */
const lineOver = (held: ReadonlySet<string>, commits: (() => void)[]) => {
  const clock = { ms: 0 };
  const written: string[] = [];
  const { facts: table, room } = factsOf([{ id: 'ana', role: 'owner' }]);
  const facts = (): Facts => ({
    ...table,
    sessions: new Set(['a']),
    rooms: new Map(['aberta', 'presa'].map((id) => [id, { ...room, id }])),
  });
  const memory: LogMemory = {
    begin: async () => ({
      read: async (asked) => {
        clock.ms += 2_000;
        const rooms = asked.map(({ request }) => request.room);
        return { locked: new Set(rooms.filter((room) => !held.has(room))), unknown: new Set(), facts: facts() };
      },
      commit: async ({ events }) => {
        commits.shift()?.();
        written.push(...events.map(({ room }) => room));
        return [];
      },
      rollback: async () => undefined,
    }),
  };
  const line = flusher({
    memory,
    bell: { ring: () => undefined },
    follows: [],
    newId: () => 'id',
    monotonic: () => clock.ms,
    pause: async () => undefined,
  });
  const rule: RoomRule<{ room: string }, object> = {
    facts: ({ room }) => ({ room }),
    decide: () => ({ events: [{ type: 'room.changed', settings: {} }], reply: () => ({}) }),
  };
  const submit = (room: string) => line.submit({ account: 'ana', session: 'a' }, 'rooms.update', { room }, '', rule);
  return { written, submit };
};

it.each([
  ['before', false],
  ['during', true],
])(
  '[D4] who was told that a room is busy is not tried again when the same flush breaks %s COMMIT',
  async (_, duringCommit) => {
    const held = new Set(['presa']);
    const { written, submit } = lineOver(held, [
      () => {
        held.clear();
        throw new FlushBroken(duringCommit, new Error('Connection terminated'));
      },
    ]);
    // The first flush waits for the room; in the second it is too late for it, and that one breaks under what else is in it
    const [busy, done] = await Promise.all([submit('presa'), submit('aberta')]);
    expect(busy.ok ? null : busy.problem.code).toBe('busy');
    expect(done.ok).toBe(true);
    await submit('aberta');
    expect(written).toEqual(['aberta', 'aberta']);
  },
);

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
