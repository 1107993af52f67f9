import { expect, it } from 'vitest';
import { factsOf } from '../testing/facts.ts';
import { deny } from '../verdict.ts';
import { type Facts, key } from './facts.ts';
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

/** A room that somebody may join and speak in; the answer to the first COMMIT is lost, after it happened or before. */
const unsure = (didHappen: boolean) => {
  const { facts: table, room } = factsOf([{ id: 'ana', role: null }]);
  const members = new Map(table.members);
  const priors = new Map(table.priors);
  const log: string[] = [];
  let isFirst = true;
  const memory: LogMemory = {
    begin: async () => ({
      read: async () => ({
        locked: new Set([room.id]),
        unknown: new Set(),
        facts: {
          ...table,
          sessions: new Set(['a']),
          rooms: new Map([[room.id, { ...room }]]),
          members: new Map(members),
          priors: new Map(priors),
        },
      }),
      commit: async ({ events }) => {
        const isLost = isFirst;
        isFirst = false;
        for (const event of isLost && !didHappen ? [] : events) {
          if (event.type === 'member.joined')
            members.set(key(room.id, event.account), { role: 'member', spans: [[1, Number.POSITIVE_INFINITY]] });
          if (event.type !== 'message.sent') continue;
          log.push(event.body);
          const { message: id, seq, ordinal, at } = event;
          priors.set(key(room.id, 'ana', event.clientId), {
            id,
            seq,
            ordinal,
            at,
            removed: false,
            matches: () => true,
          });
        }
        if (isLost) throw new FlushBroken(true, new Error('Connection terminated'));
        return [];
      },
      rollback: async () => undefined,
    }),
  };
  let ids = 0;
  const line = flusher({
    memory,
    bell: { ring: () => undefined },
    follows: [],
    newId: () => `id ${(ids += 1)}`,
    monotonic: () => 0,
    pause: async () => undefined,
  });
  const actor = { account: 'ana', session: 'a' };
  const sending: RoomRule<{ room: string; body: string }, object> = {
    facts: ({ room, body }) => ({ room, prior: body }),
    decide: (facts, { body }) => {
      if (facts.priors.has(key(room.id, 'ana', body))) return { events: [], reply: () => ({ duplicate: true }) };
      if (!facts.members.has(key(room.id, 'ana'))) return deny('not-a-member');
      return {
        events: [
          {
            type: 'message.sent',
            message: body,
            clientId: body,
            body,
            replyTo: null,
            thread: null,
            mentions: [],
            everyone: false,
            urgent: false,
            forward: null,
            payload: body,
          },
        ],
        reply: () => ({}),
      };
    },
  };
  const joining: RoomRule<{ room: string }, object> = {
    facts: ({ room }) => ({ room }),
    decide: () => ({
      events: [{ type: 'member.joined', account: 'ana', role: 'member', past: 'all' }],
      reply: () => ({}),
    }),
  };
  return {
    log,
    send: (body: string) => line.submit(actor, 'messages.send', { room: room.id, body }, body, sending),
    join: () => line.submit(actor, 'members.join', { room: room.id }, '', joining),
  };
};

it('[D9] what a flush refused whose answer was lost is refused for good when it did happen: nothing later comes before it', async () => {
  const { log, send, join } = unsure(true);
  // The first keeps the flusher busy, and the others go together
  void send('primeira');
  const outcomes = await Promise.all([send('antes'), join(), send('depois')]);
  expect(outcomes.map((outcome) => (outcome.ok ? outcome.output : outcome.problem.code))).toEqual([
    'not-a-member',
    {},
    { duplicate: true },
  ]);
  expect(log).toEqual(['depois']);
});

it('[D4] what it refused is decided anew when it did not happen, and a refusal is not said', async () => {
  const { log, send, join } = unsure(false);
  void send('primeira');
  const outcomes = await Promise.allSettled([send('antes'), join(), send('depois')]);
  expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'fulfilled', 'fulfilled']);
  expect(log).toEqual(['depois']);
});

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
