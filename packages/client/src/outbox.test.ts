import { problem } from '@recreio/protocol';
import { describe, expect, test } from 'vitest';
import { memoryKeeping } from './keeping.ts';
import { settle } from './testing/clock.ts';
import { messagesAt } from './testing/log.ts';
import { ANA, DAVI, inputsOf } from './testing/school.ts';
import { visit, words } from './testing/visit.ts';

const opened = async () => {
  const there = visit();
  const log = there.school.room(1);
  await there.enter();
  const room = there.client.room(log.room);
  room.open();
  await settle();
  return { ...there, log, room, bodies: () => messagesAt(log, log.events.length).map(({ body }) => body) };
};

describe('sending', () => {
  test('[R40] is shown at once, never called sent before the answer, and keeps its key', async () => {
    const { school, room, log } = await opened();
    const held = school.hold('messages.send');
    room.send({ body: 'oi' });
    expect(words(room)).toEqual(['oi (sending)']);
    const [before] = room.getSnapshot().items;
    await settle();
    expect(words(room)).toEqual(['oi (sending)']);
    held.release();
    await settle();
    expect(words(room)).toEqual(['oi']);
    expect(room.getSnapshot().items[0]).toMatchObject({ kind: 'message', key: before?.key, isMine: true });
    expect(log.events).toHaveLength(1);
  });

  test('[R113] [R120] what is said with it goes along: whom it names, that it is urgent, that it calls everybody', async () => {
    const { school, room } = await opened();
    room.send({ body: 'já', mentions: [DAVI], urgent: true });
    room.send({ body: 'todos', everyone: true });
    room.send({ body: 'oi' });
    await settle();
    const [urgent, call, plain] = inputsOf(school, 'messages.send');
    expect(urgent).toMatchObject({ mentions: [DAVI], urgent: true });
    expect(urgent).not.toHaveProperty('everyone');
    expect(call).toMatchObject({ everyone: true });
    for (const name of ['mentions', 'urgent', 'everyone']) expect(plain).not.toHaveProperty(name);
  });

  test('[R40] is "sent" between the answer and the event, where the event is late', async () => {
    const { school, log, room } = await opened();
    school.areEventsLate = true;
    room.send({ body: 'oi' });
    await settle();
    expect(words(room)).toEqual(['oi (sent)']);
    expect(room.getSnapshot().items[0]).toMatchObject({ pending: { state: { name: 'sent', seq: 1, ordinal: 1 } } });
    school.areEventsLate = false;
    school.say(log, DAVI, 'and on');
    await settle();
    expect(words(room)).toEqual(['oi', 'and on']);
  });

  test('[R40] [D3] an answer that is lost: the same client id again over the next connection, one message', async () => {
    const { school, clock, room, bodies } = await opened();
    school.loseAnswers('messages.send', 1);
    room.send({ body: 'once' });
    school.cut(1006);
    await settle();
    expect(words(room).at(-1)).not.toContain('sent');
    await clock.advance(2_000);
    expect(bodies()).toEqual(['once']);
    expect(words(room)).toEqual(['once']);
    const ids = inputsOf(school, 'messages.send').map(({ clientId }) => clientId);
    expect(new Set(ids).size).toBe(1);
  });

  test('[R40] an answer that never comes while the connection stands: asked again, one message', async () => {
    const { school, client, clock, log, bodies } = await opened();
    const other = client.room(log.room);
    school.loseAnswers('messages.send', 1);
    const answered = client.call('messages.send', { room: log.room, body: 'once' });
    await clock.advance(30_000);
    expect(await answered).toMatchObject({ duplicate: true });
    expect(bodies()).toEqual(['once']);
    expect(words(other)).toEqual(['once']);
  });

  test('[D9] one after the other in a room, also when the first is slow; other rooms do not wait', async () => {
    const { school, client, room, bodies } = await opened();
    const second = school.room(2);
    const held = school.hold('messages.send');
    for (const body of ['a', 'b', 'c']) room.send({ body });
    client.room(second.room).send({ body: 'elsewhere' });
    await settle();
    expect(words(room)).toEqual(['a (sending)', 'b (queued)', 'c (queued)']);
    expect(inputsOf(school, 'messages.send').map(({ body }) => body)).toEqual(['a', 'elsewhere']);
    held.release();
    await settle();
    expect(bodies()).toEqual(['a', 'b', 'c']);
    expect(words(room)).toEqual(['a', 'b', 'c']);
  });

  test('written without a connection: in the queue, sent in order when it is back', async () => {
    const { school, clock, room, bodies } = await opened();
    school.isReachable = false;
    school.cut(1006);
    await settle();
    for (const body of ['a', 'b']) room.send({ body });
    await clock.advance(60_000);
    expect(words(room)).toEqual(['a (queued)', 'b (queued)']);
    expect(bodies()).toEqual([]);
    school.isReachable = true;
    await clock.advance(31_000);
    expect(bodies()).toEqual(['a', 'b']);
    expect(words(room)).toEqual(['a', 'b']);
  });

  test('[R3] [R4] a refusal for good fails that one, and those behind it still go', async () => {
    const { school, room, bodies } = await opened();
    school.refuse('messages.send', problem('bad-text'));
    const clientId = room.send({ body: 'refused' });
    room.send({ body: 'fine' });
    await settle();
    expect(words(room)).toEqual(['fine', 'refused (failed)']);
    expect(room.getSnapshot().items[1]).toMatchObject({
      pending: { clientId, state: { why: 'refused', problem: { code: 'bad-text' } } },
    });
    room.retry(clientId);
    await settle();
    expect(bodies()).toEqual(['fine', 'refused']);
    expect(words(room)).toEqual(['fine', 'refused']);
  });

  test('[R3] a busy server is asked again after the pause it names; a muted person is told at once', async () => {
    const { school, clock, room, bodies } = await opened();
    school.refuse('messages.send', problem('busy', { retryAfterMs: 4_000 }), 1);
    room.send({ body: 'patience' });
    await clock.advance(3_999);
    expect(words(room)).toEqual(['patience (queued)']);
    await clock.advance(1);
    expect(bodies()).toEqual(['patience']);
    school.refuse('messages.send', problem('muted', { until: null }), 1);
    const clientId = room.send({ body: 'muted' });
    await settle();
    expect(words(room).at(-1)).toBe('muted (failed)');
    room.discard(clientId);
    await settle();
    expect(words(room)).toEqual(['patience']);
  });

  test('[D3] one that is let go while a try of it is on the wire is taken away again when it arrives after all', async () => {
    const { school, clock, room, log, bodies } = await opened();
    const held = school.hold('messages.send');
    const clientId = room.send({ body: 'hasty' });
    await settle();
    school.cut(1006);
    await settle();
    expect(words(room)).toEqual(['hasty (queued)']);
    room.discard(clientId);
    expect(words(room)).toEqual([]);
    held.release();
    await clock.advance(60_000);
    expect(bodies()).toEqual(['hasty']);
    const [arrived] = messagesAt(log, log.events.length);
    expect(inputsOf(school, 'messages.remove')).toMatchObject([{ room: log.room, message: arrived?.id }]);
  });

  test('[R3] a server that fails at this very message is not asked for ever', async () => {
    const { school, clock, room } = await opened();
    school.refuse('messages.send', problem('internal'), 1_000);
    room.send({ body: 'unlucky' });
    await clock.advance(300_000);
    expect(words(room)).toEqual(['unlucky (failed)']);
    expect(inputsOf(school, 'messages.send')).toHaveLength(5);
  });

  test('[R22] a body over the limit fails here, before it could end the connection', async () => {
    const { school, client, room } = await opened();
    room.send({ body: 'é'.repeat(client.limits().messageBytes / 2 + 1) });
    await settle();
    expect(room.getSnapshot().items[0]).toMatchObject({
      pending: { state: { name: 'failed', problem: { code: 'too-large' } } },
    });
    expect(inputsOf(school, 'messages.send')).toHaveLength(0);
  });

  test('what was not sent outlives the page, in order; what is too old is asked about', async () => {
    const keeping = memoryKeeping();
    const first = visit({ keeping });
    first.school.room(1);
    await first.enter();
    const [roomId] = first.client.rooms.getSnapshot().byId.keys();
    expect(roomId).toBeDefined();
    first.school.isReachable = false;
    first.school.cut(1006);
    for (const body of ['a', 'b']) first.client.room(roomId ?? '').send({ body });
    await settle();
    expect((await keeping.open(ANA)).unsent.map(({ intention }) => intention.body)).toEqual(['a', 'b']);

    const second = visit({ keeping });
    const log = second.school.room(1);
    await second.enter();
    await settle();
    expect(messagesAt(log, log.events.length).map(({ body }) => body)).toEqual(['a', 'b']);
    expect((await keeping.open(ANA)).unsent).toEqual([]);

    first.client.stop();
    first.school.isReachable = true;
    await first.clock.advance(5 * 3_600_000);
    const room = first.client.room(roomId ?? '');
    room.open();
    await first.enter();
    await first.clock.advance(1_000);
    expect(words(room)).toEqual(['a (failed)', 'b (failed)']);
  });

  test('a network that lets no WebSocket through still lets messages go, over HTTP', async () => {
    const { school, client, clock, room, bodies } = await opened();
    school.areSocketsBlocked = true;
    school.cut(1006);
    await settle();
    room.send({ body: 'through the window' });
    await clock.advance(20_000);
    expect(client.connection.getSnapshot().name).not.toBe('ready');
    expect(bodies()).toEqual(['through the window']);
  });
});
