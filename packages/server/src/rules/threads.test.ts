/** Threads: what they count, who follows them, and that they are the room's log like everything else. */
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Person, type School, school as schoolOn } from '@recreio/core/testing/world.ts';
import { fold, fromPage, stretched } from '../../../client/src/reduce.ts';
import { type Node, openSchoolhouse, type Schoolhouse } from '../testing/world.ts';

let house: Schoolhouse;
let node: Node;
let other: Node;
let school: School;
let helena: Person;
let ana: Person;
let bruno: Person;
let caio: Person;

beforeAll(async () => {
  house = await openSchoolhouse();
  [node, other] = [await house.node(), await house.node()];
  ({ school } = node);
  helena = await school.person('Helena', { role: 'teacher' });
  [ana, bruno, caio] = [await school.person('Ana'), await school.person('Bruno'), await school.person('Caio')];
});
afterAll(() => house.close());

const roomOfAll = (kind = {}) => school.room(helena, [ana, bruno, caio], kind);
const stand = async (who: Person, room: string, thread: string) =>
  (await school.does(who, 'messages.page', { room, thread })).thread?.mine;
const mineOf = async (who: Person, room: string) => (await school.does(who, 'rooms.get', { room })).mine;
/** The followed threads of this room: the others of the file are no concern of a test's. */
const followed = async (who: Person, room: string) =>
  (await school.does(who, 'threads.mine', { limit: 100 })).threads.filter((thread) => thread.room === room);
const calls = async (who: Person, room: string) =>
  (await school.own(who)).flatMap((event) =>
    event.type === 'notification.made' && event.data.room === room ? [event.data] : [],
  );

test('[R80] replies take seqs of the room and numbers of their own: neither its ordinal nor its unread moves', async () => {
  const room = await roomOfAll();
  const root = await school.say(ana, room, 'Alguém entendeu a 3?');
  const before = await mineOf(bruno, room);
  const first = await school.say(helena, room, 'Qual parte?', { thread: root.id });
  const second = await school.say(ana, room, 'O vértice', { thread: root.id, replyTo: first.id });
  expect([first.seq, second.seq]).toEqual([root.seq + 1, root.seq + 2]);
  expect([first.ordinal, second.ordinal]).toEqual([root.ordinal, root.ordinal]);
  const after = await mineOf(bruno, room);
  expect(after).toEqual({ ...before, head: second.seq });
  const { messages } = await school.does(bruno, 'messages.page', { room });
  expect(messages.map(({ id }) => id)).toEqual([root.id]);
  const [shown] = messages;
  const page = await school.does(bruno, 'messages.page', { room, thread: root.id });
  expect(page.messages.map(({ id, thread, threadOrdinal }) => [id, thread, threadOrdinal])).toEqual([
    [first.id, root.id, 1],
    [second.id, root.id, 2],
  ]);
  expect(shown?.replies).toEqual({
    count: 2,
    lastAt: second.at,
    lastSeq: second.seq,
    people: [ana.id, helena.id],
  });
  expect(page.thread?.root).toEqual(shown);
  // The sender's own marker of the room stays where it was, too
  expect((await mineOf(helena, room))?.readSeq).toBeLessThan(first.seq);
  const next = await school.say(ana, room, 'Obrigada');
  expect(next.ordinal).toBe(root.ordinal + 1);
});

test('[R80] a reply hangs from a message of the same room that one sees, that is no reply, and that stands', async () => {
  const room = await roomOfAll();
  const elsewhere = await school.say(helena, await school.room(helena), 'fora');
  const root = await school.say(ana, room, 'raiz');
  const reply = await school.say(bruno, room, 'resposta', { thread: root.id });
  const send = (thread: string, who = bruno) =>
    school.refuses(who, 'messages.send', { room, clientId: school.intention(), body: 'oi', thread });
  const unknown = await send(school.intention());
  expect(unknown.code).toBe('not-found');
  expect(await send(elsewhere.id)).toEqual(unknown);
  expect(await send(reply.id)).toEqual(unknown);
  await school.does(ana, 'messages.remove', { room, message: root.id, clientId: school.intention() });
  expect((await send(root.id)).code).toBe('removed');
  // It stays readable under its tombstone
  const page = await school.does(caio, 'messages.page', { room, thread: root.id });
  expect(page.thread?.root.removed?.by).toBe('author');
  expect(page.thread?.root.replies?.count).toBe(1);
  expect(page.messages.map(({ body }) => body)).toEqual(['resposta']);
});

