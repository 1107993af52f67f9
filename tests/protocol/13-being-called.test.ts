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
