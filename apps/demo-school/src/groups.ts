/** The conversations of a few of Escola Aurora. Each obeys [R73] and [R75]: all share a room or work there; a minor and an adult need somebody who teaches the minor. */
import { idOf } from './ids.ts';
import { PEOPLE, type PersonKey } from './people.ts';
import * as talk from './talk/groups.ts';
import type { Talk } from './talk/said.ts';

/** A private conversation of up to twelve: its first person began it, and who must be asked ([R74]) said yes at once. */
export type SchoolGroup = {
  id: string;
  title: string;
  people: readonly PersonKey[];
  createdDaysAgo: number;
  talk: Talk;
};

const group = (title: string, people: readonly PersonKey[], createdDaysAgo: number, said: Talk): SchoolGroup => ({
  id: idOf('group', people.join('/')),
  title,
  people,
  createdDaysAgo,
  talk: said,
});

/** Every group. */
export const GROUPS: readonly SchoolGroup[] = [
  group('Estudo para a prova', ['ana', 'kaua', 'yasmin'], 3, talk.STUDY),
  group('Semana da Matemática', ['helena', 'caio', 'renata'], 6, talk.WEEK),
];

/** Who of a group was asked before being in it: who is under age, but for the one who began it. */
export const askedInto = ({ people }: Pick<SchoolGroup, 'people'>): readonly PersonKey[] =>
  people.slice(1).filter((person) => PEOPLE[person].minor);