test('[R80] what is before one came is not there: no thread, no page, no following, no call from it', async () => {
  const room = await school.room(helena, [ana], { past: 'since-joining' });
  const root = await school.say(helena, room, 'antes de Caio');
  await school.tend(helena, 'members.add', room, caio.id);
  const nowhere = school.intention();
  for (const thread of [root.id, nowhere]) {
    for (const [name, input] of [
      ['messages.page', {}],
      ['threads.follow', {}],
      ['threads.unfollow', {}],
      ['threads.markRead', { seq: 9 }],
      ['messages.send', { clientId: school.intention(), body: 'oi' }],
    ] as const)
      expect([name, (await school.refuses(caio, name, { room, thread, ...input })).code]).toEqual([name, 'not-found']);
  }
  await school.say(ana, room, 'e você, @Caio?', { thread: root.id, mentions: [caio.id] });
  expect(await calls(caio, room)).toEqual([]);
  expect(await followed(caio, room)).toEqual([]);
  // Nor for those who are not in the room at all
  expect((await school.refuses(bruno, 'threads.follow', { room, thread: root.id })).code).toBe('not-found');
});

test('[R81] who wrote the first message, answers, is answered or mentioned follows; the call is the strongest there is', async () => {
  const room = await roomOfAll();
  const root = await school.say(ana, room, 'raiz');
  expect(await followed(ana, room)).toEqual([]);
  const first = await school.say(bruno, room, 'um', { thread: root.id });
  expect(await stand(ana, room, root.id)).toEqual({
    following: true,
    seq: first.seq - 1,
    unread: 1,
    newest: first.seq,
  });
  expect(await stand(bruno, room, root.id)).toEqual({ following: true, seq: first.seq, unread: 0, newest: first.seq });
  expect(await stand(caio, room, root.id)).toMatchObject({ following: false });
  const second = await school.say(helena, room, 'dois', { thread: root.id, replyTo: first.id, mentions: [caio.id] });
  // What was said before one was called is not unread
  expect(await stand(caio, room, root.id)).toMatchObject({ following: true, unread: 1 });
  expect((await calls(ana, room)).map(({ kind, message, thread }) => [kind, message, thread])).toEqual([
    ['thread', first.id, root.id],
    ['thread', second.id, root.id],
  ]);
  expect((await calls(bruno, room)).map(({ kind }) => kind)).toEqual(['reply']);
  expect((await calls(caio, room)).map(({ kind }) => kind)).toEqual(['mention']);
  expect(await calls(helena, room)).toEqual([]);
  // Calls from threads do not count in the room
  expect(await mineOf(caio, room)).toMatchObject({ unread: 1, mentions: 0 });
});

test('[R81] who has said not to follow is not made to by being the first author, only by answering or being called', async () => {
  const room = await roomOfAll();
  const root = await school.say(ana, room, 'raiz');
  await school.does(ana, 'threads.unfollow', { room, thread: root.id });
  await school.say(bruno, room, 'um', { thread: root.id });
  expect(await stand(ana, room, root.id)).toMatchObject({ following: false });
  expect(await calls(ana, room)).toEqual([]);
  const called = await school.say(bruno, room, 'dois', { thread: root.id, mentions: [ana.id] });
  expect(await stand(ana, room, root.id)).toMatchObject({ following: true, seq: called.seq - 1, unread: 1 });
  // Reading alone is no word about following
  const fresh = await school.say(caio, room, 'outra raiz');
  await school.does(caio, 'threads.markRead', { room, thread: fresh.id, seq: 0 });
  await school.say(bruno, room, 'um', { thread: fresh.id });
  expect(await stand(caio, room, fresh.id)).toMatchObject({ following: true, unread: 1 });
});

