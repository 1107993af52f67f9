import { beforeAll, expect, it } from 'vitest';
import type { Person } from '../raw/person.ts';
import { uuidv7 } from '../raw/uuid.ts';
import type { WireFrame } from '../raw/wire.ts';
import { add, codeOf, connect, createRoom, done, enrol, roomOf, say, tryTo } from './school.ts';

let ana: Person;
let bia: Person;
let outsider: Person;
beforeAll(async () => {
  [ana, bia, outsider] = await Promise.all([enrol('Ana'), enrol('Bia'), enrol('Olga')]);
});

const list = async (person: Person) =>
  (await done(person, 'messages.saved', {})).saved?.map(({ message }) => message.body);
const unseen = async (person: Person) => (await done(person, 'messages.saved', {})).unseen;
const mineOf = async (person: Person, room: string) => (await done(person, 'rooms.get', { room })).mine;

it('[R85] what one saves is on one’s own list, newest first, over all rooms, with the words as they stand', async () => {
  const caio = await enrol('Caio');
  const room = await roomOf(ana, [caio]);
  const other = await createRoom(caio);
  const [one, two] = [await say(ana, room, 'um'), await say(caio, other, 'dois')];
  const reply = await say(ana, room, 'no fio', { thread: one.id });
  for (const [where, { id }] of [
    [room, one],
    [other, two],
    [room, one],
    [room, reply],
  ] as const)
    await done(caio, 'messages.save', { room: where, message: id });
  await done(ana, 'messages.edit', { room, message: one.id, clientId: uuidv7(), body: 'um, corrigido' });
  expect(await list(caio)).toEqual(['no fio', 'dois', 'um, corrigido']);
  expect(await list(ana)).not.toContain('um, corrigido');
  const first = await done(caio, 'messages.saved', { limit: 2 });
  const second = await done(caio, 'messages.saved', { limit: 2, after: first.next });
  expect(first.ids).toEqual([reply.id, two.id, one.id]);
  expect([first.saved?.length, second.saved?.[0]?.message.id, second.next, second.ids]).toEqual([
    2,
    one.id,
    null,
    undefined,
  ]);
  for (let twice = 0; twice < 2; twice++) await done(caio, 'messages.unsave', { message: two.id });
  expect(await list(caio)).toEqual(['no fio', 'um, corrigido']);
});

it('[R85] what was removed, or is not for one any more, is counted and not shown, and comes back with what one may see', async () => {
  const caio = await enrol('Caio');
  const room = await createRoom(ana, { access: 'invite', past: 'since-joining' });
  const before = await say(ana, room, 'antes');
  await add(ana, room, caio);
  const [gone, kept] = [await say(ana, room, 'some'), await say(ana, room, 'fica')];
  const save = async (person: Person, message: string, inRoom = room) => {
    const { status, body } = await tryTo(person, 'messages.save', { room: inRoom, message });
    return { status, code: body.code, detail: body.detail };
  };
  expect(await save(caio, before.id)).toEqual(await save(caio, uuidv7()));
  expect(await save(outsider, kept.id)).toEqual(await save(outsider, uuidv7(), uuidv7()));
  expect((await save(outsider, kept.id)).code).toBe('not-found');
  expect((await save(caio, kept.id, await createRoom(caio))).code).toBe('not-found');
  for (const { id } of [gone, kept]) await done(caio, 'messages.save', { room, message: id });
  await done(ana, 'messages.remove', { room, message: gone.id, clientId: uuidv7() });
  expect([await list(caio), await unseen(caio)]).toEqual([['fica'], 1]);
  expect((await save(caio, gone.id)).code).toBe('removed');
  await done(ana, 'members.remove', { room, account: caio.account, clientId: uuidv7() });
  expect([await list(caio), await unseen(caio)]).toEqual([[], 2]);
  await add(ana, room, caio);
  expect([await list(caio), await unseen(caio)]).toEqual([['fica'], 1]);
  expect((await done(caio, 'messages.tidySaved', {})).gone).toBe(1);
  expect((await done(caio, 'messages.saved', {})).ids).toEqual([kept.id]);
});

