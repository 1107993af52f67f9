/** The fold: a page of history, and the events after it, are what a fresh page would be ([R27], [R49]). Pure. */
import type { InputOf, Message, messages, Range, Replies, RoomEvent } from '@recreio/protocol';
import type { CallOutput } from './call.ts';
import { exclude, include, within } from './ranges.ts';

/** A page of history as the server gives it. */
export type Page = CallOutput<typeof messages.page.name>;
/** Where a page is asked for. */
export type Place = Pick<InputOf<typeof messages.page>, 'before' | 'after' | 'around'>;
/** A durable event that is told in a line of its own: who came, went, was silenced; what was changed. */
export type LineEvent = Exclude<RoomEvent, { type: `message.${string}` | `reaction.${string}` }>;
type MessageEvent = Extract<RoomEvent, { data: { message: object } }>;
type PinEvent = Extract<RoomEvent, { type: 'message.pinned' | 'message.unpinned' }>;
type NoticeEvent = Extract<RoomEvent, { type: 'message.required' | 'message.released' }>;
type ReactionEvent = Extract<RoomEvent, { type: `reaction.${string}` }>;

/** A message, and the seq up to which events are folded into it. */
export interface Folded {
  readonly message: Message;
  readonly at: number;
}

/** A stretch of a room's log as a person has it before them. */
export interface Timeline {
  readonly room: string;
  /** What the thread hangs from; null for the room's own conversation. */
  readonly root: Folded | null;
  /** By seq. */
  readonly messages: readonly Folded[];
  /** By seq; those that came live or were replayed, since pages carry messages only. */
  readonly lines: readonly LineEvent[];
  /** Every visible message with a seq in from..to is here, but for those in the holes. */
  readonly from: number;
  readonly to: number;
  /** There, and left out; `messages.page` fills them. */
  readonly holes: readonly Range[];
  /** There, and not for this person ([R33]). */
  readonly hidden: readonly Range[];
  /** No more there. */
  readonly purged: readonly Range[];
  /** Whether there are messages before and after. Without any after, the stretch reaches the present and grows with it. */
  readonly before: boolean;
  readonly after: boolean;
  /** The seq of the last event folded in. */
  readonly at: number;
}

/** A page's ends as the question and the answer together say them: nothing visible lies between it and where it was asked for. */
export const stretched = (page: Page, place: Place): Page => ({
  ...page,
  from: page.before
    ? Math.min(page.from, place.after === undefined ? page.from : place.after + 1)
    : Math.min(page.from, 1),
  to: place.before === undefined ? page.to : Math.max(page.to, place.before - 1),
});

const whole = (page: Page): Range => ({ from: page.from, to: page.after ? page.to : Math.max(page.to, page.at) });

/** A stretch that is this page. */
export const fromPage = (room: string, page: Page): Timeline => ({
  room,
  root: page.thread === undefined ? null : { message: page.thread.root, at: page.at },
  messages: page.messages.map((message) => ({ message, at: page.at })),
  lines: [],
  ...whole(page),
  holes: [],
  hidden: page.hidden.reduce<readonly Range[]>(include, []),
  purged: [],
  before: page.before,
  after: page.after,
  at: page.at,
});

const withContent = ({ message }: Folded, { seq, data: { message: content } }: MessageEvent): Folded => {
  // A tombstone is for good, and nobody answers one with a sign; otherwise the highest edit stands
  if (message.removed !== undefined || (content.removed === undefined && content.editNo < message.editNo)) {
    return { message, at: seq };
  }
  const { room, author, at, reactions, pinned, required, replies } = message;
  // Signs and pin go with the message; what was answered in its thread stays
  const kept =
    content.removed === undefined
      ? {
          reactions,
          ...(pinned === undefined ? {} : { pinned }),
          ...(required === undefined ? {} : { required }),
        }
      : { reactions: [] };
  const editNo = Math.max(content.editNo, message.editNo);
  const answered = replies === undefined ? {} : { replies };
  return { message: { ...content, editNo, room, seq: message.seq, author, at, ...kept, ...answered }, at: seq };
};

const withPin = ({ message }: Folded, { type, seq, at, actor }: PinEvent): Folded => {
  const { pinned: _, ...rest } = message;
  const isPinned = type === 'message.pinned' && message.removed === undefined;
  return { message: isPinned ? { ...rest, pinned: { by: actor, at } } : rest, at: seq };
};

