/** The person's own stream: always there on a connection, resumed by its cursor, read on where something is missing ([R35]). */
import { type Cursor, type UserEvent, userStream } from '@recreio/protocol';
import type { Call } from './call.ts';
import { caughtUp, follow, type StreamFrame, type StreamState, take } from './streams.ts';

/** Follows the own stream. */
export interface OwnStream {
  /** For the hello; undefined for a fresh start. */
  cursor(): Cursor | undefined;
  /** A connection is there; `head` is where the stream stands, and everything up to it is in the welcome. */
  welcome(account: string, head: Cursor): void;
  hear(frame: StreamFrame): void;
  forget(): void;
}

/** Pages of `streams.readMine`. */
const PAGE = 500;

/**
 * Lays the own stream. `onEvent` is told of each event once, in order; `isNew` says that it came after the welcome,
 * whose rooms and counts have the others in them.
 */
export const createOwnStream = (
  call: Call,
  onEvent: (event: UserEvent, isNew: boolean) => void,
  onFailure: (error: unknown) => void,
): OwnStream => {
  let state: StreamState = follow(null);
  let whose: string | undefined;
  let welcomedAt = 0;
  let generation = 0;

  const tell = (events: readonly UserEvent[]): void => {
    for (const event of events) onEvent(event, event.seq > welcomedAt);
  };

  /** Reads on from the cursor until nothing is left; frames that came meanwhile are among it, since they are durable. */
  const readOn = async (): Promise<void> => {
    const mine = generation;
    try {
      for (;;) {
        const { events, to, head } = await call('streams.readMine', { after: state.cursor?.seq ?? 0, limit: PAGE });
        if (mine !== generation) return;
        advance({ t: 'events', stream: userStream(whose ?? ''), events });
        state = caughtUp(state, to);
        if (to >= head || events.length === 0) return;
      }
    } catch (error) {
      if (mine !== generation) return;
      state = { ...state, askedAt: null }; // the next event that does not fit asks again
      onFailure(error);
    }
  };

  const advance = (frame: StreamFrame): void => {
    const [next, steps] = take<UserEvent>(state, frame);
    state = next;
    for (const step of steps) {
      if (step.type === 'apply') tell(step.events);
      if (step.type === 'ask') void readOn();
    }
  };

  return {
    cursor: () => state.cursor ?? undefined,
    welcome(account, head) {
      generation += 1;
      welcomedAt = head.seq;
      const isFresh = state.cursor === null || whose !== account || state.cursor.epoch !== head.epoch;
      whose = account;
      state = follow(isFresh ? head : state.cursor);
    },
    hear: advance,
    forget() {
      generation += 1;
      state = follow(null);
      whose = undefined;
    },
  };
};
