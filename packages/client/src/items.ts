/** What stands in a conversation, from top to bottom: messages, lines, holes, and what is being sent. Pure. */
import type { Message } from '@recreio/protocol';
import type { Pending } from './intention.ts';
import type { LineEvent, Timeline } from './reduce.ts';
import { type Sign, signed } from './signs.ts';

/** One thing in a conversation. `key` never changes, also not when a message being sent becomes one that was sent. */
export type Item =
  | { readonly kind: 'message'; readonly key: string; readonly message: Message; readonly isMine: boolean }
  /** On its way or refused; `state` says which ([R40]). */
  | { readonly kind: 'pending'; readonly key: string; readonly pending: Pending }
  /** Somebody came, went, was silenced; the room was changed. */
  | { readonly kind: 'line'; readonly key: string; readonly event: LineEvent }
  /** There, and not loaded: `fill(from)` loads. */
  | {
      readonly kind: 'hole';
      readonly key: string;
      readonly from: number;
      readonly to: number;
      readonly isLoading: boolean;
    }
  /** There, and not for this person ([R33]). */
  | { readonly kind: 'hidden'; readonly key: string; readonly from: number; readonly to: number }
  /** No more there. */
  | { readonly kind: 'purged'; readonly key: string; readonly from: number; readonly to: number };

/** Remembers items between calls, so that what has not changed stays the same object and is not drawn again. */
export type ItemMemory = WeakMap<object, Item>;

/** What items are made of, besides the timeline. */
export interface Surroundings {
  readonly me: string;
  readonly pending: readonly Pending[];
  readonly signs: readonly Sign[];
  /** The first seqs of the holes being filled. */
  readonly filling: ReadonlySet<number>;
}

const keyOf = (author: string, clientId: string): string => `${author}:${clientId}`;

const remembered = (memory: ItemMemory, of: object, make: () => Item): Item => {
  const item = memory.get(of) ?? make();
  memory.set(of, item);
  return item;
};

/** All items in order. What is being sent stands last, and only where the stretch reaches the present. */
export const itemsOf = (timeline: Timeline, around: Surroundings, memory: ItemMemory): readonly Item[] => {
  const { me, signs, filling } = around;
  const placed: { readonly seq: number; readonly item: Item }[] = [];
  for (const { message } of timeline.messages) {
    // A message with a sign on its way is another object, and so remembered apart only as long as that lasts
    const shown = signed(message, signs, me);
    const item = remembered(memory, shown, () => ({
      kind: 'message',
      key: keyOf(message.author, message.clientId),
      message: shown,
      isMine: message.author === me,
    }));
    placed.push({ seq: message.seq, item });
  }
  for (const event of timeline.lines) {
    placed.push({
      seq: event.seq,
      item: remembered(memory, event, () => ({ kind: 'line', key: `line:${event.seq}`, event })),
    });
  }
  for (const { from, to } of timeline.holes) {
    placed.push({ seq: from, item: { kind: 'hole', key: `hole:${to}`, from, to, isLoading: filling.has(from) } });
  }
  for (const kind of ['hidden', 'purged'] as const) {
    for (const { from, to } of timeline[kind])
      placed.push({ seq: from, item: { kind, key: `${kind}:${to}`, from, to } });
  }
  placed.sort((a, b) => a.seq - b.seq);
  const items = placed.map(({ item }) => item);
  if (timeline.after) return items;
  const keys = new Set(items.map(({ key }) => key));
  for (const pending of around.pending) {
    const key = keyOf(me, pending.clientId);
    if (!keys.has(key)) items.push(remembered(memory, pending, () => ({ kind: 'pending', key, pending })));
  }
  return items;
};
