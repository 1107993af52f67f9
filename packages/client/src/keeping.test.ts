import { problem } from '@recreio/protocol';
import { describe, expect, test } from 'vitest';
import { type Keeping, lateKeeping, memoryKeeping } from './keeping.ts';
import { alone, lateTabs } from './tabs.ts';
import { settle } from './testing/clock.ts';
import { messagesAt } from './testing/log.ts';
import { ANA, inputsOf } from './testing/school.ts';
import { visit, words } from './testing/visit.ts';

const HOUR_MS = 3_600_000;
const durable = (): Keeping => ({ ...memoryKeeping(), isDurable: true });

const opened = async (options: Parameters<typeof visit>[0]) => {
  const there = visit(options);
  const log = there.school.room(1);
  await there.enter();
  const room = there.client.room(log.room);
  room.open();
  await settle();
  return { ...there, log, room, bodies: () => messagesAt(log, log.events.length).map(({ body }) => body) };
};

describe('a storage that fails', () => {
  test('[D3] one that is full: the message goes all the same, that is told, and taken back when it works again', async () => {
    const keeping = durable();
    let isFull = true;
    const { client, school, room, bodies } = await opened({
      keeping: {
        ...keeping,
        put: async (...kept) => {
          if (isFull) throw new DOMException('no room left', 'QuotaExceededError');
          return await keeping.put(...kept);
        },
      },
    });
    const causes: unknown[] = [];
    client.events.on('storage-failed', ({ cause }) => causes.push(cause));
    const held = school.hold('messages.send');
    room.send({ body: 'a' });
    await settle();
    expect(client.keeping.getSnapshot()).toEqual({ isDurable: false, unsent: 1, unkept: 1, unreadable: 0 });
    expect(causes).toHaveLength(1);
    isFull = false;
    room.send({ body: 'b' });
    await settle();
    expect(client.keeping.getSnapshot()).toEqual({ isDurable: true, unsent: 2, unkept: 1, unreadable: 0 });
    held.release();
    await settle();
    expect(bodies()).toEqual(['a', 'b']);
    expect((await keeping.open(ANA)).unsent).toEqual([]);
  });

  test('[D9] one that hangs holds a message up for a moment, not for good', async () => {
    const { clock, room, bodies } = await opened({
      keeping: { ...durable(), put: () => new Promise<number>(() => undefined) },
    });
    room.send({ body: 'a' });
    room.send({ body: 'b' });
    await clock.advance(1_000);
    expect(bodies()).toEqual([]);
    expect(words(room)).toEqual(['a (sending)', 'b (queued)']);
    await clock.advance(2_500);
    expect(bodies()).toEqual(['a', 'b']);
  });

  test('one that does not open holds the screen up for a second at most, and what it holds comes in later', async () => {
    const keeping = durable();
    await keeping.put(ANA, { clientId: '1', room: 'r', body: 'kept', createdAt: new Date(0).toISOString() });
    let open = (): void => undefined;
    const isOpen = new Promise<void>((resolve) => (open = resolve));
    const { client, clock, enter } = visit({
      keeping: {
        ...keeping,
        open: async (account) => {
          await isOpen;
          return await keeping.open(account);
        },
      },
    });
    await enter();
    expect(client.me.getSnapshot()).toBeNull();
    await clock.advance(1_000);
    expect(client.me.getSnapshot()?.id).toBe(ANA);
    expect(client.keeping.getSnapshot().unsent).toBe(0);
    open();
    await settle();
    expect(client.keeping.getSnapshot().unsent).toBe(1);
  });

  test('[R12] a session that ends while it opens is over: nothing that waited signs anybody in again', async () => {
    const { school, client, clock, enter } = visit({
      keeping: { ...durable(), open: () => new Promise<never>(() => undefined) },
    });
    await enter();
    expect(client.connection.getSnapshot().name).toBe('ready');
    school.cut(4401);
    await clock.advance(5_000);
    expect(client.me.getSnapshot()).toBeNull();
    expect(client.connection.getSnapshot()).toEqual({ name: 'closed', reason: 'signed-out' });
  });

  test('what it cannot read any more is counted, and let go of when the person has seen it', async () => {
    const keeping = durable();
    let unreadable = 2;
    const { client } = await opened({
      keeping: {
        ...keeping,
        open: async (account) => ({ ...(await keeping.open(account)), unreadable }),
        clearUnreadable: async () => void (unreadable = 0),
      },
    });
    expect(client.keeping.getSnapshot().unreadable).toBe(2);
    await client.clearUnreadable();
    expect([client.keeping.getSnapshot().unreadable, unreadable]).toEqual([0, 0]);
  });

  test('code that cannot be fetched: each page is alone, in memory, and its messages go', async () => {
    let tries = 0;
    const { client, room, bodies } = await opened({
      keeping: lateKeeping(async () => {
        tries += 1;
        if (tries < 3) throw new TypeError('not fetched');
        return durable();
      }),
      tabs: lateTabs(async () => {
        throw new TypeError('not fetched');
      }),
    });
    expect(client.keeping.getSnapshot().isDurable).toBe(false);
    room.send({ body: 'a' });
    await settle();
    room.send({ body: 'b' });
    await settle();
    expect(bodies()).toEqual(['a', 'b']);
    expect(client.keeping.getSnapshot().isDurable).toBe(true);
  });

  test('code that comes late: nothing is sent by a page that does not know yet whether another sends', async () => {
    let come = (): void => undefined;
    const coming = new Promise<void>((resolve) => (come = resolve));
    const tabs = lateTabs(async () => {
      await coming;
      return alone;
    });
    const { room, bodies } = await opened({ keeping: durable(), tabs });
    room.send({ body: 'a' });
    await settle();
    expect(bodies()).toEqual([]);
    come();
    await settle();
    expect(bodies()).toEqual(['a']);
  });

  test('code that comes late: a page that stops and starts meanwhile fetches it once, and takes part once', async () => {
    let come = (): void => undefined;
    const coming = new Promise<void>((resolve) => (come = resolve));
    const made: string[] = [];
    const tabs = lateTabs(async () => {
      made.push('fetched');
      await coming;
      return { ...alone, join: () => void made.push('joined') };
    });
    const { client } = await opened({ keeping: durable(), tabs });
    client.stop();
    client.start();
    come();
    await settle();
    expect(made).toEqual(['fetched', 'joined']);
  });
});

