import { CLOSE, problem, type UserEvent } from '@recreio/protocol';
import { describe, expect, test } from 'vitest';
import { openBrowser, type Tab } from './testing/browser.ts';
import { manualClock, settle } from './testing/clock.ts';
import { idOf, messagesAt } from './testing/log.ts';
import { ANA, DAVI, framesOf, inputsOf, openSchool } from './testing/school.ts';
import { words } from './testing/visit.ts';

const HOUR_MS = 3_600_000;

/** Two tabs of Ana's in one room; the first leads. */
const twoTabs = async () => {
  const clock = manualClock(Date.UTC(2026, 10, 2, 13));
  const school = openSchool(clock.now);
  const log = school.room(1);
  const browser = openBrowser(school, clock);
  const enter = async () => {
    const tab = browser.tab();
    tab.client.start();
    await settle();
    const room = tab.client.room(log.room);
    room.open();
    await settle();
    return { ...tab, room };
  };
  const [first, second] = [await enter(), await enter()];
  const bodies = () => messagesAt(log, log.events.length).map(({ body }) => body);
  const cutAll = async () => {
    school.isReachable = false;
    school.cut(1006);
    await settle();
  };
  const comeBack = async () => {
    school.isReachable = true;
    await clock.advance(31_000);
  };
  const keptBodies = async () => (await browser.keeping.open(ANA)).unsent.map(({ intention }) => intention.body);
  return { clock, school, log, browser, enter, first, second, bodies, cutAll, comeBack, keptBodies };
};

const notice = (room: string, messageSeq: number): Pick<UserEvent, 'type' | 'data'> => ({
  type: 'notification.made',
  data: { kind: 'mention', room, message: idOf(messageSeq), messageSeq, author: DAVI },
});

/** Rooms that are told of in one tab and open in another. */
const unreadIn = ({ client }: Tab, room: string) => client.rooms.getSnapshot().byId.get(room)?.mine.unread;

const statesOf = ({ client }: Tab, room: string) => words(client.room(room));

