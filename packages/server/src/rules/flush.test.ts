import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { FlushBroken, Indeterminate } from '@recreio/core';
import type { Person } from '@recreio/core/testing/world.ts';
import { GATE } from '../adapters/postgres/gate.ts';
import { answerLost, hold, watchedLog } from '../testing/flush.ts';
import { type Node, openSchoolhouse, type Schoolhouse } from '../testing/world.ts';

let house: Schoolhouse;
let one: Node;
let other: Node;
const log = watchedLog();
const otherLog = watchedLog();
let helena: Person;
let ana: Person;
let bruno: Person;

beforeAll(async () => {
  house = await openSchoolhouse();
  one = await house.node({ log: log.wrap });
  other = await house.node({ log: otherLog.wrap });
  helena = await one.school.person('Helena', { role: 'teacher' });
  ana = await one.school.person('Ana');
  bruno = await one.school.person('Bruno');
});
afterAll(() => house.close());
beforeEach(() => {
  log.commit = null;
  otherLog.commit = null;
  one.clock.ms = 0;
});

/** Whether a promise has settled by the end of this turn. */
const settled = async (promise: Promise<unknown>): Promise<boolean> => {
  const no = Symbol('not yet');
  return (
    (await Promise.race([
      promise.then(
        () => true,
        () => true,
      ),
      new Promise((resolve) => setImmediate(resolve, no)),
    ])) !== no
  );
};

const bodies = async (room: string): Promise<(string | undefined)[]> =>
  (await one.school.log(helena, room)).events.flatMap((event) =>
    event.type === 'message.sent' ? [event.data.message.body] : [],
  );

/** Another client of the database with a room's row locked, as a node that stands still would have it. */
const holdRoom = async (room: string): Promise<() => Promise<void>> => {
  const client = await house.pool.connect();
  await client.query('BEGIN');
  await client.query('SELECT FROM room WHERE id = $1 FOR NO KEY UPDATE', [room]);
  return async () => {
    await client.query('ROLLBACK');
    client.release();
  };
};

