/**
 * When people and their devices were last here. A thousand who come back at once are two statements, not two thousand commits:
 * what is seen while one pair of statements runs goes with the next.
 */
import { uuidArray } from '../arrays.ts';
import type { Queryable } from '../connect.ts';

/** A session ends when its device was not seen for this long. */
export const UNSEEN_DAYS = 30;

/** Notes that a device of a person was here; nobody waits for it. */
export type See = (account: string, session: string) => void;

/** Statements of their own, so that neither row waits for the other; a row that somebody holds is seen the next time. */
const write = async (db: Queryable, seen: ReadonlyMap<string, string>): Promise<void> => {
  await db.query({
    name: 'sessions-see',
    text: `UPDATE session SET last_seen_at = clock_timestamp(), expires_at = clock_timestamp() + $2 * interval '1 day'
           WHERE id IN (SELECT id FROM session WHERE id = ANY ($1::uuid[]) AND ended_at IS NULL
             AND last_seen_at < clock_timestamp() - interval '1 minute' ORDER BY id FOR NO KEY UPDATE SKIP LOCKED)`,
    values: [uuidArray([...seen.keys()]), UNSEEN_DAYS],
  });
  await db.query({
    name: 'accounts-see',
    text: `UPDATE account SET last_seen_at = clock_timestamp()
           WHERE id IN (SELECT id FROM account WHERE id = ANY ($1::uuid[])
             AND (last_seen_at IS NULL OR last_seen_at < clock_timestamp() - interval '1 minute') ORDER BY id FOR NO KEY UPDATE SKIP LOCKED)`,
    values: [uuidArray([...new Set(seen.values())])],
  });
};

/** Makes it over a pool. */
export const seeing = (db: Queryable): See => {
  let waiting = new Map<string, string>();
  let isWriting = false;
  const run = async (): Promise<void> => {
    isWriting = true;
    while (waiting.size > 0) {
      const seen = waiting;
      waiting = new Map();
      try {
        await write(db, seen);
      } catch {
        // Still unseen for longer than a minute: the next thing that they do brings it here again
      }
    }
    isWriting = false;
  };
  return (account, session) => {
    waiting.set(session, account);
    if (!isWriting) void run();
  };
};
