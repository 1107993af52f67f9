import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { StreamsMemory } from '@recreio/core';
import type { Person } from '@recreio/core/testing/world.ts';
import { CLOSE, roomStream, type ServerFrame, userStream } from '@recreio/protocol';
import { hold, type Hold } from '../testing/flush.ts';
import { type HubNode, hubNode } from '../testing/realtime.ts';
import type { Device } from '../testing/socket.ts';
import { openSchoolhouse, type Schoolhouse } from '../testing/world.ts';
import type { Doorbell } from './news.ts';

let house: Schoolhouse;
let here: HubNode;
let there: HubNode;
let helena: Person;
let ana: Person;
let bruno: Person;
/** What `here` told of itself to other nodes; tests carry it over, or not. */
const bells: Doorbell[] = [];
/** Holds the next reading of the hub of `there`, after the database has answered it. */
const holding: { tail: Hold | null; userRead: Hold | null } = { tail: null, userRead: null };
const readings = { tail: 0, userRead: 0 };

const slow = (streams: StreamsMemory): StreamsMemory => ({
  ...streams,
  tail: async (...args) => {
    const found = await streams.tail(...args);
    readings.tail += 1;
    await holding.tail?.until;
    return found;
  },
  userRead: async (...args) => {
    const found = await streams.userRead(...args);
    readings.userRead += 1;
    await holding.userRead?.until;
    return found;
  },
});

beforeAll(async () => {
  house = await openSchoolhouse();
  here = await hubNode(house, { publish: (bell) => bells.push(bell) });
  there = await hubNode(house, { streams: slow });
  helena = await here.school.person('Helena', { role: 'teacher' });
  ana = await here.school.person('Ana');
  bruno = await here.school.person('Bruno');
});
afterAll(() => house.close());
beforeEach(() => {
  bells.length = 0;
  holding.tail = null;
  holding.userRead = null;
});

const headOf = async (room: string): Promise<number> => (await here.school.log(helena, room)).head;
const range = (from: number, to: number): number[] => Array.from({ length: to - from + 1 }, (_, i) => from + i);
/** Waits until a device has a room's seq. */
const reaches = (device: Device, room: string, seq: number): Promise<void> =>
  vi.waitFor(() => expect(device.seqs(roomStream(room)).at(-1)).toBe(seq));
const headsOf = (device: Device, room: string) =>
  device.of('heads').flatMap(({ heads }) => heads.filter((row) => row.room === room));

