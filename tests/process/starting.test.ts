import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { request } from 'node:http';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, describe, expect, test } from 'vitest';
import { ask } from '../raw/http.ts';
import { as, connect, createRoom, done, enrol, say, setUpSchool, signIn } from '../raw/person.ts';
import { uuidv7 } from '../raw/uuid.ts';
import { makeFolder } from './folder.ts';
import { startPostgres } from './postgres.ts';
import { type Starting, startServer } from './server.ts';

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close();
});

/** A folder, and servers that end with the test. */
const town = () => {
  const folder = makeFolder('starting');
  closing.push(folder.remove);
  const start = async (more: Partial<Starting> = {}) => {
    const server = await startServer({
      dataDir: join(folder.path, 'data'),
      masterKeyFile: join(folder.path, 'master.key'),
      ...more,
      env: { RECREIO_PRODUCTION: '1', RECREIO_QUOTA_FACTOR: '1000', ...more.env },
    });
    closing.push(server.stop);
    return server;
  };
  return { folder, start };
};

const sharedPostgres = async () => {
  const postgres = await startPostgres();
  closing.push(postgres.stop);
  return postgres;
};

describe('[lifecycle] the first start', () => {
  test('of two servers at once on one empty database brings both up, and either one’s set-up link works', async () => {
    const { url } = await sharedPostgres();
    const { start } = town();
    const [one, other] = await Promise.all([start({ databaseUrl: url }), start({ databaseUrl: url })]);
    const tokens = [one.setUpToken, other.setUpToken];
    for (const token of tokens)
      expect((await ask(other.url, 'POST', '/api/links/read', { body: { token } })).status).toBe(200);
    const helena = await setUpSchool(one.url, other.setUpToken ?? '');
    const room = await createRoom(one.url, helena);
    const { id } = await say(one.url, helena, room, 'aqui e lá');
    const page = await done(other.url, helena, 'messages.page', { room, limit: 5 });
    expect(page.messages?.map((message) => [message.id, message.body])).toEqual([[id, 'aqui e lá']]);
    // The one that was not used has ended with it
    expect((await ask(one.url, 'POST', '/api/links/read', { body: { token: one.setUpToken } })).status).toBe(410);
  });

  test('where the port is taken says so, naming the setting, before any database is made', async () => {
    const squatter = createServer().listen(0, '127.0.0.1');
    await once(squatter, 'listening');
    closing.push(() => squatter.close());
    const address = squatter.address();
    if (address === null || typeof address === 'string') throw new Error('a TCP server has a port');
    const { folder, start } = town();
    await expect(start({ port: address.port })).rejects.toThrow(/port \d+ of 127\.0\.0\.1 is taken.*PORT/su);
    expect(existsSync(join(folder.path, 'data'))).toBe(false);
    expect(existsSync(join(folder.path, 'master.key'))).toBe(false);
  });

  test('where nothing can be written says so, naming the setting', async () => {
    const { start } = town();
    await expect(start({ dataDir: '/dev/null/data' })).rejects.toThrow(/\/dev\/null\/data: .*DATA_DIR/su);
  });
});

test('[health] a probe that asks by an address, under a name that is none of ours, is answered, and nothing else is', async () => {
  const server = await town().start();
  const by = (path: string) =>
    new Promise<number | undefined>((resolve, reject) => {
      const asked = request(`${server.url}${path}`, { headers: { host: '10.1.2.3:8080' } }, (answer) => {
        answer.resume();
        resolve(answer.statusCode);
      });
      asked.on('error', reject).end();
    });
  expect(await Promise.all(['/livez', '/readyz', '/startupz'].map(by))).toEqual([200, 200, 200]);
  expect(await by('/api/welcome')).toBe(421);
});

test('[D29] a server whose clock is off by an hour ends nothing earlier or later than another', async () => {
  const { url } = await sharedPostgres();
  const { start } = town();
  const preload = pathToFileURL(join(import.meta.dirname, 'clock-off.mjs')).href;
  const ahead = { NODE_OPTIONS: `--import ${preload}`, CLOCK_OFF_MS: String(3_600_000) };
  const right = await start({ databaseUrl: url });
  const wrong = await start({ databaseUrl: url, env: ahead });
  const saysItIs = Date.parse(/"time":"([^"]+)"/u.exec(wrong.output())?.[1] ?? '');
  expect(saysItIs - Date.now()).toBeGreaterThan(3_000_000); // the premise
  const helena = await setUpSchool(right.url, right.setUpToken ?? '');
  const ana = await enrol(wrong.url, helena, { name: 'Ana' });
  const room = await createRoom(wrong.url, helena);
  await done(wrong.url, helena, 'members.add', { room, account: ana.account, role: 'member', clientId: uuidv7() });

  // A ticket lives 30 s, a session 30 days: both are alive on both, whoever made them
  expect((await connect(right.url, ana)).welcome.t).toBe('welcome');
  expect((await connect(wrong.url, ana)).welcome.t).toBe('welcome');
  const session = await signIn(wrong.url, ana.email, ana.password);
  expect((await connect(right.url, session)).welcome.t).toBe('welcome');

  // Some seconds of silence hold on both, whoever gave them, and end on both: by the database's clock
  const trying = async (server: { readonly url: string }) =>
    (await as(server.url, ana, 'messages.send', { room, clientId: uuidv7(), body: 'posso?' })).status;
  for (const giver of [right, wrong]) {
    const begun = performance.now();
    const mute = { room, account: ana.account, clientId: uuidv7(), reason: 'ensaio', seconds: 4 };
    await done(giver.url, helena, 'members.mute', mute);
    expect([await trying(right), await trying(wrong)]).toEqual([403, 403]);
    expect(performance.now() - begun).toBeLessThan(4_000); // the premise
    for (const server of [right, wrong]) await expect.poll(() => trying(server), { timeout: 8_000 }).toBe(200);
    expect(performance.now() - begun).toBeGreaterThan(3_900);
  }
  const at = async (server: { readonly url: string }) =>
    Date.parse(String((await say(server.url, helena, room, 'que horas são?')).at));
  expect(Math.abs((await at(wrong)) - (await at(right)))).toBeLessThan(60_000);
});
