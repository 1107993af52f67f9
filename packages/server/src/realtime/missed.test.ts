import type { Person } from '@recreio/core/testing/world.ts';
import { roomStream } from '@recreio/protocol';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { clientId } from '../testing/accounts.ts';
import { hold, type Hold } from '../testing/flush.ts';
import { type HubNode, hubNode } from '../testing/realtime.ts';
import type { Device } from '../testing/socket.ts';
import { openSchoolhouse, type Schoolhouse } from '../testing/world.ts';

let house: Schoolhouse;
let node: HubNode;
let helena: Person;
let ana: Person;
let bruno: Person;
/** Readings of the log: of the room as it is, and for one reader. */
const readings = { tail: 0, read: 0 };
const holding: { tail: Hold | null } = { tail: null };

beforeAll(async () => {
  house = await openSchoolhouse();
  node = await hubNode(house, {
    streams: (streams) => ({
      ...streams,
      tail: async (...args) => {
        readings.tail += 1;
        const found = await streams.tail(...args);
        await holding.tail?.until;
        return found;
      },
      read: (...args) => {
        readings.read += 1;
        return streams.read(...args);
      },
    }),
  });
  helena = await node.school.person('Helena', { role: 'teacher' });
  ana = await node.school.person('Ana');
  bruno = await node.school.person('Bruno');
});
afterAll(() => house.close());
beforeEach(() => {
  readings.tail = 0;
  readings.read = 0;
  holding.tail = null;
});

const reaches = (device: Device, room: string, seq: number): Promise<void> =>
  vi.waitFor(() => expect(device.seqs(roomStream(room)).at(-1)).toBe(seq));
const range = (from: number, to: number): number[] => Array.from({ length: to - from + 1 }, (_, i) => from + i);

/** A room in which three things were said after the seq that is returned with it. */
const missedThree = async (): Promise<{ room: string; before: number; last: number }> => {
  const room = await node.school.room(helena, [ana, bruno]);
  const before = (await node.school.log(helena, room)).head;
  for (const text of ['um', 'dois']) await node.school.say(helena, room, text);
  const { seq: last } = await node.school.say(helena, room, 'três');
  return { room, before, last };
};

test('[D14] what several who come back have missed is read once, and the same for each', async () => {
  const { room, before, last } = await missedThree();
  const [one, two] = [await node.connect(ana), await node.connect(bruno)];
  await Promise.all([node.open(one, room, before), node.open(two, room, before)]);
  await Promise.all([reaches(one, room, last), reaches(two, room, last)]);
  expect(one.seqs(roomStream(room))).toEqual(range(before + 1, last));
  expect(two.stream(roomStream(room))).toEqual(one.stream(roomStream(room)));
  expect(readings).toEqual({ tail: 1, read: 0 });
  const { seq } = await node.school.say(helena, room, 'quatro');
  await Promise.all([reaches(one, room, seq), reaches(two, room, seq)]);
  expect(two.seqs(roomStream(room))).toEqual(range(before + 1, seq));
});

test('[D14] what is said while it is read follows without a hole, and what was read before is not given again', async () => {
  const { room, before } = await missedThree();
  const held = (holding.tail = hold());
  const [one, two] = [await node.connect(ana), await node.connect(bruno)];
  await node.open(one, room, before);
  const { seq } = await node.school.say(helena, room, 'no meio');
  holding.tail = null;
  held.go();
  await reaches(one, room, seq);
  await node.open(two, room, before);
  await reaches(two, room, seq);
  expect(one.seqs(roomStream(room))).toEqual(range(before + 1, seq));
  expect(two.seqs(roomStream(room))).toEqual(range(before + 1, seq));
});

test('[D26] who is removed while it is read gets nothing of it', async () => {
  const { room, before } = await missedThree();
  const held = (holding.tail = hold());
  const gone = await node.connect(ana);
  await node.open(gone, room, before);
  await node.school.tend(helena, 'members.remove', room, ana.id);
  await node.school.say(helena, room, 'só para quem ficou');
  holding.tail = null;
  held.go();
  await vi.waitFor(() => expect(gone.of('unsubscribed')).toHaveLength(1));
  await new Promise((resolve) => setImmediate(resolve));
  expect(JSON.stringify(gone.socket.frames)).not.toContain('só para quem ficou');
  expect(gone.stream(roomStream(room)).at(-1)).toEqual({ t: 'unsubscribed', stream: roomStream(room) });
});

test('[D18] who does not see all of it reads for themselves, and is told what is hidden', async () => {
  const room = await node.school.room(helena, [ana], { past: 'since-joining' });
  await node.school.say(helena, room, 'antes de Bruno');
  const { seq: joined } = await node.school.tend(helena, 'members.add', room, bruno.id);
  const { seq: last } = await node.school.say(helena, room, 'com Bruno');
  const [sees, since] = [await node.connect(ana), await node.connect(bruno)];
  await Promise.all([node.open(sees, room, joined - 2), node.open(since, room, joined - 2)]);
  await Promise.all([reaches(sees, room, last), reaches(since, room, last)]);
  expect(readings.read).toBeGreaterThan(0);
  expect(since.of('hidden')).toEqual([expect.objectContaining({ from: joined - 1, to: joined - 1 })]);
  expect(JSON.stringify(since.socket.frames)).not.toContain('antes de Bruno');
  expect(JSON.stringify(sees.socket.frames)).toContain('antes de Bruno');
});

test('[D6] what was taken away meanwhile is not given from what was kept', async () => {
  const room = await node.school.room(helena, [ana, bruno]);
  const before = (await node.school.log(helena, room)).head;
  const { id } = await node.school.say(helena, room, 'segredo que escapou');
  const one = await node.connect(ana);
  await node.open(one, room, before);
  await reaches(one, room, before + 1);
  await node.school.does(helena, 'messages.remove', { room, message: id, clientId: clientId() });
  const two = await node.connect(bruno);
  await node.open(two, room, before);
  await reaches(two, room, before + 2);
  expect(JSON.stringify(two.socket.frames)).not.toContain('segredo que escapou');
});
