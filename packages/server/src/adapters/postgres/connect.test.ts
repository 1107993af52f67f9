import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openSchoolhouse, type Schoolhouse } from '../../testing/world.ts';
import { type Connection, isAway, openClient } from './connect.ts';

let house: Schoolhouse;
beforeAll(async () => {
  house = await openSchoolhouse();
});
afterAll(() => house.close());

/** A wire to the database that can freeze: what is sent is taken, and nothing comes back. */
const wire = async (): Promise<{ connection: Connection; freeze(): void; server: Server }> => {
  const ends: Socket[] = [];
  let isFrozen = false;
  const { host = '', port = 5432 } = house.connection;
  const server = createServer((near) => {
    const far = host.startsWith('/') ? connect(`${host}/.s.PGSQL.${port}`) : connect(port, host);
    ends.push(near, far);
    for (const end of [near, far]) end.on('error', () => end.destroy());
    near.on('data', (part) => !isFrozen && far.write(part));
    far.on('data', (part) => !isFrozen && near.write(part));
    near.on('close', () => far.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    connection: { ...house.connection, host: '127.0.0.1', port: address.port },
    freeze: () => {
      isFrozen = true;
    },
    server,
  };
};

test('[D30] a database that says nothing any more is away: what was asked fails in time, on a connection and on a new one', async () => {
  const { connection, freeze, server } = await wire();
  const silence = { connectMs: 200, queryMs: 200 };
  const broke: Error[] = [];
  const client = await openClient(connection, (error) => broke.push(error), true, silence);
  expect((await client.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }]);
  freeze();
  const errors = await Promise.all(
    ['SELECT 1', 'COMMIT'].map((text) =>
      client.query(text).then(
        () => null,
        (error: unknown) => error,
      ),
    ),
  );
  expect(errors.map(isAway)).toEqual([true, true]);
  const again = await openClient(connection, () => undefined, true, silence).then(
    () => null,
    (error: unknown) => error,
  );
  expect(isAway(again)).toBe(true);
  server.close();
});
