import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { openPostbox, type Postbox } from '../raw/postbox.ts';
import { type Folder, makeFolder } from '../process/folder.ts';
import { type SharedPostgres, startPostgres } from '../process/postgres.ts';
import { type ServerProcess, startServer } from '../process/server.ts';
import { ask } from '../raw/http.ts';
import { createRoom, done as doneAt, enrol, type Person, say, setUpSchool } from '../raw/person.ts';
import { uuidv7 } from '../raw/uuid.ts';

// A school of its own: it is killed, and its messages are made older than they are
let folder: Folder;
let postgres: SharedPostgres;
let postbox: Postbox;
let server: ServerProcess;
let helena: Person;
let ana: Person;
let bruno: Person;

const start = (port = 0) =>
  startServer({
    port,
    dataDir: `${folder.path}/data`,
    databaseUrl: postgres.url,
    masterKeyFile: `${folder.path}/keys/master.key`,
    env: {
      SMTP_URL: postbox.url,
      MAIL_FROM: 'Escola <recreio@escola.example>',
      RECREIO_QUOTA_FACTOR: '1000',
      LOG_LEVEL: 'debug',
    },
  });
const done = (person: Person, name: string, input: Readonly<Record<string, unknown>>) =>
  doneAt(server.url, person, name, input);
const letters = ({ email } = ana) => postbox.letters.filter(({ to }) => to === email);
const arrived = (count: number, to = ana) =>
  vi.waitFor(() => expect(letters(to).length).toBeGreaterThanOrEqual(count), { timeout: 25_000, interval: 25 });
const anHourPasses = async () => {
  await postgres.query(`UPDATE message SET at = at - interval '1 hour'`);
  await postgres.query(`UPDATE escalation SET at = at - interval '1 hour'`);
};

beforeAll(async () => {
  folder = makeFolder('digest');
  [postgres, postbox] = await Promise.all([startPostgres(), openPostbox()]);
  server = await start();
  helena = await setUpSchool(server.url, server.setUpToken ?? '');
  ana = await enrol(server.url, helena, { name: 'Ana', minor: false });
  bruno = await enrol(server.url, helena, { name: 'Bruno', minor: false });
});
afterAll(async () => {
  await server.stop();
  await postbox.close();
  await postgres.stop();
  folder.remove();
});

// Two starts of a server
it('[R116] [R120] [D28] killed between commit and mail it comes all the same, of what was missed and of what is urgent; killed before the mail server’s word it comes again under one name', async () => {
  const { version, policies } = await done(helena, 'school.get', {});
  expect(policies).toMatchObject({ digest: 'off', digestAfterMs: 900_000 });
  await done(helena, 'school.update', { version, policies: { digest: 'places' } });
  const room = await createRoom(server.url, helena, { title: 'Frações' });
  await done(helena, 'members.add', { room, account: ana.account, clientId: uuidv7() });
  const { seq } = await say(server.url, helena, room, 'o segredo, @Ana', { mentions: [ana.account] });
  // Who has hushed the room missed nothing of it, and is told of what is urgent alone
  const urgent = await createRoom(server.url, helena, { title: 'Raízes' });
  await done(helena, 'members.add', { room: urgent, account: bruno.account, clientId: uuidv7() });
  await done(bruno, 'notifications.setRoom', { room: urgent, hush: { seconds: null } });
  const { seq: urgentSeq } = await say(server.url, helena, urgent, 'o segredo, @Bruno', {
    mentions: [bruno.account],
    urgent: true,
  });
  server.kill('SIGKILL');
  await server.gone;
  await anHourPasses();
  expect([letters(), letters(bruno)]).toEqual([[], []]);
  // Taken, and not said: the server dies waiting for the word
  postbox.holdBack(true);
  server = await start(server.port);
  await arrived(1);
  await arrived(1, bruno);
  server.kill('SIGKILL');
  await server.gone;
  postbox.holdBack(false);
  await postgres.query('UPDATE digest_mail SET leased_until = clock_timestamp()');
  await postgres.query('UPDATE escalation SET leased_until = clock_timestamp()');
  server = await start(server.port);
  await arrived(2);
  await arrived(2, bruno);
  const [first, second] = letters();
  expect(first?.header('message-id')).toMatch(/^<[\da-f-]{36}@[\w.]+>$/);
  expect(second?.header('message-id')).toBe(first?.header('message-id'));
  expect(second?.subject).toMatch(/uma mensagem espera por você|one message waits for you/);
  expect(second?.text).toContain(`/sala/${room}?m=${seq}`);
  for (const text of [second?.text, second?.html]) expect(text).not.toMatch(/segredo|Helena/);
  const [once, again] = letters(bruno);
  expect(again?.header('message-id')).toMatch(/^<[\da-f-]{36}@[\w.]+>$/);
  expect(again?.header('message-id')).toBe(once?.header('message-id'));
  expect(again?.subject).toMatch(/uma mensagem urgente espera por você|an urgent message waits for you/);
  expect(again?.text).toContain(`/sala/${urgent}?m=${urgentSeq}`);
  for (const text of [again?.text, again?.html]) expect(text).not.toMatch(/segredo|Helena/);
  await vi.waitFor(async () =>
    expect(await postgres.query("SELECT FROM escalation WHERE due_at IS NULL AND way = 'mail'")).toHaveLength(1),
  );
  await vi.waitFor(async () =>
    expect(await postgres.query('SELECT FROM digest_mail WHERE due_at IS NULL AND sent_at IS NOT NULL')).toHaveLength(
      1,
    ),
  );
}, 90_000);

