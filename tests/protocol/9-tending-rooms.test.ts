import { beforeAll, expect, it } from 'vitest';
import { type Person, tokenOf } from '../raw/person.ts';
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

const act = (person: Person, name: string, input: object) => tryTo(person, name, { clientId: uuidv7(), ...input });
const link = async (person: Person, room: string, more: object = {}): Promise<string> => {
  const { url } = await done(person, 'invitations.make', { room, ...more });
  return tokenOf(url ?? '');
};

it('[R63] who moderates a room makes links into it; their secret is shown once', async () => {
  const room = await roomOf(ana, [bia]);
  const secret = await link(ana, room);
  expect(Buffer.from(secret, 'base64url').length).toBe(16);
  expect(codeOf(await tryTo(bia, 'invitations.make', { room }))).toBe('not-allowed');
  expect(codeOf(await tryTo(caio, 'invitations.make', { room }))).toBe('not-found');
  expect(codeOf(await tryTo(ana, 'invitations.make', { room, role: 'owner' }))).toBe('malformed');
  expect(codeOf(await tryTo(ana, 'invitations.make', { room, days: 31 }))).toBe('malformed');
  const listed = await tryTo(ana, 'invitations.list', { room });
  expect(listed.status).toBe(200);
  expect(listed.text).toContain('"most":1');
  expect(listed.text).not.toContain(secret);
  expect(codeOf(await tryTo(bia, 'invitations.list', { room }))).toBe('not-allowed');
});

it('[R63] [R64] a link for the staff lets in who works at the school, and shows nobody else what it leads to', async () => {
  const room = await createRoom(prof, { access: 'open' });
  const secret = await link(prof, room, { audience: 'staff' });
  expect(codeOf(await tryTo(caio, 'invitations.read', { secret }))).toBe('not-allowed');
  expect(codeOf(await tryTo(caio, 'invitations.redeem', { room, secret }))).toBe('not-allowed');
  const colleague = await enrol('Colega', 'monitor', false);
  await done(colleague, 'invitations.redeem', { room, secret });
});

it('[R64] a link of one use lets one in, however many try at once; a minor and an adult are not brought together', async () => {
  const room = await createRoom(ana, { access: 'invite' });
  const secret = await link(ana, room);
  expect(codeOf(await tryTo(prof, 'invitations.read', { secret }))).toBe('protected-minor');
  expect(codeOf(await tryTo(prof, 'invitations.redeem', { room, secret }))).toBe('protected-minor');
  expect((await done(bia, 'invitations.read', { secret })).room?.id).toBe(room);
  const tried = await Promise.all([bia, caio].map((person) => tryTo(person, 'invitations.redeem', { room, secret })));
  expect(tried.map(codeOf).sort()).toEqual(['done', 'link-used']);
  const revoked = await link(ana, room);
  const { invitations } = await done(ana, 'invitations.list', { room });
  for (const { id } of invitations ?? [])
    expect(codeOf(await tryTo(ana, 'invitations.revoke', { room, invitation: id }))).toBe('done');
  const late = await enrol('Duda');
  expect(codeOf(await tryTo(late, 'invitations.read', { secret: revoked }))).toBe('link-used');
  expect(codeOf(await tryTo(late, 'invitations.redeem', { room, secret: revoked }))).toBe('link-used');
  expect(codeOf(await tryTo(late, 'invitations.redeem', { room, secret: 'A'.repeat(22) }))).toBe('not-found');
});

it('[R65] an archived room is read, not written to, until it is opened again', async () => {
  const room = await roomOf(ana, [bia]);
  const { id: message } = await say(bia, room, 'antes');
  expect(codeOf(await act(bia, 'rooms.archive', { room, archived: true }))).toBe('not-allowed');
  expect(codeOf(await act(ana, 'rooms.archive', { room, archived: true }))).toBe('done');
  for (const [command, input] of [
    ['messages.send', { body: 'oi' }],
    ['messages.edit', { message, body: 'oi' }],
    ['rooms.update', { title: 'Outra' }],
  ] as const)
    expect(codeOf(await act(command === 'rooms.update' ? ana : bia, command, { room, ...input })), command).toBe(
      'archived',
    );
  expect(codeOf(await tryTo(bia, 'messages.react', { room, message, emoji: '👍' }))).toBe('archived');
  expect(codeOf(await tryTo(bia, 'messages.page', { room }))).toBe('done');
  expect(codeOf(await act(bia, 'messages.remove', { room, message }))).toBe('done');
  expect(codeOf(await act(ana, 'rooms.archive', { room, archived: false }))).toBe('done');
  await say(bia, room, 'depois');
});

