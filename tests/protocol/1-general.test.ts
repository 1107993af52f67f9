import { beforeAll, expect, it } from 'vitest';
import { ask } from '../raw/http.ts';
import type { Person } from '../raw/person.ts';
import { uuidv7 } from '../raw/uuid.ts';
import { administrator, base, codeOf, connect, createRoom, done, enrol, roomOf, say, tryTo } from './school.ts';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/;

let ana: Person;
let bia: Person;
let room: string;
beforeAll(async () => {
  [ana, bia] = await Promise.all([enrol('Ana'), enrol('Bia')]);
  room = await roomOf(ana, [bia]);
});

it('[R1] ids are canonical UUIDs and instants RFC 3339 in UTC with milliseconds', async () => {
  const sent = await say(ana, room, 'oi');
  expect(sent.id).toMatch(UUID);
  expect(sent.at).toMatch(INSTANT);
  const { events = [] } = await done(ana, 'streams.read', { room, after: 0 });
  expect(events.length).toBeGreaterThanOrEqual(4);
  for (const event of events) {
    expect(event.id).toMatch(UUID);
    expect(event.at).toMatch(INSTANT);
    expect(event.actor).toMatch(UUID);
  }
});

it('[R2] members that the server does not know are refused with malformed, over HTTP and in a frame', async () => {
  expect(codeOf(await tryTo(ana, 'messages.send', { room, clientId: uuidv7(), body: 'oi', colour: 'red' }))).toBe(
    'malformed',
  );
  const { socket } = await connect(ana);
  expect(
    (await socket.do('messages.send', { room, clientId: uuidv7(), body: 'oi', colour: 'red' })).problem?.code,
  ).toBe('malformed');
  socket.send({ t: 'ping', colour: 'red' });
  expect((await socket.until(({ t }) => t === 'problem')).problem?.code).toBe('malformed-frame');
  expect((await socket.end()).code).toBe(4400);
});

it('[R3] a refusal is the same problem over HTTP and in a frame, with code, status, title and retry', async () => {
  const input = { room: uuidv7(), clientId: uuidv7(), body: 'oi' };
  const answer = await tryTo(ana, 'messages.send', input);
  const { socket } = await connect(ana);
  const { problem } = await socket.do('messages.send', input);
  socket.close();
  expect(answer.body).toMatchObject({
    type: 'https://recreio.dev/problems/not-found',
    status: 404,
    code: 'not-found',
    retry: 'never',
  });
  expect(answer.body.title).toBeTruthy();
  expect(problem).toEqual(answer.body);
});

it('[R4] what was refused is in no history and no stream', async () => {
  const { socket, welcome } = await connect(bia);
  await socket.subscribe(room, { epoch: welcome.epoch ?? '', seq: 0, lastId: null });
  const before = await done(ana, 'streams.read', { room, after: 0, limit: 500 });
  const secret = `recusada ${uuidv7()}`;
  expect(codeOf(await tryTo(bia, 'messages.send', { room, clientId: uuidv7(), body: secret, replyTo: uuidv7() }))).toBe(
    'not-found',
  );
  const last = await say(ana, room, 'depois');
  await socket.until((frame) => frame.events?.some(({ seq }) => seq === last.seq) ?? false);
  expect(last.seq).toBe((before.head ?? 0) + 1);
  expect(JSON.stringify(socket.frames)).not.toContain(secret);
  expect(JSON.stringify(await done(ana, 'messages.page', { room }))).not.toContain(secret);
  socket.close();
});

it('[R5] a private room and a room that is not there are answered alike', async () => {
  const hidden = await createRoom(ana, { access: 'invite' });
  const stranger = await enrol('Estranha');
  for (const [command, input] of [
    ['rooms.get', {}],
    ['members.list', {}],
    ['members.join', {}],
    ['messages.page', {}],
    ['streams.read', { after: 0 }],
    ['messages.send', { clientId: uuidv7(), body: 'oi' }],
    ['members.mute', { account: ana.account, reason: 'r', clientId: uuidv7() }],
  ] as const) {
    const there = await tryTo(stranger, command, { room: hidden, ...input });
    const nowhere = await tryTo(stranger, command, { room: uuidv7(), ...input });
    expect(there.body.code, command).toBe('not-found');
    expect(there.body, command).toEqual(nowhere.body);
  }
});

it('[R6] NUL and lone surrogates are malformed, bidirectional controls in titles and texts without ink are bad-text', async () => {
  const send = (body: string) => `{"clientId":"${uuidv7()}","body":"${body}"}`;
  const post = async (body: string) =>
    codeOf(await ask(base, 'POST', `/api/rooms/${room}/messages`, { token: ana.token, body }));
  expect(await post(send('a\\u0000b'))).toBe('malformed');
  expect(await post(send('a\\ud800b'))).toBe('malformed');
  expect(await post(send(' \\u200b\\u00a0 '))).toBe('bad-text');
  expect(await post(send('שלום \\u202e ok'))).toBe('done');
  expect(codeOf(await tryTo(ana, 'rooms.create', { clientId: uuidv7(), kind: 'topic', title: 'a\u202eb' }))).toBe(
    'bad-text',
  );
  const id = await createRoom(ana, { title: 'Educac\u0327a\u0303o' });
  expect((await done(ana, 'rooms.get', { room: id })).room?.title).toBe('Educação');
});

it('[R7] limits are published, and a body is measured in UTF-8 bytes', async () => {
  const { socket, welcome } = await connect(ana);
  socket.close();
  const most = welcome.limits?.['messageBytes'] ?? 0;
  expect(most).toBe(16 * 1024);
  expect(Object.keys(welcome.limits ?? {}).length).toBeGreaterThan(10);
  expect(codeOf(await tryTo(ana, 'messages.send', { room, clientId: uuidv7(), body: 'é'.repeat(most / 2) }))).toBe(
    'done',
  );
  expect(codeOf(await tryTo(ana, 'messages.send', { room, clientId: uuidv7(), body: 'é'.repeat(most / 2 + 1) }))).toBe(
    'too-large',
  );
  expect(administrator.account).toMatch(UUID);
});
