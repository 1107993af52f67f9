import type { InboxItem } from '@recreio/protocol';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Client } from './api.ts';
import { inboxOf } from './inbox.ts';
import { savedOf } from './saved.ts';
import { settle } from './testing/clock.ts';
import { idOf, instantOf } from './testing/log.ts';
import { DAVI } from './testing/school.ts';
import { visit } from './testing/visit.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }));
afterEach(() => void vi.useRealTimers());
const pass = async (ms: number): Promise<void> => {
  await settle();
  await vi.advanceTimersByTimeAsync(ms);
  await settle();
};

/** Ana at a school that answers from what is put there: each question waits until it is answered by hand. */
const atDesk = async () => {
  const there = visit();
  const log = there.school.room(1);
  const asked: { readonly input: Record<string, unknown>; answer(page: unknown): Promise<void> }[] = [];
  const call = (name: string, input: Record<string, unknown>) => {
    // Nothing has to be read here
    if (name === 'notices.mine') return Promise.resolve({ messages: [], more: false });
    return new Promise((resolve) => {
      const answer = async (page: unknown): Promise<void> => {
        resolve(page);
        await settle();
      };
      asked.push({ input, answer });
    });
  };
  const client: Client = { ...there.client, call: call as Client['call'] };
  await there.enter();
  const tell = (messageSeq: number) =>
    there.school.tellUser({
      type: 'notification.made',
      data: { kind: 'mention', room: log.room, message: idOf(messageSeq), messageSeq, author: DAVI },
    });
  return { ...there, client, log, asked, tell };
};

const item = (room: string, seq: number): InboxItem => ({
  seq,
  reason: 'mention',
  read: false,
  at: instantOf(seq),
  message: {
    id: idOf(seq),
    room,
    seq,
    ordinal: seq,
    clientId: idOf(0xc000 + seq),
    author: DAVI,
    at: instantOf(seq),
    body: `olhe ${seq}`,
    editNo: 0,
    reactions: [],
  },
});

test('[R97] a call whose message was gone before the list was asked for is not counted after it; one that came meanwhile is', async () => {
  const { client, asked, tell } = await atDesk();
  const list = inboxOf(client);
  await pass(0);
  await asked[0]?.answer({ items: [], next: null });
  tell(5);
  await pass(0);
  expect(list.getSnapshot().fresh).toBe(1);
  list.look();
  await pass(0);
  tell(6);
  await pass(0);
  expect(list.getSnapshot().fresh).toBe(2);
  await asked[1]?.answer({ items: [], next: null });
  expect(list.getSnapshot().fresh).toBe(1);
});

test('[R97] older ones that were asked for before the list was asked for anew are let go, or there would be a gap', async () => {
  const { client, log, asked, tell } = await atDesk();
  const list = inboxOf(client);
  const seqs = () => list.getSnapshot().list.map(({ seq }) => seq);
  await pass(0);
  await asked[0]?.answer({ items: [item(log.room, 40)], next: 40 });
  const older = list.older();
  tell(80);
  await pass(0);
  list.look();
  await pass(0);
  await asked[2]?.answer({ items: [item(log.room, 80), item(log.room, 60)], next: 60 });
  await asked[1]?.answer({ items: [item(log.room, 39)], next: null });
  await older;
  expect(seqs()).toEqual([80, 60]);
  expect(list.getSnapshot().more).toBe(true);
});

test('[R97] who looks and has turned pages has them still when somebody calls, as many as may be asked for', async () => {
  const { client, log, asked, tell } = await atDesk();
  const list = inboxOf(client);
  const items = (from: number, count: number) => Array.from({ length: count }, (_, at) => item(log.room, from - at));
  await pass(0);
  await asked[0]?.answer({ items: items(200, 30), next: 171 });
  const leave = list.look();
  const older = list.older();
  await asked[1]?.answer({ items: items(170, 30), next: 141 });
  await older;
  tell(201);
  await pass(250);
  expect(asked[2]?.input).toEqual({ limit: 60 });
  await asked[2]?.answer({ items: items(201, 60), next: 142 });
  expect(list.getSnapshot().list).toHaveLength(60);
  const further = list.older();
  await asked[3]?.answer({ items: items(141, 60), next: 82 });
  await further;
  tell(202);
  await pass(250);
  expect(asked[4]?.input).toEqual({ limit: 100 });
  await asked[4]?.answer({ items: items(202, 100), next: 103 });
  leave();
});

test('[R85] older ones of what is saved are let go where the list was asked for anew meanwhile', async () => {
  const { client, asked } = await atDesk();
  const list = savedOf(client);
  list.look();
  await pass(250);
  const saved = (seq: number) => ({ message: { id: idOf(seq) } });
  const page = (seqs: readonly number[], next: string | null) => ({
    saved: seqs.map(saved),
    ids: seqs.map(idOf),
    next,
  });
  await asked[0]?.answer(page([9, 8], 'after 8'));
  const more = list.more();
  const leave = list.look();
  await pass(0);
  await asked[2]?.answer(page([12, 11], 'after 11'));
  await asked[1]?.answer(page([7, 6], null));
  await more;
  leave();
  expect(list.getSnapshot().list?.map(({ message }) => message.id)).toEqual([12, 11].map(idOf));
  expect(list.getSnapshot().hasMore).toBe(true);
});

test('[R97] what is taken away goes from the list and the count at once, told by its number or its id; of others nothing goes', async () => {
  const { client, asked, log, tell, school } = await atDesk();
  const list = inboxOf(client);
  await pass(0);
  await asked[0]?.answer({ items: [item(log.room, 3), item(log.room, 2)], next: null });
  const shown = () => list.getSnapshot().list.map(({ seq }) => seq);
  const heads = (removed: number[]) =>
    school.send({ t: 'heads', heads: [{ room: log.room, head: 9, ordinal: 3, at: instantOf(9), removed }] });
  heads([2]);
  await pass(0);
  expect([shown(), list.getSnapshot().fresh, asked.length]).toEqual([[3], 1, 1]);
  // Of who was called alone the number is not known: the server says what is left
  tell(5);
  heads([1]);
  await pass(250);
  expect(asked.length).toBe(2);
  // An answer from before it was taken away is asked for again
  heads([3]);
  await asked[1]?.answer({ items: [item(log.room, 3)], next: null });
  await pass(250);
  await asked[2]?.answer({ items: [], next: null });
  expect([shown(), list.getSnapshot().fresh]).toEqual([[], 0]);
});
