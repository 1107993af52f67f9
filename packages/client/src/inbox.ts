/**
 * What speaks to me, loaded apart from the rest of the SDK: mentions, replies to me, what called everybody, and replies in threads
 * that I follow ([R97], [R113]).
 */
import { attentionTo, type InboxItem, placeOf, type UserEvent } from '@recreio/protocol';
import type { Client } from './api.ts';
import { NoAnswerError, ProblemError } from './errors.ts';
import { noticesOf, type NoticesView } from './notices.ts';
import { createView, type Readable } from './store.ts';

/** Something that speaks to me, as it stands now. */
export interface InboxEntry extends InboxItem {
  /** Neither read, nor of a room that I do not want to hear of. */
  readonly isNew: boolean;
}

/** The list at one moment. */
export interface InboxView {
  /** Whether the server has said what there is. */
  readonly isKnown: boolean;
  /** The newest first, as far as they were asked for. */
  readonly list: readonly InboxEntry[];
  /** How many are new, of those that are known. */
  readonly fresh: number;
  /** How many of these the rooms' own counts leave out: what is in threads, and what has to be read until it is confirmed. */
  readonly freshAside: number;
  /** What has to be read and is not confirmed; among those that are new. */
  readonly notices: NoticesView;
  /** Whether there are older ones. */
  readonly more: boolean;
}

/** The list of what speaks to me. */
export interface Inbox extends Readable<InboxView> {
  /** Somebody looks at the list, not at the count alone: what it shows is asked for anew when it changes. The answer ends it. */
  look(): () => void;
  /** Fetches older ones. Rejects as every call. */
  older(): Promise<void>;
  /** Moves my marker, of the room or of the thread, to it: what was said before it is read, too. Rejects as every call. */
  markRead(entry: InboxItem): Promise<void>;
  /** The same for all that are new. */
  markAllRead(): Promise<void>;
}

/** How many are asked for at once. */
const PAGE = 30;
/** What happens together is asked about once. */
const GATHER_MS = 250;
/** After a cut all clients come back at once, and nobody waits for this list: each asks when it likes. */
const SPREAD_MS = 3_000;

type Made = Extract<UserEvent, { type: 'notification.made' }>;

/** Of an item what its being new follows from. */
interface Called {
  readonly reason: InboxItem['reason'];
  readonly room: string;
  readonly message: string;
  readonly messageSeq: number;
  readonly thread: string | undefined;
  /** Its number in the room's conversation; a call that names one alone does not say it. */
  readonly ordinal: number | undefined;
  readonly read: boolean;
}

const calledOf = ({ reason, read, message }: InboxItem): Called => ({
  reason,
  room: message.room,
  message: message.id,
  messageSeq: message.seq,
  thread: message.thread,
  ordinal: message.ordinal,
  read,
});

/** What of these is not in the list, each message once: who is named in what calls everybody is told twice. */
const newsOf = (since: readonly Called[], list: readonly InboxItem[]): Called[] => {
  const known = new Set(list.map(({ message }) => message.id));
  return [...new Map(since.map((one) => [one.message, one])).values()].filter(({ message }) => !known.has(message));
};

const lists = new WeakMap<Client, Inbox>();

/** The list of a client; asked for once it is connected, and kept true by what the connection tells. */
export const inboxOf = (client: Client): Inbox => {
  const list = lists.get(client) ?? createInbox(client);
  lists.set(client, list);
  return list;
};