describe('what was kept', () => {
  const kept = async (createdAt: number, refused?: Parameters<Keeping['put']>[2]) => {
    const there = visit({ keeping: durable() });
    const log = there.school.room(1);
    const keeping = durable();
    const intention = { clientId: there.client.newId(), room: log.room, body: 'kept', createdAt: '' };
    const at = new Date(there.clock.now() + createdAt).toISOString();
    await keeping.put(ANA, { ...intention, createdAt: at }, refused);
    const next = visit({ keeping });
    next.school.room(1);
    const room = next.client.room(log.room);
    room.open();
    await next.enter();
    await settle();
    return { ...next, room };
  };

  test.each([
    ['an hour ago', -HOUR_MS, 1, 'kept'],
    ['more than four hours ago', -4 * HOUR_MS - 1_000, 0, 'kept (failed)'],
    ['hours ahead, since a clock has jumped', 5 * HOUR_MS, 0, 'kept (failed)'],
  ])('[R40] %s: asked about or sent', async (_, createdAt, sends, shown) => {
    const { school, room } = await kept(createdAt);
    expect(inputsOf(school, 'messages.send')).toHaveLength(sends);
    expect(words(room)).toEqual([shown]);
  });

  test('[R4] and refused for good is not sent again by itself, and keeps its reason', async () => {
    const { school, room } = await kept(-1_000, problem('not-a-member'));
    expect(inputsOf(school, 'messages.send')).toEqual([]);
    expect(room.getSnapshot().items[0]).toMatchObject({
      pending: { state: { why: 'refused', problem: { code: 'not-a-member' } } },
    });
  });

  test('[R40] a session that ends meanwhile: nothing is lost, and it goes when the same person is back', async () => {
    const keeping = durable();
    const { school, client, clock, room, bodies } = await opened({ keeping });
    school.isSignedIn = false;
    room.send({ body: 'in the middle' });
    school.cut(4401);
    await settle();
    expect(client.connection.getSnapshot()).toEqual({ name: 'closed', reason: 'signed-out' });
    school.isSignedIn = true;
    client.start();
    await clock.advance(1_000);
    expect(bodies()).toEqual(['in the middle']);
  });
});
