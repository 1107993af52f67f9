import { CLOSE, problem } from '@recreio/protocol';
import { describe, expect, test, vi } from 'vitest';
import { ProblemError } from './errors.ts';
import { memoryKeeping } from './keeping.ts';
import { manualClock, settle } from './testing/clock.ts';
import { idOf, messagesAt } from './testing/log.ts';
import { ANA, DAVI, framesOf, inputsOf, openSchool, STRANGER } from './testing/school.ts';
import { visit, words } from './testing/visit.ts';
import { madeAtMs } from './uuid.ts';

const body = (number: number) => `message ${number}`;

describe('a client', () => {
  test('[R11] [R18] [R19] a program gets a ticket, says hello with it, and knows its rooms from the welcome', async () => {
    const { school, client, enter } = visit();
    const log = school.room(1);
    school.say(log, DAVI, 'oi');
    await enter();
    expect(client.connection.getSnapshot().name).toBe('ready');
    expect(framesOf(school, 'hello')).toMatchObject([{ protocol: 1, ticket: 'a-ticket-of-this-very-moment' }]);
    expect(client.me.getSnapshot()?.id).toBe(ANA);
    expect(client.rooms.getSnapshot()).toMatchObject({ isKnown: true, unread: 0, list: [{ room: { id: log.room } }] });
  });

  test('[R16] a page with a cookie sends no ticket, and asks whether it is signed in when a socket does not open', async () => {
    const { school, client, clock, enter } = visit({ auth: 'cookie' });
    school.isReachable = false;
    await enter();
    expect(inputsOf(school, 'accounts.me')).toHaveLength(0);
    school.isReachable = true;
    await clock.advance(1_000);
    expect(inputsOf(school, 'accounts.me')).toHaveLength(1);
    expect(client.connection.getSnapshot().name).toBe('ready');
    expect(framesOf(school, 'hello')[0]).not.toHaveProperty('ticket');
  });

  test('[R12] [R24] 4401 ends it: signed out, nothing kept in view, no coming back', async () => {
    const { school, client, clock, enter } = visit();
    school.say(school.room(1), DAVI, 'oi');
    await enter();
    const told: string[] = [];
    client.events.on('signed-out', ({ reason }) => told.push(reason));
    expect(client.rooms.getSnapshot().list).toHaveLength(1);
    school.cut(CLOSE.signedOut);
    await clock.advance(120_000);
    expect(told).toEqual(['revoked']);
    expect(client.connection.getSnapshot()).toEqual({ name: 'closed', reason: 'signed-out' });
    expect(client.me.getSnapshot()).toBeNull();
    expect(client.rooms.getSnapshot().list).toEqual([]);
    expect(school.dials()).toBe(1);
  });

  test('[R12] a request refused for want of a session signs out, too', async () => {
    const { school, client, enter } = visit();
    await enter();
    school.isSignedIn = false;
    await expect(client.call('accounts.find', { text: '' })).rejects.toBeInstanceOf(ProblemError);
    await settle();
    expect(client.connection.getSnapshot()).toEqual({ name: 'closed', reason: 'signed-out' });
  });

  test('[R32] after a cut the room goes on from its cursor, with nothing lost and nothing twice', async () => {
    const { school, client, clock, enter } = visit();
    const log = school.room(1);
    school.say(log, DAVI, body(1));
    await enter();
    const room = client.room(log.room);
    room.open();
    await settle();
    expect(room.getSnapshot().status).toBe('live');
    school.say(log, DAVI, body(2));
    await settle();
    school.cut(1006);
    await settle();
    expect(room.getSnapshot()).toMatchObject({ status: 'stale', hasAfter: false });
    school.say(log, DAVI, body(3));
    expect(words(room)).toEqual([body(1), body(2)]);
    await clock.advance(1_000);
    expect(room.getSnapshot().status).toBe('live');
    school.say(log, DAVI, body(4));
    await settle();
    expect(words(room)).toEqual([1, 2, 3, 4].map(body));
    expect(framesOf(school, 'subscribe').map(({ cursor }) => cursor?.seq)).toEqual([1, 2]);
    expect(inputsOf(school, 'messages.page')).toHaveLength(1);
  });

  test('[R28] a gap makes the client ask again, once, and nothing is missing', async () => {
    const { school, client, enter } = visit();
    const log = school.room(1);
    await enter();
    const room = client.room(log.room);
    room.open();
    await settle();
    school.say(log, DAVI, body(1));
    school.say(log, DAVI, body(2), { isLost: true });
    for (const number of [3, 4, 5]) school.say(log, DAVI, body(number));
    await settle();
    expect(framesOf(school, 'subscribe')).toHaveLength(2);
    expect(words(room)).toEqual([1, 2, 3, 4, 5].map(body));
    school.say(log, DAVI, body(6));
    await settle();
    expect(words(room)).toEqual([1, 2, 3, 4, 5, 6].map(body));
  });

  test('[D13] frames that come twice change nothing', async () => {
    const { school, client, enter } = visit();
    const log = school.room(1);
    await enter();
    const room = client.room(log.room);
    room.open();
    await settle();
    school.say(log, DAVI, body(1));
    await settle();
    const told: number[] = [];
    client.events.on('message', ({ event }) => told.push(event.seq));
    const before = room.getSnapshot();
    school.send({ t: 'events', stream: `room:${log.room}`, events: log.events });
    await settle();
    expect(words(room)).toEqual([body(1)]);
    expect(room.getSnapshot()).toBe(before);
    school.say(log, DAVI, body(2));
    await settle();
    expect(told).toEqual([2]);
  });

  test('[R30] too much to replay: a hole is declared, filled on demand, and edits inside it are not missed', async () => {
    const { school, client, clock, enter } = visit();
    const log = school.room(1);
    school.say(log, DAVI, 'before the cut');
    await enter();
    const room = client.room(log.room);
    room.open();
    await settle();
    school.cut(1006);
    const first = room.getSnapshot().items[0];
    const sent = first?.kind === 'message' ? first.message : undefined;
    expect(sent?.body).toBe('before the cut');
    const { id, clientId, ordinal } = sent ?? { id: '', clientId: '', ordinal: 1 };
    school.happen(log, {
      type: 'message.edited',
      actor: DAVI,
      data: { message: { id, clientId, ordinal, editNo: 1, body: 'edited meanwhile' } },
    });
    for (let number = 1; number <= 600; number += 1) school.say(log, DAVI, body(number));
    await clock.advance(1_000);
    expect(words(room)[0]).toBe('edited meanwhile');
    const hole = () => room.getSnapshot().items.find((item) => item.kind === 'hole');
    expect(hole()).toBeDefined();
    for (let turn = 0; turn < 20; turn += 1) {
      const next = hole();
      if (next?.kind !== 'hole') break;
      await room.fill(next.from);
    }
    expect(hole()).toBeUndefined();
    expect(words(room)).toEqual(['edited meanwhile', ...Array.from({ length: 600 }, (_, index) => body(index + 1))]);
  });

  test('[R31] a reset is answered by reading anew', async () => {
    const { school, client, enter } = visit();
    const log = school.room(1);
    school.say(log, DAVI, body(1));
    await enter();
    const room = client.room(log.room);
    room.open();
    await settle();
    expect(words(room)).toEqual([body(1)]);
    log.events.length = 0;
    school.say(log, DAVI, 'restored');
    const head = { epoch: log.epoch, seq: 1, lastId: log.events[0]?.id ?? null };
    school.send({ t: 'reset', stream: `room:${log.room}`, reason: 'epoch', head });
    await settle();
    school.say(log, DAVI, 'and on');
    await settle();
    expect(words(room)).toEqual(['restored', 'and on']);
  });

  test('[R25] goaway: stays until then, and comes back elsewhere', async () => {
    const { school, client, clock, enter } = visit();
    await enter();
    school.send({ t: 'goaway', retryAfterMs: 5_000, reason: 'restart' });
    await clock.advance(4_999);
    expect([client.connection.getSnapshot().name, school.dials()]).toEqual(['ready', 1]);
    await clock.advance(1);
    expect([client.connection.getSnapshot().name, school.dials()]).toEqual(['ready', 2]);
  });

  test('[R23] a server that says nothing for two heartbeats is left', async () => {
    const { school, client, clock, enter } = visit();
    await enter();
    await clock.advance(24_999);
    expect(framesOf(school, 'ping')).toHaveLength(0);
    await clock.advance(60_000);
    expect(framesOf(school, 'ping').length).toBeGreaterThan(0);
    expect(school.dials()).toBe(1);
    school.isAwake = false;
    await clock.advance(52_000);
    expect(school.dials()).toBe(2);
    expect(client.connection.getSnapshot().name).toBe('ready');
  });

  test('[R34] who is put out of a room sees nothing of it any more', async () => {
    const { school, client, enter } = visit();
    const log = school.room(1);
    school.say(log, DAVI, body(1));
    await enter();
    const room = client.room(log.room);
    room.open();
    await settle();
    expect(words(room)).toHaveLength(1);
    school.tellUser({ type: 'membership.ended', data: { room: log.room, reason: 'removed' } });
    school.send({ t: 'unsubscribed', stream: `room:${log.room}` });
    await settle();
    expect(room.getSnapshot()).toMatchObject({ status: 'gone', items: [], my: null });
  });

  test('[R35] what is missing of the own stream is read on, and told once', async () => {
    const { school, client, enter } = visit();
    const log = school.room(1);
    school.say(log, DAVI, '@Ana', {});
    await enter();
    const seen: number[] = [];
    client.events.on('notification', ({ seq }) => seen.push(seq));
    const data = { kind: 'mention' as const, room: log.room, message: idOf(7), messageSeq: 9, author: DAVI };
    school.tellUser({ type: 'notification.made', data }, true);
    school.tellUser({ type: 'notification.made', data: { ...data, message: idOf(8) } });
    await settle();
    expect(seen).toEqual([1, 2]);
    expect(client.rooms.getSnapshot().list[0]?.mine.mentions).toBe(0);
    school.send({ t: 'heads', heads: [{ room: log.room, head: 12, ordinal: 3, at: '2026-11-02T12:00:00.000Z' }] });
    await settle();
    expect(client.rooms.getSnapshot()).toMatchObject({ unread: 2, mentions: 2 });
    school.cut(1006);
    client.retryNow();
    await settle();
    expect(framesOf(school, 'hello')[1]?.cursor).toMatchObject({ seq: 2 });
    expect(seen).toEqual([1, 2]);
  });

  test('[R36] where something is taken away in a room with mentions that is not open, the server counts', async () => {
    vi.spyOn(Math, 'random').mockReturnValue(0);
    const { school, client, enter } = visit();
    const log = school.room(1);
    const seq = school.say(log, DAVI, '@Ana', {});
    await enter();
    school.tellUser({
      type: 'notification.made',
      data: { kind: 'mention', room: log.room, message: idOf(7), messageSeq: seq + 1, author: DAVI },
    });
    const head = { room: log.room, head: seq + 1, ordinal: 2, at: '2026-11-02T12:00:00.000Z' };
    school.send({ t: 'heads', heads: [head] });
    await settle();
    expect(client.rooms.getSnapshot().mentions).toBe(1);
    const asked = () => school.heard.filter((frame) => frame.t === 'do' && frame.command === 'rooms.get').length;
    school.send({ t: 'heads', heads: [{ ...head, removed: [1] }] });
    await vi.waitFor(() => expect(asked()).toBeGreaterThan(0));
  });

  test('[R35] [R36] what is resumed of the own stream is in the welcome, and not counted again', async () => {
    const { school, client, clock, enter } = visit();
    const log = school.room(1, { readSeq: 0, mentions: 1 } as never);
    await enter();
    school.cut(1006);
    const seq = school.say(log, DAVI, '@Ana');
    school.say(log, DAVI, 'and more');
    school.tellUser({
      type: 'notification.made',
      data: { kind: 'mention', room: log.room, message: idOf(7), messageSeq: seq, author: DAVI },
    });
    const told: number[] = [];
    client.events.on('notification', (event) => told.push(event.seq));
    await clock.advance(1_000);
    expect(told).toEqual([1]);
    expect(client.rooms.getSnapshot()).toMatchObject({ unread: 2, mentions: 1 });
  });

  test('[R32] [R36] a removal that is resumed is in the counts of the welcome, and not taken off again', async () => {
    const mine = { readSeq: 0, unread: 0 };
    const { school, client, clock, enter } = visit();
    const log = school.room(1, mine as never);
    await enter();
    client.room(log.room).open();
    await settle();
    school.cut(1006);
    school.say(log, DAVI, body(1));
    const seq = school.say(log, DAVI, body(2));
    const last = messagesAt(log, seq).at(-1);
    if (last === undefined) throw new Error('there are two messages');
    const remove = ({ id, clientId, ordinal, at }: typeof last) => {
      const message = { id, clientId, ordinal, editNo: 0, removed: { by: 'author' as const, at } };
      school.happen(log, { type: 'message.removed', actor: DAVI, data: { message } });
    };
    remove(last);
    mine.unread = 1;
    await clock.advance(1_000);
    expect(client.rooms.getSnapshot().unread).toBe(1);
    const [first] = messagesAt(log, seq);
    if (first !== undefined) remove(first);
    await settle();
    expect(client.rooms.getSnapshot().unread).toBe(0);
  });

  test('[R37] how far I have read is said again when it had no answer', async () => {
    const { school, client, clock, enter } = visit();
    const log = school.room(1, { readSeq: 0 } as never);
    for (const number of [1, 2, 3]) school.say(log, DAVI, body(number));
    await enter();
    const room = client.room(log.room);
    room.open();
    await settle();
    school.isReachable = false;
    school.cut(1006);
    room.markRead(2);
    room.markRead(3);
    await clock.advance(20_000);
    expect(client.rooms.getSnapshot().unread).toBe(3);
    const tries = inputsOf(school, 'messages.markRead').length;
    school.isReachable = true;
    await clock.advance(31_000);
    expect(client.rooms.getSnapshot().unread).toBe(0);
    expect(inputsOf(school, 'messages.markRead').slice(tries)).toEqual([{ room: log.room, seq: 3 }]);
    room.markRead(1);
    await settle();
    expect(inputsOf(school, 'messages.markRead')).toHaveLength(tries + 1);
  });

  test('[R21] no more commands are unanswered than the server allows; the others wait their turn', async () => {
    const { school, client, enter } = visit();
    const log = school.room(1);
    await enter();
    const held = school.hold('presence.typing');
    const all = Array.from({ length: 40 }, () => client.call('presence.typing', { room: log.room }));
    await settle();
    expect(inputsOf(school, 'presence.typing')).toHaveLength(client.limits().unansweredCommands);
    held.release();
    await Promise.all(all);
    expect(inputsOf(school, 'presence.typing')).toHaveLength(40);
  });

  test('opens at the first unread message, and reads on from there', async () => {
    const { school, client, enter } = visit();
    const log = school.room(1, { readSeq: 100 } as never);
    for (let number = 1; number <= 300; number += 1) school.say(log, DAVI, body(number));
    await enter();
    expect(client.rooms.getSnapshot().unread).toBe(200);
    const room = client.room(log.room);
    room.open();
    await settle();
    const opened = room.getSnapshot();
    expect(opened).toMatchObject({ firstUnreadSeq: 101, unreadAtOpening: 200, hasBefore: true, hasAfter: true });
    expect(words(room)).toContain(body(101));
    await room.loadAfter();
    await room.loadBefore();
    expect(words(room)).toHaveLength(150);
    school.say(log, DAVI, 'live');
    await settle();
    expect(words(room)).not.toContain('live');
    expect(room.getSnapshot().newer).toBe(301 - 174);
    await room.jumpToPresent();
    expect(words(room).at(-1)).toBe('live');
    room.markRead(301);
    await settle();
    expect(client.rooms.getSnapshot().unread).toBe(0);
    // The divider is not at the top of what happens to be loaded; it is where it was
    expect(room.getSnapshot().firstUnreadSeq).toBeNull();
    await room.jumpTo(101);
    expect(room.getSnapshot().firstUnreadSeq).toBe(101);
  });

  test('[R86] what was marked as unread stays so while the room is on the screen, and is read when one comes back', async () => {
    const { school, client, enter } = visit();
    const log = school.room(1);
    for (let number = 1; number <= 5; number += 1) school.say(log, DAVI, body(number));
    await enter();
    const room = client.room(log.room);
    room.open();
    await settle();
    expect(client.rooms.getSnapshot().unread).toBe(0);
    const held = school.hold('messages.markRead');
    school.say(log, DAVI, body(6));
    await settle();
    room.markRead(6);
    const third = room.getSnapshot().items.find((item) => item.kind === 'message' && item.message.seq === 3);
    const marking = room.markUnread(third?.kind === 'message' ? third.message.id : '');
    room.markRead(6);
    held.release();
    await marking;
    room.markRead(6);
    await settle();
    // What was on its way to being read came before it, and nothing after
    expect(inputsOf(school, 'messages.markRead')).toEqual([{ room: log.room, seq: 6 }]);
    expect(client.rooms.getSnapshot().unread).toBe(4);
    expect(room.getSnapshot()).toMatchObject({ firstUnreadSeq: 3, unreadAtOpening: 4 });
    room.close();
    await settle();
    room.open();
    await settle();
    expect(room.getSnapshot()).toMatchObject({ firstUnreadSeq: 3 });
    room.markRead(4);
    await settle();
    expect(inputsOf(school, 'messages.markRead').at(-1)).toEqual({ room: log.room, seq: 4 });
  });

  test('a room that was read tells so before it is open again: the next visit does not begin where the last one did', async () => {
    const { school, client, enter } = visit();
    const log = school.room(1, { readSeq: 1 } as never);
    for (let number = 1; number <= 4; number += 1) school.say(log, DAVI, body(number));
    await enter();
    const room = client.room(log.room);
    room.open();
    await settle();
    expect(room.getSnapshot()).toMatchObject({ firstUnreadSeq: 2, unreadAtOpening: 3 });
    room.send({ body: 'e eu digo' });
    await settle();
    expect(room.getSnapshot()).toMatchObject({ firstUnreadSeq: 2, unreadAtOpening: 3 });
    room.close();
    await settle();
    expect(room.getSnapshot()).toMatchObject({ status: 'closed', firstUnreadSeq: null, unreadAtOpening: 0 });
  });

  test('a room that was open is shown at once when it is opened again, and catches up', async () => {
    const { school, client, enter } = visit();
    const log = school.room(1);
    school.say(log, DAVI, body(1));
    await enter();
    const room = client.room(log.room);
    room.open();
    await settle();
    room.close();
    await settle();
    expect(framesOf(school, 'unsubscribe')).toHaveLength(1);
    school.say(log, DAVI, body(2));
    room.open();
    expect(words(room)).toEqual([body(1)]);
    await settle();
    expect(words(room)).toEqual([body(1), body(2)]);
    expect(inputsOf(school, 'messages.page')).toHaveLength(1);
  });

  test('snapshots stay the same object as long as nothing changes, and listeners are told once', async () => {
    const { school, client, enter } = visit();
    const log = school.room(1);
    for (const number of [1, 2, 3]) school.say(log, DAVI, body(number));
    await enter();
    const room = client.room(log.room);
    room.open();
    await settle();
    const before = room.getSnapshot();
    expect(room.getSnapshot()).toBe(before);
    let told = 0;
    const end = room.subscribe(() => (told += 1));
    for (const number of [4, 5, 6]) school.say(log, DAVI, body(number));
    await Promise.resolve();
    expect(told).toBe(1);
    expect(room.getSnapshot().items.slice(0, 3)).toEqual(before.items);
    for (const [index, item] of before.items.entries()) expect(room.getSnapshot().items[index]).toBe(item);
    end();
    expect(client.room(log.room)).toBe(room);
  });

  test('[R47] a reaction is shown at once, and taken back when it is refused', async () => {
    const { school, client, enter } = visit();
    const log = school.room(1);
    school.say(log, DAVI, body(1));
    await enter();
    const room = client.room(log.room);
    room.open();
    await settle();
    const reactions = () =>
      room.getSnapshot().items.flatMap((item) => (item.kind === 'message' ? item.message.reactions : []));
    const [item] = room.getSnapshot().items;
    const id = item?.kind === 'message' ? item.message.id : '';
    const done = room.react(id, '👍');
    expect(reactions()).toEqual([{ emoji: '👍', accounts: [ANA] }]);
    await done;
    await settle();
    expect(reactions()).toEqual([{ emoji: '👍', accounts: [ANA] }]);
    school.refuse('messages.react', problem('muted'));
    const refused = room.react(id, '❤️');
    expect(reactions()).toHaveLength(2);
    await refused;
    expect(reactions()).toEqual([{ emoji: '👍', accounts: [ANA] }]);
    expect(room.getSnapshot().problem).toMatchObject({ code: 'muted' });
  });

  test('[R35] what my own stream says of me in an open room is in its view, and told as it happens', async () => {
    const { school, client, enter } = visit();
    const log = school.room(1);
    school.say(log, DAVI, body(1));
    await enter();
    const room = client.room(log.room);
    room.open();
    await settle();
    expect(room.getSnapshot().my?.mine.muted).toBeUndefined();
    let turns = 0;
    room.subscribe(() => {
      turns += 1;
    });
    const told: string[] = [];
    client.events.on('own', ({ type }) => told.push(type));
    school.tellUser({ type: 'sanction.began', data: { room: log.room, kind: 'mute', reason: 'noise', until: null } });
    await settle();
    expect(room.getSnapshot().my?.mine.muted).toEqual({ until: null });
    expect(turns).toBeGreaterThan(0);
    expect(told).toEqual(['sanction.began']);
  });

  test('[R45] a quote outside what is loaded is read, and kept true', async () => {
    const { school, client, enter } = visit();
    const log = school.room(1);
    school.say(log, DAVI, 'the question');
    const [asked] = log.events;
    const id = asked?.type === 'message.sent' ? asked.data.message.id : '';
    for (let number = 1; number <= 80; number += 1) school.say(log, DAVI, body(number));
    school.say(log, DAVI, 'the answer', { replyTo: id });
    await enter();
    const room = client.room(log.room);
    room.open();
    await settle();
    expect(words(room)).not.toContain('the question');
    expect(room.getSnapshot().quotes.get(id)?.body).toBe('the question');
    const removed = { by: 'author' as const, at: asked?.at ?? '' };
    school.happen(log, {
      type: 'message.removed',
      actor: DAVI,
      data: { message: { id, clientId: idOf(0xc0001), ordinal: 1, editNo: 0, removed } },
    });
    await settle();
    expect(room.getSnapshot().quotes.get(id)).toMatchObject({ removed });
    expect(room.getSnapshot().quotes.get(id)?.body).toBeUndefined();
  });

  test('[R38] typing is told at most every 3 s, and ends by itself or with a message', async () => {
    const { school, client, clock, enter } = visit();
    const log = school.room(1);
    await enter();
    const room = client.room(log.room);
    room.open();
    await settle();
    for (let key = 0; key < 10; key += 1) room.typing();
    await clock.advance(3_000);
    room.typing();
    await settle();
    expect(inputsOf(school, 'presence.typing')).toHaveLength(2);
    school.send({ t: 'typing', room: log.room, account: DAVI });
    school.send({ t: 'typing', room: log.room, account: ANA });
    await settle();
    expect(room.getSnapshot().typing).toEqual([DAVI]);
    school.say(log, DAVI, body(1));
    await settle();
    expect(room.getSnapshot().typing).toEqual([]);
    school.send({ t: 'typing', room: log.room, account: DAVI });
    await clock.advance(5_000);
    expect(room.getSnapshot().typing).toEqual([]);
  });

  test('[R38] who is here is what was said last, and unknown again without a connection', async () => {
    const { school, client, enter } = visit();
    const log = school.room(1);
    await enter();
    const room = client.room(log.room);
    room.open();
    await settle();
    expect(room.getSnapshot().here).toBeNull();
    school.send({ t: 'presence', room: log.room, here: [DAVI], count: 1 });
    school.send({ t: 'presence', room: log.room, here: [DAVI, ANA], count: 2 });
    await settle();
    expect(room.getSnapshot().here).toEqual({ people: [DAVI, ANA], count: 2 });
    school.cut(1006);
    await settle();
    expect(room.getSnapshot().here).toBeNull();
  });

  test('people are looked up together, and those left out are not asked for again at once', async () => {
    const { school, client, clock, enter } = visit();
    await enter();
    for (let number = 1; number < 250; number += 1) client.people.get(idOf(0x20000 + number));
    client.people.get(STRANGER);
    client.people.get(STRANGER);
    await settle();
    expect(inputsOf(school, 'accounts.profiles').map(({ ids }) => (ids as string[]).length)).toEqual([200, 50]);
    expect(client.people.get(idOf(0x20003))?.name).toBe('Pessoa 03');
    expect(client.people.get(STRANGER)).toBeUndefined();
    await settle();
    expect(inputsOf(school, 'accounts.profiles')).toHaveLength(2);
    await clock.advance(60_000);
    client.people.get(STRANGER);
    await settle();
    expect(inputsOf(school, 'accounts.profiles').at(-1)).toEqual({ ids: [STRANGER] });
  });

  test('signing in keeps the token, signing out forgets everything of the person', async () => {
    const keeping = { ...memoryKeeping(), isDurable: true };
    const { school, client, clock } = visit({ auth: 'token', keeping });
    const log = school.room(1);
    await client.signIn({ email: 'ana@escola-aurora.example', password: 'a long password' });
    await settle();
    expect(inputsOf(school, 'accounts.signIn')[0]).toMatchObject({ keep: 'token' });
    expect(client.connection.getSnapshot().name).toBe('ready');
    client.room(log.room).setDraft({ body: 'begun' });
    await clock.advance(1_000);
    expect((await keeping.open(ANA)).drafts.get(log.room)).toMatchObject({ body: 'begun' });
    school.isReachable = false;
    school.cut(1006);
    client.room(log.room).send({ body: 'not sent yet' });
    client.room(log.room).setDraft({ body: 'begun' });
    await clock.advance(1_000);
    expect(client.keeping.getSnapshot()).toEqual({ isDurable: true, unsent: 1, unkept: 0, unreadable: 0 });
    school.isReachable = true;
    expect([...client.drafts.getSnapshot()]).toEqual([log.room]);
    await client.signOut();
    expect(await keeping.open(ANA)).toEqual({ unsent: [], drafts: new Map(), unreadable: 0 });
    expect([client.keeping.getSnapshot().unsent, client.me.getSnapshot(), client.drafts.getSnapshot().size]).toEqual([
      0,
      null,
      0,
    ]);
    expect(client.connection.getSnapshot()).toEqual({ name: 'closed', reason: 'stopped' });
  });

  test('[R41] ids are made by the server’s time: a device whose clock is a year behind is not refused as too old', async () => {
    const YEAR_MS = 365 * 24 * 3_600_000;
    const manual = manualClock(Date.UTC(2026, 10, 2, 13));
    const school = openSchool(manual.now);
    const { client, enter } = visit({
      fetch: school.fetch,
      WebSocket: school.WebSocket,
      clock: { ...manual, now: () => manual.now() - YEAR_MS },
    });
    expect(madeAtMs(client.newId())).toBe(manual.now() - YEAR_MS);
    await enter();
    expect(client.connection.getSnapshot().name).toBe('ready');
    expect(madeAtMs(client.newId())).toBe(manual.now());
  });
});