describe('a stream', () => {
  test('[D17] [R28] what was missed and what is live follow seamlessly, while others write through both nodes', async () => {
    const room = await here.school.room(helena, [ana, bruno]);
    for (let n = 0; n < 30; n++) await here.school.say(helena, room, `antes ${n}`);
    const devices = [await here.connect(ana), await there.connect(ana), await there.connect(bruno)];
    const writing = range(1, 150).map(async (n) => {
      await (n % 2 ? here : there).school.say(n % 3 ? helena : bruno, room, `durante ${n}`);
    });
    const from = 7;
    for (const [at, device] of devices.entries()) await (at === 0 ? here : there).open(device, room, from);
    await Promise.all(writing);
    await there.hub.poll();
    await here.hub.poll();
    const head = await headOf(room);
    for (const device of devices) {
      await reaches(device, room, head);
      expect(device.seqs(roomStream(room))).toEqual(range(from + 1, head));
    }
  });

  test.each([
    ['lost', () => []],
    ['doubled', (sent: Doorbell[]) => [...sent, ...sent]],
    ['the wrong way round', (sent: Doorbell[]) => sent.toReversed()],
    [
      'of far ahead',
      (sent: Doorbell[]) =>
        sent.map(({ rooms = [] }) => ({ rooms: rooms.map(([room, seq]) => [room, seq + 50] as const) })),
    ],
  ])('[D20] with doorbells %s there is no loss, no double, no disorder: the poll has them', async (_, carry) => {
    const room = await here.school.room(helena, [ana]);
    const device = await there.connect(ana);
    await there.open(device, room);
    const from = await headOf(room);
    bells.length = 0;
    for (const n of range(1, 20)) {
      await here.school.say(helena, room, `${n}`, { mentions: [ana.id] });
      if (n % 5 > 0) continue;
      for (const bell of carry(bells.splice(0))) there.hub.heard(bell);
    }
    await there.hub.poll();
    await reaches(device, room, from + 20);
    expect(device.seqs(roomStream(room))).toEqual(range(from + 1, from + 20));
    await vi.waitFor(() =>
      expect(
        device
          .of('events')
          .filter(({ stream }) => stream === userStream(ana.id))
          .flatMap(({ events }) => events),
      ).toHaveLength(20),
    );
    const own = device.seqs(userStream(ana.id));
    expect(own).toEqual(range(own[0] ?? 0, (own[0] ?? 0) + 19));
  });

  test('[D19] a doorbell that rings while the log is being read is not forgotten until the next poll', async () => {
    const room = await here.school.room(helena, [ana]);
    const device = await there.connect(ana);
    await there.open(device, room);
    const from = await headOf(room);
    await vi.waitFor(() => expect(device.connection.subscriptions.get(room)?.state).toBe('live'));
    const before = readings.tail;
    holding.tail = hold();
    bells.length = 0;
    await here.school.say(helena, room, 'um');
    for (const bell of bells.splice(0)) there.hub.heard(bell);
    await vi.waitFor(() => expect(readings.tail).toBe(before + 1));
    await here.school.say(helena, room, 'dois');
    for (const bell of bells.splice(0)) there.hub.heard(bell);
    holding.tail.go();
    await reaches(device, room, from + 2);
    expect(device.seqs(roomStream(room))).toEqual([from + 1, from + 2]);
  });

  test('[D19] nor one for a person’s own stream', async () => {
    const room = await here.school.room(helena, [ana]);
    const device = await there.connect(ana);
    await vi.waitFor(() => expect(device.connection.userLive).toBe(true));
    const before = readings.userRead;
    holding.userRead = hold();
    bells.length = 0;
    await here.school.say(helena, room, '@Ana', { mentions: [ana.id] });
    for (const bell of bells.splice(0)) there.hub.heard(bell);
    await vi.waitFor(() => expect(readings.userRead).toBe(before + 1));
    await here.school.say(helena, room, '@Ana, de novo', { mentions: [ana.id] });
    for (const bell of bells.splice(0)) there.hub.heard(bell);
    holding.userRead.go();
    await vi.waitFor(() => expect(device.seqs(userStream(ana.id))).toHaveLength(2));
  });

  test('[D15] beyond what is replayed whole there is one gap and the newest; the log fills it exactly', async () => {
    const few = await hubNode(house, { limits: { resumeEvents: 10, gapEvents: 4 } });
    const room = await here.school.room(helena, [ana]);
    const device = await few.connect(ana);
    const from = await headOf(room);
    for (const n of range(1, 11)) await here.school.say(helena, room, `${n}`);
    await few.open(device, room, from);
    await reaches(device, room, from + 11);
    expect(device.of('gap')).toEqual([{ t: 'gap', stream: roomStream(room), from: from + 1, to: from + 7 }]);
    expect(device.seqs(roomStream(room))).toEqual(range(from + 8, from + 11));
    const filled = await here.school.does(ana, 'streams.read', { room, after: from, limit: 7 });
    expect([filled.to, filled.events.map(({ seq }) => seq)]).toEqual([from + 7, range(from + 1, from + 7)]);
  });

  test('[D18] [R33] what a person may not see is declared where it lies', async () => {
    const room = await here.school.room(helena, [], { access: 'open', past: 'since-joining' });
    await here.school.say(helena, room, 'antes');
    const { seq: came } = await here.school.does(ana, 'members.join', { room });
    const { seq: left } = await here.school.does(ana, 'members.leave', { room });
    await here.school.say(helena, room, 'sem ela');
    const { seq: back } = await here.school.does(ana, 'members.join', { room });
    const device = await there.connect(ana);
    await there.open(device, room, 0);
    await reaches(device, room, back);
    const told = device
      .stream(roomStream(room))
      .map((frame: ServerFrame) =>
        frame.t === 'events'
          ? frame.events.map(({ seq }) => seq)
          : frame.t === 'hidden'
            ? { from: frame.from, to: frame.to }
            : frame.t,
      );
    expect(told).toEqual([{ from: 1, to: came - 1 }, [came, left], { from: left + 1, to: back - 1 }, [back]]);
  });

  test('trouble with the bell is told and does not fail what was committed', async () => {
    const loud = await hubNode(house, {
      publish: () => {
        throw new Error('the bus is gone');
      },
    });
    const room = await here.school.room(helena, [ana]);
    await loud.school.say(ana, room, 'oi');
    expect(loud.troubles.map(({ where }) => where)).toEqual(['ring']);
    expect((await here.school.does(ana, 'messages.page', { room })).messages).toHaveLength(1);
  });
});

