/** Who calls which devices when, on real SQL: one node at a time, the oldest first, and a push service that is slow holds up its own. */
import { callInTurn, tellInTurn, type World } from '@recreio/core';
import type { Handed } from '@recreio/core/ports.ts';
import { sendAll, takeAway } from '@recreio/core/testing/turns.ts';
import type { Person, School } from '@recreio/core/testing/world.ts';
import type { PushNote } from '@recreio/protocol';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openPool } from '../adapters/postgres/connect.ts';
import { type CallingSchool, openCallingSchool } from '../testing/calling.ts';
import type { Node } from '../testing/world.ts';

/** A push that a service has been given, and not answered. */
interface Given {
  readonly host: string;
  readonly note: PushNote;
  readonly answer: (handed: Handed) => void;
}

const SENT: Handed = { outcome: 'sent' };
const HOUR = 3_600_000;
const NOT_NOW: Handed = { outcome: 'later', why: 'TimeoutError' };

let calling: CallingSchool;
let school: School;
let helena: Person;
/** Its push services answer when the test does. */
let node: Node;
let given: Given[];
let hear: () => void;

beforeAll(async () => {
  calling = await openCallingSchool();
  ({ school, helena } = calling);
  const push: World['push'] = {
    ...calling.node.world.push,
    serviceOf: ({ endpoint }) => new URL(endpoint).host,
    hand: ({ endpoint }, note) =>
      new Promise((answer) => {
        given.push({ host: new URL(endpoint).host, note, answer });
        hear();
      }),
  };
  node = await calling.house.node({ push });
});
afterAll(() => calling.close());
beforeEach(async () => {
  await calling.anew();
  [given, hear] = [[], () => undefined];
});

const subscribe = (who: Person, host: string) => {
  const keys = calling.service.browser().subscription;
  return node.school.does(who, 'push.subscribe', { ...keys, endpoint: `https://${host}/${school.intention()}` });
};
/** Somebody with a device of this service. */
const reachable = async (host: string): Promise<Person> => {
  const who = await school.person('Ana');
  await subscribe(who, host);
  return who;
};
/** They are called in so many rooms. */
const call = async (who: Person, rooms = 1): Promise<void> => {
  for (let nth = 0; nth < rooms; nth += 1) {
    const room = await school.room(helena, [who]);
    await school.does(who, 'notifications.setRoom', { room, level: 'everything' });
    await calling.mention(who, room);
  }
};
const look = async (): Promise<void> => {
  await calling.look();
  await calling.due();
};
const turns = () => callInTurn(calling.partsOf(node), () => false);
/** So many have been given to services, in all. */
const until = async (count: number): Promise<readonly Given[]> => {
  while (given.length < count)
    await new Promise<void>((resolve) => {
      hear = resolve;
    });
  return given;
};
const hosts = () => given.map(({ host }) => host);
/** What was given is taken, and so is what comes. */
const answerAll = (): void => {
  hear = () => given.at(-1)?.answer(SENT);
  for (const { answer } of given) answer(SENT);
};
/** What waits, the first first: how often it was tried, and for how long it waits, in seconds. */
const waits = async () =>
  (
    await calling.house.pool.query<{ tries: number; seconds: number; lease: string | null }>(
      `SELECT tries, round(extract(epoch FROM due_at - clock_timestamp()))::int AS seconds, lease FROM push_note
       WHERE due_at IS NOT NULL ORDER BY tries DESC`,
    )
  ).rows;
/** How often devices were called, as is known of them. */
const rang = async () =>
  (await calling.house.pool.query<{ rang: number }>('SELECT cardinality(rang) AS rang FROM push_device')).rows;

