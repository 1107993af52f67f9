/** One thread of a room: a stretch of its own over the room's stream, its draft, its marker. */
import type { Message, ThreadStanding } from '@recreio/protocol';
import { ProblemError } from './errors.ts';
import { talkName } from './intention.ts';
import { type ItemMemory, itemsOf } from './items.ts';
import { createMarker } from './marker.ts';
import { createQuotes } from './quotes.ts';
import { createView } from './store.ts';
import type { RoomHandle, RoomPart, RoomStatus, TalkHandle, TalkView } from './view.ts';
import { createWindow } from './window.ts';

/** A thread at one moment. Its items begin with what it hangs from, where the stretch reaches that far. */
export interface ThreadView extends TalkView {
  /** What it hangs from; null until it is loaded. */
  readonly root: Message | null;
  /** How the person stands to it; null until it is loaded. */
  readonly mine: ThreadStanding | null;
}

/** A thread to hold on to; the same object for the same message of the same room. */
export interface ThreadHandle extends TalkHandle<ThreadView> {
  follow(): Promise<void>;
  unfollow(): Promise<void>;
  /** How the person stands to it has changed, on whichever device. */
  stands(mine: ThreadStanding): void;
}

const handles = new WeakMap<RoomHandle, Map<string, ThreadHandle>>();

/** The thread that hangs from a message of a room. Nothing is loaded before it is opened. */
export const threadOf = (room: RoomHandle, root: string): ThreadHandle => {
  const there = handles.get(room) ?? new Map<string, ThreadHandle>();
  handles.set(room, there);
  const handle = there.get(root) ?? createThread(room, root);
  there.set(root, handle);
  return handle;
};

const createThread = (room: RoomHandle, root: string): ThreadHandle => {
  const id = talkName(room.id, root);
  const about = { room: room.id, thread: root };
  let opens = 0;
  let isGone = false;
  let mine: ThreadStanding | null = null;
  let unread: { readonly after: number | null; readonly count: number } | null = null;
  let problem: ThreadView['problem'] = null;
  let memory: ItemMemory = new WeakMap();

  const part: RoomPart = {
    take(step) {
      if (window.timeline() === null && !window.loading().opening) return;
      if (step.type === 'reset') {
        quotes.clear();
        window.clear(inside.at());
        return;
      }
      if (step.type === 'apply') quotes.take(step.events);
      window.take(step);
    },
    changed() {
      void load();
      view.invalidate();
    },
    welcome: () => marker.again(),
    forget() {
      window.clear(null);
      quotes.clear();
      memory = new WeakMap();
      view.invalidate();
    },
  };
  const inside = room.join(part);
  const { call, drafts } = inside;

  const failed = (error: unknown): void => {
    if (error instanceof ProblemError && error.problem.code === 'not-found') isGone = true;
    problem = error instanceof ProblemError ? error.problem : 'no-answer';
    view.invalidate();
  };
  const changed = (): void => {
    const timeline = window.timeline();
    if (timeline !== null) quotes.want(timeline);
    view.invalidate();
  };
  const window = createWindow(room.id, call, changed, failed, root);
  const quotes = createQuotes(room.id, call, () => view.invalidate(), failed);
  const stands = (next: ThreadStanding): void => {
    // A marker never goes back: what is older than what is shown comes too late
    if (mine !== null && next.seq < mine.seq) return;
    mine = next;
    view.invalidate();
  };
  const marker = createMarker(async (seq) => stands(await call('threads.markRead', { ...about, seq })));

  /** The newest page; then the one where what is unread begins, where that lies above. */
  const load = async (): Promise<void> => {
    const at = inside.at();
    if (opens === 0 || isGone || at === null || window.timeline() !== null || window.loading().opening) return;
    window.clear(at);
    const page = await window.open(null);
    if (page?.thread === undefined) return;
    problem = null;
    stands(page.thread.mine);
    const { seq, unread: count } = page.thread.mine;
    unread ??= { after: count > 0 ? seq : null, count };
    view.invalidate();
    if (count > 0 && page.before && seq < page.from) await window.jump(seq);
  };

  const status = (): RoomStatus => {
    if (isGone) return 'gone';
    if (opens === 0) return 'closed';
    return window.timeline() === null ? 'opening' : inside.status();
  };

  const view = createView<ThreadView>(() => {
    const timeline = window.timeline();
    const me = inside.me();
    const pending = inside.pending().filter(({ thread }) => thread === root);
    const around = { me, pending, signs: inside.signs(), filling: window.loading().holes };
    const shown =
      timeline?.root && !timeline.before ? { ...timeline, messages: [timeline.root, ...timeline.messages] } : timeline;
    const after = unread?.after ?? null;
    const fresh = timeline?.messages.find(
      ({ message }) => after !== null && message.seq > after && message.author !== me && !message.removed,
    );
    return {
      id,
      status: status(),
      root: timeline?.root?.message ?? null,
      mine,
      items: shown === null ? [] : itemsOf(shown, around, memory),
      hasBefore: timeline?.before ?? false,
      hasAfter: timeline?.after ?? false,
      newer: timeline?.after === true ? (mine?.unread ?? 0) : 0,
      loading: window.loading(),
      firstUnreadSeq:
        timeline !== null && after !== null && timeline.from <= after + 1 ? (fresh?.message.seq ?? null) : null,
      unreadAtOpening: unread?.count ?? 0,
      quotes: quotes.now(),
      problem,
    };
  });

  return {
    id,
    getSnapshot: view.getSnapshot,
    subscribe: view.subscribe,
    open() {
      opens += 1;
      if (opens > 1) return;
      room.open();
      unread = null;
      isGone = false;
      queueMicrotask(() => part.changed());
    },
    close() {
      if (opens === 0) return;
      opens -= 1;
      if (opens > 0) return;
      room.close();
      // It is read anew when it is opened again; a screen that is put up twice in one turn keeps it
      queueMicrotask(() => {
        if (opens === 0) part.forget();
      });
    },
    loadBefore: () => window.before(),
    loadAfter: () => window.after(),
    jumpTo: (seq) => window.jump(seq),
    jumpToPresent: () => window.present(),
    fill: (from) => window.fill(from),
    send(said) {
      const clientId = inside.add({ ...said, thread: root });
      drafts.set(id, { body: '' });
      void window.present();
      return clientId;
    },
    retry: (clientId) => room.retry(clientId),
    discard: (clientId) => room.discard(clientId),
    edit: (message, said) => room.edit(message, said),
    remove: (message) => room.remove(message),
    react: (message, emoji) => room.react(message, emoji),
    unreact: (message, emoji) => room.unreact(message, emoji),
    pin: (message) => room.pin(message),
    unpin: (message) => room.unpin(message),
    markRead: (seq) => marker.want(seq, mine?.seq ?? 0),
    async follow() {
      stands(await call('threads.follow', about));
    },
    async unfollow() {
      stands(await call('threads.unfollow', about));
    },
    stands,
    draft: () => drafts.get(id),
    setDraft: (draft) => drafts.set(id, draft),
  };
};
