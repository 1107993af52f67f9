import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { toEvent } from '@recreio/core';
import type { Person, School } from '@recreio/core/testing/world.ts';
import type { CommandName, RoomEvent } from '@recreio/protocol';
import { fold, fromPage, stretched, type Timeline } from '../../../client/src/reduce.ts';
import { type Node, openSchoolhouse, type Schoolhouse } from '../testing/world.ts';

let house: Schoolhouse;
let node: Node;
let school: School;
let helena: Person;
let pupils: Person[];

beforeAll(async () => {
  house = await openSchoolhouse();
  node = await house.node();
  ({ school } = node);
  helena = await school.person('Helena', { role: 'teacher' });
  pupils = await Promise.all(['Ana', 'Bruno'].map((name) => school.person(name)));
});
afterAll(() => house.close());

/** What people do, in terms of "the n-th person" and "the n-th message". Refusals are part of it. */
const deed = fc.record({
  // Speaking and coming back outweigh going, or most of a run would be refusals of people who are not there
  what: fc.oneof(
    { weight: 9, arbitrary: fc.constantFrom('send', 'send', 'reply', 'answer', 'answer', 'call', 'urge') },
    { weight: 8, arbitrary: fc.constantFrom('edit', 'react', 'react', 'unreact', 'remove', 'pin', 'pin', 'unpin') },
    { weight: 2, arbitrary: fc.constantFrom('require', 'require', 'withdraw') },
    { weight: 3, arbitrary: fc.constantFrom('join', 'unmute') },
    { weight: 2, arbitrary: fc.constantFrom('mute', 'leave', 'remove-member') },
  ),
  who: fc.nat(2),
  whom: fc.nat(1),
  which: fc.nat(12),
  sign: fc.constantFrom('👍', '❤️'),
  // Never blank: most of what is said must be let through, or there is nothing to walk along
  text: fc.string({ unit: 'grapheme', maxLength: 12 }).map((text) => `m${text}`),
});
type Deed = typeof deed extends fc.Arbitrary<infer D> ? D : never;
const deeds = (most: number) => fc.array(deed, { minLength: most / 2, maxLength: most, size: 'max' });

const does = async (room: string, said: string[], { what, who, whom, which, sign, text }: Deed): Promise<boolean> => {
  // Helena reads, so she stays: only pupils come and go
  const isGoing = what === 'leave' || what === 'join';
  const actor = (isGoing ? pupils[whom] : [helena, ...pupils][who]) ?? helena;
  const account = pupils[whom]?.id ?? helena.id;
  const message = said[which % Math.max(1, said.length)];
  const clientId = school.intention();
  const about = { room, account, clientId };
  const [name, input]: [CommandName, object] | [null, null] = ((): [CommandName, object] | [null, null] => {
    switch (what) {
      case 'leave':
      case 'join':
        return [`members.${what}`, { room }];
      case 'mute':
        return ['members.mute', { ...about, reason: 'x' }];
      case 'unmute':
        return ['members.unmute', about];
      case 'remove-member':
        return ['members.remove', about];
      default:
    }
    if (what === 'send' || message === undefined)
      return ['messages.send', { room, clientId, body: text, mentions: [account] }];
    switch (what) {
      case 'call':
        return ['messages.send', { room, clientId, body: text, mentions: [account], everyone: true }];
      case 'urge':
        return ['messages.send', { room, clientId, body: text, mentions: [account], urgent: true }];
      case 'reply':
        return ['messages.send', { room, clientId, body: text, replyTo: message }];
      case 'answer':
        return ['messages.send', { room, clientId, body: text, thread: message, mentions: [account] }];
      case 'edit':
        return ['messages.edit', { room, clientId, message, body: text }];
      case 'remove':
        return ['messages.remove', { room, clientId, message }];
      case 'pin':
      case 'unpin':
        return [`messages.${what}`, { room, message }];
      case 'require':
      case 'withdraw':
        return [`notices.${what}`, { room, message }];
      case 'react':
      case 'unreact':
        return [`messages.${what}`, { room, message, emoji: sign }];
      default:
        return [null, null];
    }
  })();
  if (name === null) return false;
  const outcome = await school.tries(actor, name, input);
  if (outcome.ok && name === 'messages.send') said.push((outcome.output as { id: string }).id);
  return outcome.ok;
};

/** Messages as they stand; the order of signs is not part of what a fold can know. */
const standing = ({ messages }: Timeline, from: number) =>
  messages
    .filter(({ message }) => message.seq >= from)
    .map(({ message }) => ({
      ...message,
      reactions: message.reactions.map(({ emoji, accounts }) => `${emoji} ${accounts.join()}`).sort(),
    }));