test('[R81] both of a private conversation follow its threads, and blocks act silently', async () => {
  const shared = await roomOfAll();
  const { room } = await school.does(ana, 'rooms.openDirect', { account: bruno.id });
  const root = await school.say(ana, room.id, 'oi');
  const reply = await school.say(ana, room.id, 'sobre ontem', { thread: root.id });
  expect((await calls(bruno, room.id)).map(({ kind, message, thread }) => [kind, message, thread])).toEqual([
    ['direct', root.id, undefined],
    ['direct', reply.id, root.id],
  ]);
  expect(await stand(bruno, room.id, root.id)).toMatchObject({ following: true, unread: 1 });
  // Helena is blocked by Caio: her replies under his message call him not
  await school.does(caio, 'accounts.block', { account: helena.id });
  const his = await school.say(caio, shared, 'raiz de Caio');
  await school.say(helena, shared, 'oi', { thread: his.id, mentions: [caio.id] });
  expect(await calls(caio, shared)).toEqual([]);
  expect(await stand(caio, shared, his.id)).toMatchObject({ following: false });
  await school.does(caio, 'accounts.unblock', { account: helena.id });
});

test('[R82] a marker goes forward only and never past the newest reply; unread is what is after it, not mine and not removed', async () => {
  const room = await roomOfAll();
  const root = await school.say(ana, room, 'raiz');
  const said: Awaited<ReturnType<School['say']>>[] = [];
  for (const body of ['um', 'dois', 'três']) said.push(await school.say(bruno, room, body, { thread: root.id }));
  const [one, two, three] = said.map(({ seq }) => seq);
  const mark = (seq: number) => school.does(ana, 'threads.markRead', { room, thread: root.id, seq });
  expect(await mark(one ?? 0)).toEqual({ following: true, seq: one, unread: 2, newest: three });
  expect(await mark(0)).toMatchObject({ seq: one, unread: 2 });
  await school.does(bruno, 'messages.remove', { room, message: said[1]?.id, clientId: school.intention() });
  expect(await mark(two ?? 0)).toMatchObject({ seq: two, unread: 1 });
  expect(await mark(1_000_000)).toMatchObject({ seq: three, unread: 0 });
  const own = await school.say(ana, room, 'quatro', { thread: root.id });
  expect(await stand(ana, room, root.id)).toMatchObject({ seq: own.seq, unread: 0 });
});

test('[R82] threads.mine lists what is unread first, then the newest, with the first message, the last one, and how many are unread', async () => {
  const [a, b] = [await roomOfAll(), await roomOfAll()];
  const who = await school.person('Duda');
  for (const room of [a, b]) await school.tend(helena, 'members.add', room, who.id);
  const roots = [];
  for (const room of [a, b, a]) roots.push({ room, ...(await school.say(who, room, 'raiz')) });
  const [first, second, third] = roots;
  if (!first || !second || !third) throw new Error('three were said');
  for (const { room, id } of roots) await school.say(helena, room, `em ${id}`, { thread: id });
  await school.does(who, 'threads.markRead', { room: third.room, thread: third.id, seq: 1_000_000 });
  const mine = await school.does(who, 'threads.mine', {});
  expect(mine.threads.map(({ room, root }) => [room, root.id])).toEqual([
    [b, second.id],
    [a, first.id],
    [a, third.id],
  ]);
  expect([mine.unread, mine.more]).toEqual([2, false]);
  expect(mine.threads[0]).toMatchObject({
    last: { body: `em ${second.id}` },
    mine: { unread: 1 },
    root: { body: 'raiz' },
  });
  expect(await school.does(who, 'threads.mine', { limit: 1 })).toMatchObject({ unread: 2, more: true });
  // Of a room that one has left nothing is told
  await school.tend(helena, 'members.remove', b, who.id);
  expect((await school.does(who, 'threads.mine', {})).threads.map(({ root }) => root.id)).toEqual([first.id, third.id]);
});

