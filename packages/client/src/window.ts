/** The stretch of a room's log that is held in memory: loaded page by page, kept true by the stream, bounded. */
import type { RoomEvent } from '@recreio/protocol';
import type { Call } from './call.ts';
import { NoAnswerError } from './errors.ts';
import {
  declare,
  fold,
  fromPage,
  merge,
  type Page,
  type Place,
  stretched,
  type Timeline,
  touches,
  trim,
} from './reduce.ts';
import type { StreamStep } from './streams.ts';

/** What is being loaded now. */
export interface Loading {
  readonly opening: boolean;
  readonly before: boolean;
  readonly after: boolean;
  /** The first seqs of the holes that are being filled. */
  readonly holes: ReadonlySet<number>;
}

/** A stretch with the side that moves it. Loading again what is being loaded does nothing. */
export interface RoomWindow {
  timeline(): Timeline | null;
  loading(): Loading;
  /** The first page: around a seq, or the newest. Resolves to null when something else was asked for meanwhile. */
  open(around: number | null): Promise<Page | null>;
  before(): Promise<void>;
  after(): Promise<void>;
  /** Makes sure that the seq is in the stretch, or as near to it as there is something visible. */
  jump(seq: number): Promise<void>;
  /** Makes sure that the stretch reaches the present. */
  present(): Promise<void>;
  /** Fills the hole that begins at this seq, a page at a time. */
  fill(from: number): Promise<void>;
  /** What the stream brought, in order; `reset` is for the caller to answer with `clear` and `open`. */
  take(step: StreamStep<RoomEvent>): void;
  /** Forgets everything; `seq` is where the stream goes on, null when none is followed. */
  clear(seq: number | null): void;
}

/** A screen shows some ten messages: enough to scroll on while the next come. */
const PAGE = 50;
/** When a stretch is read anew there is no screen to fill: the most that a page holds. */
const WHOLE_PAGE = 100;
/** Two hundred screens; beyond, memory on a phone would grow with the day. */
export const MOST_MESSAGES = 1_000;
/** Events a page may be behind the stream; a page is some 100 ms under way. */
const MOST_RECENT = 1_000;
/** Pages that are older than what is remembered of the stream are asked for again this often. */
const TRIES = 3;

