import { randomUUID } from 'node:crypto';
import { execute, type Memory } from '@recreio/core';
import { askedInto, GROUPS } from '@recreio/demo-school/groups.ts';
import { ENTRANCES, PEOPLE, PERSON_KEYS, type PersonKey } from '@recreio/demo-school/people.ts';
import { privatePlan, roomPlan } from '@recreio/demo-school/plan.ts';
import { ROOMS } from '@recreio/demo-school/rooms.ts';
import type { CommandName, Commands, OutputOf } from '@recreio/protocol';
import type pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { seedDemoSchool, type SeedingParts } from './demo.ts';
import { newId } from './ids.ts';
import { type EmptySchool, openEmpty } from './testing/demo.ts';

/** How many rows each table has. */
const rowsIn = async (pool: pg.Pool, tables: readonly string[]): Promise<Record<string, number>> => {
  const counts = tables.map((table) => `(SELECT count(*)::int FROM ${table}) AS "${table}"`);
  return (await pool.query<Record<string, number>>(`SELECT ${counts.join(', ')}`)).rows[0] ?? {};
};

const TABLES = [
  'account',
  'course',
  'room',
  'member',
  'event',
  'message',
  'reaction',
  'user_event',
  'session',
  'keys.key',
];

/** How many people of a conversation were asked before they were in it. */
const askedIn = (room: string): number => GROUPS.filter(({ id }) => id === room).flatMap(askedInto).length;

/** What is in the log of it: what somebody saves is theirs alone. */
const logged = ({ steps }: ReturnType<typeof roomPlan>[number]) => steps.filter((step) => step.do !== 'save');