const createInbox = (client: Client): Inbox => {
  const notices = noticesOf(client);
  let items: readonly InboxItem[] = [];
  /** Called since the list was asked for; without words until it is again. */
  let since: readonly Called[] = [];
  let next: number | null = null;
  let isKnown = false;
  let looking = 0;
  let isStale = true;
  let isAsking = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let whose: string | undefined;
  const readInThread = new Map<string, number>();

  const isNew = ({ reason, room, messageSeq, thread, read }: Called): boolean => {
    const my = client.rooms.getSnapshot().byId.get(room);
    if (my === undefined) return false;
    const marker = thread === undefined ? my.mine.readSeq : (readInThread.get(thread) ?? 0);
    const said = { call: reason, isOwn: false, isEdit: false, isRemoved: false, isBlocked: false };
    const { inbox } = attentionTo(
      { ...said, isInThread: thread !== undefined, isRead: read || messageSeq <= marker },
      {
        isMember: true,
        place: placeOf(my),
        tuning: my.mine,
        calm: { doNotDisturb: null },
        quietHours: [],
        timeZone: 'UTC',
        where: 'present',
        now: client.serverNow(),
      },
    );
    return inbox === 'new';
  };

  const view = createView((): InboxView => {
    const waiting = notices.getSnapshot();
    const { byId } = client.rooms.getSnapshot();
    // Who is out of a room hears nothing more of it, nor of what called them before
    const seen = items.filter(({ message }) => byId.has(message.room));
    const list = seen.map((item) => ({ ...item, isNew: isNew(calledOf(item)) }));
    const fresh = [...list.filter((entry) => entry.isNew).map(calledOf), ...newsOf(since, list).filter(isNew)];
    return {
      isKnown,
      list,
      fresh: fresh.length + waiting.list.length,
      freshAside: fresh.filter(({ thread }) => thread !== undefined).length + waiting.list.length,
      notices: waiting,
      more: next !== null,
    };
  });

  const ask = async (): Promise<void> => {
    timer = undefined;
    const me = client.me.getSnapshot()?.id;
    if (isAsking || me === undefined) return;
    isAsking = true;
    isStale = false;
    // What the answer leaves out of these is gone: removed, or of somebody blocked since
    const heard = new Set(since);
    let hasFailed = false;
    try {
      // Who has turned pages has them still
      const limit = looking > 0 ? Math.min(100, Math.max(PAGE, items.length)) : PAGE;
      const page = await client.call('notifications.inbox', { limit });
      if (client.me.getSnapshot()?.id === me) {
        ({ items, next } = page);
        since = since.filter((one) => !heard.has(one));
        isKnown = true;
        view.invalidate();
      }
    } catch (error) {
      if (!(error instanceof ProblemError || error instanceof NoAnswerError)) throw error;
      hasFailed = true; // the next welcome, or whoever looks next, asks again
    } finally {
      isAsking = false;
    }
    if (hasFailed) isStale = true;
    else if (isStale && looking > 0) soon();
  };
  const soon = (afterMs = GATHER_MS): void => {
    isStale = true;
    timer ??= setTimeout(() => void ask(), afterMs);
  };
  const forget = (): void => {
    items = [];
    since = [];
    next = null;
    isKnown = false;
    readInThread.clear();
    view.invalidate();
  };

  const called = (one: Called): void => {
    since = [...since, one];
    view.invalidate();
    if (looking > 0) soon();
    else isStale = true;
  };
  const made = ({ data }: Made): void => {
    // A private conversation stands in the list of rooms
    if (data.kind === 'direct') return;
    const { room, message, messageSeq, thread } = data;
    called({ reason: data.kind, room, message, messageSeq, thread, ordinal: undefined, read: false });
  };

  client.events.on('welcome', ({ me }) => {
    const isOther = whose !== me.id;
    whose = me.id;
    if (isOther) forget();
    soon(isOther ? 0 : Math.random() * SPREAD_MS);
  });
  client.events.on('signed-out', () => {
    whose = undefined;
    forget();
  });
  client.events.on('own', (event) => {
    if (event.type === 'notification.made') made(event);
  });
  client.events.on('called', ({ room, message, messageSeq, ordinal }) => {
    called({ reason: 'everyone', room, message, messageSeq, thread: undefined, ordinal, read: false });
  });
  client.events.on('removed', ({ room, messages, ordinals }) => {
    const isGone = (one: Called): boolean =>
      one.room === room &&
      (messages.includes(one.message) ||
        (one.thread === undefined && one.ordinal !== undefined && ordinals.includes(one.ordinal)));
    items = items.filter((item) => !isGone(calledOf(item)));
    since = since.filter((one) => !isGone(one));
    // An answer that is under way may still have it, and of who was called alone the number is not known
    const isOpen = ordinals.length > 0 && since.some((one) => one.room === room && one.ordinal === undefined);
    if (isAsking || isOpen) soon();
    view.invalidate();
  });
  client.events.on('thread', ({ thread, seq }) => {
    readInThread.set(thread, seq);
    view.invalidate();
  });
  // With the own account comes whom one has blocked, and hears no more
  client.me.subscribe(() => {
    if (whose !== undefined && isKnown) soon();
  });
  client.rooms.subscribe(view.invalidate);
  notices.subscribe(view.invalidate);
  if (client.connection.getSnapshot().name === 'ready') {
    whose = client.me.getSnapshot()?.id;
    soon(0);
  }

  const markRead = async ({ message: { room, seq, thread } }: InboxItem): Promise<void> => {
    if (thread === undefined) await client.call('messages.markRead', { room, seq });
    else await client.call('threads.markRead', { room, thread, seq });
  };

  return {
    getSnapshot: view.getSnapshot,
    subscribe: view.subscribe,
    look() {
      looking += 1;
      if (isStale || since.length > 0) soon(0);
      return () => {
        looking -= 1;
      };
    },
    async older() {
      const before = next;
      const me = client.me.getSnapshot()?.id;
      if (before === null) return;
      const page = await client.call('notifications.inbox', { before, limit: PAGE });
      // The list was asked for anew meanwhile, or is somebody else's: this would leave a gap
      if (next !== before || client.me.getSnapshot()?.id !== me) return;
      items = [...items, ...page.items];
      next = page.next;
      view.invalidate();
    },
    markRead,
    async markAllRead() {
      // One marker for each room and thread: the newest says it of all before it, and the list has the newest first
      const last = new Map<string, InboxItem>();
      for (const entry of view.getSnapshot().list) {
        const where = entry.message.thread ?? entry.message.room;
        if (entry.isNew && !last.has(where)) last.set(where, entry);
      }
      await Promise.all([...last.values()].map(markRead));
    },
  };
};