const withNotice = ({ message }: Folded, { type, seq, at, actor }: NoticeEvent): Folded => {
  const { required: _, ...rest } = message;
  const isRequired = type === 'message.required' && message.removed === undefined;
  return { message: isRequired ? { ...rest, required: { by: actor, at } } : rest, at: seq };
};

const withReaction = ({ message }: Folded, { type, seq, actor, data: { emoji } }: ReactionEvent): Folded => {
  if (message.removed !== undefined) return { message, at: seq };
  const reactions = message.reactions.map((reaction) =>
    reaction.emoji === emoji ? { emoji, accounts: reaction.accounts.filter((account) => account !== actor) } : reaction,
  );
  const there = message.reactions.find((reaction) => reaction.emoji === emoji);
  if (type === 'reaction.added') {
    if (there?.accounts.includes(actor)) return { message, at: seq };
    if (there === undefined) reactions.push({ emoji, accounts: [actor] });
    else for (const reaction of reactions) if (reaction.emoji === emoji) reaction.accounts.push(actor);
  }
  return { message: { ...message, reactions: reactions.filter(({ accounts }) => accounts.length > 0) }, at: seq };
};

/** As many people are told of a thread's (`Replies`). */
const MOST_PEOPLE = 5;

const withReply = ({ message }: Folded, { seq, at, actor }: MessageEvent): Folded => {
  const { count = 0, people = [] } = message.replies ?? {};
  const replies: Replies = {
    count: count + 1,
    lastAt: at,
    lastSeq: seq,
    people: [actor, ...people.filter((account) => account !== actor)].slice(0, MOST_PEOPLE),
  };
  return { message: { ...message, replies }, at: seq };
};

const withoutReply = ({ message }: Folded, seq: number): Folded => {
  const { replies } = message;
  return {
    message:
      replies === undefined ? message : { ...message, replies: { ...replies, count: Math.max(0, replies.count - 1) } },
    at: seq,
  };
};

const sentMessage = (room: string, { seq, at, actor, data }: MessageEvent): Folded => ({
  message: { ...data.message, room, seq, author: actor, at, reactions: [] },
  at: seq,
});

/** Whether the event is of a type this version tells in a line; unknown types only move the cursor ([R2]). */
const isLine = (event: RoomEvent): event is LineEvent => /^(?:room|member|asking|restriction)\./.test(event.type);

/** The thread that an event's message is in. */
const threadOf = ({ data }: RoomEvent): string | null =>
  'message' in data && typeof data.message === 'object' ? (data.message.thread ?? null) : null;

/** Folds events in, in the order of their seqs; those folded in before change nothing. */
export const fold = (timeline: Timeline, events: readonly RoomEvent[]): Timeline => {
  const fresh = events.filter((event) => event.seq > timeline.at);
  const last = fresh.at(-1);
  if (last === undefined) return timeline;
  const { root } = timeline;
  const list = root === null ? [...timeline.messages] : [root, ...timeline.messages];
  const lines = [...timeline.lines];
  const places = new Map(list.map(({ message }, place) => [message.id, place]));
  const change = (id: string, seq: number, changed: (there: Folded) => Folded): void => {
    const place = places.get(id);
    const there = place === undefined ? undefined : list[place];
    if (place !== undefined && there !== undefined && there.at < seq) list[place] = changed(there);
  };
  for (const event of fresh) {
    const thread = threadOf(event);
    // A reply is told of by what it hangs from
    if (thread !== null && event.type === 'message.sent') change(thread, event.seq, (there) => withReply(there, event));
    if (thread !== null && event.type === 'message.removed')
      change(thread, event.seq, (there) => withoutReply(there, event.seq));
    switch (event.type) {
      case 'message.sent':
        if (thread !== (root?.message.id ?? null)) break;
        if (timeline.after || places.has(event.data.message.id)) break;
        places.set(event.data.message.id, list.push(sentMessage(timeline.room, event)) - 1);
        break;
      case 'message.edited':
      case 'message.removed':
        change(event.data.message.id, event.seq, (there) => withContent(there, event));
        break;
      case 'message.pinned':
      case 'message.unpinned':
        change(event.data.message, event.seq, (there) => withPin(there, event));
        break;
      case 'message.required':
      case 'message.released':
        change(event.data.message, event.seq, (there) => withNotice(there, event));
        break;
      case 'reaction.added':
      case 'reaction.removed':
        change(event.data.message, event.seq, (there) => withReaction(there, event));
        break;
      default:
        if (!timeline.after && root === null && isLine(event)) lines.push(event);
    }
  }
  const to = timeline.after ? timeline.to : Math.max(timeline.to, last.seq);
  const messages = root === null ? list : list.slice(1);
  return { ...timeline, root: root && (list[0] ?? root), messages, lines, to, at: last.seq };
};

