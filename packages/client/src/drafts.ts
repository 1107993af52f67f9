/**
 * What a person has begun to write, per account and room, kept in the browser until it is sent. `draft-sync.ts` keeps it equal on all
 * devices; what it needs for that is noted here beside the words, so that it outlives the page with them.
 */
import type { Clock, Timer } from './clock.ts';
import type { Draft } from './intention.ts';
import type { Keeping } from './keeping.ts';
import { createView, type Readable } from './store.ts';

/** Drafts by room; the snapshot names the rooms that have one. */
export interface Drafts extends Readable<ReadonlySet<string>> {
  get(room: string): Draft | undefined;
  /** Puts a draft down, kept within a fifth of a second; an empty one takes it away. */
  set(room: string, draft: Draft): void;
  /** The side for `draft-sync.ts`. */
  readonly notes: DraftNotes;
}

/** What is known of a draft on the server. */
export interface DraftNote {
  /** The version that the words here stand on; 0 where there was none. */
  readonly base: number;
  /** The server has yet to hear of the words here, or that they are gone. */
  readonly isUntold: boolean;
  /** What the server was told and has not answered, the last few: it may come back as a version. */
  readonly puts?: Draft['puts'];
}

/** Drafts as whoever keeps them equal on all devices sees them. */
export interface DraftNotes {
  /** What is known, by talk. */
  readonly known: ReadonlyMap<string, DraftNote>;
  /** Notes something; with words, those of another device take the place of what is here. */
  note(room: string, note: DraftNote, words?: Draft): void;
  /** Told of each talk in which somebody writes here, and of `undefined` when the page is about to go. */
  watch(listener: (room: string | undefined) => void): void;
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

const isEmpty = ({ body, replyTo }: Draft): boolean => body === '' && replyTo === undefined;

/** Lays the book. */
export const createDrafts = (keeping: Keeping, clock: Clock, onKeeping: (cause: unknown) => void): DraftBook => {
  let account: string | undefined;
  const drafts = new Map<string, Draft>();
  /** Rooms whose draft was changed here: what is read from the disk is older. */
  const touched = new Set<string>();
  const unkept = new Set<string>();
  const known = new Map<string, DraftNote>();
  let listener: ((room: string | undefined) => void) | undefined;
  let timer: Timer;
  let isTimed = false;
  const view = createView<ReadonlySet<string>>(() => new Set(drafts.keys()));

  const flush = (): void => {
    clock.cancel(timer);
    isTimed = false;
    const whose = account;
    if (whose === undefined) return;
    for (const room of unkept)
      keeping.putDraft(whose, room, recordOf(room)).then(() => onKeeping(undefined), onKeeping);
    unkept.clear();
  };
  /** As it is kept. That words are gone is kept, too, until the server has heard it: else it would bring them back. */
  const recordOf = (room: string): Draft | null => {
    const draft = drafts.get(room);
    const note = known.get(room);
    return draft || (note?.isUntold && note.base > 0) ? { body: '', ...draft, ...note } : null;
  };
  const write = (room: string, draft: Draft): void => {
    const had = drafts.has(room);
    if (isEmpty(draft)) drafts.delete(room);
    else drafts.set(room, draft);
    if (had === isEmpty(draft)) view.invalidate();
  };
  const keep = (room: string): void => {
    unkept.add(room);
    if (isTimed) return;
    isTimed = true;
    timer = clock.after(KEEP_AFTER_MS, flush);
  };

  const forget = (): void => {
    clock.cancel(timer);
    isTimed = false;
    account = undefined;
    unkept.clear();
    touched.clear();
    drafts.clear();
    known.clear();
    view.invalidate();
  };

  return {
    getSnapshot: view.getSnapshot,
    subscribe: view.subscribe,
    get: (room) => drafts.get(room),
    set(room, draft) {
      touched.add(room);
      if (isEmpty(draft) && !drafts.has(room)) return; // the message that it became has taken it along
      write(room, draft);
      known.set(room, { base: 0, ...known.get(room), isUntold: true });
      keep(room);
      listener?.(room);
    },
    notes: {
      known,
      note(room, note, words) {
        known.set(room, note);
        if (words) write(room, words);
        keep(room);
      },
      watch(told) {
        listener = told;
      },
    },
    open(next) {
      if (next === account) return;
      flush();
      forget();
      account = next;
    },
    adopt(kept) {
      for (const [room, { base = 0, isUntold = true, puts, ...draft }] of kept) {
        // What was written here since, and what the server has said meanwhile, is newer; words that it has not heard are kept
        if (touched.has(room) || (known.has(room) && !isUntold)) continue;
        known.set(room, { base, isUntold, ...(puts ? { puts } : {}) });
        write(room, draft);
        if (isUntold) listener?.(room);
      }
      view.invalidate();
    },
    flush() {
      flush();
      listener?.(undefined);
    },
    forget,
  };
};
