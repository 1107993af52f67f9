import { Client } from 'pg';

/** How to reach a database; what `pg.Pool` and `pg.Client` take. */
export type TestConnection = { host: string; port?: number; user: string; password?: string; database: string };

/** Runs one statement that concerns databases, from outside of the one concerned. */
export async function administer(connection: TestConnection, sql: string): Promise<void> {
  const client = new Client({ ...connection, database: 'postgres' });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