describe('the end of access', () => {
  test.each([
    ['removed', () => here],
    ['removed through another node', () => there],
  ])('[D26] [R34] the event that says so is the last of who is %s; then unsubscribed, and no head', async (_, by) => {
    const room = await here.school.room(helena, [ana, bruno]);
    const [gone, stays, inbox] = [await here.connect(ana), await here.connect(bruno), await here.connect(ana)];
    await here.open(gone, room);
    await here.open(stays, room);
    const { seq } = await by().school.tend(helena, 'members.remove', room, ana.id);
    const { seq: last } = await by().school.say(helena, room, 'só para quem ficou');
    await here.hub.poll();
    await reaches(stays, room, last);
    expect(gone.stream(roomStream(room)).at(-1)).toEqual({ t: 'unsubscribed', stream: roomStream(room) });
    expect(gone.seqs(roomStream(room)).at(-1)).toBe(seq);
    here.clock.ms += 1_000;
    here.hub.tick();
    await vi.waitFor(() => expect(gone.seqs(userStream(ana.id)).length).toBeGreaterThan(0));
    for (const device of [gone, inbox]) {
      expect(headsOf(device, room).filter(({ head }) => head >= seq)).toEqual([]);
      expect(device.socket.frames.some((frame) => JSON.stringify(frame).includes('só para quem ficou'))).toBe(false);
    }
    expect([...here.hub.inRoom(room).accounts]).toEqual([bruno.id]);
    expect([...here.hub.roomsOf(ana.id)]).not.toContain(room);
  });

  test('[D26] counts for more than a standing that was read before it', async () => {
    const room = await here.school.room(helena, [ana, bruno]);
    const [gone, stays] = [await here.connect(ana), await here.connect(bruno)];
    await here.open(stays, room);
    const stood = await here.streams.standing(ana.id, room, 0);
    await here.school.tend(helena, 'members.remove', room, ana.id);
    if (!stood) throw new Error('she was a member');
    here.hub.subscribe(gone.connection, room, stood.head, stood);
    const { seq } = await here.school.say(helena, room, 'sem ela');
    await reaches(stays, room, seq);
    await vi.waitFor(() => expect(gone.of('unsubscribed')).toHaveLength(1));
    here.clock.ms += 1_000;
    here.hub.tick();
    expect(gone.seqs(roomStream(room))).toEqual([]);
    expect([...here.hub.inRoom(room).accounts]).toEqual([bruno.id]);
    expect(headsOf(gone, room)).toEqual([]);
  });

  test.each([
    ['that was served already', true],
    ['that was served only after it', false],
  ])('[D26] counts for more than rooms that were read before it, in a room %s', async (_, isServed) => {
    const node = await hubNode(house);
    const room = await here.school.room(helena, [ana, bruno]);
    if (isServed) await node.connect(bruno);
    const mine = await node.world.memory.rooms.mine(ana.id);
    await node.school.tend(helena, 'members.remove', room, ana.id);
    if (!isServed) await node.connect(bruno);
    const { connection } = await node.connect(ana);
    node.hub.place(
      connection,
      mine.filter((my) => my.room.id === room),
    );
    await node.hub.poll();
    await vi.waitFor(() => expect([...node.hub.inRoom(room).accounts]).toEqual([bruno.id]));
    expect([...node.hub.roomsOf(ana.id)]).not.toContain(room);
  });

  test('one person’s going does not end what others have open', async () => {
    const room = await here.school.room(helena, [ana, bruno]);
    const [goes, stays] = [await here.connect(bruno), await here.connect(ana)];
    await here.open(goes, room);
    await here.open(stays, room);
    here.hub.remove(goes.connection);
    const { seq } = await here.school.say(helena, room, 'ainda aqui?');
    await reaches(stays, room, seq);
    expect(goes.seqs(roomStream(room))).toEqual([]);
  });

  test('opening a stream a second time replaces the first: nothing comes twice', async () => {
    const room = await here.school.room(helena, [ana]);
    const device = await here.connect(ana);
    await here.open(device, room);
    await here.open(device, room);
    const { seq } = await here.school.say(helena, room, 'uma vez');
    await reaches(device, room, seq);
    expect(device.seqs(roomStream(room))).toEqual([seq]);
  });
});