it('[R85] the person’s other devices hear of it, and nobody else', async () => {
  const room = await roomOf(ana, [bia]);
  const { id: message } = await say(ana, room, 'para depois');
  const [hers, others] = [await connect(bia), await connect(ana)];
  const isTold = ({ t }: WireFrame) => t === 'saved';
  await done(bia, 'messages.save', { room, message });
  await hers.socket.until(isTold);
  // What has come to others by the time of something later would have come
  const { seq } = await say(bia, room, 'obrigada');
  await others.socket.until(({ t, heads }) => t === 'heads' && heads?.some(({ head }) => head >= seq) === true);
  expect(others.socket.frames.some(isTold)).toBe(false);
});

it('[R86] from a message on everything is unread again on all devices, until it is read, and the marker stays', async () => {
  const room = await roomOf(ana, [bia]);
  const said: { id: string; seq: number; ordinal?: number }[] = [];
  for (const body of ['um', 'dois', 'três', 'quatro']) said.push(await say(ana, room, body));
  const [one, two, three, four] = said;
  if (!one || !two || !three || !four) throw new Error('four were said');
  await done(bia, 'messages.markRead', { room, seq: four.seq });
  const { socket } = await connect(bia);
  const answer = await done(bia, 'messages.markUnread', { room, message: two.id });
  const stands = { seq: four.seq, unread: 3, unreadFrom: { seq: two.seq, ordinal: two.ordinal } };
  expect(answer).toMatchObject(stands);
  await socket.until(({ t, room: where, unread }) => t === 'marker' && where === room && unread === 3);
  expect(await mineOf(bia, room)).toMatchObject({ readSeq: four.seq, unread: 3, unreadFrom: stands.unreadFrom });
  // Another connection is welcomed with it; removals count from there on
  await done(ana, 'messages.remove', { room, message: three.id, clientId: uuidv7() });
  const { welcome } = await connect(bia);
  expect(welcome.rooms?.find((one) => one.room.id === room)?.mine).toMatchObject({ unread: 2 });
  // What lies below is no news; what is read from there on is
  expect(await done(bia, 'messages.markRead', { room, seq: one.seq })).toMatchObject({ unread: 2 });
  expect(await done(bia, 'messages.markRead', { room, seq: two.seq })).toMatchObject({ seq: four.seq, unread: 1 });
  const read = await done(bia, 'messages.markRead', { room, seq: four.seq });
  expect([read.seq, read.unread, read.unreadFrom]).toEqual([four.seq, 0, undefined]);
});

it('[R86] above the marker it only moves that; sending reads; the mentions come back with the messages', async () => {
  const room = await roomOf(ana, [bia]);
  const first = await say(ana, room, 'um');
  const call = await say(ana, room, '@Bia dois', { mentions: [bia.account] });
  expect(await done(bia, 'messages.markUnread', { room, message: call.id })).toMatchObject({
    seq: call.seq - 1,
    unread: 1,
    mentions: 1,
  });
  await done(bia, 'messages.markRead', { room, seq: call.seq });
  expect(await done(bia, 'messages.markUnread', { room, message: first.id })).toMatchObject({ unread: 2, mentions: 1 });
  const own = await say(bia, room, 'li');
  const mine = await mineOf(bia, room);
  expect([mine?.readSeq, mine?.unread, mine?.unreadFrom]).toEqual([own.seq, 0, undefined]);
  // From one’s own on nothing is unread, and it says so
  expect(await done(bia, 'messages.markUnread', { room, message: own.id })).toMatchObject({ unread: 0 });
});

