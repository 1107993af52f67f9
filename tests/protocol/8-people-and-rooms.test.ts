import { beforeAll, expect, it } from 'vitest';
import type { Person } from '../raw/person.ts';
import { uuidv7 } from '../raw/uuid.ts';
import { administrator, codeOf, createRoom, done, enrol, roomOf, say, tryTo } from './school.ts';

let ana: Person;
let bia: Person;
let caio: Person;
let prof: Person;
beforeAll(async () => {
  [ana, bia, caio, prof] = await Promise.all([
    enrol('Ana'),
    enrol('Bia'),
    enrol('Caio'),
    enrol('Professora', 'teacher'),
  ]);
});

const tend = (actor: Person, what: string, target: Person, room: string, more: object = {}) =>
  tryTo(actor, `members.${what}`, { room, account: target.account, clientId: uuidv7(), ...more });
const send = (person: Person, room: string) => tryTo(person, 'messages.send', { room, clientId: uuidv7(), body: 'oi' });

it('[R51] an open room is found and joined, an invite one is not; in an announcement room members read and react', async () => {
  const open = await createRoom(prof);
  expect(codeOf(await tryTo(ana, 'members.join', { room: open }))).toBe('done');
  const closed = await createRoom(prof, { access: 'invite' });
  expect(codeOf(await tryTo(ana, 'members.join', { room: closed }))).toBe('not-found');
  const board = await roomOf(prof, [ana], { posting: 'moderators' });
  const notice = await say(prof, board, 'Aviso');
  expect(codeOf(await send(ana, board))).toBe('read-only');
  expect(codeOf(await tryTo(ana, 'messages.react', { room: board, message: notice.id, emoji: '👍' }))).toBe('done');
  expect(codeOf(await tend(prof, 'setRole', ana, open, { role: 'reader' }))).toBe('done');
  expect(codeOf(await send(ana, open))).toBe('read-only');
});

it('[R52] two people have one private conversation, however many ask for it at once', async () => {
  await roomOf(ana, [bia]);
  const asked = await Promise.all(
    Array.from({ length: 12 }, (_, nth) =>
      done(nth % 2 ? ana : bia, 'rooms.openDirect', { account: nth % 2 ? bia.account : ana.account }),
    ),
  );
  expect(new Set(asked.map(({ room }) => room?.id)).size).toBe(1);
  const room = asked[0]?.room?.id ?? '';
  expect(codeOf(await send(ana, room))).toBe('done');
  await done(bia, 'accounts.block', { account: ana.account });
  expect(codeOf(await send(ana, room))).toBe('blocked');
  expect(codeOf(await send(bia, room))).toBe('blocked');
  await done(bia, 'accounts.unblock', { account: ana.account });
  expect(codeOf(await send(ana, room))).toBe('done');
});

it('[R52] colleagues at the school find and write to each other without sharing a room', async () => {
  const [iara, jonas] = await Promise.all([
    enrol(`Iara ${uuidv7()}`, 'teacher', false),
    enrol('Jonas', 'monitor', false),
  ]);
  const { people } = await done(jonas, 'accounts.find', { text: iara.name });
  expect(people?.map(({ id }) => id)).toEqual([iara.account]);
  expect(codeOf(await tryTo(jonas, 'rooms.openDirect', { account: iara.account }))).toBe('done');
});

it('[R52] not with people one shares no room with, nor between a minor and an adult who is not staff of their course', async () => {
  const stranger = await enrol('Estranha');
  expect(codeOf(await tryTo(ana, 'rooms.openDirect', { account: stranger.account }))).toBe('not-found');
  await roomOf(prof, [caio]);
  expect(codeOf(await tryTo(prof, 'rooms.openDirect', { account: caio.account }))).toBe('protected-minor');
  expect(codeOf(await tryTo(caio, 'rooms.openDirect', { account: prof.account }))).toBe('protected-minor');
});

it('[R53] nobody reads a room they are not a member of, administrators included', async () => {
  const room = await createRoom(ana, { access: 'invite' });
  await say(ana, room, 'entre nós');
  for (const [command, input] of [
    ['messages.page', {}],
    ['streams.read', { after: 0 }],
    ['members.list', {}],
    ['rooms.get', {}],
  ] as const)
    expect(codeOf(await tryTo(administrator, command, { room, ...input })), command).toBe('not-found');
  const direct = await roomOf(ana, [bia]);
  expect(codeOf(await tryTo(administrator, 'messages.page', { room: direct }))).toBe('not-found');
});

it('[R54] nobody acts on the same or a higher role; owners give roles; a room keeps an owner', async () => {
  const room = await roomOf(ana, [bia, caio]);
  const reason = 'regra';
  expect(codeOf(await tend(bia, 'mute', caio, room, { reason }))).toBe('not-allowed');
  expect(codeOf(await tend(bia, 'setRole', bia, room, { role: 'owner' }))).toBe('not-allowed');
  for (const person of [bia, caio])
    expect(codeOf(await tend(ana, 'setRole', person, room, { role: 'moderator' }))).toBe('done');
  for (const what of ['mute', 'ban']) {
    expect(codeOf(await tend(bia, what, caio, room, { reason })), what).toBe('not-allowed');
    expect(codeOf(await tend(bia, what, ana, room, { reason })), what).toBe('not-allowed');
  }
  expect(codeOf(await tend(bia, 'remove', caio, room))).toBe('not-allowed');
  expect(codeOf(await tend(bia, 'setRole', caio, room, { role: 'member' }))).toBe('not-allowed');
  expect(codeOf(await tend(ana, 'setRole', ana, room, { role: 'member' }))).toBe('last-owner');
  expect(codeOf(await tryTo(ana, 'members.leave', { room }))).toBe('last-owner');
  expect(codeOf(await tend(ana, 'setRole', bia, room, { role: 'owner' }))).toBe('done');
  expect(codeOf(await tryTo(ana, 'members.leave', { room }))).toBe('done');
});

it('[R54] who is banned is out, and cannot come back until it ends', async () => {
  const room = await roomOf(ana, [bia]);
  expect(codeOf(await tend(ana, 'ban', bia, room, { reason: 'regra' }))).toBe('done');
  expect(codeOf(await tryTo(bia, 'messages.page', { room }))).toBe('not-found');
  expect(codeOf(await tryTo(bia, 'members.join', { room }))).toBe('banned');
  expect(codeOf(await tend(ana, 'unban', bia, room))).toBe('done');
  expect(codeOf(await tryTo(bia, 'members.join', { room }))).toBe('done');
});

it('[R55] creating twice with the same client id gives the same room; with other settings it is a conflict', async () => {
  const input = { clientId: uuidv7(), kind: 'topic', title: 'Uma sala' };
  const made = await Promise.all(Array.from({ length: 8 }, () => done(ana, 'rooms.create', input)));
  expect(new Set(made.map(({ room }) => room?.id)).size).toBe(1);
  expect(codeOf(await tryTo(ana, 'rooms.create', { ...input, title: 'Outra sala' }))).toBe('idempotency-conflict');
});
