/** Waiting for a database that starts, recovers or fails over. */
import { isAway, type Queryable } from './connect.ts';

/** It is waited for this long, in ms. */
const REACH_MS = 60_000;

/** How often it is asked meanwhile, in ms. */
const EVERY_MS = 250;

/** What waiting needs. */
export interface Waiting {
  readonly say: (text: string) => void;
  /** Why the database does not answer, as a sentence. */
  readonly why: (error: unknown) => string;
  /** Ms of a clock that never goes back. */
  readonly monotonic: () => number;
  readonly pause: (ms: number) => Promise<unknown>;
}

/** Waits until the database answers; says at once why, and how long. What is wrong in another way (a password, a name) is thrown at once. */
export const reach = async (db: Queryable, { say, why, monotonic, pause }: Waiting): Promise<void> => {
  const deadline = monotonic() + REACH_MS;
  for (let isFirst = true; ; isFirst = false) {
    try {
      await db.query('SELECT 1');
      return;
    } catch (error) {
      if (!isAway(error) || monotonic() > deadline) throw error;
      if (isFirst) say(`The database does not answer yet: ${why(error)} It is waited for, for ${REACH_MS / 1000} s.`);
      await pause(EVERY_MS);
    }
  }
};
