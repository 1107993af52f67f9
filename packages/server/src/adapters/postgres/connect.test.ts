import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { StorageFull, Unavailable } from '@recreio/core';
import { openSchoolhouse, type Schoolhouse } from '../../testing/world.ts';
import { all } from './all.ts';
import { type Connection, isAway, openClient, openPool } from './connect.ts';
import { asUnavailable } from './memory.ts';

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

/** An error of the database with an SQLSTATE. */
const refusal = (code: string): Error => Object.assign(new Error('refused'), { code });

test.each([
  ['08006', 'the connection failed'],
  ['57P01', 'the server is ending'],
  ['57P03', 'the server is starting'],
  ['53300', 'the server has no connection left'],
  ['53200', 'the server has no memory left'],
  ['57014', 'the statement took too long'],
  ['25P03', 'the transaction waited too long'],
  ['58030', 'the server cannot read its files'],
])('[D30] SQLSTATE %s, %s, is answered as unavailable, to be tried again', (code) => {
  expect(isAway(refusal(code))).toBe(true);
  expect(asUnavailable(refusal(code))).toBeInstanceOf(Unavailable);
});

test('[D31] SQLSTATE 53100 is answered as storage-full; 23505 and what is a bug stay what they are', () => {
  expect(asUnavailable(refusal('53100'))).toBeInstanceOf(StorageFull);
  for (const error of [refusal('23505'), refusal('42703'), new TypeError('a bug')])
    expect(asUnavailable(error)).toBe(error);
});

test('[D31] of a pipe that failed, the cause is told, not that the rest was given up', async () => {
  const cause = refusal('53100');
  await expect(
    all([
      Promise.resolve(1),
      Promise.reject(refusal('25P02')),
      Promise.reject(cause),
      Promise.reject(refusal('25P02')),
    ]),
  ).rejects.toBe(cause);
});

test('[D32] two hundred may wait for a connection of the pool; the next is refused at once', async () => {
  const pool = openPool(house.connection, 1, () => undefined);
  const held = await pool.connect();
  const waiting = Array.from({ length: 200 }, () => pool.query('SELECT 1 AS one'));
  const begun = performance.now();
  const refused = await Promise.allSettled([pool.query('SELECT 1'), pool.connect()]);
  expect(performance.now() - begun).toBeLessThan(500);
  for (const result of refused) expect(result.status === 'rejected' && isAway(result.reason)).toBe(true);
  held.release();
  expect(await Promise.all(waiting)).toHaveLength(200);
  await pool.end();
});
