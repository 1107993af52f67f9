import { beforeAll, expect, it } from 'vitest';
import type { Person } from '../raw/person.ts';
import { uuidv7 } from '../raw/uuid.ts';
import type { WireEvent } from '../raw/wire.ts';
import { add, codeOf, connect, createRoom, done, enrol, roomOf, say, tryTo } from './school.ts';

let ana: Person;
let bia: Person;
let caio: Person;
beforeAll(async () => {
  [ana, bia, caio] = await Promise.all([enrol('Ana'), enrol('Bia'), enrol('Caio')]);
});

const log = async (person: Person, room: string): Promise<readonly WireEvent[]> =>
  (await done(person, 'streams.read', { room, after: 0, limit: 500 })).events ?? [];
const tend = (what: string, account: Person, room: string, more: object = {}) =>
  tryTo(ana, `members.${what}`, {
    room,
    account: account.account,
    clientId: uuidv7(),
    ...(/^(mute|ban)$/.test(what) ? { reason: 'regra' } : {}),
    ...more,
  });

it('[R40] the same send over other connections, also at once, has one result and stands once', async () => {
  const room = await createRoom(ana);
  const { socket } = await connect(ana);
  const input = { room, clientId: uuidv7(), body: 'uma vez' };
  const answers = await Promise.all([
    socket.do('messages.send', input),
    ...Array.from({ length: 9 }, () => done(ana, 'messages.send', input)),
  ]);
  socket.close();
  const outputs = answers.map((answer) => ('output' in answer && answer.output ? answer.output : answer)) as {
    id: string;
    seq: number;
    duplicate?: boolean;
  }[];
  expect(new Set(outputs.map(({ id, seq }) => `${id} ${seq}`)).size).toBe(1);
  expect(outputs.filter(({ duplicate }) => !duplicate)).toHaveLength(1);
  expect((await log(ana, room)).filter(({ type }) => type === 'message.sent')).toHaveLength(1);
});

it('[R41] the same id with another payload is a conflict, and writes nothing', async () => {
  const room = await createRoom(ana);
  const clientId = uuidv7();
  await say(ana, room, 'um', { clientId });
  expect(codeOf(await tryTo(ana, 'messages.send', { room, clientId, body: 'outro' }))).toBe('idempotency-conflict');
  expect(codeOf(await tryTo(ana, 'messages.send', { room, clientId, body: 'um', mentions: [bia.account] }))).toBe(
    'idempotency-conflict',
  );
  expect((await log(ana, room)).filter(({ type }) => type === 'message.sent')).toHaveLength(1);
});

it('[R41] a repeat is answered to somebody who has been silenced since; of a removed message it says so', async () => {
  const room = await roomOf(ana, [bia]);
  const input = { room, clientId: uuidv7(), body: 'antes' };
  const first = await done(bia, 'messages.send', input);
  expect(codeOf(await tend('mute', bia, room))).toBe('done');
  expect(await done(bia, 'messages.send', input)).toEqual({ ...first, duplicate: true });
  await done(ana, 'messages.remove', { room, message: first.id, clientId: uuidv7() });
  expect(await done(bia, 'messages.send', input)).toMatchObject({
    id: first.id,
    seq: first.seq,
    duplicate: true,
    removed: true,
  });
});

it('[R41] a repeat of another command gives the answer of then, also when there was nothing to write', async () => {
  const room = await roomOf(ana, [bia]);
  const sent = await say(bia, room, 'um');
  const edit = { room, message: sent.id, clientId: uuidv7(), body: 'dois' };
  const edited = await done(bia, 'messages.edit', edit);
  await say(ana, room, 'entre');
  expect(await done(bia, 'messages.edit', edit)).toEqual({ ...edited, duplicate: true });
  await done(ana, 'messages.remove', { room, message: sent.id, clientId: uuidv7() });
  const again = { room, message: sent.id, clientId: uuidv7() };
  const first = await done(bia, 'messages.remove', again);
  await say(ana, room, 'depois');
  expect(await done(bia, 'messages.remove', again)).toEqual({ ...first, duplicate: true });
});

it('[R42] what was answered before another was sent stands before it, whoever sent them', async () => {
  const room = await roomOf(ana, [bia, caio]);
  const seqs: number[] = [];
  for (let nth = 0; nth < 15; nth++) seqs.push((await say([ana, bia, caio][nth % 3] ?? ana, room, `n ${nth}`)).seq);
  expect(seqs).toEqual([...seqs].sort((a, b) => a - b));
});

it('[R43] between a mute and its end nothing of the person stands in the log, however they hurry', async () => {
  const room = await roomOf(ana, [bia]);
  const target = await say(ana, room, 'alvo');
  const own = await say(bia, room, 'meu');
  const { socket } = await connect(bia);
  const hurry = Array.from({ length: 25 }, () =>
    socket.do('messages.send', { room, clientId: uuidv7(), body: 'corre' }),
  );
  const { seq: from = 0 } = (await tend('mute', bia, room)).body;
  const late = await Promise.all([
    tryTo(bia, 'messages.send', { room, clientId: uuidv7(), body: 'tarde' }),
    tryTo(bia, 'messages.edit', { room, message: own.id, clientId: uuidv7(), body: 'tarde' }),
    tryTo(bia, 'messages.react', { room, message: target.id, emoji: '👍' }),
  ]);
  expect(late.map(codeOf)).toEqual(['muted', 'muted', 'muted']);
  await Promise.all(hurry);
  const { seq: to = 0 } = (await tend('unmute', bia, room)).body;
  const between = (await log(ana, room)).filter(({ seq, actor }) => seq > from && seq < to && actor === bia.account);
  expect(between).toEqual([]);
  expect(to).toBeGreaterThan(from);
  expect(codeOf(await tryTo(bia, 'messages.send', { room, clientId: uuidv7(), body: 'de volta' }))).toBe('done');
  socket.close();
});