describe('rooms that are not open', () => {
  test('[D34] a busy room costs one number a second, and an open one none', async () => {
    const [room, open] = [await here.school.room(helena, [ana]), await here.school.room(helena, [ana])];
    const device = await here.connect(ana);
    await here.open(device, open);
    const sent = [];
    for (const n of range(1, 40)) sent.push(await here.school.say(helena, n % 2 ? room : open, `${n}`));
    await reaches(device, open, await headOf(open));
    expect(headsOf(device, room)).toHaveLength(1);
    here.clock.ms += 1_000;
    here.hub.tick();
    await vi.waitFor(() => expect(headsOf(device, room)).toHaveLength(2));
    const last = sent.at(-2);
    expect(headsOf(device, room).at(-1)).toEqual({ room, head: last?.seq, ordinal: 20, at: last?.at });
    expect(headsOf(device, open)).toEqual([]);
    expect(device.seqs(roomStream(room))).toEqual([]);
  });

  test('[R36] what was taken away is told once to each, also to who was not due', async () => {
    const room = await here.school.room(helena, [ana, bruno]);
    const messages: Awaited<ReturnType<typeof here.school.say>>[] = [];
    for (const n of range(1, 3)) messages.push(await here.school.say(helena, room, `${n}`));
    const [early, late] = [await here.connect(ana), await here.connect(bruno)];
    here.clock.ms += 1_000;
    const remove = (n: number) =>
      here.school.does(helena, 'messages.remove', {
        room,
        message: messages[n]?.id,
        clientId: here.school.intention(),
      });
    late.connection.lastHeadsAt = here.clock.ms; // told just now
    await remove(0);
    await vi.waitFor(() => expect(headsOf(early, room)).toHaveLength(1));
    await remove(1);
    here.clock.ms += 1_000;
    here.hub.tick();
    await vi.waitFor(() => expect(headsOf(late, room)).toHaveLength(1));
    await remove(2);
    here.clock.ms += 1_000;
    here.hub.tick();
    for (const device of [early, late]) {
      await vi.waitFor(() => expect(headsOf(device, room).at(-1)?.removed).toEqual([3]));
      expect(headsOf(device, room).flatMap(({ removed = [] }) => removed)).toEqual([1, 2, 3]);
    }
  });

  test('[R36] what was taken away between reading a person’s rooms and placing them there is told', async () => {
    const room = await here.school.room(helena, [ana, bruno]);
    const { id: message } = await here.school.say(helena, room, 'um');
    await here.connect(bruno);
    const device = await here.connect(ana);
    const mine = (await here.world.memory.rooms.mine(ana.id)).filter((my) => my.room.id === room);
    device.connection.lastHeadsAt = Number.POSITIVE_INFINITY; // deaf until the rooms are placed
    await here.school.does(helena, 'messages.remove', { room, message, clientId: here.school.intention() });
    await vi.waitFor(() => expect(device.connection.dirtyHeads.size).toBe(1));
    device.connection.dirtyHeads.clear();
    device.connection.lastHeadsAt = Number.NEGATIVE_INFINITY;
    here.hub.place(device.connection, mine);
    await vi.waitFor(() => expect(headsOf(device, room)).toMatchObject([{ removed: [1] }]));
  });

  test('[D34] a room that one comes into has its true ordinal from the first head on', async () => {
    const node = await hubNode(house);
    const room = await here.school.room(helena, [], { access: 'open' });
    for (const n of range(1, 5)) await here.school.say(helena, room, `${n}`);
    const device = await node.connect(ana);
    await node.school.does(ana, 'members.join', { room });
    await vi.waitFor(() => expect([...node.hub.roomsOf(ana.id)]).toContain(room));
    const { id: message } = (await here.school.does(helena, 'messages.page', { room })).messages[0] ?? {};
    await node.school.does(helena, 'messages.react', { room, message, emoji: '👍' });
    node.clock.ms += 1_000;
    node.hub.tick();
    await vi.waitFor(() => expect(headsOf(device, room).length).toBeGreaterThan(0));
    expect(new Set(headsOf(device, room).map(({ ordinal }) => ordinal))).toEqual(new Set([5]));
    expect(headsOf(device, room).every(({ at }) => at > '2020')).toBe(true);
  });

  test('[D34] who closes a room hears of its head again, each time it has moved on', async () => {
    const room = await here.school.room(helena, [ana]);
    const device = await here.connect(ana);
    await here.open(device, room);
    await here.school.say(helena, room, 'à vista');
    await vi.waitFor(() => expect(device.seqs(roomStream(room))).not.toEqual([]));
    expect(headsOf(device, room)).toEqual([]);
    here.hub.unsubscribe(device.connection, room);
    for (const told of [1, 2, 3]) {
      await here.school.say(helena, room, `${told}`);
      await vi.waitFor(() => {
        here.clock.ms += 1_000;
        here.hub.tick();
        expect(headsOf(device, room)).toHaveLength(told);
      });
    }
  });

  test('[D26] who is removed before the next head is due is told no head of the room', async () => {
    const [room, other] = [await here.school.room(helena, [ana]), await here.school.room(helena, [ana])];
    const device = await here.connect(ana);
    await here.school.say(helena, room, 'um');
    await vi.waitFor(() => expect(headsOf(device, room)).toHaveLength(1));
    await here.school.say(helena, room, 'dois');
    await here.school.say(helena, other, 'noutra');
    await vi.waitFor(() => expect(device.connection.dirtyHeads.size).toBe(2));
    await here.school.tend(helena, 'members.remove', room, ana.id);
    await vi.waitFor(() => expect([...here.hub.roomsOf(ana.id)]).not.toContain(room));
    here.clock.ms += 1_000;
    here.hub.tick();
    await vi.waitFor(() => expect(headsOf(device, other)).toHaveLength(1));
    expect(headsOf(device, room)).toHaveLength(1);
  });

  test('[D35] a mention comes at once with its own seq, each of many', async () => {
    const room = await here.school.room(helena, [ana]);
    const device = await here.connect(ana);
    const { head } = await here.streams.userStanding(ana.id, 0);
    for (const n of range(1, 12)) await here.school.say(helena, room, `@Ana ${n}`, { mentions: [ana.id] });
    await vi.waitFor(() => expect(device.seqs(userStream(ana.id))).toEqual(range(head + 1, head + 12)));
    expect(headsOf(device, room).length).toBeLessThan(3);
  });

  test('[R37] sending moves one’s own marker on every device', async () => {
    const room = await here.school.room(helena, [ana]);
    const [phone, laptop, other] = [await here.connect(ana), await here.connect(ana), await here.connect(helena)];
    const { seq, ordinal } = await here.school.say(ana, room, 'oi');
    for (const device of [phone, laptop]) {
      await vi.waitFor(() =>
        expect(device.of('marker')).toEqual([
          { t: 'marker', room, seq, ordinal, unread: 0, mentions: 0, newest: ordinal },
        ]),
      );
    }
    expect(other.of('marker')).toEqual([]);
  });
});

