import { join } from 'node:path';
import { busContract } from '@recreio/core/testing/contracts/bus.ts';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { openWire, type Wire } from '../../testing/wire.ts';
import { openSchoolhouse, type Schoolhouse } from '../../testing/world.ts';
import { notifyBus } from './notify.ts';

let house: Schoolhouse;
let wire: Wire;
beforeAll(async () => {
  house = await openSchoolhouse();
  wire = await openWire(target);
});
afterAll(async () => {
  await wire.close();
  await house.close();
});

const target = () => {
  const { host = '127.0.0.1', port = 5432 } = house.connection;
  return host.startsWith('/') ? { path: join(host, `.s.PGSQL.${port}`) } : { host, port };
};
const BEAT_MS = 300;
const connection = () => ({ ...house.connection, host: '127.0.0.1', port: wire.port });

busContract('NOTIFY', () => ({
  open: notifyBus(connection, BEAT_MS),
  faults: {
    cut: () => wire.cut(),
    mend: () => wire.mend(),
    garbage: async (text) => void (await house.pool.query('SELECT pg_notify($1, $2)', ['recreio', text])),
  },
}));

const listeners = async (): Promise<number> => {
  const { rows } = await house.pool.query(
    "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND query ~ 'LISTEN|pg_notify' AND pid <> pg_backend_pid()",
  );
  return rows.length;
};

test('[D20] a line on which nothing arrives any more is noticed, though nobody closed it, and leaves no connection behind', async () => {
  const troubles: Error[] = [];
  let ups = 0;
  const bus = notifyBus(
    connection,
    BEAT_MS,
  )({
    node: 'one',
    heard: () => undefined,
    up: () => {
      ups += 1;
    },
    trouble: (error) => troubles.push(error),
  });
  await vi.waitFor(() => expect(ups).toBe(1));
  wire.swallow();
  await vi.waitFor(() => expect(bus.isUp()).toBe(false), { timeout: 10_000 });
  expect(troubles.map(({ message }) => message)).toEqual([expect.stringContaining('do not arrive')]);
  wire.mend();
  await vi.waitFor(() => expect(ups).toBe(2), { timeout: 15_000 });
  await vi.waitFor(async () => expect(await listeners()).toBe(1), { timeout: 10_000 });
  await bus.close();
  await vi.waitFor(async () => expect(await listeners()).toBe(0));
});

test('[D20] a connection that cannot listen is closed again, each time, and said once', async () => {
  let tries = 0;
  // The statement arrives as one that the server refuses, as a standby refuses LISTEN
  const refusing = await openWire(target, (bytes) => {
    const at = bytes.indexOf('LISTEN recreio');
    if (at < 0) return bytes;
    tries += 1;
    return Buffer.concat([bytes.subarray(0, at), Buffer.from('LISTEN 0'), bytes.subarray(at + 8)]);
  });
  const troubles: Error[] = [];
  const bus = notifyBus(() => ({ ...house.connection, host: '127.0.0.1', port: refusing.port }))({
    node: 'one',
    heard: () => undefined,
    up: () => undefined,
    trouble: (error) => troubles.push(error),
  });
  await vi.waitFor(() => expect(tries).toBe(3), { timeout: 20_000 });
  expect(bus.isUp()).toBe(false);
  expect(troubles.map(({ message }) => message)).toEqual([expect.stringContaining('trailing junk')]);
  await bus.close();
  await vi.waitFor(async () => expect(await listeners()).toBe(0), { timeout: 10_000 });
  await refusing.close();
});