describe('[R112] a push service that does not answer', () => {
  test('is asked once in a turn of a device; what else waits there waits as long, and was tried as often', async () => {
    await call(await reachable('slow.example'), 3);
    await look();
    const started = turns();
    expect(await started.begin()).toBe(1);
    (await until(1))[0]?.answer(NOT_NOW);
    await started.ended();
    expect(given).toHaveLength(1);
    const [tried, ...others] = await waits();
    expect(tried).toMatchObject({ tries: 1, lease: null });
    expect(tried?.seconds).toBeGreaterThan(10);
    expect(others).toEqual([tried, tried]);
  });

  test('is not asked sooner for what is said meanwhile, in whichever room', async () => {
    const ana = await reachable('slow.example');
    await call(ana, 2);
    await look();
    const started = turns();
    await started.begin();
    (await until(1))[0]?.answer({ outcome: 'later', afterSeconds: 600, why: 'status 429' });
    await started.ended();
    const [{ room }] = (await calling.house.pool.query<{ room: string }>('SELECT room FROM push_note')).rows as [
      { room: string },
    ];
    await calling.mention(ana, room);
    await call(ana);
    await calling.look();
    // A minute later
    await calling.house.pool.query(
      `UPDATE push_note SET made_at = made_at - interval '1 minute', due_at = due_at - interval '1 minute'`,
    );
    expect(await started.begin()).toBe(0);
    await calling.due();
    expect(await started.begin()).toBe(1);
    answerAll();
    await started.ended();
    expect([given.length, await calling.waiting()]).toEqual([4, 0]);
  });

  test('is asked for a day: what has waited for so long is given up, all that waits for the device; hours count as such', async () => {
    const ana = await reachable('slow.example');
    await call(ana, 3);
    await look();
    const started = turns();
    await started.begin();
    (await until(1))[0]?.answer({ outcome: 'later', afterSeconds: 23 * 3600, why: 'status 503' });
    await started.ended();
    await call(ana);
    await look();
    await started.begin();
    (await until(2))[1]?.answer(NOT_NOW);
    await started.ended();
    expect((await waits()).map(({ tries }) => tries)).toEqual([24, 24, 24, 1]);
    await calling.due();
    await started.begin();
    (await until(3))[2]?.answer(NOT_NOW);
    await started.ended();
    expect((await waits()).map(({ tries }) => tries)).toEqual([2]);
    expect(calling.outcomes.filter((outcome) => outcome === 'given-up')).toHaveLength(3);
  });

  test('holds up nobody but its own: others are called while it is waited for', async () => {
    const slow = await Promise.all(Array.from({ length: 10 }, () => reachable('slow.example')));
    const quick = await reachable('quick.example');
    for (const who of slow) await call(who);
    await look();
    const started = turns();
    await started.begin();
    await until(8);
    // It has as many as there are connections to it, and stands first in the queue
    await call(quick);
    await look();
    await started.begin();
    await until(9);
    expect(hosts()).toEqual([...Array.from({ length: 8 }, () => 'slow.example'), 'quick.example']);
    given.at(-1)?.answer(SENT);
    await call(quick);
    await look();
    await expect.poll(() => started.begin().then(hosts)).toHaveLength(10);
    expect(hosts().at(-1)).toBe('quick.example');
    // When one of its own is done, the next comes
    given[0]?.answer(NOT_NOW);
    await until(11);
    expect(hosts().at(-1)).toBe('slow.example');
    answerAll();
    await started.ended();
    expect(hosts()).toHaveLength(12);
    expect(await calling.waiting()).toBe(1);
  });

  test('has a device for four pushes at a time; the others come after', async () => {
    await call(await reachable('slow.example'), 6);
    await look();
    const started = turns();
    await started.begin();
    await until(1);
    answerAll();
    await started.ended();
    expect([given.length, await calling.waiting()]).toEqual([4, 2]);
    await started.begin();
    answerAll();
    await started.ended();
    expect([given.length, await calling.waiting()]).toEqual([6, 0]);
  });
});

