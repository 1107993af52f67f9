/** The school of the week on PostgreSQL: every rule, queue and statement as it is, and its clock the test's. */
import { openSchoolhouse } from '../../../packages/server/src/testing/world.ts';
import { holdTime, putTime } from './moved-time.ts';
import type { Carrier, Stage } from './stage.ts';

/** Opens it. */
export const livingSchool = async (push: Carrier): Promise<Stage> => {
  const house = await openSchoolhouse(holdTime);
  const { school, world } = await house.node({ push });
  const director = await school.person('Direção', { role: 'administrator' });
  const { version } = await school.does(director, 'school.get', {});
  // What a school has to say so itself is switched on, and everything else is as it comes
  await school.does(director, 'school.update', { version, policies: { push: 'places', digest: 'places' } });
  return {
    school,
    world,
    memory: world.memory,
    put: (now) => putTime(house.pool, now),
    met: async (accounts) => {
      await house.pool.query("UPDATE account SET mail_pace = 'never' WHERE id <> ALL ($1)", [accounts]);
      await house.pool.query('UPDATE account SET last_seen_at = clock_timestamp() WHERE id = ANY ($1)', [accounts]);
      // As after the first autovacuum: without it PostgreSQL knows nothing of what is in the tables
      await house.pool.query('ANALYZE');
    },
    dueAt: async () => {
      const { rows } = await house.pool.query<{ due: string | null }>({
        name: 'next-due',
        text: 'SELECT min(due_at) AS due FROM push_note',
      });
      return rows[0]?.due ? Date.parse(rows[0].due) : Number.POSITIVE_INFINITY;
    },
    close: () => house.close(),
  };
};
