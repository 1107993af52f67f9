/** One room's stream on whatever connection there is: opened at the cursor, asked again when something is missing. */
import { type Cursor, type RoomEvent, roomStream } from '@recreio/protocol';
import { type Clock, pause } from './clock.ts';
import { ProblemError } from './errors.ts';
import type { Link } from './socket.ts';
import { follow, type StreamFrame, type StreamState, type StreamStep, take } from './streams.ts';

/** Where it stands. `asking`: the server has not answered; frames of before are not heard. */
type Phase = 'off' | 'asking' | 'on';

/** What a subscription needs. */
export interface SubscriptionOptions {
  readonly room: string;
  readonly link: Link;
  readonly clock: Clock;
  onStep(step: StreamStep<RoomEvent>): void;
  /** The room is not there for this person, or no more ([R34]). */
  onGone(): void;
  onChange(): void;
  onFailure(error: unknown): void;
}

/** A stream that can be switched on and off; the cursor outlives both. */
export interface Subscription {
  isOn(): boolean;
  cursor(): Cursor | null;
  /** Goes on from here; what was applied before is forgotten. */
  startAt(cursor: Cursor | null): void;
  /** Asks for the stream from the cursor; nothing when it is asked for or on. */
  on(): void;
  off(): void;
  hear(frame: StreamFrame): void;
  /** The connection is gone, and the subscription with it. */
  lost(): void;
}

/** Too many at once, or the server is busy: a person does not notice this pause. */
const AGAIN_MS = 2_000;

/** Lays a subscription; it is off. */
export const createSubscription = (options: SubscriptionOptions): Subscription => {
  const { link } = options;
  const stream = roomStream(options.room);
  let phase: Phase = 'off';
  let state: StreamState = follow(null);
  /** Raised with each asking, so that answers to earlier ones change nothing. */
  let asking = 0;

  const set = (next: Phase): void => {
    if (phase === next) return;
    phase = next;
    options.onChange();
  };

  const advance = (frame: StreamFrame): void => {
    const [next, steps] = take<RoomEvent>(state, frame);
    state = next;
    for (const step of steps) {
      options.onStep(step);
      if (step.type === 'ask') askAgain();
    }
  };

  const refused = async (error: ProblemError, mine: number): Promise<void> => {
    set('off');
    if (error.problem.code === 'not-found' || error.problem.code === 'not-a-member') {
      options.onGone();
      return;
    }
    options.onFailure(error);
    if (error.problem.retry !== 'later') return;
    await pause(options.clock, Math.max(AGAIN_MS, error.problem.retryAfterMs ?? 0));
    if (mine === asking && phase === 'off' && link.isReady()) ask();
  };

  const ask = (): void => {
    asking += 1;
    const mine = asking;
    set('asking');
    link.ask({ t: 'subscribe', stream, ...(state.cursor === null ? {} : { cursor: state.cursor }) }, (answer) => {
      if (mine !== asking) return;
      if (answer?.t === 'subscribed') {
        set('on');
        advance(answer);
      } else if (answer?.t === 'refused') void refused(new ProblemError(answer.problem), mine);
      else set('off'); // the next welcome asks again
    });
  };

  const askAgain = (): void => {
    link.ask({ t: 'unsubscribe', stream }, () => undefined);
    ask();
  };

  return {
    isOn: () => phase === 'on',
    cursor: () => state.cursor,
    startAt(cursor) {
      state = follow(cursor);
    },
    on() {
      if (phase === 'off' && link.isReady()) ask();
    },
    off() {
      asking += 1;
      if (phase !== 'off' && link.isReady()) link.ask({ t: 'unsubscribe', stream }, () => undefined);
      set('off');
    },
    hear(frame) {
      if (phase === 'on') advance(frame);
    },
    lost() {
      asking += 1;
      set('off');
    },
  };
};