test('[R81] [D33] what changes takes a revision, from two devices on two nodes at once, and what has stood still takes none', async () => {
  const room = await roomOfAll();
  const root = await school.say(ana, room, 'raiz');
  const revision = async () => (await node.world.memory.streams.heads([], [caio.id])).revisions.get(caio.id) ?? -1;
  const start = await revision();
  const [one, two] = [await school.device(caio), await school.device(caio)];
  const there = schoolOn(other.world);
  await Promise.all(
    Array.from({ length: 10 }, (_, nth) =>
      nth % 2 === 0
        ? school.does(one, 'threads.follow', { room, thread: root.id })
        : there.does(two, 'threads.follow', { room, thread: root.id }),
    ),
  );
  expect(await revision()).toBe(start + 1);
  await school.does(one, 'threads.unfollow', { room, thread: root.id });
  await there.say(two, room, 'sigo', { thread: root.id });
  expect(await revision()).toBe(start + 3);
  const moved = await node.world.memory.threads.movedAfter(caio.id, start);
  expect(moved.map(({ standing, revision: at }) => [standing.following, standing.unread, at])).toEqual([
    [true, 0, start + 3],
  ]);
});

test('[D25] [R80] replies against the removal of what they hang from: those before it stand, those after it are refused, and nothing between', async () => {
  const there = schoolOn(other.world);
  for (let round = 0; round < 5; round++) {
    const room = await roomOfAll();
    const root = await school.say(ana, room, 'raiz');
    const people = [ana, bruno, caio, helena];
    const outcomes = await Promise.all([
      ...Array.from({ length: 12 }, (_, nth) =>
        (nth % 2 === 0 ? school : there).tries(people[nth % 4] ?? ana, 'messages.send', {
          room,
          clientId: school.intention(),
          body: `${nth}`,
          thread: root.id,
        }),
      ),
      there.tries(helena, 'messages.remove', { room, message: root.id, clientId: school.intention() }),
    ]);
    const replies = outcomes.slice(0, 12);
    const gone = outcomes[12];
    if (!gone?.ok) throw new Error('a moderator removes');
    const { seq } = gone.output as { seq: number };
    for (const outcome of replies)
      expect(outcome.ok ? (outcome.output as { seq: number }).seq < seq : outcome.problem.code).toBe(
        outcome.ok ? true : 'removed',
      );
    const page = await school.does(caio, 'messages.page', { room, thread: root.id, limit: 100 });
    const numbers = page.messages.map(({ threadOrdinal }) => threadOrdinal);
    expect(numbers).toEqual(Array.from({ length: replies.filter(({ ok }) => ok).length }, (_, nth) => nth + 1));
    expect(page.thread?.root.replies?.count ?? 0).toBe(numbers.length);
  }
});

test('[D12] a reply sent again is the same; in another thread, or in none, it is another payload', async () => {
  const room = await roomOfAll();
  const [root, otherRoot] = [await school.say(ana, room, 'raiz'), await school.say(ana, room, 'outra')];
  const input = { room, clientId: school.intention(), body: 'oi', thread: root.id };
  const first = await school.does(bruno, 'messages.send', input);
  expect(await school.does(bruno, 'messages.send', input)).toEqual({ ...first, duplicate: true });
  const { thread: _thread, ...bare } = input;
  for (const changed of [{ ...input, thread: otherRoot.id }, bare])
    expect((await school.refuses(bruno, 'messages.send', changed)).code).toBe('idempotency-conflict');
  // Also when what it hangs from is gone
  await school.does(ana, 'messages.remove', { room, message: root.id, clientId: school.intention() });
  expect(await school.does(bruno, 'messages.send', input)).toEqual({ ...first, duplicate: true });
});

