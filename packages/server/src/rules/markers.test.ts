/** Read markers and the revisions by which other nodes notice that they moved (contract D33). */
import { type Person, school as schoolOn } from '@recreio/core/testing/world.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Node, openSchoolhouse, type Schoolhouse } from '../testing/world.ts';

let house: Schoolhouse;
let here: Node;
let there: Node;
let helena: Person;
let ana: Person;
beforeAll(async () => {
  house = await openSchoolhouse();
  here = await house.node();
  there = await house.node();
  helena = await here.school.person('Helena', { role: 'teacher' });
});
afterAll(() => house.close());

const revisionOf = async ({ id }: Person): Promise<number> =>
  (await here.world.memory.streams.heads([], [id])).revisions.get(id) ?? -1;
const moved = (person: Person, since: number) => here.world.memory.rooms.markersAfter(person.id, since);

test('[D33] a move takes the next revision, one that moves nothing takes none, and the latest of each room is found', async () => {
  ana = await here.school.person('Ana');
  const [a, b] = [await here.school.room(helena, [ana]), await here.school.room(helena, [ana])];
  const { seq: first } = await here.school.say(helena, a, 'um');
  const { seq: second } = await here.school.say(helena, a, 'dois');
  const { seq: other } = await here.school.say(helena, b, 'três');
  const start = await revisionOf(ana);
  const read = (room: string, seq: number) => here.school.does(ana, 'messages.markRead', { room, seq });
  await read(a, first);
  await read(a, first);
  expect(await revisionOf(ana)).toBe(start + 1);
  await read(b, other);
  await read(a, second);
  expect(await revisionOf(ana)).toBe(start + 3);
  expect((await moved(ana, start)).map(({ room, seq, unread }) => [room, seq, unread])).toEqual([
    [b, other, 0],
    [a, second, 0],
  ]);
  expect((await moved(ana, start + 2)).map(({ room }) => room)).toEqual([a]);
  expect(await moved(ana, start + 3)).toEqual([]);
  // Of a room that one has left nothing is told
  await here.school.tend(helena, 'members.remove', a, ana.id);
  expect((await moved(ana, start)).map(({ room }) => room)).toEqual([b]);
});

test('[R86] marking as unread and reading again are moves like any other, in their order, also where no word arrives', async () => {
  ana = await here.school.person('Ana');
  const room = await here.school.room(helena, [ana]);
  const { id: message, seq: first } = await here.school.say(helena, room, 'um');
  const { seq: last } = await here.school.say(helena, room, 'dois');
  await here.school.does(ana, 'messages.markRead', { room, seq: last });
  const start = await revisionOf(ana);
  for (let twice = 0; twice < 2; twice++) await here.school.does(ana, 'messages.markUnread', { room, message });
  expect(await revisionOf(ana)).toBe(start + 1);
  const [told] = await moved(ana, start);
  expect(told).toMatchObject({ seq: last, unread: 2, unreadFrom: { seq: first, ordinal: 1 }, revision: start + 1 });
  await here.school.does(ana, 'messages.markRead', { room, seq: last });
  const [read] = await moved(ana, start + 1);
  expect([read?.seq, read?.unread, read?.unreadFrom, read?.revision]).toEqual([last, 0, undefined, start + 2]);
});

test('[D33] a changed account takes the next revision, too', async () => {
  const irene = await here.school.person('Irene', { role: 'administrator' });
  ana = await here.school.person('Ana');
  const start = await revisionOf(ana);
  await here.school.does(ana, 'accounts.updateMe', { language: 'en' });
  await here.school.does(irene, 'accounts.update', { account: ana.id, minor: true });
  expect(await revisionOf(ana)).toBe(start + 2);
});

test('[D33] reading on many devices, through two nodes, among mentions and own messages: all is done, and no move is left out', async () => {
  ana = await here.school.person('Ana');
  const rooms: string[] = [];
  for (let n = 0; n < 3; n++) rooms.push(await here.school.room(helena, [ana]));
  const start = await revisionOf(ana);
  const nodes = [here.school, schoolOn(there.world)];
  const told = new Set<string>();
  let moves = 0;
  for (let round = 0; round < 8; round++) {
    const outcomes = await Promise.all(
      rooms.flatMap((room) =>
        nodes.flatMap((school) => [
          school.tries(helena, 'messages.send', {
            room,
            body: `@Ana ${round}`,
            mentions: [ana.id],
            clientId: school.intention(),
          }),
          ...(round % 2 === 0
            ? [school.tries(ana, 'messages.send', { room, body: `${round}`, clientId: school.intention() })]
            : []),
          school.tries(ana, 'messages.markRead', { room, seq: 1_000_000 }),
        ]),
      ),
    );
    expect(outcomes.filter(({ ok }) => !ok)).toEqual([]);
    const now = await revisionOf(ana);
    expect(now - start).toBeGreaterThanOrEqual(moves);
    for (const { room } of await moved(ana, start + moves)) told.add(room);
    moves = now - start;
  }
  expect(moves).toBeGreaterThan(5);
  expect(told).toEqual(new Set(rooms));
  // At rest, what a node would read that has heard nothing at all is where the markers stand
  for (const room of rooms) await here.school.does(ana, 'messages.markRead', { room, seq: 1_000_000 });
  const stand = (await here.world.memory.rooms.mine(ana.id)).map(({ room, mine }) => [room.id, mine.readSeq]);
  expect(new Map((await moved(ana, start)).map(({ room, seq }) => [room, seq]))).toEqual(
    new Map(stand as [string, number][]),
  );
});