it('[R117] one press in a mail program leaves, without a session and from anywhere; opening the address does not', async () => {
  const paceOf = async () => (await done(ana, 'accounts.me', {})).calm?.mail;
  const [letter] = letters();
  const [, address = ''] = /^<(.*)>$/.exec(letter?.header('list-unsubscribe') ?? '') ?? [];
  const { pathname } = new URL(address);
  const token = pathname.split('/').at(-1) ?? '';
  expect(token).toMatch(/^[\w-]{43}$/);
  const form = 'application/x-www-form-urlencoded';

  // A program that looks at what is behind addresses, an older mail program: to the page that asks, the token behind a number sign
  const opened = await ask(server.url, 'GET', pathname);
  expect([opened.status, opened.headers.get('location')]).toEqual([303, `/sem-emails#${token}`]);
  expect((await ask(server.url, 'POST', pathname, { type: form, body: 'a=b' })).status).toBe(400);
  expect((await ask(server.url, 'POST', pathname, { body: {} })).status).toBe(400);
  expect(await paceOf()).toBeUndefined();

  const press = (path: string) =>
    ask(server.url, 'POST', path, {
      type: form,
      body: 'List-Unsubscribe=One-Click',
      origin: 'https://mail.example',
      headers: { 'sec-fetch-site': 'cross-site' },
    });
  const forged = await press(pathname.replace(/.$/, (sign) => (sign === 'A' ? 'B' : 'A')));
  expect([forged.status, forged.body.code]).toEqual([404, 'not-found']);
  expect((await press(`${pathname}${'A'.repeat(40)}`)).body.code).toBe('not-found');
  expect(await paceOf()).toBeUndefined();
  const pressed = await press(pathname);
  expect([pressed.status, pressed.text, pressed.headers.get('set-cookie')]).toEqual([200, '', null]);
  expect(await paceOf()).toBe('never');

  // As parts of a form, and by the page, as often as one likes
  await done(ana, 'notifications.setCalm', { mail: 'day' });
  const parts = '--b\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--b--\r\n';
  expect(
    (await ask(server.url, 'POST', pathname, { type: 'multipart/form-data; boundary=b', body: parts })).status,
  ).toBe(200);
  expect((await ask(server.url, 'POST', '/api/digest/leave', { body: { token } })).status).toBe(200);
  expect(await paceOf()).toBe('never');
  // What is logged of an address is its pattern
  expect(server.output()).toContain('/api/digest/leave/:token');
  expect(server.output()).not.toContain(token);
});
