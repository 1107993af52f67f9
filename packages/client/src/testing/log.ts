/** A room's log and what a server reads from it, folded from the first event each time: slow, short, and surely right. */
import type { Message, RoomEvent } from '@recreio/protocol';
import type { Page } from '../reduce.ts';

/** A valid UUIDv7 with a number in it. */
export const idOf = (number: number): string => `00000000-0000-7000-8000-${number.toString(16).padStart(12, '0')}`;

/** What an event is made of, before the log numbers it. */
export type Happening = RoomEvent extends infer E
  ? E extends RoomEvent
    ? Pick<E, 'type' | 'actor' | 'data'>
    : never
  : never;

/** A room's log. */
export interface Log {
  readonly room: string;
  readonly epoch: string;
  readonly events: RoomEvent[];
}

/** The instant that stands at a seq: a second each. */
export const instantOf = (seq: number): string => new Date(Date.UTC(2026, 10, 2, 12, 0, 0) + seq * 1000).toISOString();

/** Writes an event at the next seq. */
export const write = (log: Log, happening: Happening): RoomEvent => {
  const seq = log.events.length + 1;
  const event = { ...happening, seq, id: idOf(0xe0000 + seq), at: instantOf(seq) } as RoomEvent;
  log.events.push(event);
  return event;
};

/** Every message of the log up to a seq, by seq. */
export const messagesAt = (log: Log, at: number): Message[] => {
  const all = new Map<string, Message>();
  for (const event of log.events.slice(0, at)) {
    if (event.type === 'message.sent') {
      all.set(event.data.message.id, {
        ...event.data.message,
        room: log.room,
        seq: event.seq,
        author: event.actor,
        at: event.at,
        reactions: [],
      });
    } else if (event.type === 'message.edited' || event.type === 'message.removed') {
      const there = all.get(event.data.message.id);
      if (there === undefined || there.removed) continue;
      const { room, seq, author, at: sentAt } = there;
      const reactions = event.type === 'message.removed' ? [] : there.reactions;
      all.set(there.id, { ...event.data.message, room, seq, author, at: sentAt, reactions });
    } else if (event.type === 'reaction.added' || event.type === 'reaction.removed') {
      const there = all.get(event.data.message);
      if (there === undefined || there.removed) continue;
      const pairs = there.reactions.flatMap(({ emoji, accounts }) =>
        accounts.map((account) => [emoji, account] as const),
      );
      const left = pairs.filter(([emoji, account]) => emoji !== event.data.emoji || account !== event.actor);
      const had = left.length < pairs.length;
      const next =
        event.type === 'reaction.added' ? (had ? pairs : [...pairs, [event.data.emoji, event.actor] as const]) : left;
      const emojis = [...new Set(next.map(([emoji]) => emoji))];
      all.set(there.id, {
        ...there,
        reactions: emojis.map((emoji) => ({
          emoji,
          accounts: next.filter((pair) => pair[0] === emoji).map((pair) => pair[1]),
        })),
      });
    }
  }
  return [...all.values()];
};

/** The messages of a room's conversation, each with what was answered in its thread, or of one thread ([R80]). */
const talkAt = (log: Log, at: number, thread: string | undefined): Message[] => {
  const all = messagesAt(log, at);
  if (thread !== undefined) return all.filter((message) => message.thread === thread);
  return all.flatMap((message) => {
    if (message.thread !== undefined) return [];
    const replies = all.filter((reply) => reply.thread === message.id);
    const last = replies.at(-1);
    if (last === undefined) return [message];
    const count = replies.filter(({ removed }) => removed === undefined).length;
    const people = [...new Set(replies.map(({ author }) => author).toReversed())].slice(0, 5);
    return [{ ...message, replies: { count, lastAt: last.at, lastSeq: last.seq, people } }];
  });
};

/** `messages.page` over the log as it was at a seq ([R48]). */
export const pageAt = (
  log: Log,
  at: number,
  {
    before,
    after,
    around,
    limit = 50,
    thread,
  }: { before?: number; after?: number; around?: number; limit?: number; thread?: string },
): Page => {
  const all = talkAt(log, at, thread);
  const below = all.filter(
    ({ seq }) => seq < (around ?? before ?? (after === undefined ? Number.MAX_SAFE_INTEGER : after + 1)),
  );
  const above = all.filter((message) => !below.includes(message));
  const half = Math.ceil(limit / 2);
  const takeBelow = after !== undefined ? 0 : around !== undefined ? half : limit;
  const takeAbove = after !== undefined ? limit : around !== undefined ? limit - half : 0;
  const messages = [...below.slice(Math.max(0, below.length - takeBelow)), ...above.slice(0, takeAbove)];
  const hasBefore = below.length > takeBelow;
  const hasAfter = above.length > takeAbove;
  return {
    epoch: log.epoch,
    at,
    lastId: log.events[at - 1]?.id ?? null,
    from: hasBefore ? (messages[0]?.seq ?? (after ?? 0) + 1) : 1,
    to: hasAfter ? (messages.at(-1)?.seq ?? (before ?? 1) - 1) : at,
    messages,
    hidden: [],
    before: hasBefore,
    after: hasAfter,
  };
};
