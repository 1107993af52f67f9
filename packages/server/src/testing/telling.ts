/** A school that tells people of what they did not hear, for tests: what calling devices (calling.ts) and mailing (mailing.ts) have in common. */
import type { Person, School } from '@recreio/core/testing/world.ts';
import type { SchoolPolicies } from '@recreio/protocol';
import { type Node, openSchoolhouse, type Schoolhouse } from './world.ts';

/** The school. */
export interface TellingSchool {
  readonly house: Schoolhouse;
  readonly node: Node;
  readonly school: School;
  readonly director: Person;
  readonly helena: Person;
  /** What was reported as trouble, and what became of each call or mail. */
  readonly troubles: unknown[];
  readonly outcomes: string[];
  /** Whoever tells reports here. */
  readonly reports: { readonly counted: (outcome: string) => void; readonly trouble: (error: unknown) => void };
  /** The school decides. */
  decide(policies: Partial<SchoolPolicies>): Promise<void>;
  close(): Promise<void>;
}

/** Opens it. */
export const openTellingSchool = async (): Promise<TellingSchool> => {
  const house = await openSchoolhouse();
  const node = await house.node();
  const { school } = node;
  const director = await school.person('Dora', { role: 'administrator' });
  const helena = await school.person('Helena', { role: 'teacher' });
  const troubles: unknown[] = [];
  const outcomes: string[] = [];
  return {
    house,
    node,
    school,
    director,
    helena,
    troubles,
    outcomes,
    reports: {
      counted: (outcome) => outcomes.push(outcome),
      trouble: (error) => troubles.push(error),
    },
    decide: async (policies) => {
      const { version } = await school.does(director, 'school.get', {});
      await school.does(director, 'school.update', { version, policies });
    },
    close: house.close,
  };
};

/** How many rows a query counts. */
export const countOf = async (
  { pool }: Pick<Schoolhouse, 'pool'>,
  text: string,
  values: unknown[] = [],
): Promise<number> => {
  const { rows } = await pool.query<{ count: number }>(text, values);
  return rows[0]?.count ?? -1;
};
