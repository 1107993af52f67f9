/** Words that call people: whom what is said calls by them, at every node, and who learns of them; on real SQL (docs/protocol.md R119). */
import { BUCKETS } from '@recreio/core';
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
});
// Each test has people of its own: whom words call, they call in every room
const newcomers = async () => {
  [ana, bruno] = [await school.person('Ana'), await school.person('Bruno')];
};
afterAll(() => house.close());

const name = (who: Person, ...words: string[]) => school.does(who, 'notifications.setKeywords', { words });
const calls = async (who: Person, room: string) =>
  (await school.own(who)).flatMap(({ type, data }) =>
    type === 'notification.made' && data.room === room ? [[data.kind, data.messageSeq]] : [],
  );
const mentions = async (who: Person, room: string) => (await school.does(who, 'rooms.get', { room })).mine?.mentions;
const inbox = async (who: Person, room: string) =>
  (await school.does(who, 'notifications.inbox', { limit: 100 })).items.filter(({ message }) => message.room === room);
/** What is true of the room's own row. */
const hearing = async (room: string): Promise<number> =>
  (await house.pool.query<{ hearing: number }>('SELECT hearing FROM room WHERE id = $1', [room])).rows[0]?.hearing ??
  -1;

test('[R119] a word calls like a mention: once, the strongest reason, whole words, blind to accents and case', async () => {
  await newcomers();
  const room = await school.room(helena, [ana, bruno]);
  expect(await name(ana, 'Física', 'prova final')).toEqual({ words: ['Física', 'prova final'] });
  const said = await school.say(helena, room, 'Lista de FISICA no mural');
  await school.say(helena, room, 'Metafísica não, nem prova, nem provas finais');
  const both = await school.say(helena, room, 'A prova  final é de física');
  const named = await school.say(helena, room, '@Ana, física', { mentions: [ana.id] });
  const answered = await school.say(ana, room, 'qual física?');
  const reply = await school.say(helena, room, 'a de ontem, física', { replyTo: answered.id });
  expect(await calls(ana, room)).toEqual([
    ['keyword', said.seq],
    ['keyword', both.seq],
    ['mention', named.seq],
    ['reply', reply.seq],
  ]);
  expect(await calls(bruno, room)).toEqual([]);
  expect(await calls(helena, room)).toEqual([]);
  // One’s own marker is at one’s own message
  expect(await mentions(ana, room)).toBe(1);
  expect((await inbox(ana, room)).map(({ reason, message }) => [reason, message.id])).toEqual([
    ['reply', reply.id],
    ['mention', named.id],
    ['keyword', both.id],
    ['keyword', said.id],
  ]);
});

test('[R119] never in a room that one is not in, nor any more once one was removed; who comes back is called again', async () => {
  await newcomers();
  const [mine, others] = [await school.room(helena, [ana]), await school.room(helena, [bruno])];
  await name(ana, 'prova');
  await school.say(helena, others, 'prova');
  expect([await calls(ana, others), await hearing(others)]).toEqual([[], 0]);
  const heard = await school.say(helena, mine, 'prova');
  await school.tend(helena, 'members.remove', mine, ana.id);
  await school.say(helena, mine, 'prova');
  expect(await inbox(ana, mine)).toEqual([]);
  await school.tend(helena, 'members.add', mine, ana.id);
  const again = await school.say(helena, mine, 'prova');
  expect(await calls(ana, mine)).toEqual([
    ['keyword', heard.seq],
    ['keyword', again.seq],
  ]);
  // With her words she comes into a room where nobody had any
  await school.tend(helena, 'members.add', others, ana.id);
  const there = await school.say(bruno, others, 'prova');
  expect(await calls(ana, others)).toEqual([['keyword', there.seq]]);
  // Without them she comes back into the other
  await school.tend(helena, 'members.remove', mine, ana.id);
  await name(ana);
  expect(await school.does(ana, 'notifications.keywords', {})).toEqual({ words: [] });
  await school.tend(helena, 'members.add', mine, ana.id);
  await school.say(helena, mine, 'prova');
  expect(await calls(ana, mine)).toHaveLength(2);
});

test('[R119] other words hold from the answer on, at a node that has heard the old ones a moment ago; none is none', async () => {
  await newcomers();
  const room = await school.room(helena, [ana, bruno]);
  await name(ana, 'prova');
  const say = async (body: string) =>
    (await other.school.does(helena, 'messages.send', { room, clientId: school.intention(), body })).seq;
  const first = await say('prova');
  await name(ana, 'trabalho');
  await say('prova');
  const second = await say('trabalho');
  await name(bruno, 'trabalho');
  const third = await say('trabalho');
  expect(await name(ana)).toEqual({ words: [] });
  const fourth = await say('trabalho');
  expect((await calls(ana, room)).map(([, seq]) => seq)).toEqual([first, second, third]);
  expect((await calls(bruno, room)).map(([, seq]) => seq)).toEqual([third, fourth]);
});

