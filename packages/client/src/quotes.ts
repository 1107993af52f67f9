/** Messages that are answered and lie outside what is loaded: read by their ids, kept true by the stream. */
import type { Message, RoomEvent } from '@recreio/protocol';
import type { Call } from './call.ts';
import { type Folded, fold, type Timeline } from './reduce.ts';

/** Quoted messages of one room. */
export interface Quotes {
  /** By id; the same map as long as nothing changes. Those that may not be seen are not in it. */
  now(): ReadonlyMap<string, Message>;
  /** Reads what the stretch answers and does not hold. */
  want(timeline: Timeline): void;
  take(events: readonly RoomEvent[]): void;
  clear(): void;
}

/** What one look-up takes (`messages.get`). */
const MOST_IDS = 50;
const none: ReadonlyMap<string, Message> = new Map();

/** Lays the quotes of a room. */
export const createQuotes = (
  room: string,
  call: Call,
  onChange: () => void,
  onFailure: (error: unknown) => void,
): Quotes => {
  let messages: readonly Folded[] = [];
  let shown = none;
  const asked = new Set<string>();
  /** Events since the first look-up began, for answers that are older than the stream. */
  let recent: RoomEvent[] = [];
  let generation = 0;

  const folded = (list: readonly Folded[], events: readonly RoomEvent[]): readonly Folded[] => {
    // A stretch that ends in the past: nothing is added to it, what it has is kept true
    const stretch = {
      room,
      root: null,
      lines: [],
      from: 0,
      to: 0,
      holes: [],
      hidden: [],
      purged: [],
      before: true,
      after: true,
      at: 0,
    };
    return fold({ ...stretch, messages: list }, events).messages;
  };

  const set = (next: readonly Folded[]): void => {
    messages = next;
    shown = new Map(next.map(({ message }) => [message.id, message]));
    onChange();
  };

  const read = async (ids: readonly string[]): Promise<void> => {
    const mine = generation;
    try {
      const answer = await call('messages.get', { room, ids: [...ids] });
      if (mine !== generation) return;
      const added = answer.messages.map((message) => ({ message, at: answer.at }));
      set([...messages, ...folded(added, recent)]);
    } catch (error) {
      if (mine !== generation) return;
      for (const id of ids) asked.delete(id);
      onFailure(error);
    }
  };

  return {
    now: () => shown,
    want(timeline) {
      const here = new Set(timeline.messages.map(({ message }) => message.id));
      const ids = new Set<string>();
      for (const { message } of timeline.messages) {
        const { replyTo } = message;
        if (replyTo !== undefined && !here.has(replyTo) && !asked.has(replyTo)) ids.add(replyTo);
      }
      for (const id of ids) asked.add(id);
      const list = [...ids];
      for (let start = 0; start < list.length; start += MOST_IDS) void read(list.slice(start, start + MOST_IDS));
    },
    take(events) {
      if (asked.size === 0) return;
      recent = [...recent, ...events].slice(-MOST_IDS * 10);
      const next = folded(messages, events);
      if (next.some((one, place) => one.message !== messages[place]?.message)) set(next);
      else messages = next;
    },
    clear() {
      generation += 1;
      messages = [];
      shown = none;
      asked.clear();
      recent = [];
    },
  };
};
