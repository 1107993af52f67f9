import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fold, fromPage, merge, type Place, stretched, type Timeline, trim } from './reduce.ts';
import { type Happening, idOf, type Log, messagesAt, pageAt as plainPageAt, write } from './testing/log.ts';

const ROOM = idOf(0x10001);

const pageAt = (log: Log, at: number, { limit, ...place }: Place & { limit?: number }) =>
  stretched(plainPageAt(log, at, { ...place, limit: limit ?? 50 }), place);

/** What may happen in a room, in terms of "the n-th message" and "the n-th person". */
const step = fc.record({
  what: fc.constantFrom('send', 'send', 'edit', 'remove', 'react', 'react', 'unreact', 'join'),
  which: fc.nat(30),
  who: fc.nat(3),
  sign: fc.constantFrom('👍', '❤️'),
});
const steps = fc.array(step, { minLength: 1, maxLength: 80 });
type Step = { what: string; which: number; who: number; sign: string };

const grow = (log: Log, list: readonly Step[]): void => {
  for (const { what, which, who, sign } of list) {
    const actor = idOf(0xa0 + who);
    const all = messagesAt(log, log.events.length);
    const message = all[which % Math.max(1, all.length)];
    const happening = ((): Happening | null => {
      if (what === 'join') return { type: 'member.joined', actor, data: { account: actor, role: 'member' } };
      if (what === 'send' || message === undefined) {
        const number = all.length + 1;
        return {
          type: 'message.sent',
          actor,
          data: {
            message: {
              id: idOf(0xb000 + number),
              clientId: idOf(0xc000 + number),
              ordinal: number,
              body: `${number}`,
              editNo: 0,
            },
          },
        };
      }
      if (message.removed) return null;
      const { id, clientId, ordinal, editNo, reactions } = message;
      if (what === 'edit') {
        return {
          type: 'message.edited',
          actor,
          data: { message: { id, clientId, ordinal, body: `edit ${editNo + 1}`, editNo: editNo + 1 } },
        };
      }
      if (what === 'remove') {
        const removed = { by: 'author' as const, at: message.at };
        return { type: 'message.removed', actor, data: { message: { id, clientId, ordinal, editNo, removed } } };
      }
      const has = reactions.some(({ emoji, accounts }) => emoji === sign && accounts.includes(actor));
      if (has === (what === 'react')) return null; // [R47]: nothing is written
      return {
        type: what === 'react' ? 'reaction.added' : 'reaction.removed',
        actor,
        data: { message: id, emoji: sign },
      };
    })();
    if (happening !== null) write(log, happening);
  }
};

/** Messages as they stand; which sign comes first is not part of what a fold can know. */
const standing = ({ messages }: Timeline) =>
  messages.map(({ message }) => ({
    ...message,
    reactions: message.reactions.map(({ emoji, accounts }) => `${emoji} ${accounts.join()}`).sort(),
  }));

const newLog = (): Log => ({ room: ROOM, epoch: idOf(1), events: [] });
const logOf = (...lists: readonly (readonly Step[])[]): Log => {
  const log = newLog();
  for (const list of lists) grow(log, list);
  return log;
};