/** Whether a page lies at the stretch, so that the two make one. */
export const touches = (timeline: Timeline, page: Page): boolean => {
  const span = whole(page);
  return span.from <= timeline.to + 1 && span.to >= timeline.from - 1;
};

/**
 * The stretch with a page put to it. Where both have a message the one that is true at the later seq stands.
 * @param recent events up to `timeline.at`, at least those after `page.at`, which the page does not know
 * @returns the page alone where it does not touch the stretch
 */
export const merge = (timeline: Timeline, page: Page, recent: readonly RoomEvent[]): Timeline => {
  const added = fold(fromPage(timeline.room, page), recent);
  // The stretch stays where the stream is; messages of a newer page know by themselves what is folded into them
  const { at } = timeline;
  if (!touches(timeline, page)) return { ...added, at };
  const span = { from: added.from, to: added.to };
  const stands = new Map(timeline.messages.map((one) => [one.message.id, one]));
  const chosen = added.messages.map((one) => {
    const there = stands.get(one.message.id);
    return there !== undefined && there.at > one.at ? there : one;
  });
  const outside = timeline.messages.filter(({ message }) => message.seq < span.from || message.seq > span.to);
  const lines = new Map([...timeline.lines, ...added.lines].map((line) => [line.seq, line]));
  return {
    room: timeline.room,
    root: timeline.root && added.root && added.root.at > timeline.root.at ? added.root : timeline.root,
    messages: [...outside, ...chosen].sort((a, b) => a.message.seq - b.message.seq),
    lines: [...lines.values()].sort((a, b) => a.seq - b.seq),
    from: Math.min(timeline.from, span.from),
    to: Math.max(timeline.to, span.to),
    holes: exclude(timeline.holes, { from: page.from, to: Math.max(page.to, span.to) }),
    hidden: added.hidden.reduce(include, timeline.hidden),
    purged: timeline.purged,
    before: span.from <= timeline.from ? added.before : timeline.before,
    after: span.to >= timeline.to ? added.after : timeline.after,
    at,
  };
};

/** Puts down that from..to is not here: left out, not for this person, or no more. Passes over it. */
export const declare = (timeline: Timeline, kind: 'holes' | 'hidden' | 'purged', range: Range): Timeline => {
  const at = Math.max(timeline.at, range.to);
  const to = timeline.after ? timeline.to : Math.max(timeline.to, range.to);
  // What is purged is gone from what was loaded, too
  const isLeft = ({ seq }: { seq: number }) => kind !== 'purged' || seq < range.from || seq > range.to;
  return {
    ...timeline,
    messages: timeline.messages.filter(({ message }) => isLeft(message)),
    // Beyond the end of a stretch in the past there is no hole: that is where it goes on
    [kind]: within([range], { from: 0, to }).reduce(include, timeline[kind]),
    to,
    at,
  };
};

/** The stretch with at most `most` messages; those too many are let go at one end. */
export const trim = (timeline: Timeline, most: number, end: 'oldest' | 'newest'): Timeline => {
  if (timeline.messages.length <= most) return timeline;
  const messages = end === 'oldest' ? timeline.messages.slice(-most) : timeline.messages.slice(0, most);
  const first = messages[0]?.message.seq ?? timeline.from;
  const last = messages.at(-1)?.message.seq ?? timeline.to;
  const span = { from: end === 'oldest' ? first : timeline.from, to: end === 'newest' ? last : timeline.to };
  return {
    ...timeline,
    ...span,
    messages,
    lines: timeline.lines.filter(({ seq }) => seq >= span.from && seq <= span.to),
    holes: within(timeline.holes, span),
    hidden: within(timeline.hidden, span),
    purged: within(timeline.purged, span),
    before: timeline.before || end === 'oldest',
    after: timeline.after || end === 'newest',
  };
};