/** An object as it is, but for one method. */
const instead = <T extends object>(whole: T, method: keyof T, other: (...args: never[]) => Promise<unknown>): T =>
  new Proxy(whole, {
    get: (target, name) => {
      if (name === method) return other;
      const value: unknown = Reflect.get(target, name);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });

describe('the order of a flush', () => {
  test('[D2] the answer comes after COMMIT has returned, and nothing is rung for before', async () => {
    const room = await one.school.room(helena, [ana]);
    const held = hold();
    log.commit = async (real) => {
      await held.until;
      return await real();
    };
    const rung = one.rung.length;
    const sent = one.school.say(ana, room, 'já gravado?');
    await vi.waitFor(() => expect(log.committing).toBe(1));
    expect(await settled(sent)).toBe(false);
    expect(one.rung).toHaveLength(rung);
    expect(await bodies(room)).toEqual([]);
    held.go();
    const { seq } = await sent;
    expect(one.rung.at(-1)?.events.map((event) => event.seq)).toEqual([seq]);
    expect(await bodies(room)).toEqual(['já gravado?']);
  });

  test('[D2] the write path waits for the disk', async () => {
    const { rows } = await house.pool.query<{ name: string; setting: string }>(
      "SELECT name, setting FROM pg_settings WHERE name IN ('fsync', 'synchronous_commit') ORDER BY name",
    );
    expect(rows).toEqual([
      { name: 'fsync', setting: 'on' },
      { name: 'synchronous_commit', setting: 'on' },
    ]);
  });

  test('[D25] a mute that commits elsewhere while a flush waits at the gate is seen by it', async () => {
    const room = await one.school.room(helena, [ana]);
    const muting = await house.pool.connect();
    await muting.query('BEGIN');
    await muting.query('SELECT pg_advisory_xact_lock($1)', [GATE]);
    const before = log.locks;
    const sent = one.school.tries(ana, 'messages.send', {
      room,
      clientId: one.school.intention(),
      body: 'ainda posso?',
    });
    await vi.waitFor(() => expect(log.locks).toBe(before + 1));
    await vi.waitFor(async () => {
      const { rows } = await house.pool.query("SELECT FROM pg_locks WHERE locktype = 'advisory' AND NOT granted");
      expect(rows).toHaveLength(1);
    });
    await muting.query(
      "INSERT INTO restriction (id, room, account, kind, reason, by) VALUES (gen_random_uuid(), NULL, $1, 'mute', 'teste', $2)",
      [ana.id, helena.id],
    );
    await muting.query('COMMIT');
    muting.release();
    const outcome = await sent;
    await house.pool.query('DELETE FROM restriction WHERE room IS NULL');
    expect(outcome.ok ? null : outcome.problem.code).toBe('muted');
    expect(await bodies(room)).toEqual([]);
  });

  test('[D25] a send that another node’s uncommitted mute stands before waits for it, and is refused', async () => {
    const room = await one.school.room(helena, [ana]);
    const held = hold();
    otherLog.commit = async (real) => {
      await held.until;
      return await real();
    };
    const muted = other.school.tend(helena, 'members.mute', room, ana.id);
    await vi.waitFor(() => expect(otherLog.committing).toBe(1));
    const before = log.locks;
    const sent = one.school.tries(ana, 'messages.send', {
      room,
      clientId: one.school.intention(),
      body: 'ainda posso?',
    });
    await vi.waitFor(() => expect(log.locks).toBeGreaterThan(before + 1));
    held.go();
    const [{ seq }, outcome] = await Promise.all([muted, sent]);
    expect(outcome.ok ? null : outcome.problem.code).toBe('muted');
    expect((await one.school.log(helena, room)).head).toBe(seq);
  });

  test('[D27] disabling an account is answered after every flush that saw it enabled has ended, and refuses all that follows', async () => {
    const admin = await one.school.person('Rosa', { role: 'administrator' });
    const caio = await one.school.person('Caio');
    const room = await one.school.room(helena, [caio]);
    const held = hold();
    log.commit = async (real) => {
      await held.until;
      return await real();
    };
    const sent = one.school.say(caio, room, 'antes');
    await vi.waitFor(() => expect(log.committing).toBe(1));
    const disabled = other.school.does(admin, 'accounts.disable', { account: caio.id, reason: 'saiu da escola' });
    await vi.waitFor(async () => {
      const { rows } = await house.pool.query("SELECT FROM pg_locks WHERE locktype = 'advisory' AND NOT granted");
      expect(rows).toHaveLength(1);
    });
    expect(await settled(disabled)).toBe(false);
    held.go();
    await sent;
    await disabled;
    for (const node of [one, other]) {
      expect(
        (await node.school.refuses(caio, 'messages.send', { room, clientId: one.school.intention(), body: 'depois' }))
          .code,
      ).toBe('not-signed-in');
      expect((await node.school.refuses(caio, 'messages.page', { room })).code).toBe('not-signed-in');
    }
    expect(await bodies(room)).toEqual(['antes']);
  });
});

describe('a room that is held elsewhere', () => {
  test('[D8] is waited for while other rooms go on, and keeps the order of its commands ([D9])', async () => {
    const [room, free] = [await one.school.room(helena, [ana]), await one.school.room(helena, [ana])];
    const release = await holdRoom(room);
    const waiting = ['um', 'dois', 'três'].map((body) => one.school.say(ana, room, body));
    await one.school.say(ana, free, 'aqui anda');
    expect(await settled(Promise.race(waiting))).toBe(false);
    await release();
    await Promise.all(waiting);
    expect(await bodies(room)).toEqual(['um', 'dois', 'três']);
  });

  test('[R120] of two urgent messages that two nodes are sent at one moment for two rooms, the sixth of an hour is refused', async () => {
    const bia = await one.school.person('Bia', { role: 'teacher' });
    const [here, there] = [await one.school.room(bia, [ana]), await one.school.room(bia, [ana])];
    const urgent = { body: 'já, @Ana', mentions: [ana.id], urgent: true as const };
    for (let nth = 0; nth < 4; nth++) await one.school.say(bia, here, 'já', urgent);
    const held = hold();
    otherLog.commit = async (real) => {
      await held.until;
      return await real();
    };
    const fifth = other.school.say(bia, there, 'já', urgent);
    await vi.waitFor(() => expect(otherLog.committing).toBe(1));
    const before = log.locks;
    const sixth = one.school.tries(bia, 'messages.send', { room: here, clientId: one.school.intention(), ...urgent });
    await vi.waitFor(() => expect(log.locks).toBeGreaterThan(before + 1));
    // Who says nothing urgent does not wait for it
    await one.school.say(bia, await one.school.room(bia), 'aqui anda');
    held.go();
    const [, outcome] = await Promise.all([fifth, sixth]);
    expect(outcome.ok ? null : outcome.problem.code).toBe('too-many');
  });

  test('after 3 s it is busy, to be tried again, and nothing is written', async () => {
    const room = await one.school.room(helena, [ana]);
    const release = await holdRoom(room);
    const before = log.locks;
    const sent = one.school.tries(ana, 'messages.send', { room, clientId: one.school.intention(), body: 'oi' });
    await vi.waitFor(() => expect(log.locks).toBeGreaterThan(before));
    one.clock.ms = 2_999;
    const tried = log.locks;
    await vi.waitFor(() => expect(log.locks).toBeGreaterThan(tried + 1));
    expect(await settled(sent)).toBe(false);
    one.clock.ms = 3_001;
    const outcome = await sent;
    await release();
    expect(outcome.ok ? null : outcome.problem).toMatchObject({ code: 'busy', retry: 'later' });
    expect(await bodies(room)).toEqual([]);
  });
});

describe('commands of one flush', () => {
  test('[D4] a refused command does not disturb the others, and appears nowhere', async () => {
    const room = await one.school.room(helena, [ana, bruno]);
    await one.school.tend(helena, 'members.mute', room, bruno.id);
    const say = (who: Person, body: string) =>
      one.school.tries(who, 'messages.send', { room, clientId: one.school.intention(), body });
    const outcomes = await Promise.all([
      say(ana, 'um'),
      say(ana, 'dois'),
      say(bruno, 'não'),
      say(ana, '\u200b'),
      say(ana, 'três'),
    ]);
    expect(outcomes.map(({ ok }) => ok)).toEqual([true, true, false, false, true]);
    expect(await bodies(room)).toEqual(['um', 'dois', 'três']);
    const { rows } = await house.pool.query('SELECT FROM message WHERE room = $1', [room]);
    expect(rows).toHaveLength(3);
  });

  test.each([
    [
      'in its decision',
      {
        facts: (input: { room: string }) => ({ room: input.room }),
        decide: () => {
          throw new Error('a bug in the decision');
        },
      },
    ],
    [
      'in what it asks for',
      {
        facts: (input: { room: string }) => ({ room: input.room, people: ['no id'] }),
        decide: () => ({ events: [], reply: () => null }),
      },
    ],
  ])('a bug in one (%s) fails that one alone; the others keep their order', async (_, rule) => {
    const room = await one.school.room(helena, [ana]);
    const { actor } = ana.caller;
    if (!actor) throw new Error('signed in');
    const outcomes = await Promise.allSettled([
      one.school.say(ana, room, 'um'),
      one.school.say(ana, room, 'dois'),
      one.world.flusher.submit(actor, 'members.join', { room }, '', rule),
      one.school.say(ana, room, 'três'),
    ]);
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'fulfilled']);
    expect(await bodies(room)).toEqual(['um', 'dois', 'três']);
    expect(one.world.flusher.idle()).toBe(true);
  });

  test('each sees what those before it did: a mute, then a message, is a mute alone', async () => {
    const room = await one.school.room(helena, [ana]);
    const [, , sent] = await Promise.all([
      one.school.does(helena, 'members.join', { room }), // flies alone; the next two share a flush
      one.school.tend(helena, 'members.mute', room, ana.id),
      one.school.tries(ana, 'messages.send', { room, clientId: one.school.intention(), body: 'oi' }),
    ]);
    expect(sent.ok ? null : sent.problem.code).toBe('muted');
  });

  test('[R37] who joins and speaks in one flush has read up to their own words', async () => {
    const room = await one.school.room(helena, [bruno], { access: 'open' });
    const caio = await one.school.person('Caio');
    const [, , , sent] = await Promise.all([
      one.school.does(helena, 'members.join', { room }), // flies alone; the rest shares a flush
      one.school.does(caio, 'members.join', { room }),
      one.school.say(bruno, room, 'bem-vindo'),
      one.school.say(caio, room, 'obrigado'),
    ]);
    const {
      rooms: [mine],
    } = await one.school.does(caio, 'rooms.mine', {});
    expect(mine?.mine).toMatchObject({ readSeq: sent.seq, readOrdinal: sent.ordinal, unread: 0 });
  });

  test('[R46] a block holds in a flush in which the blocker acts as well', async () => {
    const room = await one.school.room(helena, [ana, bruno]);
    await one.school.does(ana, 'accounts.block', { account: bruno.id });
    const before = await one.school.own(ana);
    await Promise.all([
      one.school.does(helena, 'members.join', { room }), // flies alone; the next two share a flush
      one.school.say(ana, room, 'oi'),
      one.school.say(bruno, room, '@Ana', { mentions: [ana.id] }),
    ]);
    expect(await one.school.own(ana)).toEqual(before);
    await one.school.does(ana, 'accounts.unblock', { account: bruno.id });
    await one.school.say(bruno, room, '@Ana', { mentions: [ana.id] });
    expect(await one.school.own(ana)).toHaveLength(before.length + 1);
  });
});

