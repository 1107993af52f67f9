/**
 * The connection as one state machine, pure: state and event give the next state and what to do about it.
 * `socket.ts` does it.
 */
import { CLOSE, mayComeBack } from '@recreio/protocol';
import { backoffMs } from './backoff.ts';

/** Why a connection does not come back by itself ([R24]). */
export type ClosedReason = 'stopped' | 'signed-out' | 'unsupported-version' | 'refused';

/** Where the connection stands. Times are the clock's milliseconds. */
export type ConnectionState =
  | { readonly name: 'idle' }
  /** Getting a credential and a socket. `isDoubtful`: the last socket did not even open, so ask whether we are signed in. */
  | { readonly name: 'connecting'; readonly attempt: number; readonly isDoubtful: boolean }
  /** The socket is open and hello is sent; the welcome has not come. */
  | { readonly name: 'greeting'; readonly attempt: number }
  | {
      readonly name: 'ready';
      readonly attempt: number;
      readonly since: number;
      readonly heartbeatMs: number;
      /** An answer is wanted soon, because the network or the screen came back. */
      readonly isProbing: boolean;
      /** The server ends; come back then ([R25]). */
      readonly leaveAt?: number;
    }
  /** No connection; the next try is at `until`. */
  | { readonly name: 'waiting'; readonly attempt: number; readonly until: number; readonly isDoubtful: boolean }
  | { readonly name: 'closed'; readonly reason: ClosedReason };

/** What can happen to it. */
export type ConnectionEvent =
  | { readonly type: 'start' }
  | { readonly type: 'stop' }
  | { readonly type: 'opened' }
  | { readonly type: 'welcomed'; readonly heartbeatMs: number }
  /** The socket closed, or could not be had (1006 where there is no code). */
  | { readonly type: 'lost'; readonly code: number }
  /** The server says that no session is there. */
  | { readonly type: 'signed-out' }
  | { readonly type: 'goaway'; readonly retryAfterMs: number }
  /** The alarm that was set last rings. `silentMs`: how long nothing was heard. */
  | { readonly type: 'alarm'; readonly silentMs: number }
  | { readonly type: 'online' }
  | { readonly type: 'offline' }
  | { readonly type: 'visible' }
  /** A person asks to try at once. */
  | { readonly type: 'retry' };

/** What is to be done about it, in this order. */
export type ConnectionEffect =
  | { readonly do: 'dial'; readonly isDoubtful: boolean }
  | { readonly do: 'hello' }
  | { readonly do: 'hang-up'; readonly code: number }
  | { readonly do: 'ping' }
  /** Sets the one alarm; replaces the one before. */
  | { readonly do: 'alarm'; readonly ms: number }
  | { readonly do: 'no-alarm' };

/** What a transition may look at besides the state: the clock and a number 0 ≤ random < 1. */
export interface Chance {
  readonly now: number;
  readonly random: number;
}

/** From dialling to welcome; a ticket lives 30 s ([R11]). */
export const GREETING_MS = 10_000;
/** An answer to a ping after the network or the screen came back; sockets that died meanwhile say nothing. */
export const PROBE_MS = 5_000;
/** A connection that lived this long was a good one: the next backoff starts anew. */
const STABLE_MS = 10_000;

/** A state and what to do on entering it. */
export type Transition = readonly [ConnectionState, readonly ConnectionEffect[]];

const dial = (attempt: number, isDoubtful: boolean): Transition => [
  { name: 'connecting', attempt, isDoubtful },
  [
    { do: 'dial', isDoubtful },
    { do: 'alarm', ms: GREETING_MS },
  ],
];

const waitUntil = (until: number, attempt: number, isDoubtful: boolean, now: number): Transition => [
  { name: 'waiting', attempt, until, isDoubtful },
  [{ do: 'alarm', ms: Math.max(0, until - now) }],
];

const backOff = (attempt: number, isDoubtful: boolean, { now, random }: Chance): Transition =>
  waitUntil(now + backoffMs(attempt, random), attempt + 1, isDoubtful, now);

const shut = (reason: ClosedReason, isOpen: boolean): Transition => [
  { name: 'closed', reason },
  isOpen ? [{ do: 'no-alarm' }, { do: 'hang-up', code: 1000 }] : [{ do: 'no-alarm' }],
];

