import { Client } from 'pg';
import { expect, it } from 'vitest';
import type { TestConnection } from './administer.ts';
import { cloneDatabase } from './database.ts';

it('two clones are databases of their own, and a dropped one is gone', async () => {
  const [one, other] = [await cloneDatabase(), await cloneDatabase()];
  await run(one.connection, 'create table only_here (id int)');
  await expect(run(other.connection, 'select from only_here')).rejects.toThrow(/does not exist/);
  await one.drop();
  await other.drop();
  await expect(run(one.connection, 'select 1')).rejects.toThrow(/does not exist/);
});

async function run(connection: TestConnection, sql: string): Promise<void> {
  const client = new Client(connection);
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
