/** What every memory of the log must do (contract, "The write path"); runs over each implementation. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Draft, place } from '../../streams/draft.ts';
import { type Facts, key } from '../../streams/facts.ts';
import type { FlushTransaction, LogMemory, StreamsMemory } from '../../streams/port.ts';
import type { Person, School } from '../world.ts';

/** Two openings of one log, as two nodes have it, and a school over it. */
export interface LogUnderTest {
  readonly one: LogMemory;
  readonly other: LogMemory;
  readonly streams: StreamsMemory;
  readonly school: School;
  close(): Promise<void>;
}

/** The sentences of the port. */
export const logContract = (implementation: string, open: () => Promise<LogUnderTest>): void => {
  describe(`the log in ${implementation}`, () => {
    let log: LogUnderTest;
    let helena: Person;
    let ana: Person;

    beforeAll(async () => {
      log = await open();
      helena = await log.school.person('Helena', { role: 'teacher' });
      ana = await log.school.person('Ana');
    });
    afterAll(() => log.close());

    const ask = (room: string, who = helena) => ({
      actor: who.id,
      session: who.caller.actor?.session ?? '',
      request: { room },
    });
    const message = (body: string): Draft => {
      const clientId = log.school.intention();
      return {
        type: 'message.sent',
        message: log.school.intention(),
        clientId,
        body,
        replyTo: null,
        thread: null,
        mentions: [],
        everyone: false,
        urgent: false,
        forward: null,
        payload: body,
      };
    };
    const write = async (tx: FlushTransaction, facts: Facts, room: string, drafts: readonly Draft[]) => {
      const fact = facts.rooms.get(room);
      if (!fact) throw new Error('the room was asked for');
      const placed = place(facts, fact, helena.id, facts.clock, drafts, log.school.intention);
      const users = [{ account: ana.id, type: 'membership.changed' as const, data: { room, role: 'member' as const } }];
      return await tx.commit({ events: placed, rooms: [...facts.rooms.values()], users, done: [] });
    };

    test('a room is locked for one at a time, and until its transaction ends', async () => {
      const room = await log.school.room(helena);
      for (const end of ['commit', 'rollback'] as const) {
        const tx = await log.one.begin();
        const read = await tx.read([ask(room)]);
        expect(read.locked).toEqual(new Set([room]));
        const waits = await log.other.begin();
        const { locked, unknown } = await waits.read([ask(room)]);
        expect([locked.size, unknown.size]).toEqual([0, 0]);
        await waits.rollback();
        if (end === 'commit') await write(tx, read.facts, room, [message('oi')]);
        else await tx.rollback();
        const then = await log.other.begin();
        expect((await then.read([ask(room)])).locked).toEqual(new Set([room]));
        await then.rollback();
      }
    });

    test('a room that is held does not keep others from being locked, and one that is not there is told apart', async () => {
      const [held, free] = [await log.school.room(helena), await log.school.room(helena)];
      const nowhere = log.school.intention();
      const tx = await log.one.begin();
      await tx.read([ask(held)]);
      const passes = await log.other.begin();
      const { locked, unknown } = await passes.read([held, free, nowhere].map((room) => ask(room)));
      expect([locked, unknown]).toEqual([new Set([free]), new Set([nowhere])]);
      await passes.rollback();
      await tx.rollback();
    });

    test('[R120] whose urgent messages are counted elsewhere, the room in which they say one more waits; others do not', async () => {
      const rooms = await Promise.all(Array.from({ length: 4 }, () => log.school.room(helena, [ana])));
      const [here, there, free, ofAna] = rooms as [string, string, string, string];
      const urgent = (room: string, who = helena) => ({ ...ask(room, who), request: { room, urgents: true } });
      const [tx, other] = [await log.one.begin(), await log.other.begin()];
      expect((await tx.read([urgent(here), urgent(here)])).locked).toEqual(new Set([here]));
      const { locked, unknown } = await other.read([urgent(there), ask(there), ask(free), urgent(ofAna, ana)]);
      expect([locked, unknown.size]).toEqual([new Set([free, ofAna]), 0]);
      await other.rollback();
      await tx.rollback();
      const then = await log.other.begin();
      expect((await then.read([urgent(there)])).locked).toEqual(new Set([there]));
      await then.rollback();
    });

    test('[R119] whose words are in what is said is read as it stands behind the lock, by every node, the author not among them', async () => {
      const bia = await log.school.person('Bia');
      const room = await log.school.room(helena, [ana, bia]);
      const hearers = async (memory: LogMemory, says: string, who = helena): Promise<readonly string[]> => {
        const tx = await memory.begin();
        const prior = log.school.intention();
        const { facts } = await tx.read([{ ...ask(room, who), request: { room, prior, says } }]);
        await tx.rollback();
        return (facts.hearers.get(key(room, who.id, prior)) ?? []).toSorted();
      };
      const name = (...words: string[]) => log.school.does(ana, 'notifications.setKeywords', { words });
      const both = [ana.id, bia.id].toSorted();
      expect(await hearers(log.one, 'a prova')).toEqual([]);
      await name('prova');
      for (const memory of [log.one, log.other, log.one]) expect(await hearers(memory, 'A PROVA!')).toEqual([ana.id]);
      expect([await hearers(log.one, 'aprovada'), await hearers(log.one, 'a prova', ana)]).toEqual([[], []]);
      await name('trabalho');
      for (const memory of [log.one, log.other]) {
        expect(await hearers(memory, 'a prova')).toEqual([]);
        expect(await hearers(memory, 'o trabalho')).toEqual([ana.id]);
      }
      // One who comes to listen, and one who changes, leave the other as they were
      await log.school.does(bia, 'notifications.setKeywords', { words: ['prova', 'trabalho'] });
      for (const memory of [log.one, log.other]) expect(await hearers(memory, 'o trabalho')).toEqual(both);
      await name();
      await log.school.does(bia, 'notifications.setKeywords', { words: ['prova'] });
      await name('trabalho', 'prova');
      for (const memory of [log.other, log.one]) {
        expect(await hearers(memory, 'a prova')).toEqual(both);
        expect(await hearers(memory, 'o trabalho')).toEqual([ana.id]);
      }
      await log.school.tend(helena, 'members.remove', room, ana.id);
      const tx = await log.other.begin();
      const prior = log.school.intention();
      const { facts } = await tx.read([{ ...ask(room), request: { room, prior, says: 'o trabalho' } }]);
      await tx.rollback();
      // What is remembered may still know them; that they are no member is read with the lock
      expect(facts.members.has(key(room, ana.id))).toBe(false);
    });

    test('[R120] who said that something is urgent is counted over all rooms, by every node, once a message, also when it is gone', async () => {
      const bia = await log.school.person('Bia');
      const [here, there] = [await log.school.room(helena, [ana, bia]), await log.school.room(helena, [ana])];
      const counted = async (memory: LogMemory, who: Person): Promise<number> => {
        const tx = await memory.begin();
        const { facts } = await tx.read([{ ...ask(there, who), request: { room: there, urgents: true } }]);
        await tx.rollback();
        return (facts.urgents.get(who.id) ?? []).length;
      };
      expect(await counted(log.one, helena)).toBe(0);
      const { id } = await log.school.say(helena, here, 'já', { mentions: [ana.id, bia.id], urgent: true });
      await log.school.say(helena, there, 'já', { mentions: [ana.id], urgent: true });
      await log.school.say(helena, there, 'isto não', { mentions: [ana.id] });
      await log.school.does(helena, 'messages.remove', { room: here, message: id, clientId: log.school.intention() });
      for (const memory of [log.one, log.other]) expect(await counted(memory, helena)).toBe(2);
      expect(await counted(log.other, ana)).toBe(0);
      // A block is silent: what names nobody but who has blocked its author counts as well
      await log.school.does(bia, 'accounts.block', { account: helena.id });
      await log.school.say(helena, here, 'já', { mentions: [bia.id], urgent: true });
      for (const memory of [log.one, log.other]) expect(await counted(memory, helena)).toBe(3);
    });

    test('[D25] facts are read after the locks: they know what was committed since the transaction began', async () => {
      const room = await log.school.room(helena, [ana]);
      const tx = await log.one.begin();
      await log.school.tend(helena, 'members.mute', room, ana.id);
      const { facts } = await tx.read([ask(room, ana)]);
      await tx.rollback();
      expect(facts.restrictions.has(key(room, ana.id, 'mute'))).toBe(true);
      expect(facts.rooms.get(room)?.head).toBe((await log.school.log(helena, room)).head);
    });

    test('[D25] what was known of memberships does not outlive a change by another node, or one that was rolled back', async () => {
      const room = await log.school.room(helena, [ana]);
      const member = key(room, ana.id);
      const now = async (): Promise<unknown> => {
        const tx = await log.one.begin();
        const { facts } = await tx.read([ask(room, ana), ask(room)]);
        await tx.rollback();
        return facts.members.get(member)?.role;
      };
      const say = async (drafts: readonly Draft[], end: 'commit' | 'rollback'): Promise<void> => {
        const tx = await log.one.begin();
        const { facts } = await tx.read([ask(room, ana), ask(room)]);
        if (end === 'commit') return void (await write(tx, facts, room, drafts));
        const fact = facts.rooms.get(room);
        if (fact) place(facts, fact, helena.id, facts.clock, drafts, log.school.intention);
        expect(facts.members.has(member)).toBe(false);
        return await tx.rollback();
      };
      // Known from the last flush on, as anything after it shows
      await say([message('conhecida')], 'commit');
      expect(await now()).toBe('member');
      await log.school.tend(helena, 'members.remove', room, ana.id);
      expect(await now()).toBeUndefined();
      await say([message('sem ela')], 'commit');
      expect(await now()).toBeUndefined();
      await log.school.tend(helena, 'members.add', room, ana.id);
      expect(await now()).toBe('member');
      await say([{ type: 'member.left', account: ana.id }], 'rollback');
      expect(await now()).toBe('member');
      await say([{ type: 'member.left', account: ana.id }], 'commit');
      expect(await now()).toBeUndefined();
    });

    test('[D5] what is committed is read back in its place, and people’s streams are numbered on', async () => {
      const room = await log.school.room(helena, [ana]);
      const { head } = await log.school.log(helena, room);
      const own = await log.streams.userStanding(ana.id, 0);
      const tx = await log.one.begin();
      const { facts } = await tx.read([ask(room)]);
      const users = await write(tx, facts, room, [message('um'), message('dois')]);
      expect(users.map(({ account, event }) => [account, event.seq])).toEqual([[ana.id, own.head + 1]]);
      const read = await log.streams.read(ana.id, room, head, 10);
      expect(
        read?.events.map((event) => [event.seq, event.type === 'message.sent' ? event.data.message.body : null]),
      ).toEqual([
        [head + 1, 'um'],
        [head + 2, 'dois'],
      ]);
      expect((await log.streams.userRead(ana.id, own.head, 10)).events).toEqual(users.map(({ event }) => event));
      expect(await log.streams.tail(room, head, 10)).toEqual(read?.events);
      expect((await log.streams.heads([room], [ana.id])).rooms).toEqual(new Map([[room, head + 2]]));
    });

    test('[D4] what is rolled back leaves no trace', async () => {
      const room = await log.school.room(helena, [ana]);
      const before = await log.school.log(helena, room);
      const tx = await log.one.begin();
      await tx.read([ask(room)]);
      await tx.rollback();
      expect(await log.school.log(helena, room)).toEqual(before);
    });

    test('the order in which transactions are opened is not the order in which they may end', async () => {
      const [a, b] = [await log.school.room(helena), await log.school.room(helena)];
      const first = await log.one.begin();
      const { facts: ofFirst } = await first.read([ask(a)]);
      const second = await log.other.begin();
      const { facts: ofSecond } = await second.read([ask(b)]);
      await write(second, ofSecond, b, [message('antes')]);
      await write(first, ofFirst, a, [message('depois')]);
      for (const room of [a, b]) expect((await log.school.log(helena, room)).head).toBe(3);
    });
  });
};
