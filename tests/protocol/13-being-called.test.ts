import { beforeAll, expect, it } from 'vitest';
import type { Person } from '../raw/person.ts';
import { uuidv7 } from '../raw/uuid.ts';
import type { WireFrame } from '../raw/wire.ts';
import { add, codeOf, connect, createRoom, done, enrol, roomOf, say, tryTo } from './school.ts';

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

it('[R119] a word that somebody named calls them where they are a member, and nobody else learns of it', async () => {
  const [room, elsewhere] = [await roomOf(ana, [bia, caio]), await roomOf(ana, [caio])];
  const { socket } = await connect(bia);
  const named = await done(bia, 'notifications.setKeywords', {
    words: [' Recuperação ', 'RECUPERACAO', 'prova final'],
  });
  const words = ['Recuperação', 'prova final'];
  expect(named).toEqual({ words });
  // Other devices ask for them anew; not where they are the same
  await socket.until(({ t }: WireFrame) => t === 'me');
  const told = socket.frames.filter(({ t }) => t === 'me').length;
  expect(await done(bia, 'notifications.setKeywords', { words })).toEqual(named);
  expect(await done(bia, 'notifications.keywords', {})).toEqual(named);
  expect(await done(caio, 'notifications.keywords', {})).toEqual({ words: [] });
  await say(ana, elsewhere, 'Recuperação na sexta');
  await say(ana, room, 'as recuperações');
  const said = await say(ana, room, 'RECUPERACAO, na sexta!');
  const made = await socket.until(
    ({ events }: WireFrame) => events?.some(({ type }) => type === 'notification.made') === true,
  );
  expect(made.events?.map(({ data }) => data).at(-1)).toMatchObject({
    kind: 'keyword',
    room,
    message: said.id,
    messageSeq: said.seq,
  });
  expect(JSON.stringify(made)).not.toMatch(/recupera/i);
  expect(socket.frames.filter(({ t }) => t === 'me')).toHaveLength(told);
  expect((await done(bia, 'rooms.get', { room })).mine).toMatchObject({ unread: 2, mentions: 1 });
  const here = ((await done(bia, 'notifications.inbox', {})).items ?? []).filter(
    ({ message }) => message.room === room,
  );
  expect(here.map(({ reason, message }) => [reason, message.id])).toEqual([['keyword', said.id]]);
  expect((await done(caio, 'rooms.get', { room })).mine).toMatchObject({ unread: 2, mentions: 0 });
  socket.close();
});

