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
        mentions: [],
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
        expect((await tx.lock([room])).locked).toEqual(new Set([room]));
        const waits = await log.other.begin();
        const { locked, unknown } = await waits.lock([room]);
        expect([locked.size, unknown.size]).toEqual([0, 0]);
        await waits.rollback();
        if (end === 'commit') await write(tx, await tx.facts([ask(room)]), room, [message('oi')]);
        else await tx.rollback();
        const then = await log.other.begin();
        expect((await then.lock([room])).locked).toEqual(new Set([room]));
        await then.rollback();
      }
    });

    test('a room that is held does not keep others from being locked, and one that is not there is told apart', async () => {
      const [held, free] = [await log.school.room(helena), await log.school.room(helena)];
      const nowhere = log.school.intention();
      const tx = await log.one.begin();
      await tx.lock([held]);
      const passes = await log.other.begin();
      const { locked, unknown } = await passes.lock([held, free, nowhere].sort());
      expect([locked, unknown]).toEqual([new Set([free]), new Set([nowhere])]);
      await passes.rollback();
      await tx.rollback();
    });

    test('[D25] facts are read after the locks: they know what was committed since the transaction began', async () => {
      const room = await log.school.room(helena, [ana]);
      const tx = await log.one.begin();
      await log.school.tend(helena, 'members.mute', room, ana.id);
      await tx.lock([room]);
      const facts = await tx.facts([ask(room, ana)]);
      await tx.rollback();
      expect(facts.restrictions.has(key(room, ana.id, 'mute'))).toBe(true);
      expect(facts.rooms.get(room)?.head).toBe((await log.school.log(helena, room)).head);
    });

    test('[D5] what is committed is read back in its place, and people’s streams are numbered on', async () => {
      const room = await log.school.room(helena, [ana]);
      const { head } = await log.school.log(helena, room);
      const own = await log.streams.userStanding(ana.id, 0);
      const tx = await log.one.begin();
      await tx.lock([room]);
      const users = await write(tx, await tx.facts([ask(room)]), room, [message('um'), message('dois')]);
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
      await tx.lock([room]);
      await tx.facts([ask(room)]);
      await tx.rollback();
      expect(await log.school.log(helena, room)).toEqual(before);
    });

    test('the order in which transactions are opened is not the order in which they may end', async () => {
      const [a, b] = [await log.school.room(helena), await log.school.room(helena)];
      const first = await log.one.begin();
      await first.lock([a]);
      const second = await log.other.begin();
      await second.lock([b]);
      await write(second, await second.facts([ask(b)]), b, [message('antes')]);
      await write(first, await first.facts([ask(a)]), a, [message('depois')]);
      for (const room of [a, b]) expect((await log.school.log(helena, room)).head).toBe(3);
    });
  });
};
