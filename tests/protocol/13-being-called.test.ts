import { beforeAll, expect, it } from 'vitest';
import type { Person } from '../raw/person.ts';
import { uuidv7 } from '../raw/uuid.ts';
import type { WireFrame } from '../raw/wire.ts';
import { codeOf, connect, createRoom, done, enrol, roomOf, say, tryTo } from './school.ts';

let ana: Person;
let bia: Person;
let caio: Person;
beforeAll(async () => {
  [ana, bia, caio] = await Promise.all([enrol('Ana'), enrol('Bia'), enrol('Caio')]);
});

it('[R94] a level and a hush are part of mine, are told to every connection, and end by the server’s clock', async () => {
  const room = await roomOf(ana, [bia]);
  const { socket } = await connect(bia);
  const hushed = await done(bia, 'notifications.setRoom', { room, level: 'mentions', hush: { seconds: 3_600 } });
  const until = Date.parse(hushed.hushed?.until ?? '') - Date.now();
  expect(until).toBeGreaterThan(3_500_000);
  expect(until).toBeLessThan(3_700_000);
  const told = await socket.until(({ t }: WireFrame) => t === 'tuning');
  expect(told).toMatchObject({ room, level: 'mentions', hushed: hushed.hushed });
  expect((await done(bia, 'rooms.get', { room })).mine).toMatchObject({ level: 'mentions', hushed: hushed.hushed });
  // What is left out stays; what is null goes
  const longer = await done(bia, 'notifications.setRoom', { room, hush: { seconds: null } });
  expect(longer).toEqual({ level: 'mentions', hushed: { until: null } });
  const none = await done(bia, 'notifications.setRoom', { room, level: null, hush: null });
  expect(none).toEqual({});
  const last = await socket.until((frame: WireFrame) => frame.t === 'tuning' && frame.hushed === undefined);
  expect(last).not.toHaveProperty('level');
  socket.close();
  const { mine } = await done(bia, 'rooms.get', { room });
  expect(mine).not.toHaveProperty('level');
  expect(mine).not.toHaveProperty('hushed');
});

it('[R94] a room one is not in is answered as one that is not there', async () => {
  const room = await createRoom(ana, { access: 'invite' });
  const refusals = [room, uuidv7()].map(async (id) =>
    codeOf(await tryTo(caio, 'notifications.setRoom', { room: id, level: 'nothing' })),
  );
  expect(await Promise.all(refusals)).toEqual(['not-found', 'not-found']);
  expect(codeOf(await tryTo(ana, 'notifications.setRoom', { room, level: 'loud' }))).toBe('malformed');
  expect(codeOf(await tryTo(ana, 'notifications.setRoom', { room, hush: { seconds: 1 } }))).toBe('malformed');
});

it('[R95] what a client derives from is there: markers, counts, level, kind and size of the room, calm', async () => {
  const room = await roomOf(ana, [bia]);
  await say(ana, room, 'oi, @Bia', { mentions: [bia.account] });
  await done(bia, 'notifications.setRoom', { room, hush: { seconds: null } });
  const { welcome, socket } = await connect(bia);
  socket.close();
  const my = welcome.rooms?.find((one) => one.room.id === room);
  expect(my).toMatchObject({
    room: { kind: 'topic', posting: 'members', members: 2 },
    mine: { role: 'member', unread: 1, mentions: 1, hushed: { until: null } },
  });
  expect(welcome.me?.calm).toEqual({ doNotDisturb: null });
});

it('[R96] calm is the own account’s, told to every connection; the school’s hours are told apart from one’s own', async () => {
  const { socket, welcome } = await connect(caio);
  const night = { from: 1_320, to: 420, days: [1, 2, 3, 4, 5] };
  const me = await done(caio, 'notifications.setCalm', { doNotDisturb: { seconds: 1_800 }, quietHours: night });
  expect(me.calm?.quietHours).toEqual(night);
  expect(Date.parse(me.calm?.doNotDisturb?.until ?? '')).toBeGreaterThan(Date.now());
  const told = await socket.until((frame: WireFrame) => frame.t === 'me' && frame.me?.calm?.doNotDisturb !== null);
  expect(told.me?.calm).toEqual(me.calm);
  const none = await done(caio, 'notifications.setCalm', { doNotDisturb: null, quietHours: null });
  expect(none.calm).toEqual({ doNotDisturb: null, quietHours: null });
  const forgotten = await done(caio, 'notifications.setCalm', { quietHours: 'school' });
  expect(forgotten.calm).toEqual({ doNotDisturb: null });
  expect(welcome.school?.policies).toHaveProperty('quietHours');
  socket.close();
});