it('[R66] an owner hands the room over in one step, and moderates it from then on', async () => {
  const room = await roomOf(ana, [bia]);
  expect(codeOf(await act(bia, 'members.transfer', { room, account: ana.account }))).toBe('not-allowed');
  expect(codeOf(await act(ana, 'members.transfer', { room, account: caio.account }))).toBe('not-found');
  expect(codeOf(await act(ana, 'members.transfer', { room, account: bia.account }))).toBe('done');
  expect(codeOf(await act(ana, 'members.transfer', { room, account: bia.account }))).toBe('not-allowed');
  expect(codeOf(await tryTo(bia, 'members.leave', { room }))).toBe('last-owner');
  expect(codeOf(await tryTo(ana, 'members.leave', { room }))).toBe('done');
});

it('[R115] a room whose owner is disabled goes to who could go on with it, or is given to somebody by an administrator', async () => {
  const [lia, rui] = await Promise.all([enrol('Lia', 'teacher'), enrol('Rui', 'teacher')]);
  const room = await roomOf(lia, [rui, bia]);
  const alone = await roomOf(lia, [bia]);
  const shut = { account: lia.account, reason: 'Saiu' };
  expect(await done(administrator, 'accounts.disable', shut)).toMatchObject({ stays: [{ id: alone }] });
  const { events } = await done(rui, 'streams.read', { room, after: 0, limit: 100 });
  expect(events?.slice(-2).map(({ type, data }) => [type, data])).toEqual([
    ['member.role-changed', { account: rui.account, role: 'owner' }],
    ['member.role-changed', { account: lia.account, role: 'moderator' }],
  ]);
  const left = await tryTo(administrator, 'rooms.all', { ownerless: true, limit: 200 });
  expect([left.text.includes(alone), left.text.includes(room)]).toEqual([true, false]);
  const give = (to: Person, which = alone) => ({ room: which, account: to.account });
  expect(codeOf(await tryTo(rui, 'rooms.entrust', give(rui)))).toBe('not-allowed');
  expect(codeOf(await tryTo(administrator, 'rooms.entrust', give(caio)))).toBe('not-allowed');
  expect(codeOf(await tryTo(administrator, 'rooms.entrust', give(bia, room)))).toBe('not-allowed');
  expect(codeOf(await tryTo(administrator, 'rooms.entrust', give(rui, uuidv7())))).toBe('not-found');
  expect(codeOf(await tryTo(administrator, 'rooms.entrust', give(rui)))).toBe('done');
  expect(codeOf(await act(rui, 'members.transfer', { room: alone, account: bia.account }))).toBe('done');
});

it('[R65] an administrator puts a room away without being in it', async () => {
  const room = await roomOf(ana, [bia]);
  expect(codeOf(await act(prof, 'rooms.archive', { room, archived: true }))).toBe('not-found');
  expect(codeOf(await act(administrator, 'rooms.archive', { room, archived: true }))).toBe('done');
  expect(codeOf(await tryTo(administrator, 'messages.page', { room }))).toBe('not-found');
});

it('[R67] the rules of a room are read before joining it', async () => {
  const room = await createRoom(ana, { rules: 'Sem respostas prontas' });
  const got = await tryTo(bia, 'rooms.get', { room });
  expect(JSON.parse(got.text)).toMatchObject({ rules: 'Sem respostas prontas', room: { hasRules: true }, mine: null });
  expect(codeOf(await act(ana, 'rooms.update', { room, rules: 'x'.repeat(2001) }))).toBe('malformed');
});

it('[R68] categories are the school’s: administrators set them, rooms carry one of those there are', async () => {
  const category = { id: uuidv7(), name: `C ${uuidv7()}`, emoji: '🎭' };
  expect(codeOf(await tryTo(prof, 'rooms.setCategories', { categories: [category] }))).toBe('not-allowed');
  await done(administrator, 'rooms.setCategories', { categories: [category] });
  expect((await tryTo(ana, 'rooms.categories', {})).text).toContain(category.id);
  const room = await createRoom(ana, { category: category.id, language: 'en' });
  expect((await tryTo(bia, 'rooms.directory', { category: category.id })).text).toContain(room);
  expect(codeOf(await act(ana, 'rooms.update', { room, category: uuidv7() }))).toBe('not-found');
});

it('[R69] the directory tells how much was said, and where last', async () => {
  const title = `Sala ${uuidv7()}`;
  const [quiet, busy] = [
    await createRoom(ana, { title: `${title} a` }),
    await createRoom(ana, { title: `${title} b` }),
  ];
  await say(ana, busy, 'oi');
  const found = async (more: object) =>
    (
      JSON.parse((await tryTo(bia, 'rooms.directory', { text: title, ...more })).text) as {
        rooms: { room: { id: string }; recent: number }[];
      }
    ).rooms.map((one) => [one.room.id, one.recent]);
  expect(await found({})).toEqual([
    [quiet, 0],
    [busy, 1],
  ]);
  expect(await found({ order: 'recent' })).toEqual([[busy, 1]]);
});
