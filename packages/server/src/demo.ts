/**
 * Seeding the demo school, in one transaction: a process that is killed half-way leaves nothing behind, and the next start
 * begins again. The people and courses are written as data; rooms and all that is said in them go through the corridor
 * (`execute`), with a clock that stands where the school's data says.
 */
import { setTimeout as pause } from 'node:timers/promises';
import type { Facts, FactsFor, Memory, World } from '@recreio/core';
import { ASKS, PERSON_KEYS, PRONOUNS } from '@recreio/demo-school/people.ts';
import { privatePlan, roomPlan } from '@recreio/demo-school/plan.ts';
import type pg from 'pg';
import { live, markRead, storiesOf } from './demo/life.ts';
import { openPast, type Past } from './demo/past.ts';
import { enrol, nameEntrances } from './demo/people.ts';

/** The memory of one transaction, as `main.ts` chooses it. */
export type TransactionMemory = Pick<Memory, 'accounts' | 'rooms' | 'saved' | 'school' | 'audit' | 'joining'> & {
  readonly facts: (requests: readonly FactsFor[]) => Promise<Facts>;
};

/** What seeding needs. */
export interface SeedingParts {
  readonly pool: pg.Pool;
  readonly world: World;
  /** Makes the memory that reads and writes on this connection alone. */
  readonly over: (client: pg.PoolClient) => TransactionMemory;
  readonly say: { info(text: string): void };
}

/** How often progress is told, in rooms. */
const EVERY = 6;

/** How often a second one looks whether the first has ended, in ms. */
const WAIT_MS = 100;

const isFirst = async (client: pg.PoolClient): Promise<boolean> => {
  const { rows } = await client.query<{ mine: boolean }>(
    "SELECT pg_try_advisory_xact_lock(hashtextextended('demo school', 0)) AS mine",
  );
  return rows[0]?.mine === true;
};

/**
 * Makes Escola Aurora where nobody is, and does nothing where anybody is: that costs one query. Several nodes that start at
 * once make it once. Rejects, naming the step, when a rule refuses one; nothing is written then.
 */
export const seedDemoSchool = async ({ pool, world, over, say }: SeedingParts): Promise<void> => {
  if (await hasPeople(pool)) return;
  const client = await pool.connect();
  let isClean = true;
  try {
    await client.query('BEGIN');
    const memory = over(client);
    // The second waits for the first however long that takes: longer than any one statement may
    while (!(await isFirst(client))) await pause(WAIT_MS);
    if (!(await hasPeople(client))) await seed(client, memory, world, say);
    await client.query('COMMIT');
  } catch (error) {
    isClean = await client.query('ROLLBACK').then(
      () => true,
      () => false,
    );
    throw error;
  } finally {
    client.release(!isClean);
  }
};

const seed = async (
  client: pg.PoolClient,
  memory: TransactionMemory,
  world: World,
  say: SeedingParts['say'],
): Promise<void> => {
  const begunMs = performance.now();
  say.info('Seeding the demo school: this happens once.');
  const now = new Date();
  await enrol(client, memory.accounts);
  const past = openPast(world, memory);
  const stories = storiesOf([...roomPlan(now), ...privatePlan(now)]);
  await introduce(past, now);
  await openUp(past, now);
  await live(past, stories, (founded) => {
    if (founded % EVERY === 0 || founded === stories.length)
      say.info(`Seeding the demo school: ${founded} of ${stories.length} rooms`);
  });
  await markRead(past, stories);
  await dateFoundings(client);
  await nameEntrances(client);
  say.info(`The demo school is there, after ${((performance.now() - begunMs) / 1000).toFixed(1)} s.`);
};

/** People say what they say of themselves, as anybody does. */
const introduce = async (past: Past, at: Date): Promise<void> => {
  for (const by of PERSON_KEYS) {
    const pronouns = PRONOUNS[by];
    if (pronouns === undefined) continue;
    await past.act({ at, by, name: 'accounts.updateMe', input: { pronouns }, about: 'pronouns' });
  }
};

/** The school takes newcomers who ask, and some wait for an answer. */
const openUp = async (past: Past, at: Date): Promise<void> => {
  const by = 'marcelo';
  const about = 'the school';
  const { version } = await past.act({ at, by, name: 'school.get', input: {}, about });
  await past.act({ at, by, name: 'school.update', input: { version, policies: { joining: 'approval' } }, about });
  for (const input of ASKS) await past.act({ at, by, name: 'joining.ask', input: { ...input }, about: input.name });
};

const hasPeople = async (db: Pick<pg.ClientBase, 'query'>): Promise<boolean> => {
  const { rows } = await db.query<{ there: boolean }>('SELECT EXISTS (SELECT FROM account) AS there');
  return rows[0]?.there === true;
};

/** Rooms are as old as their first event, and people a day older than the first of them: rows say today by themselves. */
const dateFoundings = async (client: pg.PoolClient): Promise<void> => {
  await client.query('UPDATE room r SET created_at = e.at FROM event e WHERE e.room = r.id AND e.seq = 1');
  await client.query("UPDATE account SET created_at = (SELECT min(created_at) FROM room) - interval '1 day'");
};