test('[D25] who is muted is muted in threads; edits, signs and removals work there as anywhere', async () => {
  const room = await roomOfAll();
  const root = await school.say(ana, room, 'raiz');
  const reply = await school.say(bruno, room, 'resposta', { thread: root.id });
  const about = { room, message: reply.id };
  await school.does(bruno, 'messages.edit', { ...about, clientId: school.intention(), body: 'melhor' });
  await school.does(caio, 'messages.react', { ...about, emoji: '👍' });
  const shown = async () => (await school.does(caio, 'messages.page', { room, thread: root.id })).messages[0];
  expect(await shown()).toMatchObject({
    body: 'melhor',
    editNo: 1,
    thread: root.id,
    threadOrdinal: 1,
    reactions: [{ emoji: '👍', accounts: [caio.id] }],
  });
  await school.tend(helena, 'members.mute', room, bruno.id);
  const send = { room, clientId: school.intention(), body: 'oi', thread: root.id };
  expect((await school.refuses(bruno, 'messages.send', send)).code).toBe('muted');
  await school.does(helena, 'messages.remove', { ...about, clientId: school.intention() });
  expect(await shown()).toMatchObject({ thread: root.id, threadOrdinal: 1, removed: { by: 'moderator' } });
  const [first] = (await school.does(caio, 'messages.page', { room })).messages;
  expect(first?.replies).toMatchObject({ count: 0, lastSeq: reply.seq, people: [bruno.id] });
});

const deed = fc.record({
  what: fc.oneof(
    { weight: 2, arbitrary: fc.constant('send') },
    { weight: 6, arbitrary: fc.constant('answer') },
    { weight: 3, arbitrary: fc.constantFrom('remove', 'edit', 'react') },
  ),
  who: fc.nat(7),
  which: fc.nat(20),
});

test('[R49] [R80] at every moment the pages of a room and of its threads, with what came after them folded in, are fresh pages', async () => {
  const crowd = await Promise.all(['Eva', 'Fábio', 'Gil', 'Hugo'].map((name) => school.person(name)));
  let compared = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(deed, { minLength: 10, maxLength: 18, size: 'max' }), fc.nat(6), async (deeds, early) => {
      const room = await school.room(helena, [bruno, ...crowd], { past: 'since-joining' });
      const roots = [await school.say(helena, room, 'antes de Ana')];
      await school.tend(helena, 'members.add', room, ana.id);
      roots.push(await school.say(helena, room, 'raiz'));
      const said = [...roots];
      const people = [helena, ana, bruno, ...crowd];
      const [hidden, root] = roots;
      if (!hidden || !root) throw new Error('two were said');
      const act = async ({ what, who, which }: (typeof deeds)[number]): Promise<void> => {
        const actor = people[who % people.length] ?? helena;
        const clientId = school.intention();
        const message = said[which % said.length]?.id;
        const thread = [hidden, root, root][which % 3]?.id;
        const outcome = await (what === 'send'
          ? school.tries(actor, 'messages.send', { room, clientId, body: 'oi' })
          : what === 'answer'
            ? school.tries(actor, 'messages.send', { room, clientId, body: 'oi', thread })
            : what === 'react'
              ? school.tries(actor, 'messages.react', { room, message, emoji: '👍' })
              : school.tries(what === 'remove' ? helena : actor, `messages.${what === 'remove' ? 'remove' : 'edit'}`, {
                  room,
                  message,
                  clientId,
                  ...(what === 'edit' ? { body: 'outro' } : {}),
                }));
        // What hangs from nothing any more would end the test early
        if (outcome.ok && (what === 'send' || what === 'answer')) said.push(outcome.output as (typeof said)[number]);
      };
      for (const one of deeds.slice(0, early)) await act(one);
      for (const reader of [helena, ana]) {
        const read = async (place: object) =>
          fromPage(room, stretched(await school.does(reader, 'messages.page', { room, limit: 100, ...place }), {}));
        let [main, inside] = [await read({}), await read({ thread: root.id })];
        for (const one of deeds.slice(early)) {
          await act(one);
          const { events } = await school.does(reader, 'streams.read', { room, after: main.at, limit: 500 });
          main = fold(main, events);
          inside = fold(inside, events);
          const fresh = [await read({}), await read({ thread: root.id })];
          expect([main, inside].map(({ messages }) => messages.map(({ message }) => message))).toEqual(
            fresh.map(({ messages }) => messages.map(({ message }) => message)),
          );
          compared += events.length;
        }
      }
    }),
    { numRuns: 5 },
  );
  expect(compared).toBeGreaterThan(30);
});