it('[R97] the inbox has what speaks to me and why, until I was removed, it was, or I have blocked who said it', async () => {
  const room = await roomOf(ana, [bia, caio]);
  const root = await say(bia, room, 'raiz');
  const reply = await say(ana, room, 'resposta', { replyTo: root.id });
  const inThread = await say(ana, room, 'no fio', { thread: root.id });
  const mention = await say(caio, room, 'e você, @Bia?', { mentions: [bia.account] });
  await say(ana, room, 'só dito');
  const here = async () => {
    const { items = [] } = await done(bia, 'notifications.inbox', { limit: 100 });
    return items.filter(({ message }) => message.room === room);
  };
  expect((await here()).map(({ reason, read, message }) => [reason, read, message.id, message.body])).toEqual([
    ['mention', false, mention.id, 'e você, @Bia?'],
    ['thread', false, inThread.id, 'no fio'],
    ['reply', false, reply.id, 'resposta'],
  ]);
  const first = await done(bia, 'notifications.inbox', { limit: 1 });
  expect(first.items?.map(({ message }) => message.id)).toEqual([mention.id]);
  const second = await done(bia, 'notifications.inbox', { limit: 1, before: first.next ?? undefined });
  expect(second.items?.map(({ message }) => message.id)).toEqual([inThread.id]);
  await done(bia, 'messages.markRead', { room, seq: mention.seq });
  // The thread has a marker of its own
  expect((await here()).map(({ read }) => read)).toEqual([true, false, true]);
  await done(ana, 'messages.remove', { room, message: reply.id, clientId: uuidv7() });
  await done(bia, 'accounts.block', { account: caio.account });
  expect((await here()).map(({ message }) => message.id)).toEqual([inThread.id]);
  await done(bia, 'accounts.unblock', { account: caio.account });
  await done(ana, 'members.remove', { room, account: bia.account, clientId: uuidv7() });
  expect(await here()).toEqual([]);
});

it('[R113] who moderates the room calls everybody: each is told at once, counts it, finds it in the inbox, and nobody’s stream grows', async () => {
  const room = await roomOf(ana, [bia, caio]);
  const [{ socket: biaAtHome }, { socket: anaAtHome }] = [await connect(bia), await connect(ana)];
  const before = (await done(bia, 'streams.readMine', { after: 0, limit: 500 })).head;
  const called = await say(ana, room, '@todos, a prova é amanhã', { everyone: true });
  const told = await biaAtHome.until(({ t }: WireFrame) => t === 'called');
  expect(told).toMatchObject({ room, message: called.id, messageSeq: called.seq, author: ana.account, ordinal: 1 });
  expect((await done(bia, 'rooms.get', { room })).mine).toMatchObject({ unread: 1, mentions: 1 });
  const [entry] = (await done(bia, 'notifications.inbox', {})).items ?? [];
  expect(entry).toMatchObject({ seq: 0, reason: 'everyone', read: false, message: { id: called.id, everyone: true } });
  expect((await done(bia, 'streams.readMine', { after: 0, limit: 500 })).head).toBe(before);
  // Whoever calls is not called
  await say(bia, room, 'obrigada');
  await anaAtHome.until(({ heads = [] }: WireFrame) => heads.some((row) => row.room === room));
  expect(anaAtHome.frames.filter(({ t }) => t === 'called')).toEqual([]);
  expect((await done(ana, 'rooms.get', { room })).mine).toMatchObject({ unread: 1, mentions: 0 });
  // An edit keeps it and calls nobody; what was read is not new, what was removed is gone
  await done(ana, 'messages.edit', { room, message: called.id, clientId: uuidv7(), body: '@todos, é depois' });
  const { messages } = await done(caio, 'messages.get', { room, ids: [called.id] });
  expect(messages?.[0]).toMatchObject({ body: '@todos, é depois', everyone: true });
  await done(ana, 'messages.remove', { room, message: called.id, clientId: uuidv7() });
  expect((await done(caio, 'rooms.get', { room })).mine).toMatchObject({ unread: 1, mentions: 0 });
  const left = (await done(caio, 'notifications.inbox', {})).items ?? [];
  expect(left.filter(({ message }) => message.room === room)).toEqual([]);
  expect(biaAtHome.frames.filter(({ t }) => t === 'called')).toHaveLength(1);
  biaAtHome.close();
  anaAtHome.close();
});

it('[R113] members call nobody so, nor does anybody in a thread or in private; three times an hour and no more, removed or not', async () => {
  const room = await roomOf(ana, [bia]);
  expect(codeOf(await tryTo(bia, 'messages.send', { room, clientId: uuidv7(), body: '@todos', everyone: true }))).toBe(
    'not-allowed',
  );
  const root = await say(ana, room, 'raiz');
  const sent = async (more: Record<string, unknown>) =>
    codeOf(await tryTo(ana, 'messages.send', { room, clientId: uuidv7(), body: '@todos', everyone: true, ...more }));
  expect(await sent({ thread: root.id })).toBe('not-allowed');
  expect(await sent({ everyone: false })).toBe('malformed');
  const { room: pair } = await done(ana, 'rooms.openDirect', { account: bia.account });
  expect(await sent({ room: pair?.id })).toBe('not-allowed');
  const first = { room, clientId: uuidv7(), body: '@todos', everyone: true };
  const { id } = await done(ana, 'messages.send', first);
  expect([await sent({}), await sent({})]).toEqual(['done', 'done']);
  await done(ana, 'messages.remove', { room, message: id, clientId: uuidv7() });
  expect(await sent({})).toBe('too-many');
  // A repeat of what was done is answered before any rule; with another payload it is another message
  expect(await done(ana, 'messages.send', first)).toMatchObject({ id, duplicate: true, removed: true });
  // Without calling one may say whatever one likes, and elsewhere one has called nobody yet
  await say(ana, room, '@todos');
  expect(await sent({ room: await roomOf(ana, [bia]) })).toBe('done');
});