describe('the fold', () => {
  test('[R49] a page and the events after it are a fresh page', () => {
    let changes = 0;
    fc.assert(
      fc.property(steps, steps, (before, after) => {
        const log = logOf(before);
        const at = log.events.length;
        const page = pageAt(log, at, { limit: 100 });
        grow(log, after);
        changes += log.events.length - at;
        const folded = fold(fromPage(ROOM, page), log.events.slice(at));
        expect(standing(folded)).toEqual(standing(fromPage(ROOM, pageAt(log, log.events.length, { limit: 1000 }))));
        expect(folded.at).toBe(log.events.length);
      }),
    );
    expect(changes).toBeGreaterThan(100);
  });

  test('[R28] folding in what was folded in before changes nothing, wherever the list is cut', () => {
    fc.assert(
      fc.property(steps, fc.nat(80), fc.nat(80), (list, cut, overlap) => {
        const log = logOf(list);
        const start = fromPage(ROOM, pageAt(newLog(), 0, {}));
        const first = fold(start, log.events.slice(0, cut));
        const both = fold(first, log.events.slice(Math.max(0, cut - overlap)));
        expect(both).toEqual(fold(start, log.events));
      }),
    );
  });

  test('[R49] a page that is newer or older than the stream fits all the same', () => {
    let older = 0;
    fc.assert(
      fc.property(steps, steps, steps, fc.nat(1_000), (first, second, third, readAt) => {
        const log = logOf(first);
        const opened = log.events.length;
        let timeline = fromPage(ROOM, pageAt(log, opened, { limit: 1 }));
        grow(log, second);
        const heard = log.events.length;
        timeline = fold(timeline, log.events.slice(opened));
        grow(log, third);
        // The page is true anywhere from where the stretch was opened to the present
        const at = opened + (readAt % (log.events.length - opened + 1));
        const page = pageAt(log, at, { before: timeline.from, limit: 100 });
        const touched = log.events.slice(at, heard).flatMap(({ data }) => ('message' in data ? [data.message] : []));
        const isTouched = page.messages.some(({ id }) =>
          touched.some((one) => (typeof one === 'string' ? one : one.id) === id),
        );
        older += isTouched ? 1 : 0;
        timeline = merge(timeline, page, log.events.slice(opened, heard));
        timeline = fold(timeline, log.events.slice(heard));
        expect(standing(timeline)).toEqual(standing(fromPage(ROOM, pageAt(log, log.events.length, { limit: 1000 }))));
      }),
      { numRuns: 300 },
    );
    expect(older).toBeGreaterThan(10);
  });

  test('[R49] what a newer page knows already is not taken back on the way there', () => {
    const log = logOf(
      ['send', 'send', 'react', 'unreact', 'send'].map((what) => ({ what, which: 0, who: 0, sign: '👍' })),
    );
    expect(log.events.map(({ type }) => type)).toContain('reaction.removed');
    let timeline: Timeline = { ...fromPage(ROOM, pageAt(log, 2, { limit: 1 })), at: 2 };
    timeline = merge(timeline, pageAt(log, 5, { before: timeline.from }), []);
    timeline = fold(timeline, log.events.slice(2, 3));
    expect(timeline.messages.map(({ message }) => message.reactions)).toEqual([[], []]);
  });

  test('[R48] walking back page by page loads every message once', () => {
    fc.assert(
      fc.property(steps, fc.integer({ min: 1, max: 7 }), (list, limit) => {
        const log = logOf(list);
        const at = log.events.length;
        let timeline = fromPage(ROOM, pageAt(log, at, { limit }));
        for (let turn = 0; timeline.before && turn < 100; turn += 1) {
          timeline = merge(timeline, pageAt(log, at, { before: timeline.from, limit }), []);
        }
        expect(standing(timeline)).toEqual(standing(fromPage(ROOM, pageAt(log, at, { limit: 1000 }))));
      }),
    );
  });

  test('[R27] a tombstone is for good, also against a later edit that tells of an earlier one', () => {
    const log = logOf([
      { what: 'send', which: 0, who: 0, sign: '👍' },
      { what: 'react', which: 0, who: 1, sign: '👍' },
      { what: 'remove', which: 0, who: 0, sign: '👍' },
    ]);
    const tombstone = fold(fromPage(ROOM, pageAt(newLog(), 0, {})), log.events);
    expect(tombstone.messages[0]?.message.removed).toBeDefined();
    expect(tombstone.messages[0]?.message.reactions).toEqual([]);
    const content = { id: idOf(0xb001), clientId: idOf(0xc001), ordinal: 1, body: 'back?', editNo: 9 };
    const late = write(log, { type: 'message.edited', actor: idOf(0xa0), data: { message: content } });
    expect(fold(tombstone, [late]).messages[0]?.message.body).toBeUndefined();
  });

  test('[R2] an event of an unknown type moves the cursor and nothing else', () => {
    const log = logOf([{ what: 'send', which: 0, who: 0, sign: '👍' }]);
    const before = fold(fromPage(ROOM, pageAt(newLog(), 0, {})), log.events);
    const unknown = { ...log.events[0], seq: 2, type: 'poll.opened' } as never;
    const after = fold(before, [unknown]);
    expect(after.at).toBe(2);
    expect({ messages: after.messages, lines: after.lines }).toEqual({
      messages: before.messages,
      lines: before.lines,
    });
  });

  test('a stretch stays within its bound, and knows at which end it has let go', () => {
    const log = logOf(Array.from({ length: 30 }, () => ({ what: 'send', which: 0, who: 0, sign: '👍' })));
    const all = fromPage(ROOM, pageAt(log, 30, { limit: 100 }));
    expect(all.messages).toHaveLength(30);
    expect(trim(all, 10, 'oldest')).toMatchObject({ before: true, after: false, from: 21, to: 30 });
    expect(trim(all, 10, 'newest')).toMatchObject({ before: false, after: true, from: 1, to: 10 });
  });
});
