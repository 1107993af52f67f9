import { problem } from '@recreio/protocol';
import { describe, expect, test } from 'vitest';
import { settle } from './testing/clock.ts';
import { type Log, messagesAt } from './testing/log.ts';
import { ANA, DAVI, framesOf, inputsOf, type School } from './testing/school.ts';
import { visit, words } from './testing/visit.ts';
import { threadOf } from './thread.ts';

const idAt = (log: Log, seq: number): string =>
  messagesAt(log, log.events.length).find((message) => message.seq === seq)?.id ?? '';

/** Ana at a thread with one reply of Davi's, opened; `unread`: she has read only what it hangs from. */
const atThread = async ({ isUnread = false } = {}) => {
  const there = visit();
  const { school, client } = there;
  const log = school.room(1);
  const rootSeq = school.say(log, DAVI, 'raiz');
  const root = idAt(log, rootSeq);
  const first = school.say(log, DAVI, 'um', { thread: root });
  school.stand(root, true, isUnread ? rootSeq : first);
  await there.enter();
  const room = client.room(log.room);
  const thread = threadOf(room, root);
  thread.open();
  await settle();
  return { ...there, log, room, root, thread, rootSeq, first };
};

const reply = (school: School, log: Log, root: string, body: string) => school.say(log, DAVI, body, { thread: root });

describe('a thread', () => {
  test('[R80] is loaded with what it hangs from, follows the room’s stream, and leaves the room’s conversation alone', async () => {
    const { school, log, room, root, thread } = await atThread();
    expect(inputsOf(school, 'messages.page').at(-1)).toMatchObject({ thread: root });
    room.open();
    await settle();
    reply(school, log, root, 'dois');
    school.say(log, DAVI, 'fora do fio');
    await settle();
    expect(words(thread)).toEqual(['raiz', 'um', 'dois']);
    expect(words(room)).toEqual(['raiz', 'fora do fio']);
    const [shown] = room.getSnapshot().items;
    expect(shown?.kind === 'message' && shown.message.replies?.count).toBe(2);
    expect(thread.getSnapshot()).toMatchObject({ status: 'live', hasBefore: false, root: { id: root } });
  });

  test('[R80] is the same object for the same message, and one stream for both, however many open it', async () => {
    const { school, client, log, root, thread } = await atThread();
    expect(threadOf(client.room(log.room), root)).toBe(thread);
    thread.open();
    client.room(log.room).open();
    await settle();
    expect(framesOf(school, 'subscribe').filter(({ stream }) => stream === `room:${log.room}`)).toHaveLength(1);
    thread.close();
    await settle();
    expect(thread.getSnapshot().status).toBe('live');
    thread.close();
    await settle();
    expect(thread.getSnapshot()).toMatchObject({ status: 'closed', items: [], root: null });
  });

  test('[R80] [R40] a reply of one’s own is pending in the thread alone, and is there once, also when its answer is lost', async () => {
    const { school, clock, room, thread, log, root } = await atThread();
    room.open();
    await settle();
    school.loseAnswers('messages.send', 1);
    school.areEventsLate = true;
    thread.setDraft({ body: 'meu' });
    thread.send({ body: 'meu' });
    await settle();
    expect([words(thread).at(-1), words(room).length, thread.draft()]).toEqual(['meu (sending)', 1, undefined]);
    school.areEventsLate = false;
    school.cut(1006);
    await clock.advance(2_000);
    expect(words(thread)).toEqual(['raiz', 'um', 'meu']);
    expect(messagesAt(log, log.events.length).filter(({ author }) => author === ANA)).toHaveLength(1);
    expect(inputsOf(school, 'messages.send')[0]).toMatchObject({ thread: root });
  });

  test('[R82] begins at what is unread, says where that is for the whole visit, and moves its marker forward only', async () => {
    const { school, thread, first, log, root } = await atThread({ isUnread: true });
    expect(thread.getSnapshot()).toMatchObject({ firstUnreadSeq: first, unreadAtOpening: 1, mine: { unread: 1 } });
    const second = reply(school, log, root, 'dois');
    thread.markRead(second);
    await settle();
    thread.markRead(first);
    await settle();
    expect(inputsOf(school, 'threads.markRead').map(({ seq }) => seq)).toEqual([second]);
    expect(thread.getSnapshot()).toMatchObject({ firstUnreadSeq: first, mine: { seq: second, unread: 0 } });
    thread.stands({ following: true, seq: first, unread: 7, newest: second });
    expect(thread.getSnapshot().mine).toMatchObject({ seq: second, unread: 0 });
  });

  test('[R82] a marker that had no answer is said again when the connection is back', async () => {
    const { school, clock, log, root, thread, first } = await atThread({ isUnread: true });
    school.isReachable = false;
    school.cut(1006);
    thread.markRead(first);
    await clock.advance(60_000);
    school.isReachable = true;
    await clock.advance(60_000);
    expect(school.standing(log, root).seq).toBe(first);
  });

  test('[R81] is followed and let go, and says so at once', async () => {
    const { thread } = await atThread();
    await thread.unfollow();
    expect(thread.getSnapshot().mine?.following).toBe(false);
    await thread.follow();
    expect(thread.getSnapshot().mine?.following).toBe(true);
  });

  test('[R80] one that is not there is gone, and says with which problem; it is asked for again when it is opened anew', async () => {
    const { school, client, log } = await atThread();
    const gone = threadOf(client.room(log.room), idAt(log, 2));
    school.refuse('messages.page', problem('not-found'));
    gone.open();
    await settle();
    expect(gone.getSnapshot()).toMatchObject({ status: 'gone', problem: { code: 'not-found' }, items: [] });
    gone.close();
    await settle();
    const asked = inputsOf(school, 'messages.page').length;
    gone.open();
    await settle();
    expect(inputsOf(school, 'messages.page').length).toBe(asked + 1);
  });
});
