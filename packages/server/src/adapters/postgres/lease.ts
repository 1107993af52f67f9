/** Rows that are lent to whoever works on them, in PostgreSQL: `lease` says to whom, until `leased_until`; after that anybody may take them (contract D28). */

/** SQL: nobody has the row. `of`: its table's name in the statement. */
export const isFree = (of: string): string => `(${of}.leased_until IS NULL OR ${of}.leased_until < clock_timestamp())`;

/** SQL, of an UPDATE: it is lent for so many seconds. Both name a parameter. */
export const lentFor = (lease: string, seconds: string): string => `lease = ${lease}, ${lastingFor(seconds)}`;

/** SQL, of an UPDATE: what is lent is lent for so many seconds from now. `seconds` names a parameter. */
export const lastingFor = (seconds: string): string =>
  `leased_until = clock_timestamp() + ${seconds} * interval '1 second'`;

/** SQL, of an UPDATE: it is given back. */
export const GIVEN_BACK = 'lease = NULL, leased_until = NULL';

/** SQL, of an UPDATE: it is given back, and looked at again in so many seconds; `failed`, 1 or 0: a try more. Both name a parameter. */
export const againIn = (seconds: string, failed: string): string =>
  `due_at = clock_timestamp() + ${seconds} * interval '1 second', tries = tries + ${failed}, ${GIVEN_BACK}`;