test('[R119] whom one has blocked calls nobody by words, before and after; what was removed is gone, an edit calls nobody', async () => {
  await newcomers();
  const room = await school.room(helena, [ana, bruno]);
  await name(ana, 'prova');
  await school.say(bruno, room, 'prova');
  await school.does(ana, 'accounts.block', { account: bruno.id });
  await school.say(bruno, room, 'a prova');
  expect([await inbox(ana, room), await mentions(ana, room)]).toEqual([[], 0]);
  const said = await school.say(helena, room, 'a prova');
  const plain = await school.say(helena, room, 'bom dia');
  const edit = { room, message: plain.id, body: 'a prova', clientId: school.intention() };
  await school.does(helena, 'messages.edit', edit);
  expect((await inbox(ana, room)).map(({ message }) => message.id)).toEqual([said.id]);
  // The word was in it when it was said
  const other = { room, message: said.id, body: 'o trabalho', clientId: school.intention() };
  await school.does(helena, 'messages.edit', other);
  expect(await mentions(ana, room)).toBe(1);
  await school.does(helena, 'messages.remove', { room, message: said.id, clientId: school.intention() });
  expect([await inbox(ana, room), await mentions(ana, room)]).toEqual([[], 0]);
});

test('[R119] in a thread a word has one follow it, as a mention does; who has left it, and who does not see its beginning, is left alone', async () => {
  await newcomers();
  const room = await school.room(helena, [ana], { past: 'since-joining' });
  const root = await school.say(helena, room, 'Dúvidas?');
  await school.tend(helena, 'members.add', room, bruno.id);
  for (const who of [ana, bruno]) await name(who, 'prova');
  const first = await school.say(helena, room, 'cai na prova', { thread: root.id });
  const second = await school.say(helena, room, 'e mais isto', { thread: root.id });
  await school.does(ana, 'threads.unfollow', { room, thread: root.id });
  await school.say(helena, room, 'na prova', { thread: root.id });
  expect(await calls(ana, room)).toEqual([
    ['keyword', first.seq],
    ['thread', second.seq],
  ]);
  expect(await calls(bruno, room)).toEqual([]);
  expect(await mentions(ana, room)).toBe(0);
});

test('[R119] in private everything calls already, and what calls everybody calls once', async () => {
  await newcomers();
  await school.room(helena, [ana, bruno]);
  await name(ana, 'prova');
  const { room } = await school.does(helena, 'rooms.openDirect', { account: ana.id });
  const said = await school.say(helena, room.id, 'prova');
  expect(await calls(ana, room.id)).toEqual([['direct', said.seq]]);
  const loud = await school.room(helena, [ana]);
  await school.say(helena, loud, '@todos, prova', { everyone: true });
  expect((await inbox(ana, loud)).map(({ reason }) => reason)).toEqual(['keyword']);
  expect(await mentions(ana, loud)).toBe(1);
});

test('[R119] they lie sealed, bound to their person, and are shown to nobody else', async () => {
  await newcomers();
  await name(ana, 'separação');
  await name(bruno, 'prova');
  const { rows } = await house.pool.query<{ sealed: Buffer }>('SELECT sealed FROM keyword_list WHERE account = $1', [
    ana.id,
  ]);
  expect(rows.map(({ sealed }) => sealed.includes(Buffer.from('separação')))).toEqual([false]);
  // One’s row in the place of another’s opens for nobody, and calls nobody
  await house.pool.query(
    'UPDATE keyword_list SET sealed = (SELECT sealed FROM keyword_list WHERE account = $1) WHERE account = $2',
    [ana.id, bruno.id],
  );
  expect(await school.does(bruno, 'notifications.keywords', {})).toEqual({ words: [] });
  expect(await school.does(ana, 'notifications.keywords', {})).toEqual({ words: ['separação'] });
});

test('[R119] what cannot be one is said, and changes nothing', async () => {
  await newcomers();
  await name(ana, ' prova ', 'PROVA', 'física');
  for (const word of ['#prova', '🎉', 'é', '\u202eprova'])
    expect((await school.refuses(ana, 'notifications.setKeywords', { words: ['x1', word] })).code).toBe('bad-text');
  for (const words of [['x'.repeat(41)], Array.from({ length: 21 }, (_, nth) => `p${nth}`), ['']])
    expect((await school.refuses(ana, 'notifications.setKeywords', { words })).code).toBe('malformed');
  expect(await school.does(ana, 'notifications.keywords', {})).toEqual({ words: ['prova', 'física'] });
});

test('[R119] words are named as often as a person names them, and nothing else waits for that', async () => {
  await newcomers();
  const { school: counting } = await house.node({ quotas: true });
  const put = (nth: number) => ({ words: [`prova ${nth}`] });
  for (let nth = 0; nth < BUCKETS.words.size; nth += 1) await counting.does(ana, 'notifications.setKeywords', put(nth));
  const refused = await counting.refuses(ana, 'notifications.setKeywords', put(-1));
  expect(refused).toMatchObject({ code: 'rate-limited', retryAfterMs: 10_000 });
  await counting.does(ana, 'notifications.setCalm', {});
  await counting.does(bruno, 'notifications.setKeywords', put(0));
});

test('[R119] who names words while they come into a room is called there, whichever ends first', async () => {
  await newcomers();
  for (let round = 0; round < 6; round += 1) {
    const room = await school.room(helena);
    await name(ana);
    await Promise.all([
      school.tend(helena, 'members.add', room, ana.id),
      other.school.does(ana, 'notifications.setKeywords', { words: ['prova'] }),
      other.school.does(helena, 'messages.send', { room, clientId: school.intention(), body: 'bom dia' }),
    ]);
    const said = await school.say(helena, room, 'prova');
    expect(await calls(ana, room)).toEqual([['keyword', said.seq]]);
  }
});
