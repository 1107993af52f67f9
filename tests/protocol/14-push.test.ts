import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Folder, makeFolder } from '../process/folder.ts';
import { type SharedPostgres, startPostgres } from '../process/postgres.ts';
import { type ServerProcess, startServer } from '../process/server.ts';
import { as, createRoom, done as doneAt, enrol, type Person, say, setUpSchool, signIn } from '../raw/person.ts';
import { openPushService, type PushService } from '../raw/push-service.ts';
import { uuidv7 } from '../raw/uuid.ts';

// A school of its own: it is killed, and lets push services be on this machine
let folder: Folder;
let postgres: SharedPostgres;
let server: ServerProcess;
let service: PushService;
let helena: Person;
let ana: Person;

const start = (port = 0) =>
  startServer({
    port,
    dataDir: `${folder.path}/data`,
    databaseUrl: postgres.url,
    masterKeyFile: `${folder.path}/keys/master.key`,
    env: { RECREIO_PUSH_LOCAL: '1', RECREIO_QUOTA_FACTOR: '1000', LOG_LEVEL: 'debug' },
  });
const done = (person: Person, name: string, input: Readonly<Record<string, unknown>>) =>
  doneAt(server.url, person, name, input);
const codeOf = async (person: Person, name: string, input: Readonly<Record<string, unknown>>) =>
  (await as(server.url, person, name, input)).body.code ?? 'done';
const decide = async (push: 'off' | 'places' | 'words') => {
  const { version } = await done(helena, 'school.get', {});
  await done(helena, 'school.update', { version, policies: { push } });
};
const mention = (room: string, body: string) => say(server.url, helena, room, body, { mentions: [ana.account] });

beforeAll(async () => {
  folder = makeFolder('push');
  [postgres, service] = await Promise.all([startPostgres(), openPushService()]);
  server = await start();
  helena = await setUpSchool(server.url, server.setUpToken ?? '');
  ana = await enrol(server.url, helena, { name: 'Ana', minor: false });
});
afterAll(async () => {
  await server.stop();
  await service.close();
  await postgres.stop();
  folder.remove();
});

it('[R110] devices are taken where the school says so, bound to their session, and told to nobody', async () => {
  const { subscription } = service.browser();
  expect(await codeOf(ana, 'push.key', {})).toBe('not-allowed');
  expect(await codeOf(ana, 'push.subscribe', subscription)).toBe('not-allowed');
  await decide('places');
  const { key } = await done(ana, 'push.key', {});
  expect(Buffer.from(String(key), 'base64url')).toHaveLength(65);
  expect((await done(helena, 'push.key', {})).key).toBe(key);
  for (const endpoint of [
    'https://10.0.0.1/a',
    'http://push.escola.net/a',
    'https://router.local/a',
    'nada, nada, nada',
  ])
    expect(await codeOf(ana, 'push.subscribe', { ...subscription, endpoint })).toBe('malformed');
  expect(await codeOf(ana, 'push.subscribe', { ...subscription, auth: 'curto' })).toBe('malformed');

  const other = { ...ana, ...(await signIn(server.url, ana.email, ana.password)) };
  const mine = await done(other, 'push.subscribe', subscription);
  expect(mine).toMatchObject({ service: new URL(service.url).host, current: true, reachedAt: null });
  expect(JSON.stringify(await done(ana, 'push.devices', {}))).not.toContain(new URL(subscription.endpoint).pathname);
  expect((await done(ana, 'push.devices', {})).devices).toMatchObject([{ id: mine.id, current: false }]);
  await done(helena, 'push.unsubscribe', { device: mine.id });
  expect((await done(ana, 'push.devices', {})).devices).toHaveLength(1);
  await done(ana, 'accounts.revokeSession', { session: other.session });
  expect((await done(ana, 'push.devices', {})).devices).toEqual([]);
  // Nor does a log say where a browser is reached
  expect(server.output()).not.toContain(new URL(subscription.endpoint).pathname);
});

it('[R111] [R112] [D28] killed between commit and push it comes all the same, in one notification, sealed and signed', async () => {
  const browser = service.browser();
  await done(ana, 'push.subscribe', browser.subscription);
  const room = await createRoom(server.url, helena, { title: 'Frações' });
  await done(helena, 'members.add', { room, account: ana.account, clientId: uuidv7() });
  await mention(room, 'o segredo, @Ana');
  const [first] = await service.until(browser, 1);
  expect(first?.note).toMatchObject({ v: 1, tag: `sala:${room}`, title: 'Frações', room, read: [], calls: 1 });
  expect(JSON.stringify(first?.note)).not.toMatch(/segredo|Helena/);

  // It was acknowledged, and nobody could have sent it yet
  const another = await createRoom(server.url, helena, { title: 'Potências' });
  await done(helena, 'members.add', { room: another, account: ana.account, clientId: uuidv7() });
  const { seq } = await mention(another, 'e agora, @Ana?');
  server.kill('SIGKILL');
  await server.gone;
  expect(browser.pushed).toHaveLength(1);
  server = await start(server.port);
  const pushed = await service.until(browser, 2);
  expect(pushed[1]?.note).toMatchObject({ tag: `sala:${another}`, seq, calls: 2 });
  expect(pushed[1]?.headers['topic']).not.toBe(first?.headers['topic']);

  await decide('off');
  expect((await done(ana, 'push.devices', {})).devices).toEqual([]);
});
