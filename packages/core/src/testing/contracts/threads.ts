/** What every memory of threads must do (docs/protocol.md R80–R82); runs over each implementation. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ThreadsMemory } from '../../messages/port.ts';
import type { Person, School } from '../world.ts';

/** The memory, and a school over it. */
export interface ThreadsUnderTest {
  readonly threads: ThreadsMemory;
  readonly school: School;
  close(): Promise<void>;
}

/** The sentences of the port. */
export const threadsContract = (implementation: string, open: () => Promise<ThreadsUnderTest>): void => {
  describe(`threads in ${implementation}`, () => {
    let under: ThreadsUnderTest;
    let helena: Person;
    let ana: Person;
    let stranger: Person;

    beforeAll(async () => {
      under = await open();
      helena = await under.school.person('Helena', { role: 'teacher' });
      ana = await under.school.person('Ana');
      stranger = await under.school.person('Davi');
    });
    afterAll(() => under.close());

    /** A room of Helena's and Ana's, with a thread of Helena's that has so many replies of hers. */
    const begin = async (replies: number) => {
      const room = await under.school.room(helena, [ana]);
      const root = await under.school.say(helena, room, 'raiz');
      const seqs: number[] = [];
      for (let nth = 0; nth < replies; nth++)
        seqs.push((await under.school.say(helena, room, `resposta ${nth}`, { thread: root.id })).seq);
      return { room, thread: root.id, seqs };
    };

    test('[R5] [R81] who is no member, or names no thread of the room, stands to none', async () => {
      const { room, thread, seqs } = await begin(1);
      const elsewhere = await begin(0);
      const reply = (await under.school.does(ana, 'messages.page', { room, thread })).messages[0]?.id ?? '';
      for (const [who, where, which] of [
        [stranger, room, thread],
        [ana, elsewhere.room, thread],
        [ana, room, reply],
        [ana, room, under.school.intention()],
      ] as const) {
        expect(await under.threads.follow(who.id, where, which, true)).toBeNull();
        expect(await under.threads.markRead(who.id, where, which, seqs[0] ?? 0)).toBeNull();
      }
    });

    test('[R81] who begins to follow has seen what is there; what stands so already takes no revision', async () => {
      const { room, thread, seqs } = await begin(2);
      const newest = seqs[1];
      const followed = await under.threads.follow(ana.id, room, thread, true);
      expect(followed?.standing).toEqual({ room, thread, following: true, seq: newest, unread: 0, newest });
      expect(followed?.revision).toBeGreaterThan(0);
      expect((await under.threads.follow(ana.id, room, thread, true))?.revision).toBeNull();
      const left = await under.threads.follow(ana.id, room, thread, false);
      expect(left?.standing).toMatchObject({ following: false, seq: newest });
      expect(left?.revision).toBeGreaterThan(followed?.revision ?? Infinity);
    });

    test('[R82] a marker goes forward, never past the newest reply, also of who does not follow', async () => {
      const { room, thread, seqs } = await begin(3);
      const [first = 0, , last = 0] = seqs;
      const read = async (seq: number) => await under.threads.markRead(ana.id, room, thread, seq);
      expect((await read(first))?.standing).toMatchObject({ following: false, seq: first, unread: 2, newest: last });
      expect(await read(first - 1)).toMatchObject({ standing: { seq: first }, revision: null });
      expect((await read(last + 1_000))?.standing).toMatchObject({ seq: last, unread: 0 });
    });

    test('[R82] the list has what is followed, what is unread first, and says how many are and whether there is more', async () => {
      const ones = [await begin(1), await begin(1), await begin(1)];
      const pupil = await under.school.person('Bia');
      for (const { room, thread, seqs } of ones) {
        await under.school.tend(helena, 'members.add', room, pupil.id);
        await under.threads.follow(pupil.id, room, thread, true);
        expect(await under.threads.mine(pupil.id, 10)).toMatchObject({ unread: 0, more: false });
        expect(seqs).toHaveLength(1);
      }
      const [oldest] = ones;
      if (!oldest) throw new Error('there are three');
      await under.school.say(helena, oldest.room, 'mais', { thread: oldest.thread });
      const { threads, unread, more } = await under.threads.mine(pupil.id, 2);
      expect([threads.map(({ root }) => root.id), unread, more]).toEqual([[oldest.thread, ones[2]?.thread], 1, true]);
      expect(threads[0]).toMatchObject({ room: oldest.room, last: { body: 'mais' }, mine: { unread: 1 } });
      await under.school.does(pupil, 'members.leave', { room: oldest.room });
      expect((await under.threads.mine(pupil.id, 10)).threads.map(({ room }) => room)).not.toContain(oldest.room);
    });

    test('[D33] what has changed since a revision is found by it, in order, and nothing else', async () => {
      const [one, two] = [await begin(1), await begin(1)];
      const first = await under.threads.follow(ana.id, one.room, one.thread, true);
      const second = await under.threads.follow(ana.id, two.room, two.thread, true);
      const since = async (revision: number | null | undefined) =>
        (await under.threads.movedAfter(ana.id, revision ?? 0)).map(({ standing }) => standing.thread);
      expect((await since((first?.revision ?? 0) - 1)).slice(-2)).toEqual([one.thread, two.thread]);
      expect(await since(first?.revision)).toEqual([two.thread]);
      expect(await since(second?.revision)).toEqual([]);
    });
  });
};
