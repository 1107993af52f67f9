/** Threads, loaded apart from the rest of the SDK: one at a time (`threadOf`), and the list of those that I follow. */
import type { FollowedThread, ThreadStanding, UserEvent } from '@recreio/protocol';
import type { Client } from './api.ts';
import { NoAnswerError, ProblemError } from './errors.ts';
import { createView, type Readable } from './store.ts';
import { threadOf } from './thread.ts';

export { threadOf, type ThreadHandle, type ThreadView } from './thread.ts';

/** The threads that I follow, at one moment. */
export interface ThreadsView {
  /** Whether the server has said which there are. */
  readonly isKnown: boolean;
  /** As `threads.mine` orders them. */
  readonly list: readonly FollowedThread[];
  /** How many have something unread. */
  readonly unread: number;
  /** Whether there are more than are listed. */
  readonly more: boolean;
}

/** The list. */
export interface Threads extends Readable<ThreadsView> {
  /** Somebody looks at the list, not at the count alone: what it shows is asked for anew when it changes. The answer ends it. */
  look(): () => void;
}

/** The most that the server tells at once. */
const MOST = 100;
/** What happens together is asked about once. */
const GATHER_MS = 250;
/** After a cut all clients come back at once, and nobody waits for this list: each asks when it likes. */
const SPREAD_MS = 3_000;

const nothing: ThreadsView = { isKnown: false, list: [], unread: 0, more: false };
const countOf = (list: readonly FollowedThread[]): number => list.filter(({ mine }) => mine.unread > 0).length;

const lists = new WeakMap<Client, Threads>();

/** The list of a client; asked for once it is connected, and kept true by what the connection tells ([R82]). */
export const threadsOf = (client: Client): Threads => {
  const list = lists.get(client) ?? createThreads(client);
  lists.set(client, list);
  return list;
};

const createThreads = (client: Client): Threads => {
  let shown = nothing;
  let looking = 0;
  let isStale = true;
  let isAsking = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let whose: string | undefined;
  const view = createView(() => shown);

  const set = (next: ThreadsView): void => {
    shown = next;
    view.invalidate();
  };
  const setList = (list: readonly FollowedThread[]): void =>
    // Those that are not listed are counted by the server alone
    set({ ...shown, list, unread: shown.unread + countOf(list) - countOf(shown.list) });

  const ask = async (): Promise<void> => {
    timer = undefined;
    const me = client.me.getSnapshot()?.id;
    if (isAsking || me === undefined) return;
    isAsking = true;
    isStale = false;
    let hasFailed = false;
    try {
      const { threads, unread, more } = await client.call('threads.mine', { limit: MOST });
      if (client.me.getSnapshot()?.id === me) set({ isKnown: true, list: threads, unread, more });
    } catch (error) {
      if (!(error instanceof ProblemError || error instanceof NoAnswerError)) throw error;
      hasFailed = true; // the next welcome, or whoever looks next, asks again
    } finally {
      isAsking = false;
    }
    if (hasFailed) isStale = true;
    else if (isStale) soon();
  };
  const soon = (afterMs = GATHER_MS): void => {
    isStale = true;
    timer ??= setTimeout(() => void ask(), afterMs);
  };

  const has = (thread: string): boolean => shown.list.some(({ root }) => root.id === thread);
  const change = (thread: string, changed: (mine: ThreadStanding) => ThreadStanding): void =>
    setList(shown.list.map((one) => (one.root.id === thread ? { ...one, mine: changed(one.mine) } : one)));

  const called = ({ data: { thread, messageSeq } }: Extract<UserEvent, { type: 'notification.made' }>): void => {
    if (thread === undefined) return;
    if (!has(thread)) return soon();
    change(thread, (mine) =>
      messageSeq > mine.newest
        ? { ...mine, newest: messageSeq, unread: messageSeq > mine.seq ? mine.unread + 1 : mine.unread }
        : mine,
    );
    if (looking > 0) soon();
    else isStale = true;
  };

  client.events.on('welcome', ({ me }) => {
    const isOther = whose !== me.id;
    whose = me.id;
    if (isOther) set(nothing);
    soon(isOther ? 0 : Math.random() * SPREAD_MS);
  });
  client.events.on('signed-out', () => {
    whose = undefined;
    set(nothing);
  });
  client.events.on('own', (event) => {
    if (event.type === 'notification.made') called(event);
    else if (event.type.startsWith('membership.')) soon();
  });
  client.events.on('thread', ({ room, thread, following, seq, unread, newest }) => {
    const mine = { following, seq, unread, newest };
    threadOf(client.room(room), thread).stands(mine);
    if (!following) setList(shown.list.filter(({ root }) => root.id !== thread));
    else if (has(thread)) change(thread, () => mine);
    else soon();
  });
  client.events.on('reply-removed', ({ thread }) => {
    if (has(thread)) soon();
  });
  if (client.connection.getSnapshot().name === 'ready') {
    whose = client.me.getSnapshot()?.id;
    soon(0);
  }

  return {
    getSnapshot: view.getSnapshot,
    subscribe: view.subscribe,
    look() {
      looking += 1;
      if (isStale) soon();
      return () => {
        looking -= 1;
      };
    },
  };
};
