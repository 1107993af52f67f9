import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openWire } from '../../packages/server/src/testing/wire.ts';
import { connect, createRoom, done, type Person, setUpSchool } from '../raw/person.ts';
import { NotUpgraded, RawSocket } from '../raw/socket.ts';
import { uuidv7 } from '../raw/uuid.ts';
import { makeFolder } from './folder.ts';
import { type SharedPostgres, startPostgres } from './postgres.ts';
import { type ServerProcess, startServer } from './server.ts';

const folder = makeFolder('ending');
let postgres: SharedPostgres;
let helena: Person;
const running = new Set<ServerProcess>();

const start = async (databaseUrl = postgres.url): Promise<ServerProcess> => {
  const server = await startServer({
    dataDir: `${folder.path}/data`,
    databaseUrl,
    masterKeyFile: `${folder.path}/master.key`,
    env: { RECREIO_PRODUCTION: '1', RECREIO_QUOTA_FACTOR: '1000' },
  });
  running.add(server);
  void server.gone.then(() => running.delete(server));
  return server;
};

beforeAll(async () => {
  postgres = await startPostgres();
  const server = await start();
  helena = await setUpSchool(server.url, server.setUpToken ?? '');
  await server.stop();
});
afterAll(async () => {
  for (const server of running) await server.stop();
  await postgres.stop();
  folder.remove();
});

describe('[lifecycle] SIGTERM', () => {
  test('tells everybody when to come back, closes with 1012, and ends a server of a few people in two seconds', async () => {
    const server = await start();
    const sockets = await Promise.all([1, 2, 3].map(async () => (await connect(server.url, helena)).socket));
    const begun = performance.now();
    server.kill('SIGTERM');
    expect(await server.gone).toEqual({ code: 0, signal: null });
    expect(performance.now() - begun).toBeLessThan(3_000);
    for (const { frames, closed } of sockets) {
      const goodbyes = frames.filter(({ t }) => t === 'goaway');
      expect(goodbyes).toHaveLength(1);
      expect(goodbyes[0]?.retryAfterMs).toBeGreaterThanOrEqual(0);
      expect(goodbyes[0]?.retryAfterMs).toBeLessThanOrEqual(15_000);
      expect(closed?.code).toBe(1012);
    }
  });

  test('what was sent before is answered, and what was answered is there after', async () => {
    const server = await start();
    const room = await createRoom(server.url, helena);
    const { socket } = await connect(server.url, helena);
    const sent = Array.from({ length: 25 }, (_, i) =>
      socket.do('messages.send', { room, clientId: uuidv7(), body: `antes do fim ${i}` }),
    );
    // The last is heard before the signal can be: its answer waits behind the others
    await Promise.race(sent);
    server.kill('SIGTERM');
    const answers = await Promise.all(sent);
    expect(answers.map(({ t }) => t)).toEqual(sent.map(() => 'done'));
    expect((await server.gone).code).toBe(0);
    const next = await start();
    const page = await done(next.url, helena, 'messages.page', { room, limit: 50 });
    const there = new Set(page.messages?.map(({ id }) => id));
    for (const { output } of answers) expect(there.has(String(output?.id))).toBe(true);
    await next.stop();
  });

  test('nobody is let in, and a load balancer is told', async () => {
    // Something is under way that does not end by itself: the database has stopped answering
    const wire = await openWire(() => postgres.socket);
    const server = await start(postgres.over(wire.port));
    const room = await createRoom(server.url, helena);
    const { socket } = await connect(server.url, helena);
    wire.swallow();
    const stuck = socket.do('messages.send', { room, clientId: uuidv7(), body: 'fica' }).catch(() => null);
    socket.send({ t: 'ping' });
    await socket.until(({ t }) => t === 'pong'); // heard behind the command
    server.kill('SIGTERM');
    await socket.until(({ t }) => t === 'goaway');
    const ready = await fetch(`${server.url}/readyz`);
    expect([ready.status, await ready.json()]).toEqual([503, { status: 'draining', checks: {} }]);
    expect((await fetch(`${server.url}/livez`)).status).toBe(200);
    await expect(RawSocket.open(server.url)).rejects.toThrow(new NotUpgraded(503));
    // One wish, however often npm and the terminal hand it on; the second one ends it
    server.kill('SIGTERM');
    const first = await Promise.race([server.gone.then(() => 'gone'), pause(1_100, 'there')]);
    expect(first).toBe('there');
    const asked = performance.now();
    server.kill('SIGTERM');
    expect((await server.gone).code).toBe(1);
    expect(performance.now() - asked).toBeLessThan(1_000);
    expect(await stuck).toBeNull();
    await wire.close();
  });
});