describe('a connection that breaks', () => {
  test.each([
    ['happened', true],
    ['did not happen', false],
  ])('[D3] during COMMIT, which %s: the send is repeated and has its one result', async (_, happened) => {
    const room = await one.school.room(helena, [ana]);
    const lose = answerLost(happened);
    log.commit = (real, tx) => {
      log.commit = null;
      return lose(real, tx);
    };
    const sent = await one.school.say(ana, room, 'uma vez');
    expect(await bodies(room)).toEqual(['uma vez']);
    expect((await one.school.log(helena, room)).events.at(-1)).toMatchObject({
      seq: sent.seq,
      data: { message: { id: sent.id } },
    });
  });

  test('[D3] a backend that is killed before COMMIT: what it had is sent again on a new connection, in order', async () => {
    const room = await one.school.room(helena, [ana]);
    let killed = 0;
    log.commit = async (real) => {
      log.commit = null;
      const { rows } = await house.pool.query<{ gone: boolean }>(
        "SELECT pg_terminate_backend(pid) AS gone FROM pg_stat_activity WHERE datname = current_database() AND state = 'idle in transaction'",
      );
      killed = rows.length;
      return await real();
    };
    const said = ['um', 'dois', 'três'];
    await Promise.all(said.map((body) => one.school.say(ana, room, body)));
    expect(killed).toBe(1);
    expect(await bodies(room)).toEqual(said);
    const { events, head } = await one.school.log(helena, room);
    expect(events.map(({ seq }) => seq)).toEqual(Array.from({ length: head }, (_, i) => i + 1));
  });

  test('[D3] for longer than a request may last: unknown stays unanswered, known is unavailable', async () => {
    const room = await one.school.room(helena, [ana]);
    const say = () => one.school.tries(ana, 'messages.send', { room, clientId: one.school.intention(), body: 'oi' });
    log.commit = async (_real, tx) => {
      one.clock.ms = 8_001;
      return await answerLost(false)(_real, tx);
    };
    await expect(say()).rejects.toBeInstanceOf(Indeterminate);
    one.clock.ms = 0;
    log.commit = async (_real, tx) => {
      one.clock.ms = 8_001;
      await tx.rollback();
      throw new FlushBroken(false, new Error('Connection terminated unexpectedly'));
    };
    const outcome = await say();
    expect(outcome.ok ? null : outcome.problem).toMatchObject({ code: 'unavailable', retry: 'later' });
    expect(await bodies(room)).toEqual([]);
  });

  test('[D3] during the COMMIT of a transaction of its own: unknown stays unanswered, and the repeat has its one result', async () => {
    let lost = false;
    const shaky = await house.node({
      pool: (pool) =>
        instead(pool, 'connect', async () => {
          const client = await pool.connect();
          return instead(client, 'query', async (...args: Parameters<typeof client.query>) => {
            const result = await client.query(...args);
            if (String(args[0]) !== 'COMMIT' || lost) return result;
            lost = true;
            throw new Error('Connection terminated unexpectedly');
          });
        }),
    });
    const input = { kind: 'topic', title: 'Xadrez', clientId: one.school.intention() };
    await expect(shaky.school.tries(ana, 'rooms.create', input)).rejects.toBeInstanceOf(Indeterminate);
    const made = await shaky.school.does(ana, 'rooms.create', input);
    expect(await one.school.does(ana, 'rooms.create', input)).toEqual(made);
    const { rows } = await house.pool.query('SELECT FROM room WHERE created_by = $1', [ana.id]);
    expect(rows).toHaveLength(1);
  });
});
