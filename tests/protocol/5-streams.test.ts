import { beforeAll, expect, it } from 'vitest';
import type { Person } from '../raw/person.ts';
import { uuidv7 } from '../raw/uuid.ts';
import type { WireCursor, WireEvent, WireFrame } from '../raw/wire.ts';
import { codeOf, connect, createRoom, done, enrol, roomOf, say, tryTo } from './school.ts';

let ana: Person;
let bia: Person;
let epoch: string;
beforeAll(async () => {
  [ana, bia] = await Promise.all([enrol('Ana'), enrol('Bia')]);
  const { socket, welcome } = await connect(ana);
  epoch = welcome.epoch ?? '';
  socket.close();
});

const at = (seq: number, lastId: string | null = null): WireCursor => ({ epoch, seq, lastId });
const stream = (room: string) => `room:${room}`;
const reaches = (room: string, seq: number) => (frame: WireFrame) =>
  frame.stream === stream(room) && (frame.events?.some((event) => event.seq >= seq) ?? false);
const messageIn = (event: WireEvent | undefined) =>
  typeof event?.data.message === 'object' ? event.data.message : undefined;

/** Says so much that a resume from the beginning has a gap: 32 on their way at a time. */
async function sayMany(person: Person, room: string, count: number, body = (nth: number) => `n ${nth}`): Promise<void> {
  // Over several sockets: one alone would be taken for a flood on a fast machine (R22)
  const sockets = await Promise.all(Array.from({ length: Math.ceil(count / 300) }, () => connect(person)));
  let next = 0;
  await Promise.all(
    sockets.map(async ({ socket }, nth) => {
      const until = Math.min(count, (nth + 1) * 300);
      let mine = nth * 300;
      const lane = async () => {
        while (mine < until) {
          mine += 1;
          const input = { room, clientId: uuidv7(), body: body(next++) };
          expect((await socket.do('messages.send', input)).t).toBe('done');
        }
      };
      await Promise.all(Array.from({ length: 10 }, lane));
      socket.close();
    }),
  );
}

it('[R26] seqs are 1, 2, 3, …; id, actor and time of an event are the same in each reading; time never decreases', async () => {
  const room = await roomOf(ana, [bia]);
  const sent = await say(bia, room, 'um');
  await done(bia, 'messages.edit', { room, message: sent.id, clientId: uuidv7(), body: 'dois' });
  const first = await done(ana, 'streams.read', { room, after: 0 });
  const { events: again = [] } = await done(bia, 'streams.read', { room, after: 0 });
  expect(first.events?.map(({ seq }) => seq)).toEqual(Array.from({ length: first.head ?? 0 }, (_, nth) => nth + 1));
  expect(again.map(({ id, seq, actor, at: when }) => [id, seq, actor, when])).toEqual(
    first.events?.map(({ id, seq, actor, at: when }) => [id, seq, actor, when]),
  );
  const times = again.map(({ at: when }) => when);
  expect(times).toEqual([...times].sort());
});

it('[R27] an event shows the newest edit at the time of reading, or the tombstone', async () => {
  const room = await createRoom(ana);
  const sent = await say(ana, room, 'um');
  const contentNow = async () =>
    messageIn((await done(ana, 'streams.read', { room, after: sent.seq - 1 })).events?.[0]);
  expect(await contentNow()).toMatchObject({ body: 'um', editNo: 0 });
  await done(ana, 'messages.edit', { room, message: sent.id, clientId: uuidv7(), body: 'dois' });
  expect(await contentNow()).toMatchObject({ body: 'dois', editNo: 1 });
  await done(ana, 'messages.remove', { room, message: sent.id, clientId: uuidv7() });
  const tombstone = await contentNow();
  expect(tombstone?.removed?.by).toBe('author');
  expect(tombstone?.body).toBeUndefined();
});

it('[R28] a stream comes whole from its cursor on, and live events follow without a seam', async () => {
  const room = await roomOf(ana, [bia]);
  for (let nth = 0; nth < 10; nth++) await say(ana, room, `antes ${nth}`);
  const { socket } = await connect(bia);
  const talking = Promise.all(Array.from({ length: 30 }, (_, nth) => say(ana, room, `durante ${nth}`)));
  expect((await socket.subscribe(room, at(2))).t).toBe('subscribed');
  await talking;
  const last = await say(ana, room, 'depois');
  await socket.until(reaches(room, last.seq));
  socket.close();
  expect(socket.events(stream(room)).map(({ seq }) => seq)).toEqual(
    Array.from({ length: last.seq - 2 }, (_, nth) => nth + 3),
  );
});

it('[R29] without a cursor a stream starts live, after the head that subscribed names', async () => {
  const room = await roomOf(ana, [bia]);
  await say(ana, room, 'antes');
  const { socket } = await connect(bia);
  const subscribed = await socket.subscribe(room);
  const live = await say(ana, room, 'agora');
  await socket.until(reaches(room, live.seq));
  socket.close();
  expect(subscribed.head?.seq).toBe(live.seq - 1);
  expect(socket.events(stream(room)).map(({ seq }) => seq)).toEqual([live.seq]);
});

