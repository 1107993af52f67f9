/** How loud rooms are, when people rest, and what speaks to them: the contract of their memory, on real SQL. */
import { type Person, type School } from '@recreio/core/testing/world.ts';
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

const mineOf = async (who: Person, room: string) => (await school.does(who, 'rooms.get', { room })).mine;
const tunedAfter = async ({ id }: Person, revision: number) =>
  (await node.world.memory.notifications.tunedAfter(id, revision)).map(({ tuning }) => tuning);
const revisionOf = async ({ id }: Person): Promise<number> =>
  (await node.world.memory.streams.heads([], [id])).revisions.get(id) ?? -1;
const inboxOf = async (who: Person, room: string) =>
  (await school.does(who, 'notifications.inbox', { limit: 100 })).items.filter(({ message }) => message.room === room);

test('[R94] each change takes the next revision, and the latest of each room that one is in is found', async () => {
  const [a, b] = [await school.room(helena, [ana]), await school.room(helena, [ana])];
  const start = await revisionOf(ana);
  await school.does(ana, 'notifications.setRoom', { room: a, level: 'nothing' });
  await school.does(ana, 'notifications.setRoom', { room: b, hush: { seconds: null } });
  await school.does(ana, 'notifications.setRoom', { room: a, level: 'mentions' });
  expect(await revisionOf(ana)).toBe(start + 3);
  expect(await tunedAfter(ana, start)).toEqual([
    { room: b, hushed: { until: null } },
    { room: a, level: 'mentions' },
  ]);
  expect(await tunedAfter(ana, start + 3)).toEqual([]);
  await school.tend(helena, 'members.remove', a, ana.id);
  expect((await tunedAfter(ana, start)).map(({ room }) => room)).toEqual([b]);
  // Nobody else’s rooms are any quieter for it
  expect(await mineOf(helena, b)).not.toHaveProperty('hushed');
});

test('[R94] a hush that is over is told by nobody; what was said stays, and comes back with the person', async () => {
  const room = await school.room(helena, [ana]);
  await school.does(ana, 'notifications.setRoom', { room, level: 'mentions', hush: { seconds: 60 } });
  expect((await mineOf(ana, room))?.hushed?.until).toEqual(expect.stringMatching(/Z$/));
  await house.pool.query(
    `UPDATE room_tuning SET hushed_until = clock_timestamp() - interval '1 second' WHERE account = $1 AND room = $2`,
    [ana.id, room],
  );
  expect(await mineOf(ana, room)).not.toHaveProperty('hushed');
  await school.tend(helena, 'members.remove', room, ana.id);
  const unknown = await school.refuses(ana, 'notifications.setRoom', { room, level: 'nothing' });
  expect(await school.refuses(ana, 'notifications.setRoom', { room: school.intention(), level: 'nothing' })).toEqual(
    unknown,
  );
  await school.tend(helena, 'members.add', room, ana.id);
  expect(await mineOf(ana, room)).toMatchObject({ level: 'mentions' });
});

test('[R94] changes from two devices at once, through two nodes: both parts hold, and no revision is left out', async () => {
  const room = await school.room(helena, [ana]);
  const start = await revisionOf(ana);
  const levels = ['everything', 'mentions', 'nothing'] as const;
  await Promise.all(
    levels.flatMap((level) => [
      node.school.does(ana, 'notifications.setRoom', { room, level }),
      other.school.does(ana, 'notifications.setRoom', { room, hush: { seconds: null } }),
    ]),
  );
  expect(await revisionOf(ana)).toBe(start + 6);
  const mine = await mineOf(ana, room);
  expect(levels).toContain(mine?.level);
  expect(mine?.hushed).toEqual({ until: null });
});

test('[R96] a rest that is over is none; quiet hours that were not chosen are not there', async () => {
  const me = await school.does(ana, 'notifications.setCalm', { doNotDisturb: { seconds: 60 } });
  expect(Date.parse(me.calm?.doNotDisturb?.until ?? '')).toBeGreaterThan(Date.now());
  expect(me.calm).not.toHaveProperty('quietHours');
  await house.pool.query(`UPDATE account SET rests_until = clock_timestamp() - interval '1 second' WHERE id = $1`, [
    ana.id,
  ]);
  expect((await school.does(ana, 'accounts.me', {})).calm).toEqual({ doNotDisturb: null });
  const none = await school.does(ana, 'notifications.setCalm', { quietHours: null });
  expect(none.calm).toEqual({ doNotDisturb: null, quietHours: null });
  expect((await school.does(ana, 'notifications.setCalm', { quietHours: 'school' })).calm).toEqual({
    doNotDisturb: null,
  });
  // Others see nothing of it
  const [seen] = (await school.does(bruno, 'accounts.profiles', { ids: [ana.id] })).profiles;
  expect(seen ?? {}).not.toHaveProperty('calm');
});