it('[R43] a timed mute ends by the server’s clock', async () => {
  const room = await roomOf(ana, [bia]);
  expect(codeOf(await tend('mute', bia, room, { seconds: 1 }))).toBe('done');
  const trySend = () => tryTo(bia, 'messages.send', { room, clientId: uuidv7(), body: 'já?' });
  const refused = await trySend();
  expect(refused.body.code).toBe('muted');
  const until = Date.parse(refused.body.until ?? '');
  await expect.poll(async () => codeOf(await trySend()), { timeout: 5_000 }).toBe('done');
  const sent = (await log(ana, room)).findLast(({ type }) => type === 'message.sent');
  expect(Date.parse(sent?.at ?? '')).toBeGreaterThanOrEqual(until);
});

it('[R44] a removed message leaves a tombstone with seq, ordinal and author, and its text is in no read', async () => {
  const room = await roomOf(ana, [bia]);
  const secret = `segredo-${uuidv7()}`;
  const sent = await say(bia, room, secret);
  await done(bia, 'messages.edit', { room, message: sent.id, clientId: uuidv7(), body: `${secret} editado` });
  expect((await tryTo(ana, 'messages.page', { room })).text).toContain(secret);
  await done(ana, 'messages.remove', { room, message: sent.id, clientId: uuidv7() });
  const page = await tryTo(ana, 'messages.page', { room });
  expect(page.body.messages?.at(-1)).toMatchObject({
    id: sent.id,
    seq: sent.seq,
    ordinal: sent.ordinal,
    author: bia.account,
    removed: { by: 'moderator' },
  });
  for (const [command, input] of [
    ['messages.page', {}],
    ['streams.read', { after: 0 }],
    ['messages.get', { ids: [sent.id] }],
  ] as const)
    expect((await tryTo(bia, command, { room, ...input })).text, command).not.toContain(secret);
});

it('[R45] a reply names its message, quotes nothing, and stands when that is removed', async () => {
  const room = await roomOf(ana, [bia]);
  const asked = await say(ana, room, 'pergunta');
  const reply = await say(bia, room, 'resposta', { replyTo: asked.id });
  await done(ana, 'messages.remove', { room, message: asked.id, clientId: uuidv7() });
  const { messages = [] } = await done(bia, 'messages.get', { room, ids: [asked.id, reply.id] });
  expect(messages.find(({ id }) => id === reply.id)).toMatchObject({ body: 'resposta', replyTo: asked.id });
  expect(messages.find(({ id }) => id === asked.id)?.removed).toBeDefined();
  expect(JSON.stringify(messages)).not.toContain('pergunta');
});

it('[R46] mentions of outsiders are dropped, and each person is called once, by the strongest reason', async () => {
  const room = await roomOf(ana, [bia]);
  const since = async (person: Person) =>
    (await done(person, 'streams.readMine', { after: 0, limit: 500 })).events?.filter(
      ({ type, data }) => type === 'notification.made' && data.room === room,
    ) ?? [];
  const asked = await say(bia, room, 'pergunta');
  const sent = await say(ana, room, 'resposta', { replyTo: asked.id, mentions: [bia.account, caio.account] });
  const { messages = [] } = await done(ana, 'messages.get', { room, ids: [sent.id] });
  expect(messages[0]?.mentions).toEqual([bia.account]);
  expect((await since(bia)).map(({ data }) => [data.kind, data.message])).toEqual([['mention', sent.id]]);
  expect(await since(caio)).toEqual([]);
  await say(ana, room, 'outra', { replyTo: asked.id });
  expect((await since(bia)).map(({ data }) => data.kind)).toEqual(['mention', 'reply']);
});

it('[R47] what holds already writes nothing, and the answer carries the head', async () => {
  const room = await roomOf(ana, [bia]);
  const sent = await say(ana, room, 'oi');
  const twice = async (person: Person, command: string, input: object) => {
    await done(person, command, { room, ...input });
    const head = (await log(ana, room)).length;
    expect((await done(person, command, { room, ...input })).seq, command).toBe(head);
    expect(await log(ana, room), command).toHaveLength(head);
  };
  await twice(bia, 'messages.react', { message: sent.id, emoji: '👍' });
  await twice(bia, 'messages.unreact', { message: sent.id, emoji: '👍' });
  await twice(bia, 'members.join', {});
  expect(codeOf(await tend('mute', bia, room))).toBe('done');
  const head = (await log(ana, room)).length;
  expect((await tend('mute', bia, room)).body.seq).toBe(head);
  expect(await log(ana, room)).toHaveLength(head);
  await add(ana, room, caio);
});