describe('[R111] [D28] each push of a turn is decided when it is sent, however long the one before took', () => {
  /** Ana is called in four rooms, which is one more than ring, and the first push is under way; the rooms that are left. */
  const begun = async () => {
    const ana = await reachable('slow.example');
    const rooms: string[] = [];
    for (let nth = 0; nth < 4; nth += 1) {
      const room = await school.room(helena, [ana]);
      await calling.mention(ana, room);
      rooms.push(room);
    }
    await look();
    const started = turns();
    await started.begin();
    const [first] = await until(1);
    return { ana, started, left: rooms.filter((room) => room !== first?.note.room) };
  };
  /** It is answered, and so is what comes after it. */
  const goOn = async ({ ended }: ReturnType<typeof turns>): Promise<void> => {
    answerAll();
    await ended();
  };

  test('nothing comes of a room that they are out of by then; another rings in its place', async () => {
    const { ana, started, left } = await begun();
    const [out = '', ...others] = left;
    await school.tend(helena, 'members.remove', out, ana.id);
    await goOn(started);
    expect(new Set(given.slice(1).map(({ note }) => note.room))).toEqual(new Set(others));
    expect(given.map(({ note }) => note.body)).toEqual(given.map(() => 'Mencionaram você'));
    expect([calling.outcomes.toSorted(), await calling.waiting()]).toEqual([['done', 'sent', 'sent', 'sent'], 0]);
  });

  test('nothing at all comes once the session has ended', async () => {
    const { ana, started } = await begun();
    await school.does(ana, 'accounts.signOut', {});
    await goOn(started);
    expect(given).toHaveLength(1);
    // When its time comes again it is known to be none
    await calling.house.pool.query(`UPDATE push_note SET leased_until = clock_timestamp() - interval '1 second'`);
    await look();
    await sendAll(calling.partsOf(node));
    expect([given.length, calling.outcomes, await calling.waiting()]).toEqual([1, ['sent', 'gone'], 0]);
  });

  test('no words come once the school wants none', async () => {
    await calling.decide({ push: 'words' });
    const { started } = await begun();
    await calling.decide({ push: 'places' });
    await goOn(started);
    expect(given.map(({ note }) => note.body.includes('Helena'))).toEqual([true, false, false]);
  });
});

test('[R112] what takes away does not wait for another service; who has to wait for their own is said', async () => {
  const [slow, later, quick] = [
    await reachable('slow.example'),
    await reachable('slow.example'),
    await reachable('quick.example'),
  ];
  const room = await school.room(helena, [slow, later, quick]);
  const { seq } = await school.say(helena, room, '@todos', { everyone: true });
  await look();
  answerAll();
  await sendAll(calling.partsOf(node));
  expect(given).toHaveLength(3);
  [given, hear] = [[], () => undefined];
  for (const who of [slow, later, quick]) await school.does(who, 'messages.markRead', { room, seq });
  const telling = tellInTurn(calling.partsOf(node), () => false);
  expect(await telling.begin([slow.id])).toEqual([]);
  await until(1);
  expect(await telling.begin([later.id, quick.id])).toEqual([later.id]);
  await until(2);
  expect(hosts()).toEqual(['slow.example', 'quick.example']);
  answerAll();
  await telling.ended();
  expect(await telling.begin([slow.id, later.id, quick.id])).toEqual([]);
  await telling.ended();
  expect(hosts()).toEqual(['slow.example', 'quick.example', 'slow.example']);
});

test('[R112] what takes away: a device that is slow holds up none of the others of its service', async () => {
  const [ana, other] = [await reachable('slow.example'), await reachable('slow.example')];
  for (let nth = 0; nth < 9; nth += 1) await subscribe(await school.device(ana), 'slow.example');
  const room = await school.room(helena, [ana, other]);
  const { seq } = await school.say(helena, room, '@todos', { everyone: true });
  await look();
  answerAll();
  await sendAll(calling.partsOf(node));
  expect(given).toHaveLength(11);
  [given, hear] = [[], () => undefined];
  for (const who of [ana, other]) await school.does(who, 'messages.markRead', { room, seq });
  const away = takeAway(calling.partsOf(node), [ana.id, other.id]);
  (await until(10))[4]?.answer(SENT);
  await until(11);
  answerAll();
  await away;
  expect(given.every(({ note }) => note.quiet)).toBe(true);
});