test('[R97] what is before one came, and what is said after one was removed, is in no inbox', async () => {
  const room = await school.room(helena, [ana], { past: 'since-joining' });
  const root = await school.say(ana, room, 'raiz');
  await school.say(helena, room, 'resposta', { replyTo: root.id });
  expect((await inboxOf(ana, room)).map(({ reason, read }) => [reason, read])).toEqual([['reply', false]]);
  await school.tend(helena, 'members.remove', room, ana.id);
  await school.say(helena, room, 'e @Ana?', { mentions: [ana.id] });
  expect(await inboxOf(ana, room)).toEqual([]);
  await school.tend(helena, 'members.add', room, ana.id);
  expect((await inboxOf(ana, room)).map(({ message }) => message.body)).toEqual(['resposta']);
  const late = await school.say(helena, room, 'agora, @Ana', { mentions: [ana.id] });
  expect((await inboxOf(ana, room)).map(({ message }) => message.id)).toContain(late.id);
  // Private conversations have a place of their own
  await school.tend(helena, 'members.add', room, bruno.id);
  const pair = await school.does(helena, 'rooms.openDirect', { account: bruno.id });
  await school.say(helena, pair.room.id, 'oi, @Bruno', { mentions: [bruno.id] });
  expect(await inboxOf(bruno, pair.room.id)).toEqual([]);
});

test('[R95] calls of who was blocked since count no more, in the room as in the inbox', async () => {
  const room = await school.room(helena, [ana, bruno]);
  await school.say(bruno, room, 'olha, @Ana', { mentions: [ana.id] });
  await school.say(helena, room, 'olha, @Ana', { mentions: [ana.id] });
  expect(await mineOf(ana, room)).toMatchObject({ unread: 2, mentions: 2 });
  await school.does(ana, 'accounts.block', { account: bruno.id });
  expect(await mineOf(ana, room)).toMatchObject({ unread: 2, mentions: 1 });
  expect(await inboxOf(ana, room)).toHaveLength(1);
  await school.does(ana, 'accounts.unblock', { account: bruno.id });
  expect(await mineOf(ana, room)).toMatchObject({ unread: 2, mentions: 2 });
});

test('[R113] what called everybody stands in the inbox by its time, each once over all pages; not where one did not see it or has blocked who called', async () => {
  const room = await school.room(helena, [ana], { past: 'since-joining' });
  const said: string[] = [];
  for (const words of ['um', 'dois', 'três']) {
    const mention = await school.say(helena, room, `@Ana, ${words}`, { mentions: [ana.id] });
    const call = await school.say(helena, room, `@todos, ${words}`, { everyone: true });
    said.unshift(call.id, mention.id);
  }
  expect((await inboxOf(ana, room)).map(({ message }) => message.id)).toEqual(said);
  const paged: string[] = [];
  for (let before: number | undefined; ; ) {
    const page = await school.does(ana, 'notifications.inbox', { limit: 1, ...(before ? { before } : {}) });
    paged.push(...page.items.filter(({ message }) => message.room === room).map(({ message }) => message.id));
    if (page.next === null) break;
    before = page.next;
  }
  expect(paged).toEqual(said);
  expect(await mineOf(ana, room)).toMatchObject({ unread: 6, mentions: 6 });
  await school.tend(helena, 'members.add', room, bruno.id);
  expect(await inboxOf(bruno, room)).toEqual([]);
  expect(await mineOf(bruno, room)).toMatchObject({ unread: 0, mentions: 0 });
  await school.does(ana, 'accounts.block', { account: helena.id });
  expect(await inboxOf(ana, room)).toEqual([]);
  expect(await mineOf(ana, room)).toMatchObject({ unread: 6, mentions: 0 });
  await school.does(ana, 'accounts.unblock', { account: helena.id });
});

test('[R113] who is named in it as well is called once, by name', async () => {
  const room = await school.room(helena, [ana, bruno]);
  const call = await school.say(helena, room, '@todos e @Ana', { everyone: true, mentions: [ana.id] });
  const reasonOf = async (who: Person) => (await inboxOf(who, room)).map(({ reason }) => reason);
  expect([await reasonOf(ana), await reasonOf(bruno)]).toEqual([['mention'], ['everyone']]);
  expect(await mineOf(ana, room)).toMatchObject({ unread: 1, mentions: 1 });
  await school.does(bruno, 'messages.markRead', { room, seq: call.seq });
  expect((await inboxOf(bruno, room)).map(({ read }) => read)).toEqual([true]);
  // What it says is sealed with whom it calls: the room stands among the names in the database, and on no wire
  expect((await school.log(ana, room)).events.at(-1)?.data).toMatchObject({
    message: { everyone: true, mentions: [ana.id] },
  });
});
