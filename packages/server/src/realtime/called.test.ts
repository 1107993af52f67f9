import type { StreamsMemory } from '@recreio/core';
import type { Person } from '@recreio/core/testing/world.ts';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
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
const bells: Doorbell[] = [];
/** What stands between the hub of `there` and the question of who has blocked whom. */
const asking: { fails: number; held: Hold | null; asked: number } = { fails: 0, held: null, asked: 0 };

const slow = (streams: StreamsMemory): StreamsMemory => ({
  ...streams,
  deafTo: async (account) => {
    asking.asked += 1;
    if (asking.fails > 0) {
      asking.fails -= 1;
      throw new Error('the database is away');
    }
    const deaf = await streams.deafTo(account);
    await asking.held?.until;
    return deaf;
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
  Object.assign(asking, { fails: 0, held: null, asked: 0 });
});

const callsOf = (device: Device, room: string): string[] =>
  device.of('called').flatMap((call) => (call.room === room ? [call.message] : []));
const call = async (room: string): Promise<string> =>
  (await here.school.say(helena, room, '@todos', { everyone: true })).id;
const ring = (): void => bells.splice(0).forEach((bell) => there.hub.heard(bell));

test('[D35] [R113] each node tells the devices of its members, open or not, but not who calls and not who has blocked them', async () => {
  const room = await here.school.room(helena, [ana, bruno]);
  await here.school.does(bruno, 'accounts.block', { account: helena.id });
  const [phone, desk, brunos, own] = [
    await here.connect(ana),
    await there.connect(ana),
    await there.connect(bruno),
    await here.connect(helena),
  ];
  await there.open(desk, room);
  const id = await call(room);
  ring();
  await vi.waitFor(() => expect([callsOf(phone, room), callsOf(desk, room)]).toEqual([[id], [id]]));
  const other = await here.school.say(ana, room, 'certo');
  ring();
  await vi.waitFor(() => expect(desk.seqs(`room:${room}`).at(-1)).toBe(other.seq));
  expect([callsOf(brunos, room), callsOf(own, room)]).toEqual([[], []]);
  await here.school.does(bruno, 'accounts.unblock', { account: helena.id });
});

test('[R113] where it could not be asked who has blocked whom nobody is told, until it could', async () => {
  const room = await here.school.room(helena, [ana]);
  const device = await there.connect(ana);
  asking.fails = 1;
  const id = await call(room);
  ring();
  await vi.waitFor(() => expect(there.troubles.map(({ where }) => where)).toContain('called'));
  expect(callsOf(device, room)).toEqual([]);
  await there.hub.poll();
  there.hub.tick();
  await vi.waitFor(() => expect(callsOf(device, room)).toEqual([id]));
});

test('[D26] [R113] who was removed before it was known whom to tell is not told', async () => {
  const room = await here.school.room(helena, [ana, bruno]);
  const [anas, brunos] = [await there.connect(ana), await there.connect(bruno)];
  asking.held = hold();
  const id = await call(room);
  ring();
  await vi.waitFor(() => expect(asking.asked).toBe(1));
  await here.school.tend(helena, 'members.remove', room, ana.id);
  ring();
  await vi.waitFor(() => expect(anas.of('events').at(-1)?.events.at(-1)?.type).toBe('membership.ended'));
  asking.held.go();
  await vi.waitFor(() => expect(callsOf(brunos, room)).toEqual([id]));
  expect(callsOf(anas, room)).toEqual([]);
});
