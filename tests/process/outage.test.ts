import { request } from 'node:http';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openWire, type Wire } from '../../packages/server/src/testing/wire.ts';
import { as, connect, createRoom, done, type Person, say, setUpSchool } from '../raw/person.ts';
import { NotUpgraded, RawSocket } from '../raw/socket.ts';
import { uuidv7 } from '../raw/uuid.ts';
import { makeFolder } from './folder.ts';
import { type SharedPostgres, startPostgres } from './postgres.ts';
import { type ServerProcess, startServer } from './server.ts';

const folder = makeFolder('outage');
let postgres: SharedPostgres;
let wire: Wire;
let server: ServerProcess;
let helena: Person;
let room: string;

beforeAll(async () => {
  postgres = await startPostgres();
  wire = await openWire(() => postgres.socket);
  server = await startServer({
    dataDir: `${folder.path}/data`,
    databaseUrl: postgres.over(wire.port),
    masterKeyFile: `${folder.path}/master.key`,
    env: {
      RECREIO_PRODUCTION: '1',
      RECREIO_QUOTA_FACTOR: '1000',
      MAX_SOCKETS: '12',
      MAX_SOCKETS_PER_PERSON: '3',
    },
  });
  helena = await setUpSchool(server.url, server.setUpToken ?? '');
  room = await createRoom(server.url, helena);
});
beforeEach(() => wire.mend());
afterAll(async () => {
  await server.stop();
  await wire.close();
  await postgres.stop();
  folder.remove();
});

const message = (body: string) => ({ room, clientId: uuidv7(), body });

let lastId = 1_000;

/** A command over a socket, answered within the time that the contract gives, and a little. */
const ask = async (socket: RawSocket, command: string, input: object) => {
  const id = (lastId += 1);
  socket.send({ t: 'do', id, command, input });
  return await socket.until((frame) => (frame.t === 'done' || frame.t === 'refused') && frame.id === id, 12_000);
};

describe.each([
  ['that is swallowed by the network', () => wire.swallow()],
  ['that refuses connections', () => wire.cut()],
])('[D30] a database %s', (_how, fail) => {
  test('fails commands within 10 s as retryable, keeps sockets, and is used again within 10 s, without a restart', async () => {
    const { socket } = await connect(server.url, helena);
    expect((await socket.subscribe(room)).t).toBe('subscribed');
    const said = server.output().length;
    fail();
    const begun = performance.now();
    const lost = message(`na queda ${uuidv7()}`);
    const [overSocket, reading, overHttp] = await Promise.all([
      ask(socket, 'messages.send', lost),
      ask(socket, 'messages.page', { room, limit: 10 }),
      as(server.url, helena, 'messages.send', message('na queda, por HTTP')),
    ]);
    expect(performance.now() - begun).toBeLessThan(10_000);
    for (const { problem } of [overSocket, reading]) {
      expect(problem?.code).toBe('unavailable');
      expect(problem?.retry).toBe('later');
    }
    expect([overHttp.status, overHttp.body.code]).toEqual([503, 'unavailable']);
    const ready = await fetch(`${server.url}/readyz`);
    expect([ready.status, ((await ready.json()) as { checks: object }).checks]).toEqual([
      503,
      expect.objectContaining({ database: 'failing' }),
    ]);
    expect((await fetch(`${server.url}/livez`)).status).toBe(200);

    wire.mend();
    const mended = performance.now();
    // As a client does: the same again, until it is answered
    for (let answer = overSocket; answer.t !== 'done'; answer = await ask(socket, 'messages.send', lost))
      expect(performance.now() - mended).toBeLessThan(10_000);
    expect(socket.closed).toBeNull();
    const page = await done(server.url, helena, 'messages.page', { room, limit: 50 });
    expect(page.messages?.filter(({ body }) => body === lost.body)).toHaveLength(1);
    // The same stream goes on, on the same socket
    await socket.until((frame) => frame.t === 'events' && JSON.stringify(frame.events).includes(lost.clientId));
    // Told once each way, not once for each who noticed
    const told = (state: string) => server.output().slice(said).split(`"state":"${state}"`).length - 1;
    await expect.poll(() => told('back'), { timeout: 10_000 }).toBe(1);
    expect(told('away')).toBe(1);
    socket.socket.terminate();
  });
});

describe('[D32] letting people in', () => {
  test('one person has so many sockets; the next is told to come back later', async () => {
    const sockets = await Promise.all([1, 2, 3].map(async () => (await connect(server.url, helena)).socket));
    const { ticket } = await done(server.url, helena, 'accounts.ticket', {});
    const fourth = await RawSocket.open(server.url);
    fourth.send({ t: 'hello', protocol: 1, ticket });
    const told = await fourth.until(({ t }) => t === 'problem');
    expect([told.problem?.code, told.problem?.retry]).toEqual(['rate-limited', 'later']);
    await expect.poll(() => fourth.closed?.code).toBe(4029); // of those that mean: come back
    sockets[0]?.socket.close();
    await expect
      .poll(async () => {
        const again = await connect(server.url, helena).catch(() => null);
        again?.socket.socket.close();
        return again?.welcome.t;
      })
      .toBe('welcome');
    for (const { socket } of sockets) socket.terminate();
  });

  test('beyond the sockets of a process an upgrade is answered with 503 and a time, before anything is read', async () => {
    await say(server.url, helena, room, 'o banco está aí');
    const silent: RawSocket[] = [];
    await expect
      .poll(async () => {
        const opened = await RawSocket.open(server.url).catch((error: unknown) => error);
        if (opened instanceof RawSocket) silent.push(opened);
        return opened;
      })
      .toEqual(new NotUpgraded(503));
    expect(silent.length).toBeLessThanOrEqual(12);
    wire.swallow();
    const times = new Set<string | null>();
    for (let i = 0; i < 20; i++) {
      const answer = await upgrade();
      expect(answer.status).toBe(503);
      times.add(answer.retryAfter);
    }
    expect(times.size).toBeGreaterThan(1);
    for (const time of times) expect(Number(time)).toBeGreaterThanOrEqual(2);
    for (const { socket } of silent) socket.terminate();
  });
});

/** What an upgrade with a cookie, whose session would have to be looked up, is answered with; in good time, or not at all. */
const upgrade = async (): Promise<{ status: number; retryAfter: string | null }> => {
  return await new Promise((resolve, reject) => {
    const asked = request(`${server.url}/socket`, {
      headers: {
        connection: 'Upgrade',
        upgrade: 'websocket',
        origin: `http://localhost:${server.port}`,
        cookie: `recreio-dev=${'a'.repeat(43)}`,
        'sec-websocket-protocol': 'recreio.v1',
        'sec-websocket-version': '13',
        'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
      },
      timeout: 1_000,
    });
    asked.on('response', ({ statusCode, headers }) =>
      resolve({ status: statusCode ?? 0, retryAfter: headers['retry-after'] ?? null }),
    );
    asked.on('upgrade', () => reject(new Error('it was let in')));
    asked.on('timeout', () => reject(new Error('it was not answered at once')));
    asked.on('error', reject);
    asked.end();
  });
};