describe('[R112] what is called anew while a service is still being told that it goes', () => {
  let ana: Person;
  let now: number;
  const parts = () => ({ ...calling.partsOf(node), now: () => now });
  beforeEach(async () => {
    ana = await reachable('slow.example');
    now = Date.now();
  });

  /** Said, and pushed: what was given for it. */
  const called = async (room: string): Promise<Given & { readonly seq: number }> => {
    const { seq } = await calling.mention(ana, room);
    await look();
    const nth = given.length;
    const sent = sendAll(parts());
    const pushed = (await until(nth + 1))[nth] as Given;
    pushed.answer(SENT);
    await sent;
    return { ...pushed, seq };
  };
  const read = (room: string, seq: number) => school.does(ana, 'messages.markRead', { room, seq });
  /** What of it is given, and how it goes on once that is answered. */
  const away = async () => {
    const nth = given.length;
    const told = takeAway(parts(), [ana.id]);
    const { note, answer } = (await until(nth + 1))[nth] as Given;
    const isTold = (): Promise<void> => {
      answer(SENT);
      return told;
    };
    return { note, isTold };
  };

  test('stands there, goes when it is read in turn, and was decided later', async () => {
    const [one, two] = [await school.room(helena, [ana]), await school.room(helena, [ana])];
    const first = await called(one);
    await called(two);
    await read(one, first.seq);
    now += 1_000;
    const { note, isTold } = await away();
    expect(note).toMatchObject({ quiet: true, tag: `sala:${two}`, read: [`sala:${one}`] });
    now += 1_000;
    const again = await called(one);
    await isTold();
    expect([first, { note }, again].map(({ note: { asOf } }) => Date.parse(asOf ?? '') - now)).toEqual([
      -2_000, -1_000, 0,
    ]);
    await read(one, again.seq);
    const last = await away();
    expect(last.note).toMatchObject({ quiet: true, tag: `sala:${two}`, read: [`sala:${one}`] });
    await last.isTold();
  });

  test('where that it was read is all that is said: it says so again', async () => {
    const room = await school.room(helena, [ana]);
    await read(room, (await called(room)).seq);
    const { note, isTold } = await away();
    const again = await called(room);
    await isTold();
    await read(room, again.seq);
    const last = await away();
    expect([note, last.note].map(({ seq, body }) => [seq, body])).toEqual([
      [again.seq - 1, 'Nada de novo aqui'],
      [again.seq, 'Nada de novo aqui'],
    ]);
    await last.isTold();
  });

  test('is not what a device that had to wait was looked up for: that is as of then', async () => {
    const room = await school.room(helena, [ana]);
    await read(room, (await called(room)).seq);
    const before = now;
    const isOpen = (): boolean => {
      now += 60_000;
      return false;
    };
    answerAll();
    await takeAway({ ...parts(), isOpen }, [ana.id]);
    expect(given.at(-1)?.note).toMatchObject({ quiet: true, asOf: new Date(before).toISOString() });
  });
});