describe('a slow reader', () => {
  test('[D22] has bounded memory; what did not fit is read from the log when the socket has drained, in order', async () => {
    const limits = { outboundBytes: 16 * 1024, outboundFrames: 20, pageBytes: 4 * 1024 };
    const node = await hubNode(house, { limits });
    const room = await here.school.room(helena, [ana, bruno]);
    const [stuck, quick] = [await node.connect(ana), await node.connect(bruno)];
    await node.open(stuck, room);
    await node.open(quick, room);
    const from = await headOf(room);
    stuck.socket.isStuck = true;
    for (const n of range(1, 120)) {
      await node.school.say(helena, room, `${n} ${'é'.repeat(200)}`);
      expect(stuck.connection.outbound.bytes).toBeLessThan(limits.outboundBytes + limits.pageBytes);
    }
    await reaches(quick, room, from + 120);
    expect(stuck.connection.outbound.isFull).toBe(true);
    stuck.socket.drain();
    await reaches(stuck, room, from + 120);
    expect(stuck.seqs(roomStream(room))).toEqual(range(from + 1, from + 120));
    expect(stuck.closed).toEqual([]);
  });

  test('[D22] that stays full for 5 s is closed with 4008, and not a moment before', async () => {
    const node = await hubNode(house, { limits: { outboundFrames: 4 } });
    const room = await here.school.room(helena, [ana]);
    const stuck = await node.connect(ana);
    await node.open(stuck, room);
    stuck.socket.isStuck = true;
    for (const n of range(1, 10)) await node.school.say(helena, room, `${n}`);
    await vi.waitFor(() => expect(stuck.connection.outbound.isFull).toBe(true));
    node.clock.ms += 4_999;
    node.hub.tick();
    expect(stuck.closed).toEqual([]);
    node.clock.ms += 1;
    node.hub.tick();
    expect(stuck.closed).toEqual([CLOSE.slowConsumer]);
  });
});
