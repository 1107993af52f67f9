/** What naming words holds up, and what it waits for: the person's own rooms, and whoever lets them into one at that moment (docs/decisions/0060). */
import { type Person, type School } from '@recreio/core/testing/world.ts';
import type pg from 'pg';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { openSchoolhouse, type Schoolhouse } from '../../testing/world.ts';
import { GATE } from './gate.ts';

let house: Schoolhouse;
let school: School;
let helena: Person;
let ana: Person;

beforeAll(async () => {
  house = await openSchoolhouse();
  ({ school } = await house.node());
  helena = await school.person('Helena', { role: 'teacher' });
});
beforeEach(async () => {
  ana = await school.person('Ana');
});
afterAll(() => house.close());

const name = (who: Person, ...words: string[]) => school.does(who, 'notifications.setKeywords', { words });
const calls = async (who: Person, room: string) =>
  (await school.own(who)).flatMap(({ type, data }) =>
    type === 'notification.made' && data.room === room ? [[data.kind, data.messageSeq]] : [],
  );
/** What a flush finds in the room's own row. */
const hearing = async (room: string): Promise<number> =>
  (await house.pool.query<{ hearing: number }>('SELECT hearing FROM room WHERE id = $1', [room])).rows[0]?.hearing ??
  -1;
const revision = async (who: Person): Promise<number> =>
  (await house.pool.query<{ revision: number }>('SELECT revision FROM user_stream WHERE account = $1', [who.id]))
    .rows[0]?.revision ?? -1;
const HOLD = 'SELECT FROM room WHERE id = $1 FOR NO KEY UPDATE';

/** A transaction of somebody else's, which ends with the work. */
const during = async <T>(work: (other: pg.PoolClient) => Promise<T>): Promise<T> => {
  const other = await house.pool.connect();
  try {
    await other.query('BEGIN');
    return await work(other);
  } finally {
    await other.query('ROLLBACK');
    other.release();
  }
};

