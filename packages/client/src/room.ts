/** One room: its stretch of history, its subscription, its sends and signs, brought together into one view. */
import type { MessageContent, Message, MyRoom, RoomEvent, ServerFrame, UnreadFrom } from '@recreio/protocol';
import { createBoard } from './board.ts';
import type { Caller } from './call.ts';
import type { Clock } from './clock.ts';
import type { Drafts } from './drafts.ts';
import { ProblemError } from './errors.ts';
import { type ItemMemory, itemsOf } from './items.ts';
import { createMarker } from './marker.ts';
import type { Outbox } from './outbox.ts';
import { createQuotes } from './quotes.ts';
import { createReading } from './reading.ts';
import type { RoomList } from './rooms.ts';
import { type Sign, sign, unsettled } from './signs.ts';
import type { Link } from './socket.ts';
import { createView } from './store.ts';
import type { StreamFrame, StreamStep } from './streams.ts';
import { createSubscription } from './subscription.ts';
import { createTyping } from './typing.ts';
import { readTo } from './unread.ts';
import type { RoomHandle, RoomPart, RoomStatus, RoomView } from './view.ts';
import { createWindow } from './window.ts';

/** A room with the side that feeds it. */
export interface RoomCore extends RoomHandle {
  isOpen(): boolean;
  hear(frame: StreamFrame | Extract<ServerFrame, { t: 'typing' | 'presence' | 'reading' | 'unsubscribed' }>): void;
  /** The connection is there. */
  welcome(): void;
  lost(): void;
  gone(): void;
  /** The person is in this room again. */
  back(): void;
  invalidate(): void;
  /** Lets go of what is loaded. */
  forget(): void;
}

/** What a room needs of the client. */
export interface RoomOptions {
  readonly id: string;
  readonly me: () => string;
  readonly call: Caller['call'];
  readonly once: Caller['once'];
  readonly link: Link;
  readonly clock: Clock;
  readonly rooms: RoomList;
  readonly outbox: Outbox;
  readonly drafts: Drafts;
  /** Whether it may be that this room shows who has read: otherwise it is not asked. */
  readonly showsReading: (room: MyRoom) => boolean;
  onClose(): void;
  onSent(event: Extract<RoomEvent, { type: 'message.sent' }>): void;
  /** A message was taken away, in the conversation or in a thread. */
  onRemoved(message: MessageContent): void;
}

/** After a first page that could not be had; each such try is patient in itself. */
const AGAIN_MS = 5_000;

/** What of a room is unread, and up to where it was read; null: nothing is unread. */
interface Unread {
  readonly count: number;
  readonly readSeq: number | null;
}

const changesMembers = ({ type }: RoomEvent): boolean => /^(?:member|asking|restriction)\./.test(type);

