/** What I saved for later, loaded apart from the rest of the SDK: which messages, and the list as far as somebody looks at it. */
import type { SavedMessage } from '@recreio/protocol';
import type { Client } from './api.ts';
import { NoAnswerError, ProblemError } from './errors.ts';
import { createView, type Readable } from './store.ts';

/** What is saved, at one moment. */
export interface SavedView {
  /** Whether the server has said what there is. */
  readonly isKnown: boolean;
  /** The messages on the list, by id, shown or not. */
  readonly ids: ReadonlySet<string>;
  /** What was saved last first, as far as it was asked for; null until somebody looks. */
  readonly list: readonly SavedMessage[] | null;
  /** How many cannot be seen any more. */
  readonly unseen: number;
  readonly hasMore: boolean;
}

/** The list. */
export interface Saved extends Readable<SavedView> {
  /** Somebody looks at the list, not only at which messages are on it. The answer ends it. */
  look(): () => void;
  /** One page more. */
  more(): Promise<void>;
  /** Shown at once, and taken back when it is refused, which rejects. */
  save(room: string, message: string): Promise<void>;
  unsave(message: string): Promise<void>;
  /** Takes off what cannot be seen any more. */
  tidy(): Promise<void>;
}

const PAGE = 50;
/** What happens together is asked about once. */
const GATHER_MS = 250;
/** After a cut all clients come back at once, and nobody waits for this list: each asks when it likes. */
const SPREAD_MS = 3_000;

const nothing: SavedView = { isKnown: false, ids: new Set(), list: null, unseen: 0, hasMore: false };

const lists = new WeakMap<Client, Saved>();

/** The list of a client; asked for once it is connected, and kept true by what the connection tells ([R85]). */
export const savedOf = (client: Client): Saved => {
  const list = lists.get(client) ?? createSaved(client);
  lists.set(client, list);
  return list;
};

const createSaved = (client: Client): Saved => {
  let shown = nothing;
  let next: string | null = null;
  let looking = 0;
  let isStale = true;
  let isAsking = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let whose: string | undefined;
  const view = createView(() => shown);

  const set = (changed: Partial<SavedView>): void => {
    shown = { ...shown, ...changed };
    view.invalidate();
  };

  const forget = (): void => {
    next = null;
    set(nothing);
  };

  const ask = async (): Promise<void> => {
    timer = undefined;
    const me = client.me.getSnapshot()?.id;
    if (isAsking || me === undefined) return;
    isAsking = true;
    isStale = false;
    const isLooked = looking > 0;
    let hasFailed = false;
    try {
      // Who has turned pages has them still
      const limit = isLooked ? Math.min(100, Math.max(PAGE, shown.list?.length ?? 0)) : 1;
      const answer = await client.call('messages.saved', { limit });
      if (client.me.getSnapshot()?.id !== me) return;
      if (isLooked) next = answer.next;
      set({
        isKnown: true,
        ids: new Set(answer.ids),
        unseen: answer.unseen ?? 0,
        ...(isLooked ? { list: answer.saved, hasMore: answer.next !== null } : {}),
      });
    } catch (error) {
      if (!(error instanceof ProblemError || error instanceof NoAnswerError)) throw error;
      hasFailed = true; // the next welcome, or whoever looks next, asks again
    } finally {
      isAsking = false;
    }
    if (hasFailed) isStale = true;
    else if (isStale || (looking > 0 && !isLooked)) soon();
  };
  const soon = (afterMs = GATHER_MS): void => {
    isStale = true;
    timer ??= setTimeout(() => void ask(), afterMs);
  };

  const put = (message: string, isOn: boolean): void => {
    const ids = new Set(shown.ids);
    if (isOn) ids.add(message);
    else ids.delete(message);
    const list = isOn ? shown.list : (shown.list?.filter((one) => one.message.id !== message) ?? null);
    set({ ids, list });
  };
  const change = async (message: string, isOn: boolean, work: () => Promise<unknown>): Promise<void> => {
    put(message, isOn);
    try {
      await work();
    } catch (error) {
      put(message, !isOn);
      soon();
      throw error;
    }
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
  client.events.on('saved', () => soon());
  // What can be seen is other with another membership
  client.events.on('own', ({ type }) => {
    if (type.startsWith('membership.') && looking > 0) soon();
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
      // Also what is fresh: words may have been changed or removed since
      soon(0);
      return () => {
        looking -= 1;
      };
    },
    async more() {
      const after = next;
      const me = client.me.getSnapshot()?.id;
      if (after === null) return;
      const answer = await client.call('messages.saved', { limit: PAGE, after });
      // The list was asked for anew meanwhile, or is somebody else's: this would leave a gap
      if (next !== after || client.me.getSnapshot()?.id !== me) return;
      next = answer.next;
      set({ list: [...(shown.list ?? []), ...answer.saved], hasMore: next !== null });
    },
    save: (room, message) => change(message, true, () => client.call('messages.save', { room, message })),
    unsave: (message) => change(message, false, () => client.call('messages.unsave', { message })),
    async tidy() {
      await client.call('messages.tidySaved', {});
      set({ unseen: 0 });
    },
  };
};