describe('two tabs of one browser', () => {
  test('[R40] what is written in either is shown in both, and sent by one, once, in the order written', async () => {
    const { school, log, first, second, bodies, cutAll, comeBack, keptBodies } = await twoTabs();
    await cutAll();
    for (const [tab, body] of [
      [second, 'a'],
      [first, 'b'],
      [second, 'c'],
    ] as const) {
      tab.room.send({ body });
      await settle();
    }
    expect(statesOf(first, log.room)).toEqual(['a (queued)', 'b (queued)', 'c (queued)']);
    expect(statesOf(second, log.room)).toEqual(statesOf(first, log.room));
    expect(await keptBodies()).toEqual(['a', 'b', 'c']);
    await comeBack();
    expect(bodies()).toEqual(['a', 'b', 'c']);
    expect(statesOf(first, log.room)).toEqual(['a', 'b', 'c']);
    expect(statesOf(second, log.room)).toEqual(['a', 'b', 'c']);
    expect(inputsOf(school, 'messages.send')).toHaveLength(3);
    expect(await keptBodies()).toEqual([]);
  });

  test('[R40] the tab that does not send says "sent" no sooner than the answer came', async () => {
    const { school, log, second } = await twoTabs();
    school.areEventsLate = true;
    const held = school.hold('messages.send');
    second.room.send({ body: 'oi' });
    await settle();
    expect(statesOf(second, log.room)).toEqual(['oi (sending)']);
    held.release();
    await settle();
    expect(statesOf(second, log.room)).toEqual(['oi (sent)']);
  });

  test('[D3] the tab that sends is killed with a message under way: the other sends on, nothing lost, nothing twice', async () => {
    const { school, clock, first, second, bodies, keptBodies } = await twoTabs();
    school.loseAnswers('messages.send', 1);
    school.areEventsLate = true;
    for (const body of ['a', 'b', 'c']) first.room.send({ body });
    await settle();
    expect(bodies()).toEqual(['a']); // written, and its answer lost
    school.areEventsLate = false;
    first.kill();
    await clock.advance(1_000);
    expect(bodies()).toEqual(['a', 'b', 'c']);
    expect(words(second.room)).toEqual(['a', 'b', 'c']);
    const ids = inputsOf(school, 'messages.send').map(({ clientId }) => clientId);
    expect(ids).toHaveLength(4);
    expect(new Set(ids).size).toBe(3);
    expect(await keptBodies()).toEqual([]);
  });

  test('[D3] a tab that hangs for two seconds loses its lead; when it goes on, nothing is sent twice', async () => {
    const { clock, log, first, second, bodies } = await twoTabs();
    first.hang();
    second.room.send({ body: 'a' });
    second.room.send({ body: 'b' });
    await settle();
    expect(bodies()).toEqual([]);
    await clock.advance(4_000);
    expect(bodies()).toEqual(['a', 'b']);
    first.wake();
    await clock.advance(1_000);
    expect(bodies()).toEqual(['a', 'b']);
    expect(statesOf(first, log.room)).toEqual(['a', 'b']);
    second.kill();
    first.room.send({ body: 'c' });
    await clock.advance(5_000);
    expect(bodies()).toEqual(['a', 'b', 'c']);
  });

  test('what is let go in one tab is not sent by another that slept meanwhile', async () => {
    const { clock, log, first, second, bodies, cutAll, comeBack } = await twoTabs();
    await cutAll();
    const clientId = second.room.send({ body: 'not meant' });
    second.room.send({ body: 'meant' });
    await settle();
    expect(statesOf(first, log.room)).toEqual(['not meant (queued)', 'meant (queued)']);
    first.hang();
    second.room.discard(clientId);
    await settle();
    first.wake();
    await comeBack();
    await clock.advance(1_000);
    expect(bodies()).toEqual(['meant']);
  });

  test('a refusal is shown in both, stays over a restart of the browser, and "try again" works in either', async () => {
    const { school, log, first, second, bodies, enter } = await twoTabs();
    school.refuse('messages.send', problem('muted', { until: null }), 1);
    const clientId = second.room.send({ body: 'quiet' });
    await settle();
    expect(statesOf(first, log.room)).toEqual(['quiet (failed)']);
    expect(statesOf(second, log.room)).toEqual(['quiet (failed)']);
    first.kill();
    second.kill();
    const third = await enter();
    expect(words(third.room)).toEqual(['quiet (failed)']);
    const fourth = await enter();
    expect(words(fourth.room)).toEqual(['quiet (failed)']);
    fourth.room.retry(clientId);
    await settle();
    expect(bodies()).toEqual(['quiet']);
  });

  test('what waited for hours is asked about in both, and goes when one says so', async () => {
    const { clock, school, log, first, second, bodies, cutAll } = await twoTabs();
    await cutAll();
    const clientId = second.room.send({ body: 'homework' });
    first.client.stop();
    second.client.stop();
    await clock.advance(4 * HOUR_MS + 1);
    school.isReachable = true;
    first.client.start();
    second.client.start();
    await clock.advance(1_000);
    expect(statesOf(first, log.room)).toEqual(['homework (failed)']);
    expect(statesOf(second, log.room)).toEqual(['homework (failed)']);
    expect(bodies()).toEqual([]);
    second.room.retry(clientId);
    await clock.advance(1_000);
    expect(bodies()).toEqual(['homework']);
  });

  test('who signs out in one tab leaves nothing in the other that could be sent', async () => {
    const { first, second, browser, bodies, cutAll, school, clock } = await twoTabs();
    await cutAll();
    second.room.send({ body: 'never mind' });
    await settle();
    school.isReachable = true;
    await first.client.signOut();
    await clock.advance(31_000);
    expect(second.client.keeping.getSnapshot().unsent).toBe(0);
    expect((await browser.keeping.open(ANA)).unsent).toEqual([]);
    expect(bodies()).toEqual([]);
  });

  test('who signs out in one tab leaves no draft in the other, neither shown to the next person nor kept', async () => {
    const { first, second, browser, log, clock } = await twoTabs();
    const { drafts, connection } = second.client;
    drafts.set(log.room, { body: 'begun' });
    await clock.advance(1_000);
    expect((await browser.keeping.open(ANA)).drafts.size).toBe(1);
    drafts.set(log.room, { body: 'begun, and more' });
    await first.client.signOut();
    await clock.advance(1_000);
    expect(connection.getSnapshot()).toEqual({ name: 'closed', reason: 'signed-out' });
    expect(drafts.get(log.room)).toBeUndefined();
    second.client.stop();
    expect((await browser.keeping.open(ANA)).drafts.size).toBe(0);
  });
});

