import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import type { OutputOf, Commands } from '@recreio/protocol';
import type { Person } from '@recreio/core/testing/world.ts';
import { type Node, openSchoolhouse, type Schoolhouse } from '../testing/world.ts';

type Sent = OutputOf<Commands['messages.send']>;

let house: Schoolhouse;
let one: Node;
let other: Node;
let helena: Person;
let pupils: Person[];

beforeAll(async () => {
  house = await openSchoolhouse();
  one = await house.node();
  other = await house.node();
  helena = await one.school.person('Helena', { role: 'teacher' });
  pupils = await Promise.all(['Ana', 'Bruno', 'Caio', 'Davi'].map((name) => one.school.person(name)));
});
afterAll(() => house.close());
afterEach(() => void vi.useRealTimers());

const upTo = (last: number): number[] => Array.from({ length: last }, (_, i) => i + 1);

describe('two nodes on one database', () => {
  test('[D5] [D1] [D35] interleave their flushes without a gap, a double, or a lost answer, in rooms and in people’s streams', async () => {
    const rooms = await Promise.all([0, 1, 2].map(() => one.school.room(helena, pupils)));
    const own = (await one.school.own(helena)).length;
    const acks: { room: string; body: string; sent: Sent }[] = [];
    const send = async (n: number): Promise<void> => {
      const room = rooms[n % rooms.length] ?? '';
      const who = pupils[n % pupils.length] ?? helena;
      const body = `mensagem ${n}`;
      const sent = await (n % 2 ? one : other).school.say(who, room, body, { mentions: [helena.id] });
      acks.push({ room, body, sent });
    };
    await Promise.all(Array.from({ length: 240 }, (_, n) => send(n)));
    expect(acks).toHaveLength(240);
    for (const room of rooms) {
      const { events, head } = await one.school.log(helena, room);
      expect(events.map(({ seq }) => seq)).toEqual(upTo(head));
      expect(new Set(events.map(({ id }) => id)).size).toBe(head);
      const sent = events.flatMap((event) => (event.type === 'message.sent' ? [event] : []));
      expect(sent.map(({ data }) => data.message.ordinal)).toEqual(upTo(80));
      for (const ack of acks.filter((ack) => ack.room === room)) {
        expect(events[ack.sent.seq - 1]).toMatchObject({
          seq: ack.sent.seq,
          at: ack.sent.at,
          data: { message: { id: ack.sent.id, body: ack.body, ordinal: ack.sent.ordinal } },
        });
      }
      expect((await other.school.log(helena, room)).events).toEqual(events);
    }
    const mine = await one.school.own(helena);
    expect(mine.map(({ seq }) => seq)).toEqual(upTo(own + 240));
    expect(mine.filter(({ type }) => type === 'notification.made')).toHaveLength(240);
  });

  test('[D8] what is sent after an answer has a higher seq, whichever node it goes through', async () => {
    const room = await one.school.room(helena, pupils);
    const seqs: number[] = [];
    for (let n = 0; n < 20; n++) {
      const noise = pupils.map((who) => other.school.say(who, room, 'ao mesmo tempo'));
      const { seq } = await (n % 2 ? one : other).school.say(helena, room, `${n}`);
      seqs.push(seq);
      await Promise.all(noise);
    }
    expect(seqs).toEqual([...seqs].sort((a, b) => a - b));
    expect(new Set(seqs).size).toBe(20);
  });

  test('[D9] commands of one connection take effect in the order sent, without waiting for answers', async () => {
    const room = await one.school.room(helena, pupils);
    const [ana = helena, ...others] = pupils;
    const noise = others.flatMap((who) => upTo(10).map((n) => other.school.say(who, room, `${n}`)));
    const sent = await Promise.all(upTo(30).map((n) => one.school.say(ana, room, `${n}`)));
    await Promise.all(noise);
    const seqs = sent.map(({ seq }) => seq);
    expect(seqs).toEqual([...seqs].sort((a, b) => a - b));
  });

  test('[R54] of two owners who leave at once through two nodes, one stays', async () => {
    const [ana = helena] = pupils;
    for (let n = 0; n < 5; n++) {
      const room = await one.school.room(helena, pupils);
      await one.school.does(helena, 'members.setRole', {
        room,
        account: ana.id,
        role: 'owner',
        clientId: one.school.intention(),
      });
      const outcomes = await Promise.all([
        one.school.tries(helena, 'members.leave', { room }),
        other.school.tries(ana, 'members.leave', { room }),
      ]);
      expect(outcomes.map((outcome) => (outcome.ok ? 'left' : outcome.problem.code)).sort()).toEqual([
        'last-owner',
        'left',
      ]);
    }
  });
});

describe('time', () => {
  test('[D10] never decreases along a room, although the clock stood ahead once', async () => {
    const room = await one.school.room(helena, pupils);
    await house.pool.query("UPDATE room SET last_at = last_at + interval '1 hour' WHERE id = $1", [room]);
    const first = await one.school.say(helena, room, 'um');
    await other.school.say(helena, room, 'dois');
    expect(Date.parse(first.at)).toBeGreaterThan(Date.now() + 3_000_000);
    const times = (await one.school.log(helena, room)).events.map(({ at }) => at);
    expect(times).toEqual([...times].sort());
  });

  test('[D29] a restriction ends by the database’s clock: a node’s that is off by an hour changes nothing', async () => {
    const [ana = helena] = pupils;
    const room = await one.school.room(helena, pupils);
    await one.school.tend(helena, 'members.mute', room, ana.id, { seconds: 1_800 });
    const say = () => one.school.tries(ana, 'messages.send', { room, clientId: one.school.intention(), body: 'oi' });
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 3_600_000 });
    const muted = await say();
    expect(muted.ok ? null : muted.problem.code).toBe('muted');
    await house.pool.query("UPDATE restriction SET until = clock_timestamp() - interval '1 second' WHERE room = $1", [
      room,
    ]);
    vi.setSystemTime(Date.now() - 7_200_000);
    expect((await say()).ok).toBe(true);
  });
});
