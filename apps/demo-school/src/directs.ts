/** The private conversations of Escola Aurora. Each obeys [R52]: the two share a room; a minor's adults are staff of a course of theirs. */
import { idOf } from './ids.ts';
import type { PersonKey } from './people.ts';
import * as talk from './talk/private.ts';
import type { Talk } from './talk/said.ts';

/** A private conversation of two. */
export type SchoolDirect = {
  id: string;
  people: readonly [PersonKey, PersonKey];
  createdDaysAgo: number;
  talk: Talk;
};

const direct = (one: PersonKey, other: PersonKey, createdDaysAgo: number, talk: Talk): SchoolDirect => ({
  id: idOf('direct', `${one}/${other}`),
  people: [one, other],
  createdDaysAgo,
  talk,
});

/** Every private conversation. */
export const DIRECTS: readonly SchoolDirect[] = [
  direct('ana', 'kaua', 5, talk.ANA_KAUA),
  direct('ana', 'helena', 7, talk.ANA_HELENA),
  direct('ana', 'yasmin', 8, talk.ANA_YASMIN),
  direct('wesley', 'thaina', 5, talk.WESLEY_THAINA),
  direct('luisa', 'raimundo', 13, talk.LUISA_RAIMUNDO),
  direct('davi', 'renata', 9, talk.DAVI_RENATA),
  direct('helena', 'caio', 4, talk.HELENA_CAIO),
  direct('luciana', 'ivone', 7, talk.LUCIANA_IVONE),
];
