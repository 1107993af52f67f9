import { beforeAll, beforeEach, expect, it } from 'vitest';
import type { Person } from '../raw/person.ts';
import { uuidv7 } from '../raw/uuid.ts';
import { codeOf, connect, done, enrol, roomOf, say, tryTo } from './school.ts';

let rui: Person;
let sara: Person;
let tomas: Person;
let ana: Person;
let bia: Person;
let caio: Person;
beforeAll(async () => {
  [rui, sara, tomas] = await Promise.all([
    enrol('Rui', 'teacher'),
    enrol('Sara', 'monitor'),
    enrol('Tomás', 'teacher'),
  ]);
});
beforeEach(async () => {
  [ana, bia, caio] = await Promise.all([enrol('Ana'), enrol('Bia'), enrol('Caio')]);
  await roomOf(rui, [sara, tomas, ana, bia, caio]);
});

const among = (...people: readonly Person[]) => ({ accounts: people.map(({ account }) => account) });
const gather = async (who: Person, ...others: readonly Person[]): Promise<string> => {
  const { room } = await done(who, 'rooms.openGroup', among(...others));
  if (!room) throw new Error('an opened group has a room');
  return room.id;
};
const about = (room: string, { account }: Person) => ({ room, account, clientId: uuidv7() });
const send = (person: Person, room: string) => tryTo(person, 'messages.send', { room, clientId: uuidv7(), body: 'oi' });

it('[R73] a few people have one group, however many of them ask for it at once and in whatever order', async () => {
  const people = [rui, sara, tomas];
  const opened = await Promise.all(
    Array.from({ length: 12 }, (_, nth) => {
      const [one, two, three] = [people[nth % 3] ?? rui, people[(nth + 1) % 3] ?? sara, people[(nth + 2) % 3] ?? tomas];
      return nth % 2 ? gather(one, two, three) : gather(one, three, two);
    }),
  );
  expect(new Set(opened).size).toBe(1);
  const room = opened[0] ?? '';
  expect(codeOf(await tryTo(rui, 'rooms.update', { room, clientId: uuidv7(), title: 'Conselho' }))).toBe('done');
  expect(codeOf(await tryTo(rui, 'rooms.update', { room, clientId: uuidv7(), posting: 'moderators' }))).toBe(
    'not-allowed',
  );
  expect(codeOf(await tryTo(rui, 'members.remove', about(room, sara)))).toBe('not-allowed');
  for (const [command, input] of [
    ['rooms.get', { room }],
    ['messages.page', { room }],
    ['members.join', { room }],
    ['members.add', about(room, bia)],
  ] as const)
    expect(codeOf(await tryTo(ana, command, input)), command).toBe('not-found');
  // Colleagues are no strangers to each other: she is somebody's pupil
  const stranger = await enrol('Estranha', 'student');
  for (const account of [stranger.account, uuidv7()])
    expect(codeOf(await tryTo(rui, 'rooms.openGroup', { accounts: [sara.account, account] }))).toBe('not-found');
});

it('[R73] [R74] a group goes on when somebody comes, who sees nothing of before, and when somebody leaves', async () => {
  const ines = await enrol('Inês', 'teacher');
  await roomOf(rui, [sara, ines, tomas]);
  const room = await gather(rui, sara, ines);
  await say(rui, room, 'antes');
  expect(codeOf(await tryTo(sara, 'members.add', about(room, tomas)))).toBe('done');
  const after = await say(rui, room, 'depois');
  const { messages } = await done(tomas, 'messages.page', { room });
  expect(messages?.map(({ id }) => id)).toEqual([after.id]);
  expect(await gather(tomas, rui, sara, ines)).toBe(room);
  for (const who of [tomas, ines]) expect(codeOf(await tryTo(who, 'members.leave', { room }))).toBe('done');
  expect(codeOf(await send(sara, room))).toBe('done');
});

it('[R74] a minor is asked, is told on their own stream, and receives nothing before they say yes', async () => {
  const { socket } = await connect(bia);
  const room = await gather(ana, bia, caio);
  await say(ana, room, 'ninguém mais lê isto');
  const asked = await socket.until((frame) => (frame.events ?? []).some(({ type }) => type === 'asking.began'));
  expect(asked.stream).toBe(`user:${bia.account}`);
  for (const command of ['rooms.get', 'messages.page', 'members.list'])
    expect(codeOf(await tryTo(bia, command, { room })), command).toBe('not-found');
  expect(codeOf(await send(bia, room))).toBe('not-found');
  expect(codeOf(await tryTo(bia, 'members.join', { room }))).toBe('done');
  const { messages } = await done(bia, 'messages.page', { room });
  expect(messages).toEqual([]);
  expect(codeOf(await send(bia, room))).toBe('done');
  socket.close();
});

it('[R74] no is no; a question is taken back by who put it; and a block is told to nobody', async () => {
  const room = await gather(ana, bia, caio);
  expect(codeOf(await tryTo(bia, 'members.leave', { room }))).toBe('done');
  expect(codeOf(await tryTo(bia, 'members.join', { room }))).toBe('not-found');
  expect(codeOf(await tryTo(ana, 'members.add', about(room, bia)))).toBe('not-allowed');
  expect(codeOf(await tryTo(ana, 'members.remove', about(room, caio)))).toBe('done');
  expect(codeOf(await tryTo(caio, 'members.join', { room }))).toBe('not-found');
  const ines = await enrol('Inês', 'teacher');
  await roomOf(rui, [sara, ines, tomas]);
  await done(sara, 'accounts.block', { account: tomas.account });
  try {
    expect(codeOf(await tryTo(sara, 'rooms.openGroup', among(ines, tomas)))).toBe('blocked');
    expect(codeOf(await tryTo(tomas, 'rooms.openGroup', among(ines, sara)))).toBe('blocked');
    // Between others it only makes one be asked
    const group = await gather(ines, sara, tomas);
    expect(codeOf(await send(sara, group))).toBe('not-found');
    expect(codeOf(await tryTo(sara, 'members.join', { room: group }))).toBe('done');
  } finally {
    await done(sara, 'accounts.unblock', { account: tomas.account });
  }
});

it('[R75] a minor and an adult are in no group where nobody of the minor’s courses is', async () => {
  expect(codeOf(await tryTo(rui, 'rooms.openGroup', among(sara, ana)))).toBe('protected-minor');
  expect(codeOf(await tryTo(ana, 'rooms.openGroup', among(bia, rui)))).toBe('protected-minor');
  const room = await gather(ana, bia, caio);
  expect(codeOf(await tryTo(ana, 'members.add', about(room, rui)))).toBe('protected-minor');
});