it('[R30] who missed more than resumeEvents gets one gap and the newest gapEvents, and reading fills it exactly', async () => {
  const room = await createRoom(ana);
  await sayMany(ana, room, 520);
  const { socket, welcome } = await connect(ana);
  const { head } = await socket.subscribe(room, at(0));
  await socket.until(reaches(room, 522));
  const gaps = socket.frames.filter(({ t }) => t === 'gap');
  const newest = welcome.limits?.['gapEvents'] ?? 0;
  expect(head?.seq).toBe(522);
  expect(gaps.map(({ from, to }) => [from, to])).toEqual([[1, 522 - newest]]);
  expect(socket.events(stream(room)).map(({ seq }) => seq)).toEqual(
    Array.from({ length: newest }, (_, nth) => 523 - newest + nth),
  );
  const filled = await done(ana, 'streams.read', { room, after: 0, limit: 500 });
  expect(filled.events?.map(({ seq }) => seq)).toEqual(Array.from({ length: 500 }, (_, nth) => nth + 1));
  // One fewer than the limit comes whole
  const { socket: near } = await connect(ana);
  await near.subscribe(room, at(22));
  await near.until(reaches(room, 522));
  expect(near.frames.some(({ t }) => t === 'gap')).toBe(false);
  expect(near.events(stream(room))).toHaveLength(500);
  socket.close();
  near.close();
});

it('[R31] a wrong epoch, a seq past the head, another event at the seq and a changed membership are resets', async () => {
  const room = await roomOf(ana, [bia], { access: 'open' });
  const { socket } = await connect(bia);
  const reasonFor = async (cursor: WireCursor) => {
    const { socket: own } = await connect(bia);
    await own.subscribe(room, cursor);
    const reset = await own.until(({ t }) => t === 'reset');
    own.close();
    expect(reset.head?.epoch).toBe(epoch);
    return reset.reason;
  };
  expect(await reasonFor({ epoch: uuidv7(), seq: 1, lastId: null })).toBe('epoch');
  expect(await reasonFor(at(9_999))).toBe('ahead');
  expect(await reasonFor(at(2, uuidv7()))).toBe('mismatch');
  socket.close();
});

it('[R32] a cursor works on another connection at any time, and an id that is null is not checked', async () => {
  const room = await createRoom(ana);
  const [one, two] = [await say(ana, room, 'um'), await say(ana, room, 'dois')];
  const { events = [] } = await done(ana, 'streams.read', { room, after: 0 });
  const lastId = events.find(({ seq }) => seq === one.seq)?.id ?? null;
  for (const cursor of [at(one.seq, lastId), at(one.seq)]) {
    const { socket } = await connect(ana);
    await socket.subscribe(room, cursor);
    await socket.until(reaches(room, two.seq));
    expect(socket.events(stream(room)).map(({ seq }) => seq)).toEqual([two.seq]);
    socket.close();
  }
});

it('[R33] what was said before one came is hidden where the room says so, as a declared range', async () => {
  const room = await createRoom(ana, { past: 'since-joining' });
  const before = await say(ana, room, 'antes dela');
  const { seq: joined = 0 } = await done(ana, 'members.add', { room, account: bia.account, clientId: uuidv7() });
  const { socket } = await connect(bia);
  await socket.subscribe(room, at(0));
  await socket.until(reaches(room, joined));
  socket.close();
  expect(socket.frames.filter(({ t }) => t === 'hidden').map(({ from, to }) => [from, to])).toEqual([[1, joined - 1]]);
  expect(JSON.stringify(socket.frames)).not.toContain('antes dela');
  const read = await done(bia, 'streams.read', { room, after: 0 });
  expect(read.hidden).toEqual([{ from: 1, to: joined - 1 }]);
  const page = await tryTo(bia, 'messages.page', { room });
  expect(page.text).not.toContain('antes dela');
  expect((await done(bia, 'messages.get', { room, ids: [before.id] })).messages).toEqual([]);
});

it('[R34] the event of one’s removal is the last one is sent; then the stream is closed and nothing can be read', async () => {
  const room = await roomOf(ana, [bia], { access: 'invite' });
  const { socket } = await connect(bia);
  await socket.subscribe(room);
  const { seq = 0 } = await done(ana, 'members.remove', { room, account: bia.account, clientId: uuidv7() });
  await say(ana, room, 'já saiu');
  await socket.until(({ t }) => t === 'unsubscribed');
  socket.send({ t: 'ping' });
  await socket.until(({ t }) => t === 'pong');
  expect(socket.events(stream(room)).at(-1)).toMatchObject({ seq, type: 'member.removed' });
  expect(JSON.stringify(socket.frames)).not.toContain('já saiu');
  expect((await socket.subscribe(room)).problem?.code).toBe('not-found');
  for (const [command, input] of [
    ['streams.read', { after: 0 }],
    ['messages.page', {}],
    ['members.list', {}],
  ] as const)
    expect(codeOf(await tryTo(bia, command, { room, ...input })), command).toBe('not-found');
  socket.close();
});