/** Until so many wait for a lock. */
const waiting = (many: number) =>
  vi.waitFor(async () => {
    const { rows } = await house.pool.query(
      `SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
    );
    expect(rows).toHaveLength(many);
  });

/** As the release before lets somebody in, and whoever gives a room away: behind the room's lock alone, without a flush. */
const letIn = (db: pg.PoolClient, who: Person, room: string) =>
  db.query(`INSERT INTO member (room, account, role, joined_at) VALUES ($1, $2, 'member', now())`, [room, who.id]);
const seeAll = (who: Person, room: string) =>
  house.pool.query('INSERT INTO span (room, account, from_seq) VALUES ($1, $2, 1)', [room, who.id]);

test('[R119] the words that are there already are named again for nothing: no room waits, and nothing is written', async () => {
  const room = await school.room(helena, [ana]);
  await name(ana, 'prova', 'Física');
  const before = [await hearing(room), await revision(ana)];
  await during(async (other) => {
    await other.query(HOLD, [room]);
    expect(await name(ana, 'prova', 'Física')).toEqual({ words: ['prova', 'Física'] });
  });
  expect([await hearing(room), await revision(ana)]).toEqual(before);
  // None in the place of none, either
  await name(helena);
  expect(await hearing(room)).toBe(before[0]);
});

test('[R119] what is only written otherwise, or stands in another order, is kept so, and is heard as before', async () => {
  const room = await school.room(helena, [ana]);
  await name(ana, 'prova', 'Fisica');
  const before = await hearing(room);
  await during(async (other) => {
    await other.query(HOLD, [room]);
    await name(ana, 'Física', 'prova');
  });
  expect(await hearing(room)).toBe(before);
  expect(await school.does(ana, 'notifications.keywords', {})).toEqual({ words: ['Física', 'prova'] });
  const said = await school.say(helena, room, 'fisica');
  expect(await calls(ana, room)).toEqual([['keyword', said.seq]]);
});

test('[R119] naming words waits for no flush of other rooms, and no flush of other rooms waits for it', async () => {
  const [hers, others] = [await school.room(helena, [ana]), await school.room(helena)];
  await during(async (flush) => {
    await flush.query('SELECT pg_advisory_xact_lock_shared($1)', [GATE]);
    await flush.query(HOLD, [others]);
    await name(ana, 'prova');
  });
  await during(async (flush) => {
    await flush.query(HOLD, [hers]);
    const named = name(ana, 'trabalho');
    await waiting(1);
    await school.say(helena, others, 'bom dia');
    await flush.query('COMMIT');
    await named;
  });
  const said = await school.say(helena, hers, 'o trabalho');
  expect(await calls(ana, hers)).toEqual([['keyword', said.seq]]);
});

test('[R119] private conversations, in which no word is looked for, are neither held nor counted up', async () => {
  const bruno = await school.person('Bruno');
  // Who has a room in common may talk
  await school.room(helena, [ana, bruno]);
  const { room: direct } = await school.does(helena, 'rooms.openDirect', { account: ana.id });
  const { room: group } = await school.does(helena, 'rooms.openGroup', {
    accounts: [ana.id, bruno.id],
  });
  await during(async (other) => {
    for (const { id } of [direct, group]) await other.query(HOLD, [id]);
    await name(ana, 'prova');
  });
  await name(bruno, 'prova');
  const { room: late } = await school.does(bruno, 'rooms.openDirect', { account: ana.id });
  expect(await Promise.all([direct, group, late].map(({ id }) => hearing(id)))).toEqual([0, 0, 0]);
});

test('[R119] whoever is let in without a flush, as the release before does it, is heard by the words that they bring', async () => {
  const room = await school.room(helena);
  await name(ana, 'prova');
  await school.say(helena, room, 'a prova');
  await during(async (other) => {
    await letIn(other, ana, room);
    await other.query('COMMIT');
  });
  await seeAll(ana, room);
  const said = await school.say(helena, room, 'a prova');
  expect(await calls(ana, room)).toEqual([['keyword', said.seq]]);
});

test('[R119] a room that is entrusted to somebody hears their words', async () => {
  const rui = await school.person('Rui', { role: 'administrator' });
  const [paula, rita] = [
    await school.person('Paula', { role: 'teacher' }),
    await school.person('Rita', { role: 'teacher' }),
  ];
  const room = await school.room(paula, [ana]);
  await name(rita, 'prova');
  await house.pool.query(`UPDATE account SET disabled_at = now() WHERE id = $1`, [paula.id]);
  await school.does(rui, 'rooms.entrust', { room, account: rita.id });
  const said = await school.say(ana, room, 'a prova');
  expect(await calls(rita, room)).toEqual([['keyword', said.seq]]);
});

test('[R119] naming words waits for who is letting the person in, and whoever lets them in waits for the words', async () => {
  const [first, second] = [await school.room(helena), await school.room(helena)];
  await during(async (other) => {
    await letIn(other, ana, first);
    const named = name(ana, 'prova');
    await waiting(1);
    await other.query('COMMIT');
    await named;
  });
  expect(await hearing(first)).toBe(1);
  await during(async (other) => {
    // Naming ends with the person's own counter: held, it stays before its COMMIT
    await other.query('SELECT FROM user_stream WHERE account = $1 FOR UPDATE', [ana.id]);
    const named = name(ana, 'trabalho');
    await waiting(1);
    await during(async (another) => {
      const entered = letIn(another, ana, second);
      await waiting(2);
      await other.query('COMMIT');
      await Promise.all([named, entered]);
      await another.query('COMMIT');
    });
  });
  expect(await hearing(second)).toBe(1);
  for (const room of [first, second]) {
    await seeAll(ana, room);
    const said = await school.say(helena, room, 'o trabalho');
    expect(await calls(ana, room)).toEqual([['keyword', said.seq]]);
  }
});

test('[R119] a room that one was let into meanwhile, and that somebody holds who waits for another of hers, is waited for in no circle', async () => {
  const [hers, late] = [await school.room(helena, [ana]), await school.room(helena)];
  await during(async (enters) => {
    await letIn(enters, ana, late);
    const named = name(ana, 'prova');
    await waiting(1);
    await during(async (holds) => {
      await holds.query(HOLD, [late]);
      await enters.query('COMMIT');
      // She has this one: waiting for the other with it in her hands would be the circle
      await holds.query(HOLD, [hers]);
      await holds.query('COMMIT');
    });
    await named;
  });
  expect([await hearing(hers), await hearing(late)]).toEqual([1, 1]);
});
