/** A database whose time is the test's, so that a week passes in seconds and every rule, queue and default is asked the same clock. */
import pg from 'pg';
import type { Connection } from '../../../packages/server/src/adapters/postgres/connect.ts';

/**
 * Every `clock_timestamp()` without a schema finds ours before PostgreSQL's own, in each session that is opened from now on; what
 * columns take by default was bound to PostgreSQL's when they were made, and is bound anew.
 */
const HOLD = `
  CREATE SCHEMA held;
  CREATE UNLOGGED TABLE held.time (at timestamptz NOT NULL);
  INSERT INTO held.time VALUES (clock_timestamp());
  CREATE FUNCTION held.clock_timestamp() RETURNS timestamptz LANGUAGE sql STABLE AS 'SELECT at FROM held.time';
  DO $$ DECLARE spot record; BEGIN
    FOR spot IN SELECT d.adrelid::regclass AS of, a.attname AS name FROM pg_attrdef d
        JOIN pg_attribute a ON a.attrelid = d.adrelid AND a.attnum = d.adnum
        WHERE pg_get_expr(d.adbin, d.adrelid) = 'clock_timestamp()' LOOP
      EXECUTE format('ALTER TABLE %s ALTER COLUMN %I SET DEFAULT held.clock_timestamp()', spot.of, spot.name);
    END LOOP;
    EXECUTE format('ALTER DATABASE %I SET search_path = held, pg_catalog, public', current_database());
  END $$`;

/** Holds the time of a database on which nothing runs yet. */
export const holdTime = async (connection: Connection): Promise<void> => {
  const client = new pg.Client(connection);
  await client.connect();
  try {
    await client.query(HOLD);
  } finally {
    await client.end();
  }
};

/** Puts the clock of such a database at `now`, in ms. */
export const putTime = async (pool: Pick<pg.Pool, 'query'>, now: number): Promise<void> => {
  await pool.query({
    name: 'put-time',
    text: 'UPDATE held.time SET at = $1',
    values: [new Date(now).toISOString()],
  });
};
