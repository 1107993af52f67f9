/** Drafts on all devices: races, the limit, what lies in the database (docs/protocol.md R87). */
import { DRAFTS } from '@recreio/protocol';
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

test('[R87] of many devices that write over one version one does, through two nodes; who has heard nothing finds it', async () => {
  const room = await here.school.room(helena, [ana]);
  const nodes = [here.school, schoolOn(there.world)];
  const revision = async () => (await here.world.memory.streams.heads([], [ana.id])).revisions.get(ana.id) ?? -1;
  const start = await revision();
  const outcomes = await Promise.all(
    Array.from({ length: 8 }, (_, nth) =>
      nodes[nth % 2]?.tries(ana, 'drafts.put', { room, body: `palavras ${nth}`, base: 0 }),
    ),
  );
  expect(outcomes.filter((one) => one?.ok)).toHaveLength(1);
  expect(new Set(outcomes.flatMap((one) => (one && !one.ok ? [one.problem.code] : [])))).toEqual(new Set(['stale']));
  const written = outcomes.findIndex((one) => one?.ok);
  expect(await revision()).toBe(start + 1);
  expect(await there.world.memory.drafts.changedAfter(ana.id, start)).toMatchObject([
    { room, body: `palavras ${written}`, version: 1 },
  ]);
  expect(await there.world.memory.drafts.changedAfter(ana.id, start + 1)).toEqual([]);
});

test('[R87] at most so many have words; one that is cleared makes room', async () => {
  const bia = await here.school.person('Bia');
  const rooms: string[] = [];
  for (let nth = 0; nth <= DRAFTS; nth++) rooms.push(await here.school.room(bia));
  for (const room of rooms.slice(0, DRAFTS)) await here.school.does(bia, 'drafts.put', { room, body: 'oi', base: 0 });
  const last = { room: rooms[DRAFTS] ?? '', body: 'mais uma', base: 0 };
  expect((await here.school.refuses(bia, 'drafts.put', last)).code).toBe('too-many');
  await here.school.does(bia, 'drafts.put', { room: rooms[0] ?? '', base: 1 });
  expect(await here.school.does(bia, 'drafts.put', last)).toEqual({ version: 1 });
});

test('[R87] words in rooms that one has left do not count: nobody could clear them', async () => {
  const dora = await here.school.person('Dora');
  const room = await here.school.room(helena, [dora]);
  await here.school.does(dora, 'drafts.put', { room, body: 'fica aqui', base: 0 });
  const count = async () => (await here.world.memory.drafts.find(dora.id, room, null))?.count;
  const left = await here.school.room(helena, [dora]);
  await here.school.does(dora, 'drafts.put', { room: left, body: 'ia dizer', base: 0 });
  expect(await count()).toBe(2);
  await here.school.does(dora, 'members.leave', { room: left });
  expect(await count()).toBe(1);
});

test('[R87] [E1] the words are sealed for their person, place and version: another row’s do not open', async () => {
  const caio = await here.school.person('Caio');
  const [one, two] = [await here.school.room(caio), await here.school.room(caio)];
  for (const room of [one, two]) await here.school.does(caio, 'drafts.put', { room, body: `segredo ${room}`, base: 0 });
  const bodies = async () =>
    new Map((await here.school.does(caio, 'drafts.mine', {})).drafts.map(({ room, body }) => [room, body]));
  expect((await bodies()).get(one)).toBe(`segredo ${one}`);
  await house.pool.query('UPDATE draft SET version = 7 WHERE talk = $1', [one]);
  expect((await bodies()).get(one)).toBeUndefined();
  await house.pool.query(
    `UPDATE draft d SET salt = o.salt, nonce = o.nonce, commitment = o.commitment, ct = o.ct FROM draft o WHERE d.talk = $1 AND o.talk = $2`,
    [two, one],
  );
  expect((await bodies()).get(two)).toBeUndefined();
});
