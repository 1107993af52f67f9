/** What a person has begun to write, per account and room, kept in the browser until it is sent. */
import type { Clock, Timer } from './clock.ts';
import { createView, type Readable } from './store.ts';

/** A message that is not sent yet. */
export interface Draft {
  readonly body: string;
  /** The message it answers. */
  readonly replyTo?: string;
}

/** The part of `localStorage` that drafts use. */
export type DraftStorage = Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>;

/** Drafts by room; the snapshot names the rooms that have one. */
export interface Drafts extends Readable<ReadonlySet<string>> {
  get(room: string): Draft | undefined;
  /** Puts a draft down, kept within half a second; an empty one takes it away. */
  set(room: string, draft: Draft): void;
}

/** Drafts with the side that says whose they are. */
export interface DraftBook extends Drafts {
  /** From now on the drafts of this person. */
  open(account: string): void;
  /** Keeps at once what waits to be kept. */
  flush(): void;
  /** Takes every draft of the person away: on signing out. */
  clear(): void;
}

/** Typing must not write to the disk with each key; a second is what may be lost. */
const KEEP_AFTER_MS = 500;

const keyOf = (account: string, room: string): string => `recreio:draft:${account}:${room}`;

const parse = (text: string): Draft | undefined => {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null || !('body' in value) || typeof value.body !== 'string')
      return undefined;
    const replyTo = 'replyTo' in value && typeof value.replyTo === 'string' ? { replyTo: value.replyTo } : {};
    return { body: value.body, ...replyTo };
  } catch {
    return undefined; // not ours, or cut off: nothing that could be given back
  }
};

/** Lays the book; without a storage (Node, a browser that has it switched off) drafts live in memory. */
export const createDrafts = (
  storage: DraftStorage | undefined,
  clock: Clock,
  onFailure: (cause: unknown) => void,
): DraftBook => {
  let account: string | undefined;
  const drafts = new Map<string, Draft>();
  const unkept = new Set<string>();
  let timer: Timer;
  let isTimed = false;
  const view = createView<ReadonlySet<string>>(() => new Set(drafts.keys()));

  const tryStorage = (use: (storage: DraftStorage) => void): void => {
    if (storage === undefined) return;
    try {
      use(storage);
    } catch (cause) {
      onFailure(cause); // full, or forbidden by the browser
    }
  };

  const flush = (): void => {
    clock.cancel(timer);
    isTimed = false;
    const whose = account;
    if (whose === undefined) return;
    tryStorage((there) => {
      for (const room of unkept) {
        const draft = drafts.get(room);
        if (draft === undefined) there.removeItem(keyOf(whose, room));
        else there.setItem(keyOf(whose, room), JSON.stringify(draft));
      }
    });
    unkept.clear();
  };

  const keysOf = (there: DraftStorage, whose: string): string[] => {
    const keys = Array.from({ length: there.length }, (_, index) => there.key(index));
    return keys.filter((key): key is string => key?.startsWith(keyOf(whose, '')) ?? false);
  };

  return {
    getSnapshot: view.getSnapshot,
    subscribe: view.subscribe,
    get: (room) => drafts.get(room),
    set(room, draft) {
      const isEmpty = draft.body === '' && draft.replyTo === undefined;
      const had = drafts.has(room);
      if (isEmpty) drafts.delete(room);
      else drafts.set(room, draft);
      if (had === isEmpty) view.invalidate();
      unkept.add(room);
      if (isTimed) return;
      isTimed = true;
      timer = clock.after(KEEP_AFTER_MS, flush);
    },
    open(next) {
      if (next === account) return;
      flush();
      account = next;
      drafts.clear();
      tryStorage((there) => {
        for (const key of keysOf(there, next)) {
          const draft = parse(there.getItem(key) ?? '');
          if (draft !== undefined) drafts.set(key.slice(keyOf(next, '').length), draft);
        }
      });
      view.invalidate();
    },
    flush,
    clear() {
      const whose = account;
      clock.cancel(timer);
      isTimed = false;
      unkept.clear();
      drafts.clear();
      if (whose !== undefined) {
        tryStorage((there) => {
          for (const key of keysOf(there, whose)) there.removeItem(key);
        });
      }
      account = undefined;
      view.invalidate();
    },
  };
};
