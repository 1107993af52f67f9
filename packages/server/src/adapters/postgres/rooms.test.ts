import type pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openSchoolhouse, type Schoolhouse } from '../../testing/world.ts';

let house: Schoolhouse;
beforeAll(async () => {
  house = await openSchoolhouse();
});
afterAll(() => house.close());

/** A step of a plan, as far as it is looked at (PostgreSQL, "EXPLAIN": FORMAT JSON). */
interface Step {
  readonly 'Relation Name'?: string;
  readonly 'Actual Rows': number;
  readonly 'Actual Loops': number;
  readonly 'Rows Removed by Filter'?: number;
  readonly Plans?: readonly Step[];
}

/** How many rows of a table a plan looked at. */
const looked = (step: Step, table: string): number =>
  (step.Plans ?? []).reduce((sum, one) => sum + looked(one, table), 0) +
  (step['Relation Name'] === table
    ? (step['Actual Rows'] + (step['Rows Removed by Filter'] ?? 0)) * step['Actual Loops']
    : 0);

test('[D33] [R86] what somebody never saw is not walked through when they mark as unread', async () => {
  const asked: { text: string; values: unknown[] }[] = [];
  const node = await house.node({
    pool: (pool) =>
      new Proxy(pool, {
        get: (target, name) =>
          name === 'query'
            ? (given: pg.QueryConfig & { values: unknown[] }, ...rest: unknown[]) => {
                if (given.name === 'markers-after') asked.push({ text: given.text, values: given.values });
                return Reflect.apply(target.query, target, [given, ...rest]);
              }
            : Reflect.get(target, name, target),
      }),
  });
  const { school, world } = node;
  const helena = await school.person('Helena', { role: 'teacher' });
  const ana = await school.person('Ana');
  const room = await school.room(helena, [ana], { past: 'since-joining' });
  const { id: message } = await school.say(helena, room, 'antes');
  await school.does(ana, 'members.leave', { room });
  await Promise.all(Array.from({ length: 150 }, (_, nth) => school.say(helena, room, `sem ela ${nth}`)));
  await school.tend(helena, 'members.add', room, ana.id);
  await school.say(helena, room, 'depois');
  await school.does(ana, 'messages.markUnread', { room, message });
  expect(await world.memory.rooms.markersAfter(ana.id, -1)).toMatchObject([{ room, unread: 2 }]);
  const [query] = asked;
  if (!query) throw new Error('the markers were asked for');
  await house.pool.query('ANALYZE');
  const { rows } = await house.pool.query<{ 'QUERY PLAN': [{ Plan: Step }] }>(
    `EXPLAIN (ANALYZE, FORMAT JSON) ${query.text}`,
    query.values,
  );
  const plan = rows[0]?.['QUERY PLAN'][0].Plan;
  if (!plan) throw new Error('there is a plan');
  expect(looked(plan, 'message')).toBeLessThan(20);
  expect(looked(plan, 'message')).toBeGreaterThan(0);
});