it('[R119] what begins with no letter or number, or has one alone, is bad-text; too many and too long ones are malformed', async () => {
  const put = async (...words: string[]) => codeOf(await tryTo(caio, 'notifications.setKeywords', { words }));
  expect(await Promise.all([put('.*'), put('é'), put('#dever')])).toEqual(['bad-text', 'bad-text', 'bad-text']);
  const many = Array.from({ length: 21 }, (_, nth) => `palavra ${nth}`);
  expect(await Promise.all([put('x'.repeat(41)), put(''), put(...many)])).toEqual(Array(3).fill('malformed'));
  expect(await put(...many.slice(1))).toBe('done');
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

it('[R120] the staff says that a message is urgent for those whom it names: the flag is in the log, in their stream and in the inbox, and stays with an edit', async () => {
  const helena = await enrol('Helena', 'teacher');
  const room = await roomOf(ana, [bia, caio]);
  await add(ana, room, helena);
  const { socket } = await connect(bia);
  const urgent = await say(helena, room, 'a sala mudou, @Bia', { mentions: [bia.account], urgent: true });
  const made = await socket.until(
    ({ events }: WireFrame) => events?.some(({ type }) => type === 'notification.made') === true,
  );
  expect(made.events?.map(({ data }) => data).at(-1)).toMatchObject({
    kind: 'mention',
    message: urgent.id,
    urgent: true,
  });
  const [entry] = (await done(bia, 'notifications.inbox', {})).items ?? [];
  expect(entry).toMatchObject({ reason: 'mention', message: { id: urgent.id, urgent: true, mentions: [bia.account] } });
  await done(helena, 'messages.edit', { room, message: urgent.id, clientId: uuidv7(), body: 'mudou de novo' });
  const { messages } = await done(caio, 'messages.get', { room, ids: [urgent.id] });
  expect(messages?.[0]).toMatchObject({ body: 'mudou de novo', urgent: true });
  expect(messages?.[0]).not.toHaveProperty('mentions');
  await done(helena, 'messages.remove', { room, message: urgent.id, clientId: uuidv7() });
  const gone = await done(caio, 'messages.get', { room, ids: [urgent.id] });
  expect(gone.messages?.[0]).not.toHaveProperty('urgent');
  socket.close();
});

it('[R120] it is refused to others, to nobody by name, with a call to all, in private; the sixth of an hour is too many', async () => {
  const helena = await enrol('Helena', 'teacher');
  const room = await roomOf(helena, [bia, caio]);
  const urge = async (who: Person, of: string, more: object = {}) =>
    codeOf(
      await tryTo(who, 'messages.send', {
        room: of,
        clientId: uuidv7(),
        body: 'já',
        mentions: [bia.account],
        urgent: true,
        ...more,
      }),
    );
  expect(await urge(caio, room)).toBe('not-allowed');
  expect(await urge(helena, room, { mentions: [] })).toBe('not-allowed');
  expect(await urge(helena, room, { everyone: true })).toBe('not-allowed');
  // Who is not in the room is not named in it
  const outsider = await enrol('Davi');
  expect(await urge(helena, room, { mentions: [outsider.account] })).toBe('not-allowed');
  const other = await roomOf(helena, [bia]);
  for (let nth = 0; nth < 5; nth++) expect(await urge(helena, nth % 2 ? room : other)).toBe('done');
  expect(await urge(helena, room)).toBe('too-many');
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

/** What somebody has still to confirm in a room, by message. */
const waitingFor = async (who: Person, room: string) =>
  ((await done(who, 'notices.mine', {})).messages ?? []).flatMap((one) => (one.room === room ? [one.id] : []));

it('[R114] what has to be read waits for each member until they confirm it, on every device and once', async () => {
  const room = await roomOf(ana, [bia, caio]);
  const notice = await say(ana, room, 'A prova é na quinta, às 8h.');
  const asking = { room, message: notice.id };
  const [{ socket }, { socket: desk }] = [await connect(bia), await connect(bia)];
  const { seq } = await done(ana, 'notices.require', asking);
  await socket.until(({ t }: WireFrame) => t === 'notices');
  expect(await done(ana, 'notices.require', asking)).toEqual({ seq });
  const [event] = (await done(bia, 'streams.read', { room, after: (seq ?? 0) - 1 })).events ?? [];
  expect(event).toMatchObject({ type: 'message.required', actor: ana.account, data: { message: notice.id } });
  const { messages } = await done(bia, 'messages.page', { room });
  expect(messages?.find(({ id }) => id === notice.id)?.required).toMatchObject({ by: ana.account });
  // However the room is, and read or not
  await done(bia, 'notifications.setRoom', { room, level: 'nothing', hush: { seconds: null } });
  await done(bia, 'messages.markRead', { room, seq: seq ?? 0 });
  expect([await waitingFor(ana, room), await waitingFor(bia, room), await waitingFor(caio, room)]).toEqual([
    [],
    [notice.id],
    [notice.id],
  ]);
  const told = desk.frames.filter(({ t }) => t === 'notices').length;
  const confirmed = await done(bia, 'notices.confirm', { ...asking, editNo: 0 });
  await desk.until((frame: WireFrame) => frame.t === 'notices' && desk.frames.indexOf(frame) >= told);
  expect(await done(bia, 'notices.confirm', { ...asking, editNo: 0 })).toEqual(confirmed);
  expect([await waitingFor(bia, room), await waitingFor(caio, room)]).toEqual([[], [notice.id]]);
  expect(await done(ana, 'notices.state', asking)).toEqual({
    confirmed: [{ account: bia.account, at: confirmed.at, editNo: 0 }],
    waiting: [caio.account],
  });
  // Who is not in it any more is not counted; who comes back has confirmed
  await done(ana, 'members.remove', { room, account: bia.account, clientId: uuidv7() });
  expect((await done(ana, 'notices.state', asking)).confirmed).toEqual([]);
  await done(ana, 'members.add', { room, account: bia.account, clientId: uuidv7() });
  expect(await waitingFor(bia, room)).toEqual([]);
  socket.close();
  desk.close();
});

it('[R114] one confirms what stands: of an edit one has not read it is stale, and who confirmed before it is told apart', async () => {
  const room = await roomOf(ana, [bia, caio]);
  const { id: message } = await say(ana, room, 'Na quinta.');
  await done(ana, 'notices.require', { room, message });
  await done(bia, 'notices.confirm', { room, message, editNo: 0 });
  await done(ana, 'messages.edit', { room, message, clientId: uuidv7(), body: 'Na sexta.' });
  expect(codeOf(await tryTo(caio, 'notices.confirm', { room, message, editNo: 0 }))).toBe('stale');
  await done(caio, 'notices.confirm', { room, message, editNo: 1 });
  const { confirmed = [] } = await done(ana, 'notices.state', { room, message });
  expect(confirmed.map(({ account, editNo }) => [account, editNo])).toEqual([
    [bia.account, 0],
    [caio.account, 1],
  ]);
});

it('[R114] who moderates the room asks, sees who has confirmed and asks no more; members and outsiders do not', async () => {
  const room = await roomOf(ana, [bia], { past: 'since-joining' });
  const { id: message } = await say(ana, room, 'Tragam a autorização.');
  const asking = { room, message };
  expect(codeOf(await tryTo(bia, 'notices.require', asking))).toBe('not-allowed');
  await done(ana, 'notices.require', asking);
  expect(codeOf(await tryTo(bia, 'notices.state', asking))).toBe('not-allowed');
  expect(codeOf(await tryTo(bia, 'notices.withdraw', asking))).toBe('not-allowed');
  for (const [name, more] of [
    ['notices.state', {}],
    ['notices.confirm', { editNo: 0 }],
  ] as const) {
    const unknown = await tryTo(caio, name, { room: uuidv7(), message, ...more });
    expect(await tryTo(caio, name, { ...asking, ...more })).toEqual(unknown);
    expect(codeOf(unknown)).toBe('not-found');
  }
  // Who came after it, where the room does not show its past, is not asked
  await done(ana, 'members.add', { room, account: caio.account, clientId: uuidv7() });
  expect(await waitingFor(caio, room)).toEqual([]);
  expect(codeOf(await tryTo(caio, 'notices.confirm', { ...asking, editNo: 0 }))).toBe('not-found');
  expect((await done(ana, 'notices.state', asking)).waiting).toEqual([bia.account]);
  expect(codeOf(await tryTo(ana, 'notices.confirm', { ...asking, editNo: 0 }))).toBe('not-found');
  // Taken back, and asked anew: nobody has confirmed that
  await done(bia, 'notices.confirm', { ...asking, editNo: 0 });
  await done(ana, 'notices.withdraw', asking);
  expect(codeOf(await tryTo(ana, 'notices.state', asking))).toBe('not-found');
  await done(ana, 'notices.require', asking);
  expect(await waitingFor(bia, room)).toEqual([message]);
  // Removed, it has not to be read
  const removed = await done(ana, 'messages.remove', { room, message, clientId: uuidv7() });
  const events = (await done(ana, 'streams.read', { room, after: (removed.seq ?? 0) - 2 })).events ?? [];
  expect(events.map(({ type }) => type)).toEqual(['message.released', 'message.removed']);
  expect(await waitingFor(bia, room)).toEqual([]);
  expect(codeOf(await tryTo(ana, 'notices.require', asking))).toBe('removed');
});

it('[R114] twenty at one time in a room, none in a thread, none in private', async () => {
  const room = await roomOf(ana, [bia]);
  const said = await Promise.all(Array.from({ length: 21 }, (_, n) => say(ana, room, `aviso ${n}`)));
  const codes: string[] = [];
  for (const { id: message } of said) codes.push(codeOf(await tryTo(ana, 'notices.require', { room, message })));
  expect(codes).toEqual([...Array.from({ length: 20 }, () => 'done'), 'too-many']);
  expect(await waitingFor(bia, room)).toHaveLength(20);
  const reply = await say(ana, room, 'no fio', { thread: said[0]?.id });
  expect(codeOf(await tryTo(ana, 'notices.require', { room, message: reply.id }))).toBe('not-allowed');
  const { room: pair } = await done(ana, 'rooms.openDirect', { account: bia.account });
  const direct = await say(ana, pair?.id ?? '', 'oi');
  expect(codeOf(await tryTo(ana, 'notices.require', { room: pair?.id, message: direct.id }))).toBe('not-allowed');
});
