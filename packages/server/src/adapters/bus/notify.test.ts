import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { busContract, type OpenBus } from '@recreio/core/testing/contracts/bus.ts';
import { openSchoolhouse, type Schoolhouse } from '../../testing/world.ts';
import { notifyBus } from './notify.ts';

let house: Schoolhouse;
const troubles: Error[] = [];
beforeAll(async () => {
  house = await openSchoolhouse();
});
afterAll(() => house.close());

const open: OpenBus = (node, heard) =>
  notifyBus({ connection: () => house.connection, node, heard, trouble: (error) => troubles.push(error) });

busContract('NOTIFY', open);

test('[S66] a message that cannot be understood, or not be taken, is trouble and nothing more', async () => {
  const heard: object[] = [];
  const bus = await open('one', (message) => {
    if ('w' in message) throw new TypeError('a whisper of another release');
    heard.push(message);
  });
  const before = troubles.length;
  await house.pool.query("NOTIFY recreio, 'not JSON'");
  await house.pool.query('NOTIFY recreio, \'{"n":"two","w":"?"}\'');
  await house.pool.query('NOTIFY recreio, \'{"n":"two","rooms":[]}\'');
  await vi.waitFor(() => expect(heard).toHaveLength(1));
  expect(troubles.slice(before).map(({ name }) => name)).toEqual(['SyntaxError', 'TypeError']);
  await bus.close();
});

test('[D20] a connection that is lost comes back by itself, and what was told meanwhile is only late', async () => {
  const heard: object[] = [];
  const [one, two] = [await open('one', () => undefined), await open('two', (message) => heard.push(message))];
  one.publish({ rooms: [['sala', 1]] });
  await vi.waitFor(() => expect(heard).toHaveLength(1));
  const { rows } = await house.pool.query(
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND query ILIKE 'LISTEN%'",
  );
  expect(rows.length).toBeGreaterThan(0);
  await vi.waitFor(() => expect(troubles.length).toBeGreaterThan(0));
  await vi.waitFor(
    () => {
      one.publish({ rooms: [['sala', 2]] });
      expect(heard.length).toBeGreaterThan(1);
    },
    { timeout: 10_000, interval: 100 },
  );
  await one.close();
  await two.close();
});
