/** Numbered SQL files, applied once each, in order, under a lock that only one server holds. */
import { readdir, readFile } from 'node:fs/promises';
import { createHash } from 'node:crypto';
import type pg from 'pg';
import type { Queryable } from './connect.ts';

/** Where the files lie: `0001_name.sql`, … */
const FOLDER = new URL('../../../migrations/', import.meta.url);

/** Any constant: the key of the advisory lock that migrations run under. */
const LOCK = 7_221_001;

/** A migration that was applied differs from its file, or is unknown to this release: it must not run on this database. */
export class MigrationMismatch extends Error {
  override readonly name = 'MigrationMismatch';
}

const digest = (sql: string): string => createHash('sha256').update(sql).digest('hex');

/** The migrations of this release. */
export const migrations = async (): Promise<{ readonly name: string; readonly sql: string }[]> => {
  const names = (await readdir(FOLDER)).filter((name) => /^\d{4}_[a-z_]+\.sql$/u.test(name)).sort();
  return await Promise.all(names.map(async (name) => ({ name, sql: await readFile(new URL(name, FOLDER), 'utf8') })));
};

/** Whether the schema is exactly that of this release: nothing is missing, and nothing is of a newer one. */
export const isMigrated = async (db: Queryable): Promise<boolean> => {
  const known = await db.query<{ there: boolean }>("SELECT to_regclass('migration') IS NOT NULL AS there");
  if (!known.rows[0]?.there) return false;
  const { rows } = await db.query<{ name: string }>('SELECT name FROM migration ORDER BY name');
  const files = await migrations();
  return rows.length === files.length && files.every(({ name }, index) => rows[index]?.name === name);
};

/** A migration, and waiting for another server's, may take as long as it takes: a day, in ms. */
const PATIENT = { query_timeout: 24 * 60 * 60 * 1000 };

/** Rejects, with PostgreSQL's reason, where the migrations could not make their tables and schemas; nothing stays of the attempt. */
export const tryTables = async (pool: pg.Pool): Promise<void> => {
  const client = await pool.connect();
  try {
    await client.query('BEGIN');
    await client.query('CREATE TABLE recreio_attempt ()');
    await client.query('CREATE SCHEMA recreio_attempt');
    await client.query('ROLLBACK');
  } finally {
    // After a refusal the transaction is still open: it ends with the connection
    client.release(true);
  }
};

/** Brings the schema to this release; returns the names of what was applied. Each file is one transaction. */
export const migrate = async (pool: pg.Pool): Promise<string[]> => {
  const client = await pool.connect();
  try {
    await client.query('SET statement_timeout = 0');
    await client.query('SET lock_timeout = 0');
    await client.query({ text: 'SELECT pg_advisory_lock($1)', values: [LOCK], ...PATIENT });
    try {
      await client.query(
        'CREATE TABLE IF NOT EXISTS migration (name text PRIMARY KEY, digest text NOT NULL, at timestamptz NOT NULL DEFAULT clock_timestamp())',
      );
      const { rows } = await client.query<{ name: string; digest: string }>('SELECT name, digest FROM migration');
      const done = new Map(rows.map((row) => [row.name, row.digest]));
      const files = await migrations();
      const known = new Set(files.map((file) => file.name));
      for (const name of done.keys()) {
        if (!known.has(name))
          throw new MigrationMismatch(
            `the database has the migration ${name}, which this release does not know; start the newer release`,
          );
      }
      const applied: string[] = [];
      for (const { name, sql } of files) {
        const before = done.get(name);
        if (before === digest(sql)) continue;
        if (before !== undefined) throw new MigrationMismatch(`the migration ${name} was applied in another form`);
        await client.query('BEGIN');
        try {
          await client.query({ text: sql, ...PATIENT });
          await client.query('INSERT INTO migration (name, digest) VALUES ($1, $2)', [name, digest(sql)]);
          await client.query('COMMIT');
        } catch (error) {
          await client.query('ROLLBACK');
          throw error;
        }
        applied.push(name);
      }
      return applied;
    } finally {
      await client.query('SELECT pg_advisory_unlock($1)', [LOCK]);
    }
  } finally {
    client.release(true);
  }
};
