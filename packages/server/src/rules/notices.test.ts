/** What has to be read, and who has confirmed it: the contract of its memory, on real SQL and over two nodes. */
import type { Person, School } from '@recreio/core/testing/world.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Node, openSchoolhouse, type Schoolhouse } from '../testing/world.ts';

let house: Schoolhouse;
let node: Node;
let other: Node;
let school: School;
let helena: Person;
let ana: Person;
let bruno: Person;

beforeAll(async () => {
  house = await openSchoolhouse();
  [node, other] = [await house.node(), await house.node()];
  ({ school } = node);
  helena = await school.person('Helena', { role: 'teacher' });
  [ana, bruno] = [await school.person('Ana'), await school.person('Bruno')];
});
afterAll(() => house.close());

/** A message that the pupils of a room of Helena's have to read. */
const notice = async (people: readonly Person[] = [ana, bruno]) => {
  const room = await school.room(helena, people);
  const { id: message } = await school.say(helena, room, 'A prova é na quinta.');
  await school.does(helena, 'notices.require', { room, message });
  return { room, message };
};
const waiting = async (who: Person, room: string): Promise<string[]> =>
  (await school.does(who, 'notices.mine', {})).messages.flatMap((one) => (one.room === room ? [one.id] : []));
const revisionOf = async ({ id }: Person): Promise<number> =>
  (await node.world.memory.streams.heads([], [id])).revisions.get(id) ?? -1;

test('[R114] [D35] the same yes from two devices at once, through two nodes, is one: one time, one row, one revision', async () => {
  const asking = await notice();
  const start = await revisionOf(ana);
  const yes = await Promise.all(
    [node, other, node, other].map((at) => at.school.does(ana, 'notices.confirm', { ...asking, editNo: 0 })),
  );
  expect(new Set(yes.map(({ at }) => at)).size).toBe(1);
  const { confirmed } = await school.does(helena, 'notices.state', asking);
  expect(confirmed).toEqual([{ account: ana.id, at: yes[0]?.at, editNo: 0 }]);
  expect(await revisionOf(ana)).toBe(start + 1);
  const { notifications } = node.world.memory;
  expect([
    await notifications.confirmedAfter(ana.id, start),
    await notifications.confirmedAfter(ana.id, start + 1),
  ]).toEqual([true, false]);
});

test('[R114] while it is edited and taken back: every yes that was answered is to a wording that stood, and none is left of what was taken back', async () => {
  const asking = await notice();
  const edit = (body: string) =>
    school.does(helena, 'messages.edit', { ...asking, clientId: school.intention(), body });
  const editing = (async () => {
    for (const body of ['Na sexta.', 'No sábado.', 'Na segunda.']) await edit(body);
  })();
  const tries = [0, 1, 2, 3, 0, 1, 2, 3].map((editNo, n) =>
    other.school.tries(n % 2 ? ana : bruno, 'notices.confirm', { ...asking, editNo }),
  );
  const outcomes = await Promise.all(tries);
  await editing;
  expect(
    outcomes.flatMap((outcome) => (outcome.ok ? [] : [outcome.problem.code])).filter((code) => code !== 'stale'),
  ).toEqual([]);
  const { confirmed, waiting: left } = await school.does(helena, 'notices.state', asking);
  expect(confirmed.length + left.length).toBe(2);
  for (const who of [ana, bruno])
    expect((await waiting(who, asking.room)).length).toBe(confirmed.some(({ account }) => account === who.id) ? 0 : 1);
  await Promise.all([
    school.does(helena, 'notices.withdraw', asking),
    ...[ana, bruno].map((who) => other.school.tries(who, 'notices.confirm', { ...asking, editNo: 3 })),
  ]);
  const { rows } = await house.pool.query('SELECT 1 FROM confirmation WHERE message = $1', [asking.message]);
  expect(rows).toEqual([]);
});

test('[R114] asked and taken back at once, by two and through two nodes: the log says which came last, and so does the message', async () => {
  const asking = await notice();
  await school.does(helena, 'members.setRole', {
    room: asking.room,
    account: ana.id,
    role: 'moderator',
    clientId: school.intention(),
  });
  await Promise.all(
    Array.from({ length: 10 }, (_, n) =>
      (n % 2 ? node : other).school.does(
        n % 3 ? helena : ana,
        n % 4 < 2 ? 'notices.withdraw' : 'notices.require',
        asking,
      ),
    ),
  );
  const { events } = await school.log(helena, asking.room);
  const turns = events.filter(({ type }) => type === 'message.required' || type === 'message.released');
  // Doing twice what is done writes nothing: they take turns
  turns.forEach(({ type }, n) => expect(type).toBe(n % 2 ? 'message.released' : 'message.required'));
  const { messages } = await school.does(helena, 'messages.get', { room: asking.room, ids: [asking.message] });
  expect(messages[0]?.required !== undefined).toBe(turns.at(-1)?.type === 'message.required');
});

test('[R114] who blocks somebody that looks after the room is asked by them all the same', async () => {
  const asking = await notice();
  await school.does(ana, 'accounts.block', { account: helena.id });
  expect(await waiting(ana, asking.room)).toEqual([asking.message]);
  await school.does(ana, 'accounts.unblock', { account: helena.id });
});
