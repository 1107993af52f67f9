import { type Message, problem } from '@recreio/protocol';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Client } from './api.ts';
import { ProblemError } from './errors.ts';
import { inboxOf } from './inbox.ts';
import { noticesOf } from './notices.ts';
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

/** Ana at a school whose answers are given by hand, command by command. */
const atDesk = async () => {
  const there = visit();
  const { room } = there.school.room(1);
  const asked: { readonly name: string; answer(page: unknown): Promise<void>; refuse(error: Error): Promise<void> }[] =
    [];
  const call = (name: string) =>
    new Promise((resolve, reject) => {
      asked.push({
        name,
        answer: async (page) => {
          resolve(page);
          await settle();
        },
        refuse: async (error) => {
          reject(error);
          await settle();
        },
      });
    });
  const client: Client = { ...there.client, call: call as Client['call'] };
  await there.enter();
  const next = (name: string) => {
    const at = asked.findIndex((one) => one.name === name);
    const [found] = at === -1 ? [] : asked.splice(at, 1);
    if (!found) throw new Error(`${name} was not asked`);
    return found;
  };
  return { ...there, client, room, next };
};

const notice = (room: string, seq: number): Message => ({
  id: idOf(seq),
  room,
  seq,
  ordinal: seq,
  clientId: idOf(0xc000 + seq),
  author: DAVI,
  at: instantOf(seq),
  body: `aviso ${seq}`,
  editNo: 0,
  reactions: [],
  required: { by: DAVI, at: instantOf(seq) },
});

test('[R114] a confirmed one is gone at once and stays gone, also where an answer that was on its way still has it', async () => {
  const { client, room, next } = await atDesk();
  const list = noticesOf(client);
  const ids = () => list.getSnapshot().list.map(({ seq }) => seq);
  await pass(0);
  await next('notices.mine').answer({ messages: [notice(room, 2), notice(room, 1)], more: false });
  expect(ids()).toEqual([2, 1]);
  const done = list.confirm(notice(room, 2));
  expect(ids()).toEqual([1]);
  await next('notices.confirm').answer({ at: instantOf(9) });
  await done;
  expect(ids()).toEqual([1]);
});

test('[R114] what was refused is there again, and the list is asked for anew: it may say something else now', async () => {
  const { client, room, next } = await atDesk();
  const list = noticesOf(client);
  await pass(0);
  await next('notices.mine').answer({ messages: [notice(room, 1)], more: false });
  const done = list.confirm(notice(room, 1));
  const refused = done.catch((error: unknown) => error);
  await next('notices.confirm').refuse(new ProblemError(problem('stale')));
  expect(await refused).toBeInstanceOf(ProblemError);
  expect(list.getSnapshot().list).toHaveLength(1);
  await pass(250);
  await next('notices.mine').answer({ messages: [{ ...notice(room, 1), editNo: 1 }], more: false });
  expect(list.getSnapshot().list[0]?.editNo).toBe(1);
});

test('[R114] the inbox counts what has to be read, beside what the rooms count, until it is confirmed', async () => {
  const { client, room, next } = await atDesk();
  const inbox = inboxOf(client);
  await pass(0);
  await next('notices.mine').answer({ messages: [notice(room, 1)], more: false });
  await next('notifications.inbox').answer({ items: [], next: null });
  expect(inbox.getSnapshot()).toMatchObject({ fresh: 1, freshAside: 1 });
  const done = inbox.getSnapshot().notices.list.map((one) => noticesOf(client).confirm(one));
  await next('notices.confirm').answer({ at: instantOf(9) });
  await Promise.all(done);
  expect(inbox.getSnapshot()).toMatchObject({ fresh: 0, freshAside: 0 });
});