const reasonOf = (code: number): ClosedReason => {
  if (code === CLOSE.signedOut) return 'signed-out';
  return code === CLOSE.unsupportedVersion ? 'unsupported-version' : 'refused';
};

const hangUpFirst = (code: number, [state, effects]: Transition): Transition => [
  state,
  [{ do: 'hang-up', code }, ...effects],
];

const lost = (state: ConnectionState, code: number, chance: Chance): Transition => {
  if (!mayComeBack(code)) return shut(reasonOf(code), false);
  if (state.name !== 'ready')
    return backOff('attempt' in state ? state.attempt : 0, state.name === 'connecting', chance);
  if (state.leaveAt !== undefined && state.leaveAt > chance.now) return waitUntil(state.leaveAt, 0, false, chance.now);
  return backOff(chance.now - state.since >= STABLE_MS ? 0 : state.attempt, false, chance);
};

/** The alarm of an open connection: time to leave, to give it up for dead, to ping, or to listen on ([R23], [R25]). */
const listen = (state: Extract<ConnectionState, { name: 'ready' }>, silentMs: number, chance: Chance): Transition => {
  if (state.leaveAt !== undefined && chance.now >= state.leaveAt) return hangUpFirst(1000, dial(0, false));
  const isDead = silentMs >= 2 * state.heartbeatMs || (state.isProbing && silentMs >= PROBE_MS);
  if (isDead) return hangUpFirst(CLOSE.heartbeatLost, lost({ ...state }, CLOSE.heartbeatLost, chance));
  const isSilent = silentMs >= state.heartbeatMs;
  const ms = Math.min(
    isSilent ? 2 * state.heartbeatMs - silentMs : state.heartbeatMs - silentMs,
    (state.leaveAt ?? Number.POSITIVE_INFINITY) - chance.now,
  );
  return [{ ...state, isProbing: false }, [...(isSilent ? [{ do: 'ping' } as const] : []), { do: 'alarm', ms }]];
};

const probe = (state: ConnectionState): Transition => {
  if (state.name === 'waiting') return dial(0, state.isDoubtful);
  if (state.name !== 'ready' || state.isProbing) return [state, []];
  // A server that ends is left at its own time; the alarm for that stays
  if (state.leaveAt !== undefined) return [state, [{ do: 'ping' }]];
  return [{ ...state, isProbing: true }, [{ do: 'ping' }, { do: 'alarm', ms: PROBE_MS }]];
};

/** What comes next. Events that mean nothing in a state change nothing. */
export const transition = (state: ConnectionState, event: ConnectionEvent, chance: Chance): Transition => {
  const isOpen = state.name === 'connecting' || state.name === 'greeting' || state.name === 'ready';
  const stay: Transition = [state, []];
  switch (event.type) {
    case 'start':
      return state.name === 'idle' || state.name === 'closed' ? dial(0, false) : stay;
    case 'stop':
      return state.name === 'closed' ? stay : shut('stopped', isOpen);
    case 'signed-out':
      return state.name === 'closed' ? stay : shut('signed-out', isOpen);
    case 'opened':
      return state.name === 'connecting' ? [{ name: 'greeting', attempt: state.attempt }, [{ do: 'hello' }]] : stay;
    case 'welcomed': {
      if (state.name !== 'greeting') return stay;
      const { heartbeatMs } = event;
      return [
        { name: 'ready', attempt: state.attempt, since: chance.now, heartbeatMs, isProbing: false },
        [{ do: 'alarm', ms: heartbeatMs }],
      ];
    }
    case 'lost':
      return isOpen ? lost(state, event.code, chance) : stay;
    case 'goaway': {
      if (state.name !== 'ready') return stay;
      const ms = event.retryAfterMs;
      return [{ ...state, isProbing: false, leaveAt: chance.now + ms }, [{ do: 'alarm', ms }]];
    }
    case 'alarm':
      if (state.name === 'waiting') return dial(state.attempt, state.isDoubtful);
      if (state.name === 'ready') return listen(state, event.silentMs, chance);
      return isOpen ? hangUpFirst(CLOSE.heartbeatLost, lost(state, CLOSE.heartbeatLost, chance)) : stay;
    case 'online':
    case 'offline':
    case 'visible':
      // Going offline is a reason to doubt an open connection, none to dial
      return event.type === 'offline' && state.name === 'waiting' ? stay : probe(state);
    case 'retry':
      return state.name === 'waiting' ? dial(0, state.isDoubtful) : stay;
  }
};
