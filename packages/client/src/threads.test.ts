import { problem } from '@recreio/protocol';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { settle } from './testing/clock.ts';
import { idOf, type Log, messagesAt } from './testing/log.ts';
import { DAVI, inputsOf } from './testing/school.ts';
import { visit } from './testing/visit.ts';
import { threadOf } from './thread.ts';
import { threadsOf } from './threads.ts';

/** What happens together is asked about once, after this long; the others' turn of a welcome is longer. */
const GATHERED_MS = 250;
const SPREAD_MS = 3_000;

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }));
afterEach(() => void vi.useRealTimers());
const pass = async (ms: number): Promise<void> => {
  await settle();
  await vi.advanceTimersByTimeAsync(ms);
  await settle();
};

const newest = (log: Log): string => messagesAt(log, log.events.length).at(-1)?.id ?? '';

/** Ana, who follows one thread of two, each with a reply that she has not read; the list is known. */
const atList = async () => {
  const there = visit();
  const { school, client } = there;
  const log = school.room(1);
  const begin = (body: string) => {
    school.say(log, DAVI, body);
    const root = newest(log);
    school.say(log, DAVI, `${body} 1`, { thread: root });
    return root;
  };
  const [followed, other] = [begin('um'), begin('outro')];
  school.stand(followed, true, 1);
  const list = threadsOf(client);
  await there.enter();
  await pass(0);
  /** Davi answers, and Ana is told on her own stream. */
  const answer = (thread: string) => {
    const messageSeq = school.say(log, DAVI, 'mais', { thread });
    school.tellUser({
      type: 'notification.made',
      data: { kind: 'thread', room: log.room, message: newest(log), messageSeq, thread, author: DAVI },
    });
    return messageSeq;
  };
  const asked = () => inputsOf(school, 'threads.mine').length;
  return { ...there, log, followed, other, list, answer, asked };
};

test('[R82] the list is asked for once one is known, and is the same object for the same client', async () => {
  const { client, list, followed, asked } = await atList();
  expect(threadsOf(client)).toBe(list);
  expect(list.getSnapshot()).toMatchObject({
    isKnown: true,
    unread: 1,
    more: false,
    list: [{ root: { id: followed } }],
  });
  expect(asked()).toBe(1);
});

test('[R82] a notification of a followed thread counts at once, and asks nothing while nobody looks at the list', async () => {
  const { list, followed, answer, asked } = await atList();
  const before = list.getSnapshot().list[0]?.mine;
  const seq = answer(followed);
  await pass(GATHERED_MS);
  expect(list.getSnapshot().list[0]?.mine).toEqual({ ...before, unread: 2, newest: seq });
  expect(asked()).toBe(1);
  const leave = list.look();
  await pass(GATHERED_MS);
  expect(asked()).toBe(2);
  answer(followed);
  answer(followed);
  await pass(GATHERED_MS);
  expect(list.getSnapshot().list[0]?.mine.unread).toBe(4);
  expect(asked()).toBe(3);
  leave();
});

test('[R82] a thread that is not listed is asked about', async () => {
  const { school, list, other, answer, asked } = await atList();
  school.stand(other, true, 0);
  answer(other);
  await pass(GATHERED_MS);
  expect(asked()).toBe(2);
  expect(list.getSnapshot()).toMatchObject({ unread: 2 });
});

test('[R81] [R82] what another device does to a thread changes list, count and the thread that is open', async () => {
  const { school, client, log, list, followed, other, asked } = await atList();
  const thread = threadOf(client.room(log.room), followed);
  const { newest: to } = school.standing(log, followed);
  const stands = { t: 'thread', room: log.room, thread: followed } as const;
  school.send({ ...stands, following: true, seq: to, unread: 0, newest: to });
  await settle();
  expect(list.getSnapshot()).toMatchObject({ unread: 0, list: [{ mine: { seq: to, unread: 0 } }] });
  expect(thread.getSnapshot().mine).toMatchObject({ seq: to });
  school.send({ ...stands, following: false, seq: to, unread: 0, newest: to });
  await settle();
  expect(list.getSnapshot().list).toEqual([]);
  expect(asked()).toBe(1);
  school.stand(followed, false, to);
  school.stand(other, true, 0);
  school.send({ ...stands, thread: other, following: true, seq: 0, unread: 1, newest: 4 });
  await pass(GATHERED_MS);
  expect(list.getSnapshot()).toMatchObject({ unread: 1, list: [{ root: { id: other } }] });
});

test('[R82] a reply that was taken away elsewhere is asked about where its thread is listed', async () => {
  const { school, log, followed, other, asked } = await atList();
  const gone = { t: 'reply-removed', room: log.room, message: idOf(7) } as const;
  school.send({ ...gone, thread: other });
  await pass(GATHERED_MS);
  expect(asked()).toBe(1);
  school.send({ ...gone, thread: followed });
  await pass(GATHERED_MS);
  expect(asked()).toBe(2);
});

test('[R82] after a cut it is asked for again, each client in its own time; an answer that is refused is asked for by whoever looks next', async () => {
  const { school, clock, list, asked } = await atList();
  school.refuse('threads.mine', problem('unavailable'), 100);
  school.cut(1006);
  await clock.advance(1_000);
  await pass(SPREAD_MS);
  await clock.advance(60_000);
  const refused = asked();
  expect(refused).toBeGreaterThan(1);
  expect(list.getSnapshot().isKnown).toBe(true);
  school.refuse('threads.mine', problem('unavailable'), 0);
  list.look();
  await pass(GATHERED_MS);
  expect(asked()).toBe(refused + 1);
});

test('[R12] signed out, nothing of it is left', async () => {
  const { client, list } = await atList();
  await client.signOut();
  await settle();
  expect(list.getSnapshot()).toEqual({ isKnown: false, list: [], unread: 0, more: false });
});
