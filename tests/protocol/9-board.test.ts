import { beforeAll, expect, it } from 'vitest';
import type { Person } from '../raw/person.ts';
import { uuidv7 } from '../raw/uuid.ts';
import { add, codeOf, connect, createRoom, done, enrol, roomOf, say, tryTo } from './school.ts';

let ana: Person;
let bia: Person;
let outsider: Person;
beforeAll(async () => {
  [ana, bia, outsider] = await Promise.all([enrol('Ana'), enrol('Bia'), enrol('Olga')]);
});

const locate = async (person: Person, room: string, from: string) =>
  (await done(person, 'messages.locate', { room, from })).message;
const board = async (person: Person, room: string) =>
  (await done(person, 'messages.pins', { room })).messages?.map(({ id }) => id);

it('[R60] the first message at a time or after it is found, wherever it lies, and none where none was sent', async () => {
  const room = await createRoom(ana);
  expect(await locate(ana, room, '2000-01-01T00:00:00.000Z')).toBeNull();
  const sent: { id: string; seq: number; at: string }[] = [];
  for (let nth = 0; nth < 9; nth++) {
    const { id, seq, at } = await say(ana, room, `n ${nth}`);
    sent.push({ id, seq, at: String(at) });
    // Seqs between messages are events of other kinds
    await done(ana, 'messages.react', { room, message: id, emoji: '👍' });
  }
  const [first] = sent;
  expect(await locate(ana, room, '2000-01-01T00:00:00.000Z')).toEqual(first);
  for (const { at } of sent) expect(await locate(ana, room, at)).toEqual(sent.find((one) => one.at >= at));
  expect(await locate(ana, room, '2999-01-01T00:00:00.000Z')).toBeNull();
});

it('[R60] what one may not see is passed over, and a room of others answers like one that is not', async () => {
  const room = await createRoom(ana, { past: 'since-joining' });
  await say(ana, room, 'antes');
  await add(ana, room, bia);
  const after = await say(ana, room, 'depois');
  expect(await locate(bia, room, '2000-01-01T00:00:00.000Z')).toMatchObject({ id: after.id });
  const ask = async (id: string) => {
    const { status, body } = await tryTo(outsider, 'messages.locate', { room: id, from: '2000-01-01T00:00:00.000Z' });
    return { status, code: body.code, detail: body.detail };
  };
  expect(await ask(room)).toEqual(await ask(uuidv7()));
  expect((await ask(room)).code).toBe('not-found');
  expect(codeOf(await tryTo(ana, 'messages.locate', { room, from: 'ontem' }))).toBe('malformed');
  expect(codeOf(await tryTo(ana, 'messages.locate', { room, from: '2026-13-45T99:99:99.999Z' }))).toBe('not-found');
});

it('[R61] who moderates pins for everybody; it is told live, stands in history, and is read last pin first', async () => {
  const room = await roomOf(ana, [bia]);
  const [one, two] = [await say(bia, room, 'um'), await say(ana, room, 'dois')];
  const { socket } = await connect(bia);
  await socket.subscribe(room);
  const { seq } = await done(ana, 'messages.pin', { room, message: one.id });
  await socket.until(({ t, events }) => t === 'events' && events?.some((one) => one.seq === seq) === true);
  const event = socket.events(`room:${room}`).find((one) => one.seq === seq);
  expect(event).toMatchObject({ type: 'message.pinned', seq, actor: ana.account, data: { message: one.id } });
  await done(ana, 'messages.pin', { room, message: two.id });
  expect(await board(bia, room)).toEqual([two.id, one.id]);
  const page = await done(bia, 'messages.page', { room });
  expect(page.pins).toBe(2);
  expect(page.messages?.map(({ pinned }) => pinned?.by)).toEqual([ana.account, ana.account]);
  // Again changes nothing
  const head = (await done(bia, 'messages.page', { room })).at;
  expect((await done(ana, 'messages.pin', { room, message: one.id })).seq).toBe(head);
  await done(ana, 'messages.unpin', { room, message: two.id });
  expect((await done(ana, 'messages.unpin', { room, message: two.id })).seq).toBe(Number(head) + 1);
  expect(await board(bia, room)).toEqual([one.id]);
  socket.close();
});