test('[R49] whatever people do: a page, with what is done after it folded in, is a fresh page, from the log and from the bell', async () => {
  let done = 0;
  await fc.assert(
    fc.asyncProperty(deeds(24), deeds(24), fc.integer({ min: 1, max: 60 }), async (before, after, limit) => {
      const room = await school.room(helena, pupils, { access: 'open' });
      const said: string[] = [];
      for (const one of before) await does(room, said, one);
      const page = stretched(await school.does(helena, 'messages.page', { room, limit }), {});
      node.rung.length = 0;
      for (const one of after) done += (await does(room, said, one)) ? 1 : 0;
      const live: RoomEvent[] = node.rung.flatMap(({ events }) =>
        events.filter((event) => event.room === room).map(toEvent),
      );
      const { events, head } = await school.does(helena, 'streams.read', { room, after: page.at, limit: 500 });
      const fresh = fromPage(room, stretched(await school.does(helena, 'messages.page', { room, limit: 100 }), {}));
      expect(events.map(({ seq, id, at, actor, type }) => ({ seq, id, at, actor, type }))).toEqual(
        live.map(({ seq, id, at, actor, type }) => ({ seq, id, at, actor, type })),
      );
      for (const stream of [events, live]) {
        const folded = fold(fromPage(room, page), stream);
        expect(standing(folded, page.from)).toEqual(standing(fresh, page.from));
        expect(folded.at).toBe(head);
      }
    }),
    { numRuns: 25 },
  );
  expect(done).toBeGreaterThan(150);
});

test('[R48] walking through history in either direction, from anywhere, shows every visible message once', async () => {
  let walked = 0;
  await fc.assert(
    fc.asyncProperty(deeds(40), fc.integer({ min: 1, max: 7 }), fc.nat(60), async (list, limit, start) => {
      const room = await school.room(helena, pupils, { access: 'open', past: 'since-joining' });
      const said: string[] = [];
      for (const one of list) await does(room, said, one);
      const who = pupils[0] ?? helena;
      await school.tries(who, 'members.join', { room });
      const { events, hidden, head } = await school.log(who, room);
      const all = events.flatMap((event) =>
        event.type === 'message.sent' && event.data.message.thread === undefined ? [event.seq] : [],
      );
      const ask = (place: object) => school.does(who, 'messages.page', { room, limit, ...place });
      const middle = await ask({ around: Math.min(start, head) });
      const seen = middle.messages.map(({ seq }) => seq);
      const isHidden = (seq: number) => hidden.some(({ from, to }) => from <= seq && seq <= to);
      const check = ({ from, to, messages, hidden: declared, at }: typeof middle) => {
        expect(at).toBe(head);
        // Every seq of the span that carries a message is there, and what is hidden in it is declared
        expect(messages.map(({ seq }) => seq)).toEqual(all.filter((seq) => seq >= from && seq <= to));
        for (let seq = from; seq <= to; seq++)
          expect(declared.some((range) => range.from <= seq && seq <= range.to)).toBe(isHidden(seq));
      };
      check(middle);
      for (let page = middle; page.before; ) {
        page = await ask({ before: page.from });
        check(page);
        expect(page.messages.length).toBeGreaterThan(0);
        seen.unshift(...page.messages.map(({ seq }) => seq));
      }
      for (let page = middle; page.after; ) {
        page = await ask({ after: page.to });
        check(page);
        expect(page.messages.length).toBeGreaterThan(0);
        seen.push(...page.messages.map(({ seq }) => seq));
      }
      expect(seen).toEqual(all);
      walked += seen.length;
    }),
    { numRuns: 25 },
  );
  expect(walked).toBeGreaterThan(100);
});

test('[R48] a page before the first seq, or after the last, is empty and says where one is', async () => {
  const room = await school.room(helena, []);
  await school.say(helena, room, 'oi');
  const { head } = await school.log(helena, room);
  expect(await school.does(helena, 'messages.page', { room, before: 0 })).toMatchObject({
    from: 1,
    to: 0,
    messages: [],
    before: false,
    after: true,
  });
  expect(await school.does(helena, 'messages.page', { room, after: head + 9 })).toMatchObject({
    messages: [],
    before: true,
    after: false,
  });
  expect(await school.does(helena, 'messages.page', { room, around: head, limit: 1 })).toMatchObject({
    messages: [{ body: 'oi' }],
  });
});
