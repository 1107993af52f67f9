import { Client } from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { connect, createRoom, done, enrol, type Person, say, setUpSchool } from '../raw/person.ts';
import { uuidv7 } from '../raw/uuid.ts';
import { makeFolder } from './folder.ts';
import { type SharedPostgres, startPostgres } from './postgres.ts';
import { type ServerProcess, startServer } from './server.ts';

const folder = makeFolder('still');
let postgres: SharedPostgres;
const servers: ServerProcess[] = [];
let helena: Person;

const start = async (): Promise<ServerProcess> => {
  const server = await startServer({
    dataDir: `${folder.path}/data`,
    databaseUrl: postgres.url,
    masterKeyFile: `${folder.path}/master.key`,
    env: { RECREIO_PRODUCTION: '1', RECREIO_QUOTA_FACTOR: '1000', LOG_LEVEL: 'warn' },
  });
  servers.push(server);
  return server;
};

beforeAll(async () => {
  postgres = await startPostgres();
  const first = await start();
  helena = await setUpSchool(first.url, first.setUpToken ?? '');
  await start();
});
afterAll(async () => {
  for (const server of servers) await server.stop();
  await postgres.stop();
  folder.remove();
});

test.each([4, 12])(
  '[D27] a server that was stopped for %i s sends nothing to a session that ended meanwhile, and everything to the others',
  async (seconds) => {
    const [stopped, other] = servers;
    if (!stopped || !other) throw new Error('two servers run');
    const [ana, bruno] = [
      await enrol(other.url, helena, { name: 'Ana' }),
      await enrol(other.url, helena, { name: 'Bruno' }),
    ];
    const room = await createRoom(other.url, helena);
    for (const { account } of [ana, bruno])
      await done(other.url, helena, 'members.add', { room, account, role: 'member', clientId: uuidv7() });
    const [hers, his] = [(await connect(stopped.url, ana)).socket, (await connect(stopped.url, bruno)).socket];
    for (const socket of [hers, his]) {
      await socket.subscribe(room);
      await say(other.url, helena, room, 'antes');
      await socket.until(({ t, events }) => t === 'events' && JSON.stringify(events).includes('antes'));
    }

    stopped.kill('SIGSTOP');
    await done(other.url, ana, 'accounts.revokeSession', { session: ana.session });
    await say(other.url, helena, room, 'segredo');
    const began = await postgres.query('SELECT clock_timestamp() AS at');
    const since = async (): Promise<number> => {
      const [row] = (await postgres.query(
        `SELECT extract(epoch FROM clock_timestamp() - '${(began[0] as { at: Date }).at.toISOString()}'::timestamptz)::float8 AS s`,
      )) as { s: number }[];
      return row?.s ?? 0;
    };
    await expect.poll(since, { timeout: 60_000, interval: 250 }).toBeGreaterThan(seconds);
    const [herFrames, hisFrames] = [hers.frames.length, his.frames.length];
    expect([hers.closed, his.closed]).toEqual([null, null]);
    // It cannot learn yet whose sessions ended, while all else can be read: so it says nothing to anybody
    const holder = new Client({ connectionString: postgres.url, application_name: 'judge' });
    await holder.connect();
    await holder.query('BEGIN');
    await holder.query('LOCK TABLE revocation IN ACCESS EXCLUSIVE MODE');
    const held = await since();
    stopped.kill('SIGCONT');
    await expect.poll(since, { timeout: 10_000, interval: 100 }).toBeGreaterThan(held + 1.5);
    expect([hers.frames.length, his.frames.length]).toEqual([herFrames, hisFrames]);
    await holder.query('ROLLBACK');
    await holder.end();

    await expect.poll(() => hers.closed?.code, { timeout: 5_000 }).toBe(4401);
    expect(hers.frames.slice(herFrames)).toEqual([]);
    await his.until(({ t, events }) => t === 'events' && JSON.stringify(events).includes('segredo'));
    expect(his.frames.length).toBeGreaterThan(hisFrames);
    his.socket.terminate();
  },
);
