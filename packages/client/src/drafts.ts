/** What a person has begun to write, per account and room, kept in the browser until it is sent. */
import type { Clock, Timer } from './clock.ts';
import type { Draft } from './intention.ts';
import type { Keeping } from './keeping.ts';
import { createView, type Readable } from './store.ts';

/** Drafts by room; the snapshot names the rooms that have one. */
export interface Drafts extends Readable<ReadonlySet<string>> {
  get(room: string): Draft | undefined;
  /** Puts a draft down, kept within a fifth of a second; an empty one takes it away. */
  set(room: string, draft: Draft): void;
}

/** Drafts with the side that says whose they are. */
export interface DraftBook extends Drafts {
  /** From now on the drafts of this person. */
  open(account: string): void;
  /** What was kept of the person who is open; what is written since stands above it. */
  adopt(drafts: ReadonlyMap<string, Draft>): void;
  /** Keeps at once what waits to be kept. */
  flush(): void;
  /** Forgets everything in memory; what is kept is cleared by whoever keeps it. */
  forget(): void;
}

/** Typing must not write to the disk with each key. The product allows a second to be lost; sealing and writing take the rest. */
const KEEP_AFTER_MS = 150;

/** Lays the book. */
export const createDrafts = (keeping: Keeping, clock: Clock, onKeeping: (cause: unknown) => void): DraftBook => {
  let account: string | undefined;
  const drafts = new Map<string, Draft>();
  /** Rooms whose draft was changed here: what is read from the disk is older. */
  const touched = new Set<string>();
  const unkept = new Set<string>();
  let timer: Timer;
  let isTimed = false;
  const view = createView<ReadonlySet<string>>(() => new Set(drafts.keys()));

  const flush = (): void => {
    clock.cancel(timer);
    isTimed = false;
    const whose = account;
    if (whose === undefined) return;
    for (const room of unkept)
      keeping.putDraft(whose, room, drafts.get(room) ?? null).then(() => onKeeping(undefined), onKeeping);
    unkept.clear();
  };

  const forget = (): void => {
    clock.cancel(timer);
    isTimed = false;
    account = undefined;
    unkept.clear();
    touched.clear();
    drafts.clear();
    view.invalidate();
  };

  return {
    getSnapshot: view.getSnapshot,
    subscribe: view.subscribe,
    get: (room) => drafts.get(room),
    set(room, draft) {
      const isEmpty = draft.body === '' && draft.replyTo === undefined;
      const had = drafts.has(room);
      touched.add(room);
      if (isEmpty) drafts.delete(room);
      else drafts.set(room, draft);
      if (had === isEmpty) view.invalidate();
      if (isEmpty && !had) return; // the message that it became has taken it along
      unkept.add(room);
      if (isTimed) return;
      isTimed = true;
      timer = clock.after(KEEP_AFTER_MS, flush);
    },
    open(next) {
      if (next === account) return;
      flush();
      forget();
      account = next;
    },
    adopt(kept) {
      for (const [room, draft] of kept) if (!touched.has(room)) drafts.set(room, draft);
      view.invalidate();
    },
    flush,
    forget,
  };
};