it('[R61] removing a message takes it off the board; it cannot be pinned again', async () => {
  const room = await createRoom(ana);
  const said = await say(ana, room, 'um');
  await done(ana, 'messages.pin', { room, message: said.id });
  await done(ana, 'messages.remove', { room, message: said.id, clientId: uuidv7() });
  expect(await board(ana, room)).toEqual([]);
  const page = await done(ana, 'messages.page', { room });
  expect(page.pins).toBe(0);
  expect(page.messages?.[0]?.pinned).toBeUndefined();
  expect(codeOf(await tryTo(ana, 'messages.pin', { room, message: said.id }))).toBe('removed');
});

it('[R61] members do not pin; a stranger, and an id of another room, learn nothing', async () => {
  const room = await roomOf(ana, [bia]);
  const said = await say(bia, room, 'minha');
  const elsewhere = await say(ana, await createRoom(ana), 'noutra sala');
  const pin = async (person: Person, into: string, message: string) => {
    const { status, body } = await tryTo(person, 'messages.pin', { room: into, message });
    return { status, code: body.code, detail: body.detail };
  };
  expect((await pin(bia, room, said.id)).code).toBe('not-allowed');
  expect(await pin(ana, room, elsewhere.id)).toEqual(await pin(ana, room, uuidv7()));
  expect((await pin(ana, room, uuidv7())).code).toBe('not-found');
  const hidden = await createRoom(ana, { access: 'invite' });
  expect(await pin(outsider, hidden, said.id)).toEqual(await pin(outsider, uuidv7(), said.id));
  const ask = async (id: string) => codeOf(await tryTo(outsider, 'messages.pins', { room: id }));
  expect([await ask(hidden), await ask(uuidv7())]).toEqual(['not-found', 'not-found']);
});

it('[R61] fifty stand on a board and no more, also when two come at once', async () => {
  const room = await createRoom(ana);
  const sent: string[] = [];
  for (let nth = 0; nth < 51; nth++) sent.push((await say(ana, room, `n ${nth}`)).id);
  for (const message of sent.slice(0, 49)) await done(ana, 'messages.pin', { room, message });
  const last = await Promise.all(sent.slice(49).map((message) => tryTo(ana, 'messages.pin', { room, message })));
  expect(last.map(codeOf).sort()).toEqual(['done', 'too-many']);
  expect(await board(ana, room)).toHaveLength(50);
});

it('[R62] what was said before each edit is there for its author and for those who moderate, in order', async () => {
  const room = await roomOf(ana, [bia]);
  const said = await say(bia, room, 'um');
  for (const body of ['dois', 'três'])
    await done(bia, 'messages.edit', { room, message: said.id, clientId: uuidv7(), body });
  for (const reader of [ana, bia]) {
    const { revisions } = await done(reader, 'messages.history', { room, message: said.id });
    expect(revisions?.map(({ editNo, body }) => [editNo, body])).toEqual([
      [0, 'um'],
      [1, 'dois'],
      [2, 'três'],
    ]);
    const times = revisions?.map(({ at }) => at) ?? [];
    expect(times).toEqual([...times].sort());
  }
});

it('[R62] other members may not read it, strangers learn nothing of it, and with the message it is gone', async () => {
  const caio = await enrol('Caio');
  const room = await roomOf(ana, [bia, caio], { access: 'invite' });
  const said = await say(bia, room, 'segredo');
  await done(bia, 'messages.edit', { room, message: said.id, clientId: uuidv7(), body: 'nada' });
  const ask = async (person: Person, message: string, inRoom = room) => {
    const { status, body } = await tryTo(person, 'messages.history', { room: inRoom, message });
    return { status, code: body.code, detail: body.detail };
  };
  expect((await ask(caio, said.id)).code).toBe('not-allowed');
  expect(await ask(outsider, said.id)).toEqual(await ask(outsider, uuidv7()));
  expect((await ask(outsider, said.id)).code).toBe('not-found');
  expect((await ask(ana, said.id, await createRoom(ana))).code).toBe('not-found');
  await done(bia, 'messages.remove', { room, message: said.id, clientId: uuidv7() });
  for (const reader of [ana, bia]) expect((await ask(reader, said.id)).code).toBe('removed');
});