describe('one connection for all tabs', () => {
  test('[R19] [R28] two tabs, one socket: both are welcomed, and follow the same room from where each is', async () => {
    const { school, log, first, second, enter } = await twoTabs();
    school.say(log, DAVI, 'one');
    await settle();
    expect(words(first.room)).toEqual(['one']);
    expect(words(second.room)).toEqual(['one']);
    const third = await enter();
    school.say(log, DAVI, 'two');
    await settle();
    for (const { room } of [first, second, third]) expect(words(room)).toEqual(['one', 'two']);
    expect(third.client.me.getSnapshot()?.id).toBe(ANA);
    expect(school.dials()).toBe(1);
    expect(framesOf(school, 'hello')).toHaveLength(1);
  });

  test('[R36] a tab counts what comes in a room that is open in another, also one that comes later', async () => {
    const { school, browser, log, first, second } = await twoTabs();
    second.room.close();
    await settle();
    school.say(log, DAVI, 'one');
    const seq = school.say(log, DAVI, 'two');
    await settle();
    expect([unreadIn(first, log.room), unreadIn(second, log.room)]).toEqual([2, 2]);
    const [, last] = messagesAt(log, seq);
    if (last === undefined) throw new Error('there are two messages');
    const { id, clientId } = last;
    const removed = { at: '2026-11-02T13:00:00.000Z', by: 'author' as const };
    const message = { id, clientId, ordinal: 2, editNo: 0, removed };
    school.happen(log, { type: 'message.removed', actor: DAVI, data: { message } });
    await settle();
    expect([unreadIn(first, log.room), unreadIn(second, log.room)]).toEqual([1, 1]);
    const late = browser.tab();
    late.client.start();
    await settle();
    expect(unreadIn(late, log.room)).toBe(1);
    expect(school.dials()).toBe(1);
  });

  test('[R113] a tab that comes later knows how loud a room is, and that it was called', async () => {
    const { school, browser, log, first, second } = await twoTabs();
    first.room.close();
    second.room.close();
    await settle();
    const at = '2026-11-02T13:00:00.000Z';
    school.send({ t: 'tuning', room: log.room, level: 'mentions', hushed: { until: null } });
    school.send({ t: 'called', room: log.room, message: idOf(7), messageSeq: 1, ordinal: 1, author: DAVI, at });
    const late = browser.tab();
    late.client.start();
    await settle();
    const known = { level: 'mentions', hushed: { until: null }, unread: 1, mentions: 1 };
    for (const { client } of [first, late])
      expect(client.rooms.getSnapshot().byId.get(log.room)?.mine).toMatchObject(known);
    expect(school.dials()).toBe(1);
  });

  test('[R36] a tab is told that a room open in another is archived, and open again', async () => {
    const { school, log, first, second } = await twoTabs();
    second.room.close();
    await settle();
    const archivedIn = ({ client }: Tab) => {
      const room = client.rooms.getSnapshot().byId.get(log.room)?.room;
      return room !== undefined && 'archivedAt' in room;
    };
    for (const type of ['room.archived', 'room.reopened'] as const) {
      school.happen(log, { type, actor: DAVI, data: {} });
      await settle();
      const isArchived = type === 'room.archived';
      expect([archivedIn(first), archivedIn(second)]).toEqual([isArchived, isArchived]);
    }
  });

  test('[R28] a room stays open for the other tab when one closes it, and is let go by the last', async () => {
    const { school, log, first, second } = await twoTabs();
    first.room.close();
    await settle();
    school.say(log, DAVI, 'still here');
    await settle();
    expect(words(second.room)).toEqual(['still here']);
    expect(framesOf(school, 'unsubscribe')).toHaveLength(0);
    second.room.close();
    await settle();
    expect(framesOf(school, 'unsubscribe')).toHaveLength(1);
  });

  test('[R32] [D13] the tab with the connection is killed: the other goes on from its cursors, nothing lost, nothing twice', async () => {
    const { school, clock, log, first, second } = await twoTabs();
    const told: number[] = [];
    second.client.events.on('notification', ({ seq }) => told.push(seq));
    school.say(log, DAVI, 'before');
    await settle();
    first.kill();
    school.say(log, DAVI, 'meanwhile');
    school.tellUser(notice(log.room, 98));
    await clock.advance(3_000);
    school.say(log, DAVI, 'after');
    school.tellUser(notice(log.room, 99));
    await settle();
    expect(words(second.room)).toEqual(['before', 'meanwhile', 'after']);
    expect(told).toEqual([1, 2]);
    expect(school.dials()).toBe(2);
    expect(second.client.connection.getSnapshot().name).toBe('ready');
  });

  test('[R35] a tab that was away longer than the one with the connection is told what it missed of its own stream', async () => {
    const { school, clock, log, second } = await twoTabs();
    const told: number[] = [];
    second.client.events.on('notification', ({ seq }) => told.push(seq));
    second.client.stop();
    await settle();
    school.say(log, DAVI, 'for Ana');
    school.tellUser(notice(log.room, 1));
    await settle();
    second.client.start();
    await clock.advance(1_000);
    expect(told).toEqual([1]);
    expect(school.dials()).toBe(1);
  });

  test('[R12] the end of the session reaches every tab', async () => {
    const { school, first, second } = await twoTabs();
    school.cut(CLOSE.signedOut);
    await settle();
    for (const { client } of [first, second])
      expect(client.connection.getSnapshot()).toEqual({ name: 'closed', reason: 'signed-out' });
  });

  test('[R23] a connection that died in silence is found by any tab, and all come back', async () => {
    const { school, clock, log, first, second } = await twoTabs();
    school.isAwake = false;
    await clock.advance(120_000);
    school.isAwake = true;
    await clock.advance(60_000);
    school.say(log, DAVI, 'again');
    await settle();
    expect(school.dials()).toBeGreaterThan(1);
    for (const { room } of [first, second]) expect(words(room)).toEqual(['again']);
  });

  test('[R39] a tab that sleeps is let go by the one with the connection, and catches up when it wakes', async () => {
    const { school, clock, log, first, second } = await twoTabs();
    second.hang();
    for (let nth = 1; nth <= 600; nth += 1) school.say(log, DAVI, `message ${nth}`);
    await settle();
    expect(words(first.room)).toHaveLength(600);
    second.wake();
    await clock.advance(31_000);
    expect(words(second.room)).toHaveLength(600);
    expect(school.dials()).toBe(1);
    expect(second.client.connection.getSnapshot().name).toBe('ready');
    expect(first.client.connection.getSnapshot().name).toBe('ready');
  });
});