/** Lays a window over a room. `onChange` follows each change, `onFailure` each load that came to nothing. */
export const createWindow = (
  room: string,
  call: Call,
  onChange: () => void,
  onFailure: (error: unknown) => void,
  /** Of this message's thread; left out: of the room's own conversation. */
  thread?: string,
): RoomWindow => {
  let timeline: Timeline | null = null;
  const under = { opening: false, before: false, after: false, holes: new Set<number>() };
  /** Raised whenever everything is forgotten or replaced: pages asked for before are too late. */
  let generation = 0;
  /** The events after `recentAfter`, for pages that are older than the stream; `seq` is the stream's last. */
  let recent: RoomEvent[] = [];
  let recentAfter = 0;
  let seq: number | null = null;
  /** Which end is let go when there are too many: the one that the person has left. */
  let leaves: 'oldest' | 'newest' = 'oldest';

  const set = (next: Timeline | null): void => {
    timeline = next === null ? null : trim(next, MOST_MESSAGES, leaves);
    onChange();
  };

  const read = async (place: Place, limit: number): Promise<Page> => {
    for (let attempt = 0; attempt < TRIES; attempt += 1) {
      const page = await call('messages.page', { room, limit, ...place, ...(thread === undefined ? {} : { thread }) });
      if (page.at >= recentAfter) return stretched(page, place);
    }
    throw new NoAnswerError('The history is too far behind the stream');
  };

  /** Only a page that opens replaces: one that was asked for beside what a jump has replaced since lies nowhere now. */
  const put = (page: Page, opens = false): void => {
    if (timeline === null) {
      const first = fold(fromPage(room, page), recent);
      set(seq === null ? first : { ...first, at: seq });
      if (seq === null) {
        seq = page.at;
        recentAfter = page.at;
      }
    } else if (opens || touches(timeline, page)) set(merge(timeline, page, recent));
  };

  /** Loads a page unless it is being loaded; one that comes after everything was replaced is dropped. */
  const load = async (mark: (isOn: boolean) => boolean, place: Place, opens = false): Promise<Page | null> => {
    if (!mark(true)) return null;
    onChange();
    const mine = generation;
    try {
      const page = await read(place, PAGE);
      if (mine !== generation) return null;
      put(page, opens);
      return page;
    } catch (error) {
      if (mine === generation) onFailure(error);
      return null;
    } finally {
      if (mine === generation) {
        mark(false);
        onChange();
      }
    }
  };

  const flag = (name: 'opening' | 'before' | 'after') => (isOn: boolean) => {
    if (isOn && under[name]) return false;
    under[name] = isOn;
    return true;
  };

  const restart = (): void => {
    generation += 1;
    under.opening = false;
    under.before = false;
    under.after = false;
    under.holes.clear();
  };

  /** Reads the loaded messages anew: edits and removals to them may lie in what was left out. */
  const refresh = async ({ from, to }: Timeline): Promise<void> => {
    const mine = generation;
    try {
      for (let after = from - 1; after < to; ) {
        const page = await read({ after }, WHOLE_PAGE);
        if (mine !== generation) return;
        put(page);
        if (!page.after || page.to <= after) return;
        after = page.to;
      }
    } catch (error) {
      if (mine === generation) onFailure(error);
    }
  };

  const remember = (events: readonly RoomEvent[]): void => {
    recent.push(...events);
    seq = events.at(-1)?.seq ?? seq;
    const extra = recent.splice(0, Math.max(0, recent.length - MOST_RECENT));
    recentAfter = extra.at(-1)?.seq ?? recentAfter;
  };

  const jump = async (place: Place): Promise<void> => {
    restart();
    leaves = 'oldest';
    await load(flag('opening'), place, true);
  };

  return {
    timeline: () => timeline,
    loading: () => ({ ...under, holes: new Set(under.holes) }),
    open: (around) => load(flag('opening'), around === null ? {} : { around }, true),
    async before() {
      if (!timeline?.before) return;
      leaves = 'newest';
      await load(flag('before'), { before: timeline.from });
    },
    async after() {
      if (!timeline?.after) return;
      leaves = 'oldest';
      await load(flag('after'), { after: timeline.to });
    },
    async jump(to) {
      const isHere = timeline !== null && to >= timeline.from && to <= timeline.to;
      if (isHere && !timeline?.holes.some((hole) => to >= hole.from && to <= hole.to)) return;
      await jump({ around: to });
    },
    async present() {
      leaves = 'oldest';
      if (timeline?.after) await jump({});
    },
    async fill(from) {
      if (!timeline?.holes.some((hole) => hole.from === from)) return;
      const mark = (isOn: boolean) => {
        if (isOn && under.holes.has(from)) return false;
        if (isOn) under.holes.add(from);
        else under.holes.delete(from);
        return true;
      };
      await load(mark, { after: from - 1 });
    },
    take(step) {
      if (step.type === 'apply') {
        remember(step.events);
        if (timeline !== null) set(fold(timeline, step.events));
        return;
      }
      if (step.type === 'ask' || step.type === 'reset') return;
      const { from, to } = step;
      seq = to;
      if (step.type === 'hole') {
        recent = [];
        recentAfter = to;
      }
      if (timeline === null) return;
      const old = timeline;
      set(declare(timeline, step.type === 'hole' ? 'holes' : step.type, { from, to }));
      if (step.type === 'hole') void refresh(old);
    },
    clear(next) {
      restart();
      recent = [];
      recentAfter = next ?? 0;
      seq = next;
      leaves = 'oldest';
      set(null);
    },
  };
};
