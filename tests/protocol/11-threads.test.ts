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

const standing = async (person: Person, room: string, thread: string) =>
  (await done(person, 'messages.page', { room, thread })).thread?.mine;

it('[R80] a reply has a seq of the room and a number of its thread; pages leave it out, and its root sums it up', async () => {
  const room = await roomOf(ana, [bia, caio]);
  const root = await say(ana, room, 'raiz');
  const replies = [await say(bia, room, 'um', { thread: root.id }), await say(ana, room, 'dois', { thread: root.id })];
  const next = await say(bia, room, 'fora do fio');
  expect([...replies, next].map(({ seq }) => seq)).toEqual([root.seq + 1, root.seq + 2, root.seq + 3]);
  expect(next.ordinal).toBe(Number(root.ordinal) + 1);
  const { mine } = await done(caio, 'rooms.get', { room });
  expect([mine?.unread, mine?.ordinal]).toEqual([2, next.ordinal]);
  const page = await done(caio, 'messages.page', { room });
  expect(page.messages?.map(({ id }) => id)).toEqual([root.id, next.id]);
  const inside = await done(caio, 'messages.page', { room, thread: root.id });
  expect(inside.messages?.map(({ id, thread, threadOrdinal }) => [id, thread, threadOrdinal])).toEqual([
    [replies[0]?.id, root.id, 1],
    [replies[1]?.id, root.id, 2],
  ]);
  expect(inside.thread?.root).toEqual(page.messages?.[0]);
  await done(bia, 'messages.remove', { room, message: replies[0]?.id, clientId: uuidv7() });
  const [shown] = (await done(caio, 'messages.page', { room })).messages ?? [];
  expect(shown?.replies).toEqual({
    count: 1,
    lastAt: replies[1]?.at,
    lastSeq: replies[1]?.seq,
    people: [ana.account, bia.account],
  });
  const { events } = await done(caio, 'streams.read', { room, after: root.seq });
  const told = events?.flatMap(({ type, data }) =>
    typeof data.message === 'object' && data.message.id === replies[0]?.id
      ? [[type, data.message.thread, data.message.threadOrdinal]]
      : [],
  );
  expect(told).toEqual([
    ['message.sent', root.id, 1],
    ['message.removed', root.id, 1],
  ]);
});

it('[R80] a root is a message of the room that one sees, no reply itself, and not removed; the thread outlives it', async () => {
  const room = await createRoom(ana, { past: 'since-joining' });
  const before = await say(ana, room, 'antes');
  await done(ana, 'members.add', { room, account: bia.account, clientId: uuidv7() });
  const root = await say(ana, room, 'raiz');
  const reply = await say(bia, room, 'resposta', { thread: root.id });
  const elsewhere = await say(ana, await createRoom(ana), 'noutra sala');
  const answerTo = async (thread: string) =>
    codeOf(await tryTo(bia, 'messages.send', { room, clientId: uuidv7(), body: 'oi', thread }));
  for (const thread of [before.id, reply.id, elsewhere.id, uuidv7()]) expect(await answerTo(thread)).toBe('not-found');
  for (const name of ['threads.follow', 'threads.unfollow', 'messages.page'])
    expect(codeOf(await tryTo(bia, name, { room, thread: before.id }))).toBe('not-found');
  await say(ana, room, 'para Bia', { thread: before.id, mentions: [bia.account] });
  const { events: own } = await done(bia, 'streams.readMine', { after: 0 });
  expect(own?.filter(({ type, data }) => type === 'notification.made' && data.room === room)).toEqual([]);
  await done(ana, 'messages.remove', { room, message: root.id, clientId: uuidv7() });
  expect(await answerTo(root.id)).toBe('removed');
  const page = await done(bia, 'messages.page', { room, thread: root.id });
  expect([page.thread?.root.removed?.by, page.messages?.map(({ body }) => body)]).toEqual(['author', ['resposta']]);
});

it('[R81] those whom a reply speaks to are called as ever, the others who follow with the kind thread', async () => {
  const room = await roomOf(ana, [bia, caio]);
  const root = await say(ana, room, 'raiz');
  const { socket } = await connect(caio);
  await say(bia, room, 'um', { thread: root.id });
  await done(caio, 'threads.follow', { room, thread: root.id });
  const second = await say(ana, room, 'dois', { thread: root.id, mentions: [bia.account] });
  const isCall = ({ events }: WireFrame) =>
    events?.some(({ type, data }) => type === 'notification.made' && data.message === second.id) ?? false;
  const [call] = (await socket.until(isCall)).events ?? [];
  socket.close();
  expect(call?.data).toMatchObject({ kind: 'thread', thread: root.id, room, messageSeq: second.seq });
  const { events = [] } = await done(bia, 'streams.readMine', { after: 0, limit: 500 });
  expect(events.at(-1)?.data).toMatchObject({ kind: 'mention', thread: root.id });
  const { mine } = await done(bia, 'rooms.get', { room });
  expect([mine?.unread, mine?.mentions]).toEqual([1, 0]);
  await done(ana, 'threads.unfollow', { room, thread: root.id });
  await say(bia, room, 'três', { thread: root.id });
  expect(await standing(ana, room, root.id)).toMatchObject({ following: false });
});

it('[R82] a thread has a marker and a count of its own, told to every connection; threads.mine has the unread ones first', async () => {
  const room = await roomOf(ana, [bia]);
  const [root, other] = [await say(ana, room, 'raiz'), await say(ana, room, 'outra')];
  const { socket } = await connect(ana);
  const first = await say(bia, room, 'um', { thread: root.id });
  const second = await say(bia, room, 'dois', { thread: root.id });
  await say(bia, room, 'três', { thread: other.id });
  expect(await standing(ana, room, root.id)).toEqual({
    following: true,
    seq: first.seq - 1,
    unread: 2,
    newest: second.seq,
  });
  const ids = async () =>
    (await done(ana, 'threads.mine', {})).threads?.flatMap(({ room: where, root: { id } }) =>
      where === room ? [id] : [],
    );
  expect(await ids()).toEqual([other.id, root.id]);
  await done(ana, 'threads.markRead', { room, thread: other.id, seq: second.seq + 10 });
  expect(await ids()).toEqual([root.id, other.id]);
  await done(ana, 'threads.markRead', { room, thread: root.id, seq: first.seq });
  const isMine = ({ t, thread, seq }: WireFrame) => t === 'thread' && thread === root.id && seq === first.seq;
  expect(await socket.until(isMine)).toMatchObject({ room, following: true, unread: 1, newest: second.seq });
  expect(await done(ana, 'threads.markRead', { room, thread: root.id, seq: 1 })).toMatchObject({ seq: first.seq });
  // A reply of one's own is told, too, and moves the marker; one that is taken away is told beside the room's stream
  const own = await say(ana, room, 'quatro', { thread: root.id });
  const isMoved = ({ t, thread, seq }: WireFrame) => t === 'thread' && thread === root.id && seq === own.seq;
  expect(await socket.until(isMoved)).toMatchObject({ unread: 0 });
  await done(bia, 'messages.remove', { room, message: second.id, clientId: uuidv7() });
  expect(await socket.until(({ t }) => t === 'reply-removed')).toMatchObject({
    room,
    thread: root.id,
    message: second.id,
  });
  socket.close();
});
