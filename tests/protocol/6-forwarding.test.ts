import { beforeAll, expect, it } from 'vitest';
import type { Person } from '../raw/person.ts';
import { uuidv7 } from '../raw/uuid.ts';
import { add, administrator, codeOf, connect, createRoom, done, enrol, roomOf, say, tryTo } from './school.ts';

/** Caio is in both rooms, Bia only where it is said, Dora only where it goes. */
let bia: Person;
let caio: Person;
let dora: Person;
beforeAll(async () => {
  [bia, caio, dora] = await Promise.all([enrol('Bia'), enrol('Caio'), enrol('Dora')]);
});

const WORDS = 'segredo da turma de Bia';

/** A room by invitation in which something was said, and an open one to which it may go. */
async function scene() {
  const from = await roomOf(bia, [caio], { access: 'invite' });
  const to = await roomOf(dora, [caio]);
  const { id: message } = await say(bia, from, WORDS);
  return { from, to, message, forward: { room: from, message } };
}

const pageOf = async (person: Person, room: string) => (await done(person, 'messages.page', { room })).messages ?? [];
const refusal = async (person: Person, room: string, forward: { room: string; message: string }) => {
  const { status, body } = await tryTo(person, 'messages.send', { room, clientId: uuidv7(), body: 'vejam', forward });
  return { status, code: body.code, detail: body.detail };
};

it('[R118] a message is passed on by its name: with own words, live and in history, and nothing of it goes along', async () => {
  const { from, to, message, forward } = await scene();
  const { socket } = await connect(dora);
  await socket.subscribe(to);
  const sent = await say(caio, to, 'vale para nós também', { forward });
  await socket.until(({ t, events }) => t === 'events' && events?.some(({ seq }) => seq === sent.seq) === true);
  const [event] = socket.events(`room:${to}`).filter(({ seq }) => seq === sent.seq);
  expect(event?.data.message).toMatchObject({ body: 'vale para nós também', forward });
  const page = await pageOf(dora, to);
  expect(page.at(-1)).toMatchObject({ id: sent.id, body: 'vale para nós também', forward });
  expect(JSON.stringify([page, socket.events(`room:${to}`)])).not.toContain(WORDS);

  // Each reader asks for themselves: who is there reads it, who is not learns as much as of a room that there is not
  const asked = async (person: Person, room: string) => {
    const { status, body } = await tryTo(person, 'messages.get', { room, ids: [message] });
    return { status, code: body.code, detail: body.detail, bodies: body.messages?.map((one) => one.body) };
  };
  expect((await asked(caio, from)).bodies).toEqual([WORDS]);
  expect(await asked(dora, from)).toEqual(await asked(dora, uuidv7()));
  expect((await asked(dora, from)).code).toBe('not-found');
});

it('[R118] what one does not see cannot be passed on, and is answered like what never was', async () => {
  const { from, to, message, forward } = await scene();
  const never = await refusal(caio, to, { room: uuidv7(), message: uuidv7() });
  expect(never).toMatchObject({ status: 404, code: 'not-found' });
  // Not in the room; in the room, and the message is of another; said before one came
  expect(await refusal(dora, to, forward)).toEqual(never);
  expect(await refusal(caio, to, { room: to, message })).toEqual(never);
  expect(await refusal(caio, to, { room: from, message: uuidv7() })).toEqual(never);
  const late = await createRoom(bia, { access: 'invite', past: 'since-joining' });
  const before = await say(bia, late, 'antes');
  await add(bia, late, caio);
  expect(await refusal(caio, to, { room: late, message: before.id })).toEqual(never);
  // Who was put out of the room sees it no more
  await done(bia, 'members.remove', { room: from, account: caio.account, clientId: uuidv7() });
  expect(await refusal(caio, to, forward)).toEqual(never);
  expect(await pageOf(dora, to)).toEqual([]);
  expect(
    codeOf(await tryTo(caio, 'messages.send', { room: to, clientId: uuidv7(), body: 'a', forward: { room: from } })),
  ).toBe('malformed');
});

it('[R118] what was said in private is not passed on, wherever it would go', async () => {
  const { to } = await scene();
  const group = await roomOf(bia, [caio, dora]);
  const { room: few } = await done(caio, 'rooms.openGroup', { accounts: [bia.account, dora.account] });
  const { room: pair } = await done(caio, 'rooms.openDirect', { account: dora.account });
  const said = await say(dora, pair?.id ?? '', 'só para você');
  const forward = { room: pair?.id ?? '', message: said.id };
  for (const room of [to, group, few?.id ?? '', pair?.id ?? ''])
    expect((await refusal(caio, room, forward)).code).toBe('not-allowed');
  expect((await refusal(bia, group, forward)).code).toBe('not-found');
  const amongFew = await say(caio, few?.id ?? '', 'só para vocês');
  expect((await refusal(caio, to, { room: few?.id ?? '', message: amongFew.id })).code).toBe('not-allowed');
  // Who administers the school reads no more than others do
  await add(dora, to, administrator);
  expect((await refusal(administrator, to, forward)).code).toBe('not-found');
});

it('[R118] what is edited or removed where it was said is so for who passes it on, and cannot be passed on any more', async () => {
  const { from, to, message, forward } = await scene();
  const sent = await say(caio, to, 'vejam', { forward });
  const original = async () => (await done(caio, 'messages.get', { room: from, ids: [message] })).messages?.[0];
  await done(bia, 'messages.edit', { room: from, message, clientId: uuidv7(), body: 'corrigido' });
  expect((await original())?.body).toBe('corrigido');
  await done(bia, 'messages.remove', { room: from, message, clientId: uuidv7() });
  expect(await original()).toMatchObject({ removed: { by: 'author' } });
  expect((await original())?.body).toBeUndefined();
  expect((await refusal(caio, to, forward)).code).toBe('removed');
  expect((await pageOf(dora, to)).at(-1)).toMatchObject({ id: sent.id, forward });
});

it('[R118] it stays with an edit of the sender’s own words, goes with their removal, and a repeat is known by it', async () => {
  const { to, forward } = await scene();
  const input = { room: to, clientId: uuidv7(), body: 'vejam', forward };
  const first = await done(caio, 'messages.send', input);
  expect(await done(caio, 'messages.send', input)).toMatchObject({ id: first.id, duplicate: true });
  const { forward: _, ...without } = input;
  expect(codeOf(await tryTo(caio, 'messages.send', without))).toBe('idempotency-conflict');
  const { socket } = await connect(dora);
  await socket.subscribe(to);
  const { seq } = await done(caio, 'messages.edit', { room: to, message: first.id, clientId: uuidv7(), body: 'leiam' });
  await socket.until(({ t, events }) => t === 'events' && events?.some((one) => one.seq === seq) === true);
  const edited = socket.events(`room:${to}`).find((one) => one.seq === seq);
  expect(edited?.data.message).toMatchObject({ body: 'leiam', forward, editNo: 1 });
  expect((await pageOf(dora, to)).at(-1)).toMatchObject({ body: 'leiam', forward });
  await done(caio, 'messages.remove', { room: to, message: first.id, clientId: uuidv7() });
  const [tombstone] = await pageOf(dora, to);
  expect(tombstone?.removed).toBeDefined();
  expect(tombstone?.forward).toBeUndefined();
});