describe('Escola Aurora', () => {
  let school: EmptySchool;
  let begun: Date;
  beforeAll(async () => {
    school = await openEmpty();
    begun = new Date();
    await seedDemoSchool(school.parts);
  });
  afterAll(() => school.close());

  const plan = () => [...roomPlan(begun), ...privatePlan(begun)];
  const mine = (memory: Memory, person: PersonKey) => memory.rooms.mine(PEOPLE[person].id);

  /** Enters by a session and asks. */
  const asks = async <N extends CommandName>(
    person: PersonKey,
    name: N,
    input: unknown,
  ): Promise<OutputOf<Commands[N]>> => {
    const session = newId();
    const account = PEOPLE[person].id;
    await school.memory.accounts.openSession({
      id: session,
      account,
      tokenHash: randomUUID(),
      device: 'test',
      assured: true,
    });
    const done = await execute(school.world, { actor: { account, session }, address: '', device: '' }, name, input);
    await school.pool.query('DELETE FROM session WHERE id = $1', [session]);
    if (!done.ok) throw new Error(`${name}: ${done.problem.code}`);
    return done.output;
  };

  it('is there with its name, its people, its four entrances and everything that is said', async () => {
    expect(await school.memory.accounts.installation()).toMatchObject({ school: 'Escola Aurora', needsSetUp: false });
    const entrances = await school.memory.accounts.demoPeople();
    expect(entrances.map(({ account }) => account).toSorted()).toEqual(
      ENTRANCES.map((key) => PEOPLE[key].id).toSorted(),
    );
    const steps = plan().flatMap(logged);
    const reactions = steps.filter((step) => step.do === 'react').length;
    const people = plan().flatMap(({ people }) => people).length;
    const asked = GROUPS.flatMap(askedInto).length;
    expect(await rowsIn(school.pool, TABLES)).toMatchObject({
      account: PERSON_KEYS.length,
      course: 6,
      room: 32,
      member: people,
      message: steps.filter((step) => step.do === 'send').length,
      reaction: reactions,
      event: 32 + people + asked + steps.length,
      session: 0,
    });
    expect(reactions).toBeGreaterThan(100);
  });

  it('keeps a password for nobody and tells nobody', async () => {
    const { rows } = await school.pool.query('SELECT FROM account WHERE password IS NOT NULL');
    expect(rows).toEqual([]);
    expect([school.rung, school.markers]).toEqual([[], []]);
  });

  it('[R50] leaves Ana Beatriz and Profa. Helena to read what the data says, with the mentions in it', async () => {
    const unread = async (person: PersonKey) =>
      Object.fromEntries(
        (await mine(school.memory, person)).flatMap(({ room, mine }) =>
          mine.unread === 0
            ? []
            : [[room.kind === 'direct' ? room.with.name : room.title, [mine.unread, mine.mentions]]],
        ),
      );
    expect(await unread('ana')).toMatchObject({
      [ROOMS.parabola.title]: [6, 1],
      [ROOMS.roots.title]: [1, 1],
      [ROOMS.maths.title]: [2, 0],
      [ROOMS.garden.title]: [4, expect.any(Number)],
      [ROOMS.forms.title]: [2, expect.any(Number)],
      'Kauã Ferreira': [1, 1],
    });
    expect(Object.keys(await unread('ana'))).toHaveLength(6);
    const helena = Object.entries(await unread('helena')).map(([title, [count]]) => [title, count]);
    expect(Object.fromEntries(helena)).toEqual({
      [ROOMS.parabola.title]: 2,
      [ROOMS.maths.title]: 4,
      [ROOMS.staff.title]: 3,
      [PEOPLE.ana.name]: 1,
      [PEOPLE.caio.name]: 1,
    });
  });

  it('[R26] has every event at the time of its step, forward in each room and never later than now', async () => {
    const { rows } = await school.pool.query<{ room: string; at: string; type: string }>(
      'SELECT room, at, type FROM event ORDER BY room, seq',
    );
    for (const conversation of plan()) {
      const { id, createdAt, people } = conversation;
      const steps = logged(conversation);
      const events = rows.filter(({ room }) => room === id);
      const founding = events.slice(0, 1 + people.length + askedIn(id));
      expect(new Set(founding.map(({ at }) => at))).toEqual(new Set([createdAt.toISOString()]));
      const times = events.slice(founding.length).map(({ at }) => Date.parse(at));
      expect(times).toHaveLength(steps.length);
      expect(times).toEqual(times.toSorted((one, other) => one - other));
      // Minutes before now are counted from the seeding's own now, moments after the test's
      for (const [index, step] of steps.entries()) {
        const late = (times[index] ?? 0) - step.at.getTime();
        expect(late).toBeGreaterThanOrEqual(0);
        expect(late).toBeLessThan(30_000);
      }
      expect(times.filter((at) => at > Date.now())).toEqual([]);
    }
  });

  it("[D34] people's own streams go forward in time, without a gap, each with the time of what it tells", async () => {
    const { rows } = await school.pool.query<{ account: string; seq: number; at: string; told: string | null }>(
      `SELECT u.account, u.seq, u.at, coalesce(m.at, r.created_at) AS told FROM user_event u
       LEFT JOIN message m ON m.room = u.room AND m.seq = u.message_seq LEFT JOIN room r ON r.id = u.room ORDER BY u.account, u.seq`,
    );
    expect(rows.length).toBeGreaterThan(400);
    expect(rows.filter(({ at, told }) => at !== told)).toEqual([]);
    const wrong = rows.filter(({ account, seq, at }, index) => {
      const before = rows[index - 1];
      return before?.account === account ? seq !== before.seq + 1 || at < before.at : seq !== 1;
    });
    expect(wrong).toEqual([]);
  });

  it('can be read by who is in a room: edits and removals done, replies pointing at what they answer', async () => {
    const wanted = plan().find(({ id }) => id === ROOMS.parabola.id);
    const sends = wanted?.steps.filter((step) => step.do === 'send') ?? [];
    const edits = new Map(wanted?.steps.flatMap((step) => (step.do === 'edit' ? [[step.message, step.body]] : [])));
    const removals = new Set(wanted?.steps.flatMap((step) => (step.do === 'remove' ? step.message : [])));
    const page = await asks('ana', 'messages.page', { room: ROOMS.parabola.id, limit: 100 });
    const newest = sends.slice(-page.messages.length);
    expect(newest.length).toBeGreaterThan(80);
    expect(page.messages.map((message) => message.body ?? null)).toEqual(
      newest.map(({ message, body }) => (removals.has(message) ? null : (edits.get(message) ?? body))),
    );
    const ids = new Map(newest.map(({ message }, index) => [message, page.messages[index]?.id]));
    const replies = newest.flatMap((send, index) =>
      send.replyTo ? [[page.messages[index]?.replyTo, ids.get(send.replyTo)]] : [],
    );
    expect(replies.length).toBeGreaterThan(10);
    expect(replies.filter(([points, at]) => points !== at)).toEqual([]);
  });

  it('[R80] has a thread that counts in nobody’s room, followed and read by who spoke in it', async () => {
    const { threads: all, unread } = await asks('ana', 'threads.mine', {});
    expect(all.map(({ room, root, mine }) => [room, root.replies?.count, mine.unread])).toEqual([
      [ROOMS.mitosis.id, 3, 0],
    ]);
    expect(unread).toBe(0);
  });

  it('gives everybody the role that the data says', async () => {
    const { members } = await asks('helena', 'members.list', { room: ROOMS.parabola.id });
    const roleOf = (person: PersonKey) => members.find(({ profile }) => profile.id === PEOPLE[person].id)?.role;
    expect([roleOf('helena'), roleOf('caio'), roleOf('akira'), roleOf('ana')]).toEqual([
      'owner',
      'moderator',
      'moderator',
      'member',
    ]);
  });

  it('says how far it is, and the second time does nothing and says nothing', async () => {
    expect(school.said).toContain('Seeding the demo school: 12 of 32 rooms');
    expect(school.said.at(-1)).toMatch(/^The demo school is there, after [\d.]+ s\.$/);
    const [before, sentences] = [await rowsIn(school.pool, TABLES), school.said.length];
    await seedDemoSchool(school.parts);
    expect(await rowsIn(school.pool, TABLES)).toEqual(before);
    expect(school.said).toHaveLength(sentences);
  });
});