/** Lays a room; nothing is loaded before it is opened. */
export const createRoom = (options: RoomOptions): RoomCore => {
  const { id, call, link, rooms, outbox, drafts } = options;
  let opens = 0;
  let isGone = false;
  let atOpening: Unread = { count: 0, readSeq: null };
  let signs: readonly Sign[] = [];
  let here: RoomView['here'] = null;
  let membersVersion = 0;
  let problem: RoomView['problem'] = null;
  let memory: ItemMemory = new WeakMap();
  /** Since something was marked as unread what is on the screen is not read, or it would be so for an instant only. */
  let isHeld = false;
  let unreadFrom: UnreadFrom | undefined;
  const parts = new Set<RoomPart>();
  /** My part in the room as the view last told it. */
  let shownMy: RoomView['my'] = null;

  const failed = (error: unknown): void => {
    if (error instanceof ProblemError && error.problem.code === 'not-found') gone();
    problem = error instanceof ProblemError ? error.problem : 'no-answer';
    view.invalidate();
  };
  const changed = (): void => view.invalidate();

  const window = createWindow(id, call, () => settle(), failed);
  const quotes = createQuotes(id, call, changed, failed);
  const board = createBoard();
  const reading = createReading(id, call, changed);
  const typing = createTyping(options.clock, () => link.limits().typingMs, changed);
  const marker = createMarker(async (seq) =>
    rooms.marker({ room: id, ...(await call('messages.markRead', { room: id, seq })) }),
  );
  const subscription = createSubscription({
    room: id,
    link,
    clock: options.clock,
    onStep: (step) => onStep(step),
    onGone: () => gone(),
    onChange: changed,
    onFailure: failed,
  });

  /** After each change of the stretch: what it says has come is no more on its way. */
  const settle = (): void => {
    const timeline = window.timeline();
    if (opens === 0) {
      // Nobody looks: what is sent needs not to be shown until the stream brings it
      for (const { clientId, state } of outbox.of(id)) if (state.name === 'sent') outbox.seen(clientId);
    }
    if (timeline !== null) {
      signs = unsettled(signs, timeline.at);
      quotes.want(timeline);
      const mine = timeline.messages.filter(({ message }) => message.author === options.me());
      const sent = new Set(mine.map(({ message }) => message.clientId));
      // Taken back while it was on its way: what arrived all the same goes again. Where that is refused it is there to be seen
      for (const { message } of mine)
        if (outbox.wasLetGo(message.clientId) && message.removed === undefined)
          call('messages.remove', { room: id, message: message.id }).catch(() => undefined);
      for (const { clientId, state } of outbox.of(id)) {
        if (sent.has(clientId) || (state.name === 'sent' && state.seq <= timeline.at)) outbox.seen(clientId);
      }
    }
    view.invalidate();
    for (const part of parts) part.changed();
  };

  /** Replies are in no stretch of the room's own: what of mine has come in a thread is no more on its way. */
  const settleReplies = (events: readonly RoomEvent[]): void => {
    for (const event of events) {
      if (event.type !== 'message.sent' || event.actor !== options.me() || event.data.message.thread === undefined)
        continue;
      const { clientId, removed, id: message } = event.data.message;
      outbox.seen(clientId);
      if (outbox.wasLetGo(clientId) && removed === undefined)
        call('messages.remove', { room: id, message }).catch(() => undefined);
    }
  };

  const onStep = (step: StreamStep<RoomEvent>): void => {
    if (step.type === 'apply') {
      for (const event of step.events) if (event.type === 'message.sent') typing.ended(event.actor);
      if (step.events.some(changesMembers)) membersVersion += 1;
      rooms.roomEvents(id, step.events);
      quotes.take(step.events);
      board.take(step.events);
      reading.take(step.events);
    }
    window.take(step);
    for (const part of parts) part.take(step);
    if (step.type === 'apply') settleReplies(step.events);
    if (step.type === 'apply')
      for (const event of step.events) {
        if (event.type === 'message.sent') options.onSent(event);
        else if (event.type === 'message.removed') options.onRemoved(event.data.message);
      }
    if (step.type === 'reset') {
      membersVersion += 1;
      quotes.clear();
      window.clear(subscription.cursor()?.seq ?? null);
      void load();
    }
  };

  /** Loads the first page, and answers whether there is something to follow from. */
  const load = async (): Promise<void> => {
    const mine = rooms.get(id)?.mine;
    const isFollowing = subscription.cursor() !== null;
    const page = await window.open(mine !== undefined && mine.unread > 0 ? readTo(mine) : null);
    if (page === null) {
      const isStuck = window.timeline() === null && !window.loading().opening && !isGone && opens > 0;
      if (isStuck) options.clock.after(AGAIN_MS, reconcile);
      return;
    }
    problem = null;
    board.told(page.pins ?? 0, page.at);
    if (!isFollowing) subscription.startAt({ epoch: page.epoch, seq: page.at, lastId: page.lastId });
    reconcile();
  };

  /** Brings what is wanted and what is there together. */
  const reconcile = (): void => {
    if (opens === 0 || isGone) {
      subscription.off();
      here = null;
    } else if (link.isReady()) {
      if (subscription.cursor() === null) void load();
      else {
        if (!subscription.isOn()) askReading();
        subscription.on();
        if (window.timeline() === null) void load();
      }
    }
    view.invalidate();
    for (const part of parts) part.changed();
  };

  const askReading = (): void => {
    const my = rooms.get(id);
    if (my !== undefined && options.showsReading(my)) reading.ask();
    else reading.clear();
  };

  const gone = (): void => {
    isGone = true;
    forget();
    subscription.off();
    view.invalidate();
  };

  const forget = (): void => {
    window.clear(null);
    subscription.startAt(null);
    quotes.clear();
    board.clear();
    reading.clear();
    typing.clear();
    signs = [];
    here = null;
    memory = new WeakMap();
    for (const part of parts) part.forget();
  };

  const status = (): RoomStatus => {
    if (isGone) return 'gone';
    if (opens === 0) return 'closed';
    if (window.timeline() === null) return 'opening';
    return subscription.isOn() ? 'live' : 'stale';
  };

  const unreadNow = (): Unread => {
    const mine = rooms.get(id)?.mine;
    const count = mine?.unread ?? 0;
    return { count, readSeq: mine !== undefined && count > 0 ? readTo(mine) : null };
  };

  const react = async (message: string, emoji: string, isOn: boolean): Promise<void> => {
    signs = sign(signs, { message, emoji, isOn, seq: null });
    const mine = signs.at(-1);
    view.invalidate();
    try {
      const { seq } = await call(isOn ? 'messages.react' : 'messages.unreact', { room: id, message, emoji });
      signs = signs.map((one) => (one === mine ? { ...one, seq } : one));
      settle();
    } catch (error) {
      signs = signs.filter((one) => one !== mine);
      failed(error);
    }
  };

  const view = createView<RoomView>(() => {
    const timeline = window.timeline();
    const my = rooms.get(id) ?? null;
    shownMy = my;
    const last = timeline?.messages.at(-1)?.message;
    const pending = outbox.of(id).filter(({ thread }) => thread === undefined);
    const around = { me: options.me(), pending, signs, filling: window.loading().holes };
    // Whoever looks at a room before it is open again finds what is new now, not what was new at the last visit
    const unread = opens === 0 ? unreadNow() : atOpening;
    const isUnread = ({ message }: { message: Message }) =>
      unread.readSeq !== null && message.seq > unread.readSeq && message.author !== around.me && !message.removed;
    return {
      id,
      status: status(),
      my,
      items: timeline === null ? [] : itemsOf(timeline, around, memory),
      hasBefore: timeline?.before ?? false,
      hasAfter: timeline?.after ?? false,
      newer: timeline?.after ? Math.max(0, (my?.mine.ordinal ?? 0) - (last?.ordinal ?? 0)) : 0,
      loading: window.loading(),
      // Only where the stretch reaches down to the marker: otherwise its first message is not the first unread one
      firstUnreadSeq:
        timeline !== null && timeline.from <= (unread.readSeq ?? -1) + 1
          ? (timeline.messages.find(isUnread)?.message.seq ?? null)
          : null,
      unreadAtOpening: unread.count,
      typing: typing.now(),
      here,
      quotes: quotes.now(),
      reading: reading.now(),
      membersVersion,
      pins: board.count(),
      pinsVersion: board.version(),
      problem,
    };
  });

  // What the own stream says of me here (silenced, another role) comes beside the room's own stream
  rooms.subscribe(() => {
    if ((rooms.get(id) ?? null) !== shownMy) view.invalidate();
  });

  return {
    id,
    getSnapshot: view.getSnapshot,
    subscribe: view.subscribe,
    open() {
      opens += 1;
      if (opens > 1) return;
      isHeld = false;
      atOpening = unreadNow();
      // A microtask later, so that a screen that is put up twice in one turn asks once
      queueMicrotask(reconcile);
    },
    close() {
      if (opens === 0) return;
      opens -= 1;
      queueMicrotask(() => {
        reconcile();
        if (opens > 0) return;
        view.invalidate();
        options.onClose();
      });
    },
    loadBefore: () => window.before(),
    loadAfter: () => window.after(),
    jumpTo: (seq) => window.jump(seq),
    jumpToPresent: () => window.present(),
    fill: (from) => window.fill(from),
    send(said) {
      const clientId = outbox.add(id, said);
      drafts.set(id, { body: '' });
      isHeld = false; // who answers has read
      typing.told();
      void window.present();
      return clientId;
    },
    retry: (clientId) => outbox.retry(clientId),
    discard: (clientId) => outbox.discard(clientId),
    async edit(message, { body, mentions }) {
      await call('messages.edit', {
        room: id,
        message,
        body,
        ...(mentions === undefined ? {} : { mentions: [...mentions] }),
      });
    },
    async remove(message) {
      await call('messages.remove', { room: id, message });
    },
    async pin(message) {
      await call('messages.pin', { room: id, message });
    },
    async unpin(message) {
      await call('messages.unpin', { room: id, message });
    },
    react: (message, emoji) => react(message, emoji, true),
    unreact: (message, emoji) => react(message, emoji, false),
    markRead(seq) {
      if (isHeld) return;
      const mine = rooms.get(id)?.mine;
      // Marked as unread since, perhaps on another device: what was read before may be read again
      if (mine?.unreadFrom !== undefined && mine.unreadFrom !== unreadFrom) void marker.rest();
      unreadFrom = mine?.unreadFrom;
      marker.want(seq, mine === undefined ? 0 : readTo(mine));
    },
    async markUnread(message) {
      isHeld = true;
      try {
        await marker.rest(); // what is still on its way to being read must not come after it
        rooms.marker({ room: id, ...(await call('messages.markUnread', { room: id, message })) });
      } catch (error) {
        isHeld = false;
        throw error;
      }
      atOpening = unreadNow();
      view.invalidate();
    },
    typing() {
      if (!link.isReady() || !typing.mayTell()) return;
      // Told at most once, and never repeated: whether it arrives does not matter ([R38])
      options.once('presence.typing', { room: id }).catch(() => undefined);
    },
    join(part) {
      parts.add(part);
      return {
        call,
        drafts,
        me: options.me,
        status,
        at: () => subscription.cursor()?.seq ?? null,
        pending: () => outbox.of(id),
        signs: () => signs,
        add: (said) => outbox.add(id, said),
      };
    },
    draft: () => drafts.get(id),
    setDraft: (draft) => drafts.set(id, draft),
    isOpen: () => opens > 0,
    hear(frame) {
      if (frame.t === 'typing') {
        if (frame.account !== options.me()) typing.heard(frame.account);
      } else if (frame.t === 'presence') {
        here = { people: frame.here, count: frame.count };
        view.invalidate();
      } else if (frame.t === 'reading') reading.hear(frame.read);
      else if (frame.t === 'unsubscribed') gone();
      else subscription.hear(frame);
    },
    welcome() {
      if (rooms.get(id) !== undefined) isGone = false;
      if (atOpening.readSeq === null && window.timeline() === null && opens > 0) {
        atOpening = unreadNow(); // opened before the server had said what is unread
      }
      marker.again();
      for (const part of parts) part.welcome();
      reconcile();
    },
    lost() {
      subscription.lost();
      typing.clear();
      here = null;
      view.invalidate();
    },
    gone,
    back() {
      isGone = false;
      reconcile();
    },
    invalidate: () => settle(),
    forget,
  };
};
