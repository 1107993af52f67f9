/** What a person saves for later: the limit, races, and how other nodes notice (docs/protocol.md R85). */
import { SAVED } from '@recreio/protocol';
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
  ana = await here.school.person('Ana');
});
afterAll(() => house.close());

const revisionOf = async ({ id }: Person): Promise<number> =>
  (await here.world.memory.streams.heads([], [id])).revisions.get(id) ?? -1;
const ids = async (person: Person) => (await here.school.does(person, 'messages.saved', {})).ids ?? [];

test('[R85] each change takes a revision, what changes nothing takes none, and who has heard nothing finds out', async () => {
  const room = await here.school.room(helena, [ana]);
  const { id: message } = await here.school.say(helena, room, 'para depois');
  const start = await revisionOf(ana);
  const changed = (since: number) => here.world.memory.saved.changedAfter(ana.id, since);
  for (let twice = 0; twice < 2; twice++) await here.school.does(ana, 'messages.save', { room, message });
  expect(await revisionOf(ana)).toBe(start + 1);
  expect([await changed(start), await changed(start + 1)]).toEqual([true, false]);
  for (let twice = 0; twice < 2; twice++) await here.school.does(ana, 'messages.unsave', { message });
  await here.school.does(ana, 'messages.tidySaved', {});
  expect(await revisionOf(ana)).toBe(start + 2);
  expect([await changed(start + 1), await changed(start + 2)]).toEqual([true, false]);
});

test('[R85] the last place on the list is given once, however many want it, through two nodes', async () => {
  const room = await here.school.room(helena, [ana]);
  const wanted = await Promise.all(['a', 'b', 'c', 'd'].map((body) => here.school.say(helena, room, body)));
  // Filled as a person would who saves for years: by rows, since a thousand sends prove nothing more
  await house.pool.query(
    `INSERT INTO message (id, room, seq, ordinal, author, client_id, at, removed_at, removed_by)
     SELECT gen_random_uuid(), $1, -n, n, $2, gen_random_uuid(), now(), now(), 'author' FROM generate_series(1, $3::int) n`,
    [room, helena.id, SAVED - 1],
  );
  await house.pool.query(
    'INSERT INTO saved (account, message, id, at) SELECT $2, id, gen_random_uuid(), now() FROM message WHERE room = $1 AND seq < 0',
    [room, ana.id],
  );
  expect((await ids(ana)).length).toBe(SAVED - 1);
  const nodes = [here.school, schoolOn(there.world)];
  const outcomes = await Promise.all(
    wanted.map(({ id: message }, nth) => nodes[nth % 2]?.tries(ana, 'messages.save', { room, message })),
  );
  expect(outcomes.filter((one) => one?.ok).length).toBe(1);
  expect(outcomes.flatMap((one) => (one && !one.ok ? [one.problem.code] : []))).toEqual([
    'too-many',
    'too-many',
    'too-many',
  ]);
  expect((await ids(ana)).length).toBe(SAVED);
  // What was removed makes room when it is tidied away
  expect((await here.school.does(ana, 'messages.tidySaved', {})).gone).toBe(SAVED - 1);
  for (const { id: message } of wanted) await here.school.does(ana, 'messages.save', { room, message });
  expect((await ids(ana)).length).toBe(4);
});
