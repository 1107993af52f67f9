/** Several living nodes on one PostgreSQL, joined by a bus that is dead, or lies: what people see holds all the same (contract D20). */
import type { OpenBus } from '@recreio/core';
import type { Person } from '@recreio/core/testing/world.ts';
import { CLOSE, roomStream, userStream } from '@recreio/protocol';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { inProcess } from '../adapters/bus/in-process.ts';
import { natsBus } from '../adapters/bus/nats.ts';
import { notifyBus } from '../adapters/bus/notify.ts';
import { busSeal } from '../adapters/bus/seal.ts';
import { eventKey, type LiveDevice, type LiveNode, liveNode } from '../testing/live.ts';
import { deadBus, type Lies, lyingBus } from '../testing/lying-bus.ts';
import { natsMissing, type NatsServer, openNats } from '../testing/nats.ts';
import { openSchoolhouse, type Schoolhouse } from '../testing/world.ts';

/** The longest that anything takes with a bus that is dead or lies, in ms (contract D20). */
const LATEST_MS = 3_000;
const LIES: Lies = { drops: 0.3, doubles: 0.3, delays: 0.5, garbles: 0.3, delayMs: 1_500 };
const SEED = 20_261_122;

/** Numbers that look random, the same each time (Mulberry32). */
const numbers = (seed: number) => {
  let state = seed;
  return (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
};

const missing = natsMissing();
let house: Schoolhouse;
let nats: NatsServer | null = null;
let nodes: LiveNode[] = [];
let told: Record<keyof Lies, number>;

beforeAll(async () => {
  house = await openSchoolhouse();
  if (missing === null) nats = await openNats();
});
afterAll(async () => {
  await nats?.close();
  await house.close();
});
beforeEach(() => {
  told = { drops: 0, doubles: 0, delays: 0, garbles: 0, delayMs: 0 };
});
afterEach(async () => {
  for (const { realtime } of nodes) await realtime.close();
  nodes = [];
});

const lying = (open: OpenBus): OpenBus => lyingBus(open, LIES, numbers(SEED), told);
const overNats = (): OpenBus =>
  natsBus(
    { servers: [`nats://127.0.0.1:${nats?.port}`], caFile: null, credentialsFile: null },
    busSeal(Buffer.alloc(32, 7), 'epoch'),
  );

const openNodes = async (names: readonly string[], openBus: OpenBus): Promise<void> => {
  for (const name of names) nodes.push(await liveNode(house, name, openBus));
};
const nodeAt = (index: number): LiveNode => {
  const node = nodes[index % nodes.length];
  if (!node) throw new Error('there is no node');
  return node;
};
const within = (ms: number, expectation: () => void | Promise<void>) =>
  vi.waitFor(expectation, { timeout: ms, interval: 20 });

describe('what people see of rooms and of their own streams', () => {
  /** Three nodes, five people who write through all of them; checks what each device got. Returns how long each event took, in ms. */
  const talk = async (openBus: OpenBus, isUp: boolean): Promise<number[]> => {
    await openNodes(['um', 'dois', 'três'], openBus);
    const { school } = nodeAt(0);
    const helena = await school.person('Helena', { role: 'teacher' });
    const people: Person[] = [];
    for (const name of ['Ana', 'Bruno', 'Caio', 'Duda']) people.push(await school.person(name));
    const rooms = [await school.room(helena, people), await school.room(helena, people)];
    const devices: LiveDevice[] = [];
    for (const [index, person] of [helena, ...people].entries()) {
      const node = nodeAt(index);
      const made = await node.connect(person);
      for (const room of rooms) await node.open(made, room);
      devices.push(made);
    }
    await within(10_000, () => expect(nodes.every(({ realtime }) => realtime.isBusUp() === isUp)).toBe(true));
    const heads = await Promise.all(rooms.map(async (room) => (await school.log(helena, room)).head));

    const ownHeads = await Promise.all(people.map(async (person) => (await school.own(person)).at(-1)?.seq ?? 0));

    // Everybody writes, each through one of the nodes, some to one another
    const sentMs = new Map<string, number>();
    const random = numbers(SEED + 1);
    const started = performance.now();
    for (let n = 0; n < 60; n++) {
      const who = people[n % people.length];
      const to = people[Math.floor(random() * people.length)];
      const room = rooms[Math.floor(random() * rooms.length)];
      if (!who || !to || !room) throw new Error('somebody is missing');
      const mentions = n % 5 === 0 && to !== who ? [to.id] : [];
      const { seq } = await nodeAt(n).school.say(who, room, `mensagem ${n}`, { mentions });
      sentMs.set(eventKey(roomStream(room), seq), performance.now());
      await within(1_000, () => expect(performance.now() - started).toBeGreaterThan(n * 40)); // over more than two polls
    }

    for (const [r, room] of rooms.entries()) {
      const { head } = await school.log(helena, room);
      const before = heads[r] ?? 0;
      const expected = Array.from({ length: head - before }, (__, i) => before + 1 + i);
      expect(expected.length).toBeGreaterThan(10);
      for (const made of devices) await within(LATEST_MS, () => expect(made.seqs(roomStream(room))).toEqual(expected));
    }
    let spoken = 0;
    for (const [p, person] of people.entries()) {
      const stream = userStream(person.id);
      const made = (await school.own(person)).map(({ seq }) => seq).filter((seq) => seq > (ownHeads[p] ?? 0));
      spoken += made.length;
      await within(LATEST_MS, () => expect(devices[p + 1]?.seqs(stream)).toEqual(made));
    }
    expect(spoken).toBeGreaterThan(3);
    // For no device a gap or a reset, and nothing that an operator had to hear of
    for (const made of devices) expect([made.of('gap'), made.of('reset'), made.closed]).toEqual([[], [], []]);
    expect(nodes.flatMap(({ troubles }) => troubles.filter(({ where }) => where !== 'bus'))).toEqual([]);
    return devices.flatMap(({ arrivedMs }) =>
      [...sentMs].map(([key, ms]) => (arrivedMs.get(key) ?? Number.POSITIVE_INFINITY) - ms),
    );
  };

  const lied = () => (['drops', 'doubles', 'delays', 'garbles'] as const).filter((what) => told[what] > 5);

  test('[D20] over a dead bus is whole, once, in order, and at most 3 s late', async () => {
    expect(Math.max(...(await talk(deadBus, false)))).toBeLessThan(LATEST_MS);
  });

  const carriers: readonly (readonly [string, () => OpenBus])[] = [
    ['one process', inProcess],
    ['NOTIFY', () => notifyBus(() => house.connection)],
    ...(missing === null ? [['NATS', overNats] as const] : []),
  ];

  test.each(carriers)(
    '[D20] over a lying bus in %s is whole, once, in order, and at most 3 s late',
    async (_, open) => {
      expect(Math.max(...(await talk(lying(open()), true)))).toBeLessThan(LATEST_MS);
      expect(lied()).toHaveLength(4);
    },
  );

  test.each(carriers)('[D19] over %s is there within a second, mostly long before the next poll', async (_, open) => {
    const delays = (await talk(open(), true)).toSorted((a, b) => a - b);
    expect(delays.at(-1)).toBeLessThan(1_000);
    expect(delays[Math.floor(delays.length / 2)]).toBeLessThan(250);
    expect(lied()).toEqual([]);
  });

  test('[D20] a bus that promises heads that are not there costs some reading and no standstill', async () => {
    await openNodes(['um', 'dois'], lying(inProcess()));
    const { school, connect, open, realtime } = nodeAt(0);
    const helena = await school.person('Helena', { role: 'teacher' });
    const room = await school.room(helena);
    const made = await connect(helena);
    await open(made, room);
    realtime.hub.heard({ rooms: [[room, 1_000_000_000]], users: [[helena.id, 1_000_000_000]] });
    const { seq } = await nodeAt(1).school.say(helena, room, 'ainda aqui');
    await within(LATEST_MS, () => expect(made.seqs(roomStream(room)).at(-1)).toBe(seq));
  });
});

describe('with a dead bus', () => {
  const two = async () => {
    await openNodes(['um', 'dois'], deadBus);
    const [here, there] = [nodeAt(0), nodeAt(1)];
    const helena = await here.school.person('Helena', { role: 'teacher' });
    const ana = await here.school.person('Ana');
    const room = await here.school.room(helena, [ana]);
    return { here, there, helena, ana, room };
  };

  test('[D27] a session that ended on one node is closed on another within 5 s, and nothing follows', async () => {
    const { here, there, helena, ana, room } = await two();
    const phone = await here.school.device(ana);
    const [ended, other] = [await there.connect(ana), await there.connect(phone)];
    await there.open(ended, room);
    await here.school.does(phone, 'accounts.revokeSession', { session: ana.caller.actor?.session });
    await within(5_000, () => expect(ended.closed).toEqual([CLOSE.signedOut]));
    const before = ended.socket.written.length;
    await here.school.say(helena, room, 'depois');
    await within(LATEST_MS, () => expect(other.of('heads').length).toBeGreaterThan(0));
    expect([ended.socket.written.length, other.closed]).toEqual([before, []]);
  });

  test('[D21] [D26] who was removed on one node gets nothing further on another', async () => {
    const { here, there, helena, ana, room } = await two();
    const made = await there.connect(ana);
    await there.open(made, room);
    const { seq } = await here.school.tend(helena, 'members.remove', room, ana.id);
    await here.school.say(helena, room, 'sem ela');
    await within(LATEST_MS, () => expect(made.of('unsubscribed')).toHaveLength(1));
    expect(made.seqs(roomStream(room)).at(-1)).toBe(seq);
  });

  test('[D33] a marker that reading moved on one node stands on another within 3 s, with the same counts', async () => {
    const { here, there, helena, ana, room } = await two();
    const seqs: number[] = [];
    for (let n = 0; n < 5; n++) seqs.push((await here.school.say(helena, room, `${n}`)).seq);
    const [phone, laptop] = [await here.connect(ana), await there.connect(ana)];
    for (const seq of [seqs[1], seqs[3]]) {
      const marked = await here.school.does(ana, 'messages.markRead', { room, seq });
      const frame = { t: 'marker', room, ...marked };
      await within(500, () => expect(phone.of('marker').at(-1)).toEqual(frame));
      await within(LATEST_MS, () => expect(laptop.of('marker').at(-1)).toEqual(frame));
    }
    expect(phone.of('marker')).toHaveLength(2);
    // Once each: a poll that finds nothing new tells nothing
    await within(LATEST_MS, async () => {
      const before = laptop.of('marker').length;
      await there.realtime.hub.poll();
      expect(laptop.of('marker')).toHaveLength(before);
    });
  });

  test('[D33] a marker that moved while one was coming is told, and the rooms that were read in between are, too', async () => {
    const { here, there, helena, ana, room } = await two();
    const other = await here.school.room(helena, [ana]);
    const [one, two_] = [await here.school.say(helena, room, 'um'), await here.school.say(helena, other, 'dois')];
    const laptop = await there.connect(ana);
    await here.school.does(ana, 'messages.markRead', { room, seq: one.seq });
    const late = await there.connect(await here.school.device(ana));
    await here.school.does(ana, 'messages.markRead', { room: other, seq: two_.seq });
    for (const made of [laptop, late])
      await within(LATEST_MS, () =>
        expect(new Map(made.of('marker').map((frame) => [frame.room, frame.seq]))).toEqual(
          new Map([
            [room, one.seq],
            [other, two_.seq],
          ]),
        ),
      );
  });

  test('[R38] a changed account is told on another node within 3 s, and counts for who may see the person there', async () => {
    const { here, there, helena, ana, room } = await two();
    const administrator = await here.school.person('Irene', { role: 'administrator' });
    const [made, hers] = [await there.connect(ana), await there.connect(helena)];
    await there.open(hers, room);
    await within(LATEST_MS, () => expect(hers.of('presence').at(-1)?.here).toContain(ana.id));
    await here.school.does(administrator, 'accounts.update', { account: ana.id, minor: true });
    await within(LATEST_MS, () => expect(made.of('me').at(-1)?.me).toMatchObject({ id: ana.id, minor: true }));
    await within(LATEST_MS, () => expect(hers.of('presence').at(-1)?.here).not.toContain(ana.id));
    await here.school.does(ana, 'accounts.updateMe', { language: 'en' });
    await within(LATEST_MS, () => expect(made.of('me').at(-1)?.me).toMatchObject({ language: 'en' }));
  });

  test('[R94] how loud a room is is told on another node within 3 s, as it stands then', async () => {
    const { here, there, ana, room } = await two();
    const made = await there.connect(ana);
    await here.school.does(ana, 'notifications.setRoom', { room, hush: { seconds: null } });
    await here.school.does(ana, 'notifications.setRoom', { room, level: 'nothing', hush: null });
    await within(LATEST_MS, () => expect(made.of('tuning').at(-1)).toEqual({ t: 'tuning', room, level: 'nothing' }));
  });
});

describe('who wants to be invisible', () => {
  test('[R79] is shown to nobody on any node, neither here nor writing, from the answer on and until they take it back', async () => {
    await openNodes(['um', 'dois'], inProcess());
    const [here, there] = [nodeAt(0), nodeAt(1)];
    const helena = await here.school.person('Helena', { role: 'teacher' });
    const ana = await here.school.person('Ana');
    const room = await here.school.room(helena, [ana]);
    await here.connect(ana);
    const [near, far] = [await here.connect(helena), await there.connect(helena)];
    await here.open(near, room);
    await there.open(far, room);
    const shown = (made: typeof far) => made.of('presence').at(-1)?.here.includes(ana.id);
    const see = (what: boolean) => within(LATEST_MS, () => expect([shown(near), shown(far)]).toEqual([what, what]));
    await see(true);
    await here.school.does(ana, 'accounts.updateMe', { privacy: { invisible: true } });
    await see(false);
    const before = far.of('typing').length;
    await here.school.does(ana, 'presence.typing', { room });
    await here.school.does(ana, 'accounts.updateMe', { privacy: { invisible: false } });
    await see(true);
    expect([near.of('typing').length, far.of('typing').length - before]).toEqual([0, 0]);
    // That it would have been told: it is now
    await here.school.does(ana, 'presence.typing', { room });
    await within(LATEST_MS, () => expect(far.of('typing').length).toBe(before + 1));
  });
});

describe('with a bus that does what it can', () => {
  test('[D33] a marker crosses at once and is told once, and no poll reads it again', async () => {
    await openNodes(['um', 'dois'], inProcess());
    const [here, there] = [nodeAt(0), nodeAt(1)];
    const helena = await here.school.person('Helena', { role: 'teacher' });
    const ana = await here.school.person('Ana');
    const room = await here.school.room(helena, [ana]);
    const { seq } = await here.school.say(helena, room, 'oi');
    const [phone, laptop] = [await here.connect(ana), await there.connect(ana)];
    await here.school.does(ana, 'messages.markRead', { room, seq });
    await within(500, () => expect([phone.of('marker').length, laptop.of('marker').length]).toEqual([1, 1]));
    for (const { realtime } of [here, there]) await realtime.hub.poll();
    await here.school.does(ana, 'accounts.updateMe', { language: 'en' });
    await within(LATEST_MS, () => expect([phone.of('me').length, laptop.of('me').length]).not.toContain(0));
    expect([phone.of('marker').length, laptop.of('marker').length]).toEqual([1, 1]);
  });

  test('[R94] a hush crosses at once and is told once', async () => {
    await openNodes(['um', 'dois'], inProcess());
    const [here, there] = [nodeAt(0), nodeAt(1)];
    const helena = await here.school.person('Helena', { role: 'teacher' });
    const ana = await here.school.person('Ana');
    const room = await here.school.room(helena, [ana]);
    const [phone, laptop] = [await here.connect(ana), await there.connect(ana)];
    await here.school.does(ana, 'notifications.setRoom', { room, hush: { seconds: null } });
    const told = () => [phone, laptop].map((made) => made.of('tuning').map(({ hushed }) => hushed));
    await within(500, () => expect(told()).toEqual([[{ until: null }], [{ until: null }]]));
    for (const { realtime } of [here, there]) await realtime.hub.poll();
    await here.school.does(ana, 'accounts.updateMe', { language: 'en' });
    await within(LATEST_MS, () => expect([phone.of('me').length, laptop.of('me').length]).not.toContain(0));
    expect(told()).toEqual([[{ until: null }], [{ until: null }]]);
  });

  test('[R38] a node that comes later knows who is here without waiting, and forgets who leaves everywhere', async () => {
    const open = inProcess();
    await openNodes(['um', 'dois'], open);
    const [one, two] = [nodeAt(0), nodeAt(1)];
    const helena = await one.school.person('Helena', { role: 'teacher' });
    const ana = await one.school.person('Ana');
    const room = await one.school.room(helena, [ana]);
    const phone = await one.connect(ana);
    await openNodes(['três'], open);
    const three = nodeAt(2);
    const hers = await three.connect(helena);
    await three.open(hers, room);
    const present = () => three.realtime.presence.here(helena.id, room).here;
    await within(LATEST_MS, () => expect(present()).toContain(ana.id));

    /** What a node has told before is there when its bell is: this carrier keeps the order. */
    const hasTold = async (node: LiveNode): Promise<void> => {
      const { seq } = await node.school.say(ana, room, 'ainda aqui');
      await within(LATEST_MS, () => expect(hers.seqs(roomStream(room)).at(-1)).toBe(seq));
    };
    const laptop = await two.connect(ana);
    await hasTold(two);
    one.leave(phone);
    await hasTold(one);
    expect(present()).toContain(ana.id);
    two.leave(laptop);
    await within(LATEST_MS, () => expect(present()).not.toContain(ana.id));
  });
});
