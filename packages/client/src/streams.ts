/** One stream as a client follows it: what to apply, what to ignore, and when to ask again. Pure. */
import type { Cursor, RoomEvent, ServerFrame, UserEvent } from '@recreio/protocol';

type FrameOf<T extends ServerFrame['t']> = Extract<ServerFrame, { t: T }>;
/** The frames that move a stream. */
export type StreamFrame = FrameOf<'subscribed' | 'events' | 'gap' | 'hidden' | 'purged' | 'reset'>;

/** Where a client stands in a stream. */
export interface StreamState {
  /** The last event applied; null until the stream says where it is. */
  readonly cursor: Cursor | null;
  /** The seq at which the client has asked for what is missing and not been answered; null when nothing is missing. */
  readonly askedAt: number | null;
  /** The seq at which it asked before: asking there again would turn in a circle. */
  readonly lastAskedAt: number | null;
}

/** What a frame comes to, in this order. */
export type StreamStep<E extends RoomEvent | UserEvent> =
  /** New events, each following the one before by one. */
  | { readonly type: 'apply'; readonly events: readonly E[] }
  /** Seqs that are there and were left out: a hole that `messages.page` fills. */
  | { readonly type: 'hole'; readonly from: number; readonly to: number }
  | { readonly type: 'hidden'; readonly from: number; readonly to: number }
  | { readonly type: 'purged'; readonly from: number; readonly to: number }
  /** Forget everything of this stream and read it anew. */
  | { readonly type: 'reset'; readonly reason: FrameOf<'reset'>['reason'] }
  /** Something is missing: ask for what follows the cursor. */
  | { readonly type: 'ask' };

/** A stream that goes on from a cursor, or live from wherever it is. */
export const follow = (cursor: Cursor | null): StreamState => ({ cursor, askedAt: null, lastAskedAt: null });

/** The client has begun to ask anew (a new subscription): what was asked for is on its way. */
const answered = (state: StreamState): StreamState => ({
  ...state,
  askedAt: null,
  lastAskedAt: state.askedAt ?? state.lastAskedAt,
});

type Taken<E extends RoomEvent | UserEvent> = readonly [StreamState, readonly StreamStep<E>[]];

/** Something begins above cursor + 1: ask, once ([R28]); where asking has not helped before, say what is missing and go on. */
const missing = <E extends RoomEvent | UserEvent>(state: StreamState, cursor: Cursor, first: number): Taken<E> => {
  if (state.askedAt !== null) return [state, []]; // on its way already
  if (state.lastAskedAt !== cursor.seq) return [{ ...state, askedAt: cursor.seq }, [{ type: 'ask' }]];
  const moved = { ...state, cursor: { ...cursor, seq: first - 1, lastId: null } };
  return [moved, [{ type: 'hole', from: cursor.seq + 1, to: first - 1 }]];
};

const takeEvents = <E extends RoomEvent | UserEvent>(state: StreamState, all: readonly E[]): Taken<E> => {
  const { cursor } = state;
  if (cursor === null) return [state, []]; // no subscription was answered yet; these belong to one that is over
  const events = all.filter((event) => event.seq > cursor.seq); // seen before (contract D13)
  const [first] = events;
  const last = events.at(-1);
  if (first === undefined || last === undefined) return [state, []];
  if (first.seq > cursor.seq + 1) {
    const taken = missing<E>(state, cursor, first.seq);
    if (taken[0].cursor === cursor) return taken;
    const [rest, steps] = takeEvents(taken[0], events);
    return [rest, [...taken[1], ...steps]];
  }
  return [{ ...state, cursor: { ...cursor, seq: last.seq, lastId: last.id } }, [{ type: 'apply', events }]];
};

/** Seqs that are declared and not sent: the cursor passes over them, the id at its end is not known ([R32]). */
const takeRange = <E extends RoomEvent | UserEvent>(
  state: StreamState,
  frame: FrameOf<'gap' | 'hidden' | 'purged'>,
): Taken<E> => {
  const { cursor } = state;
  if (cursor === null || frame.to <= cursor.seq) return [state, []];
  if (frame.from > cursor.seq + 1) {
    const taken = missing<E>(state, cursor, frame.from);
    if (taken[0].cursor === cursor) return taken;
    const [rest, steps] = takeRange<E>(taken[0], frame);
    return [rest, [...taken[1], ...steps]];
  }
  const range = { from: Math.max(frame.from, cursor.seq + 1), to: frame.to };
  const moved = { ...state, cursor: { ...cursor, seq: frame.to, lastId: null } };
  return [moved, [frame.t === 'gap' ? { type: 'hole', ...range } : { type: frame.t, ...range }]];
};

/** Takes the next frame of the stream: the new state, and what it comes to ([R28] to [R33]). */
export const take = <E extends RoomEvent | UserEvent>(state: StreamState, frame: StreamFrame): Taken<E> => {
  switch (frame.t) {
    case 'subscribed':
      return [state.cursor === null ? { ...answered(state), cursor: frame.head } : answered(state), []];
    case 'reset':
      return [follow(frame.head), [{ type: 'reset', reason: frame.reason }]];
    case 'events':
      return takeEvents(state, frame.events as readonly E[]);
    case 'gap':
    case 'hidden':
    case 'purged':
      return takeRange(state, frame);
  }
};

/** The stream was read on from its cursor by other means (`streams.readMine`); `to` is as far as that went. */
export const caughtUp = (state: StreamState, to: number): StreamState => {
  const moved = state.cursor !== null && state.cursor.seq < to;
  return answered(
    moved && state.cursor !== null ? { ...state, cursor: { ...state.cursor, seq: to, lastId: null } } : state,
  );
};