it('[R35] a connection has its user stream, from the hello’s cursor on', async () => {
  const room = await roomOf(ana, [bia]);
  const { socket: first, welcome } = await connect(bia);
  first.close();
  const sent = await say(ana, room, 'oi Bia', { mentions: [bia.account] });
  const { socket } = await connect(bia, welcome.user);
  const own = `user:${bia.account}`;
  const frame = await socket.until((candidate) => candidate.stream === own && candidate.t === 'events');
  expect(frame.events?.[0]).toMatchObject({
    seq: (welcome.user?.seq ?? 0) + 1,
    type: 'notification.made',
    data: { kind: 'mention', room, message: sent.id },
  });
  const { events = [] } = await done(bia, 'streams.readMine', { after: welcome.user?.seq ?? 0 });
  expect(events).toEqual(frame.events);
  const live = await say(ana, room, 'de novo', { mentions: [bia.account] });
  await socket.until(
    (candidate) =>
      candidate.stream === own && (candidate.events?.some(({ data }) => data.message === live.id) ?? false),
  );
  socket.close();
});

it('[R36] rooms that are not open are told by their heads, at most once a second', async () => {
  const room = await roomOf(ana, [bia]);
  const { socket } = await connect(bia);
  const times: number[] = [];
  const startMs = performance.now();
  let last = await say(ana, room, 'um');
  while (performance.now() - startMs < 2_500) last = await say(ana, room, 'mais um');
  await socket.until(
    ({ heads }) =>
      heads?.some((head) => head.room === room && head.head === last.seq && head.ordinal === last.ordinal) ?? false,
  );
  times.push(...socket.frames.filter(({ heads }) => heads?.some((head) => head.room === room)).map((_, nth) => nth));
  socket.close();
  expect(times.length).toBeGreaterThanOrEqual(2);
  expect(times.length).toBeLessThanOrEqual(Math.ceil((performance.now() - startMs) / 1_000) + 1);
  expect(socket.frames.some((frame) => frame.stream === stream(room))).toBe(false);
});

it('[R37] a marker that moves is told to one’s other devices, never goes back, and moves with one’s own message', async () => {
  const room = await roomOf(ana, [bia]);
  const first = await say(ana, room, 'um');
  await say(ana, room, 'dois');
  const { socket } = await connect(bia);
  await done(bia, 'messages.markRead', { room, seq: first.seq });
  expect(await socket.until((frame) => frame.t === 'marker' && frame.room === room)).toMatchObject({
    seq: first.seq,
    ordinal: 1,
    unread: 1,
  });
  const mine = await say(bia, room, 'três');
  expect(await socket.until((frame) => frame.t === 'marker' && frame.seq === mine.seq)).toMatchObject({ unread: 0 });
  expect((await done(bia, 'messages.markRead', { room, seq: 1 })).seq).toBe(mine.seq);
  socket.close();
});

it('[R38] typing is told to who is there, and to nobody afterwards', async () => {
  const room = await roomOf(ana, [bia]);
  const { socket } = await connect(bia);
  await socket.subscribe(room);
  await done(ana, 'presence.typing', { room });
  expect(await socket.until(({ t }) => t === 'typing')).toMatchObject({ room, account: ana.account });
  socket.close();
  const { socket: late } = await connect(bia);
  await late.subscribe(room, at(0));
  await late.until(({ t }) => t === 'events');
  late.send({ t: 'ping' });
  await late.until(({ t }) => t === 'pong');
  expect(late.frames.some(({ t }) => t === 'typing')).toBe(false);
  late.close();
});

it('[R39] who reads too slowly is closed with 4008, and misses nothing after coming back', async () => {
  const room = await roomOf(ana, [bia]);
  const { socket } = await connect(bia);
  const { head } = await socket.subscribe(room);
  socket.socket.pause();
  // More than what the kernels hold between the two, and the server's 1 MiB on top
  await sayMany(ana, room, 900, (nth) => `${nth} ${'x'.repeat(16_000)}`);
  const closedBy = performance.now() + 12_000;
  while (performance.now() < closedBy) await say(ana, room, 'ainda');
  socket.socket.resume();
  const { code } = await socket.end(15_000);
  expect(code).toBe(4008);
  const seqs = socket.events(stream(room)).map(({ seq }) => seq);
  expect(seqs).toEqual(seqs.map((_, nth) => (head?.seq ?? 0) + 1 + nth));
  const { socket: again } = await connect(bia);
  const last = await say(ana, room, 'fim');
  await again.subscribe(room, at(last.seq - 5));
  await again.until(reaches(room, last.seq));
  again.close();
}, 60_000);