describe('[R112] [D28] what a node has taken', () => {
  test('stays its own for a minute from each push on', async () => {
    await call(await reachable('slow.example'), 2);
    await look();
    const started = turns();
    await started.begin();
    await until(1);
    await calling.house.pool.query(`UPDATE push_note SET leased_until = clock_timestamp() + interval '5 seconds'`);
    given[0]?.answer(SENT);
    await until(2);
    const { rows } = await calling.house.pool.query<{ left: number }>(
      'SELECT round(extract(epoch FROM leased_until - clock_timestamp()))::int AS left FROM push_note WHERE lease IS NOT NULL',
    );
    expect(rows).toEqual([{ left: 60 }]);
    answerAll();
    await started.ended();
  });

  test('and not in time is another’s: it sends no more of it, and its word does not count', async () => {
    await call(await reachable('slow.example'), 2);
    await look();
    const started = turns();
    await started.begin();
    await until(1);
    await calling.house.pool.query(`UPDATE push_note SET leased_until = clock_timestamp() - interval '1 second'`);
    expect(await calling.take(calling.node)).toHaveLength(2);
    const before = await waits();
    answerAll();
    await started.ended();
    expect(given).toHaveLength(1);
    expect(await waits()).toEqual(before);
    expect(await rang()).toEqual([{ rang: 0 }]);
  });

  /** An advisory lock that whoever looks at this clock waits for. */
  const GATE = 7;

  test('is not taken by who looked before, and comes to it after', async () => {
    const { pool, connection } = calling.house;
    await call(await reachable('slow.example'));
    await look();
    await pool.query(`CREATE SCHEMA gated; CREATE FUNCTION gated.clock_timestamp() RETURNS timestamptz LANGUAGE plpgsql AS
      'BEGIN PERFORM pg_advisory_xact_lock_shared(${GATE}); RETURN pg_catalog.clock_timestamp(); END'`);
    const gated = openPool(connection, 1, () => undefined);
    gated.on('connect', (client) => void client.query('SET search_path = gated, pg_catalog, public'));
    const late = await calling.house.node({ pool: () => gated });
    const gate = await pool.connect();
    try {
      await gate.query('SELECT pg_advisory_lock($1)', [GATE]);
      const lates = calling.take(late);
      // It has begun, and sees the queue as it is now, but is not at its first row yet
      await expect
        .poll(async () => {
          const { rows } = await gate.query(`SELECT FROM pg_locks WHERE locktype = 'advisory' AND NOT granted
            AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`);
          return rows.length;
        })
        .toBe(1);
      expect(await calling.take(calling.node)).toHaveLength(1);
      await gate.query('SELECT pg_advisory_unlock($1)', [GATE]);
      expect(await lates).toEqual([]);
    } finally {
      gate.release(true);
      await gated.end();
    }
  });
});

describe('[R112] whose turn it is', () => {
  test('who has waited longest, and of one service no more than have a place', async () => {
    const [one, two, three] = [
      await reachable('a.example'),
      await reachable('a.example'),
      await reachable('b.example'),
    ];
    for (const who of [one, two, three]) await call(who);
    await look();
    for (const [nth, { id }] of [two, three, one].entries())
      await calling.house.pool.query(
        `UPDATE push_note SET due_at = clock_timestamp() - $2 * interval '1 minute' WHERE device = (SELECT id FROM push_device WHERE account = $1)`,
        [id, 9 - nth],
      );
    const taken = await calling.take(calling.node, new Map([['a.example', 2]]));
    expect(taken.map(({ account, service }) => [account, service]).sort()).toEqual(
      [
        [two.id, 'a.example'],
        [three.id, 'b.example'],
      ].sort(),
    );
  });
});

test('[R120] what was urgent a day ago is not pushed any more', async () => {
  const ana = await reachable('slow.example');
  const room = await school.room(helena, [ana]);
  const { seq } = await school.say(helena, room, 'já, @Ana', { mentions: [ana.id], urgent: true });
  await look();
  await calling.house.pool.query('DELETE FROM push_note');
  const urgent = { account: ana.id, room, thread: null, from: seq, to: seq, urgent: school.intention(), inSeconds: 0 };
  await node.world.memory.push.note([urgent]);
  await look();
  answerAll();
  await sendAll(calling.partsOf(node, Date.now() + 25 * HOUR));
  expect([given, await calling.waiting(), calling.outcomes]).toEqual([[], 0, ['done']]);
  await node.world.memory.push.note([urgent]);
  await look();
  await sendAll(calling.partsOf(node, Date.now() + 23 * HOUR));
  expect(given.map(({ note }) => note.seq)).toEqual([seq]);
});