it('[R86] what one cannot see is no place to begin, and does not count among what becomes unread', async () => {
  const caio = await enrol('Caio');
  const room = await createRoom(ana, { access: 'invite', past: 'since-joining' });
  await add(ana, room, caio);
  const seen = await say(ana, room, 'vê');
  await done(ana, 'members.remove', { room, account: caio.account, clientId: uuidv7() });
  const missed = await say(ana, room, 'não vê');
  await add(ana, room, caio);
  const reply = await say(ana, room, 'no fio', { thread: (await say(ana, room, 'vê de novo')).id });
  const ask = async (person: Person, message: string, inRoom = room) => {
    const { status, body } = await tryTo(person, 'messages.markUnread', { room: inRoom, message });
    return { status, code: body.code, detail: body.detail };
  };
  expect(await ask(caio, missed.id)).toEqual(await ask(caio, uuidv7()));
  expect(await ask(outsider, seen.id)).toEqual(await ask(outsider, uuidv7(), uuidv7()));
  expect((await ask(caio, reply.id)).code).toBe('not-found');
  expect(codeOf(await tryTo(caio, 'messages.markUnread', { room, message: seen.id }))).toBe('done');
  expect(await mineOf(caio, room)).toMatchObject({ unread: 2 });
});

const draftsOf = async (person: Person) => (await done(person, 'drafts.mine', {})).drafts ?? [];
const put = (person: Person, input: Readonly<Record<string, unknown>>) => tryTo(person, 'drafts.put', input);

it('[R87] what is begun is on all devices of its author, and an older device does not write over newer words', async () => {
  const caio = await enrol('Caio');
  const room = await roomOf(ana, [caio]);
  const { id: root } = await say(ana, room, 'raiz');
  const { socket } = await connect(caio);
  expect((await put(caio, { room, body: 'come', base: 0 })).body.version).toBe(1);
  expect(await socket.until(({ t, body }) => t === 'draft' && body === 'come')).toMatchObject({ room, version: 1 });
  expect((await put(caio, { room, body: 'começo', replyTo: root, base: 1 })).body.version).toBe(2);
  // Another device still stands on the first; who says the same again is answered
  expect(codeOf(await put(caio, { room, body: 'velho', base: 1 }))).toBe('stale');
  expect((await put(caio, { room, body: 'começo', replyTo: root, base: 1 })).body.version).toBe(2);
  await done(caio, 'drafts.put', { room, thread: root, body: 'no fio', base: 0 });
  expect((await draftsOf(caio)).map(({ thread, body, replyTo, version }) => [thread, body, replyTo, version])).toEqual([
    [root, 'no fio', undefined, 1],
    [undefined, 'começo', root, 2],
  ]);
  expect(await draftsOf(ana)).toEqual([]);
  // Sent: gone on all devices, and no older one brings it back
  expect((await put(caio, { room, base: 2 })).body.version).toBe(3);
  const cleared = await socket.until(({ t, version }) => t === 'draft' && version === 3);
  expect(cleared.body).toBeUndefined();
  expect(codeOf(await put(caio, { room, body: 'começo', base: 2 }))).toBe('stale');
  expect((await draftsOf(caio)).find(({ thread }) => thread === undefined)).toMatchObject({ version: 3 });
});

it('[R87] only where one is, within the limits, and nowhere once one is gone', async () => {
  const caio = await enrol('Caio');
  const room = await createRoom(ana, { access: 'invite', past: 'since-joining' });
  const before = await say(ana, room, 'antes');
  const refusal = async (person: Person, input: Readonly<Record<string, unknown>>) => {
    const { status, body } = await put(person, { body: 'oi', base: 0, ...input });
    return { status, code: body.code, detail: body.detail };
  };
  expect(await refusal(caio, { room })).toEqual(await refusal(caio, { room: uuidv7() }));
  expect((await refusal(caio, { room })).code).toBe('not-found');
  await add(ana, room, caio);
  expect((await refusal(caio, { room, thread: before.id })).code).toBe('not-found');
  expect((await refusal(caio, { room, thread: uuidv7() })).code).toBe('not-found');
  expect((await refusal(caio, { room, body: 'ã'.repeat(12_000) })).code).toBe('too-large');
  await done(caio, 'drafts.put', { room, body: 'quase', base: 0 });
  await done(ana, 'members.remove', { room, account: caio.account, clientId: uuidv7() });
  expect(await draftsOf(caio)).toEqual([]);
  expect((await refusal(caio, { room, base: 1 })).code).toBe('not-found');
});