describe('seeding', () => {
  let school: EmptySchool;
  beforeAll(async () => {
    school = await openEmpty();
  });
  afterAll(() => school.close());

  it('that breaks off leaves nothing behind, and the next makes the school whole, once, whoever begins it', async () => {
    const empty = await rowsIn(school.pool, TABLES);
    // The connection dies half-way, as it does when the process is killed
    const backend: number[] = [];
    const dying: SeedingParts = {
      ...school.parts,
      over: (client) => {
        const memory = school.parts.over(client);
        return {
          ...memory,
          rooms: {
            ...memory.rooms,
            found: async (room) => {
              backend.push((await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid')).rows[0]?.pid ?? 0);
              if (backend.length === 13) await school.pool.query('SELECT pg_terminate_backend($1)', [backend[0]]);
              await memory.rooms.found(room);
            },
          },
        };
      },
    };
    await expect(seedDemoSchool(dying)).rejects.toThrow(/terminat|not queryable|EPIPE|ECONNRESET/iu);
    expect(backend).toHaveLength(13);
    expect(await rowsIn(school.pool, TABLES)).toEqual(empty);
    expect(await school.memory.accounts.installation()).toMatchObject({ school: 'Recreio' });

    await Promise.all([seedDemoSchool(school.parts), seedDemoSchool(school.parts)]);
    expect(await rowsIn(school.pool, TABLES)).toMatchObject({ account: PERSON_KEYS.length, room: 32 });
  });

  it('keeps its hands off an installation that has people of its own', async () => {
    const own = await openEmpty();
    try {
      await own.pool.query(
        `INSERT INTO account (id, name, name_folded, email, email_folded, role, minor, language, tone)
         VALUES ($1, 'Rute', 'rute', 'rute@escola.example', 'rute@escola.example', 'administrator', false, 'pt-BR', 1)`,
        [randomUUID()],
      );
      await seedDemoSchool(own.parts);
      expect(await rowsIn(own.pool, TABLES)).toMatchObject({ account: 1, course: 0, room: 0 });
      expect(own.said).toEqual([]);
    } finally {
      await own.close();
    }
  });

  it('says which step a rule refuses, and writes nothing', async () => {
    const strict = await openEmpty();
    try {
      const before = await rowsIn(strict.pool, TABLES);
      const parts: SeedingParts = {
        ...strict.parts,
        over: (client) => {
          const memory = strict.parts.over(client);
          const facts: typeof memory.facts = async (requests) => {
            const read = await memory.facts(requests);
            // Caio is silenced everywhere
            return { ...read, restrictions: new Map([[`* ${PEOPLE.caio.id} mute`, { until: null }]]) };
          };
          return { ...memory, facts };
        },
      };
      await expect(seedDemoSchool(parts)).rejects.toThrow(
        /^The demo school cannot be seeded: .+: messages\.\w+ by caio was refused as muted/,
      );
      expect(await rowsIn(strict.pool, TABLES)).toEqual(before);
    } finally {
      await strict.close();
    }
  });
});
