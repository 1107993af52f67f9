/** The socket itself: does what `connection.ts` decides, carries frames, and gives each request its one answer. */
import {
  CLOSE,
  type ClientFrame,
  type Cursor,
  DEFAULT_LIMITS,
  type Limits,
  type Problem,
  PROTOCOL_VERSION,
  problem,
  type ServerFrame,
  SUBPROTOCOL,
} from '@recreio/protocol';
import type { Clock, Timer } from './clock.ts';
import { type ConnectionEffect, type ConnectionEvent, type ConnectionState, transition } from './connection.ts';
import { ProblemError } from './errors.ts';
import { createValue, type Readable } from './store.ts';

/** The part of a WebSocket that the SDK uses; the browser's and Node's have it. */
export interface SocketLike {
  send(text: string): void;
  close(code?: number): void;
  addEventListener(
    type: 'open' | 'message' | 'close' | 'error',
    listener: (event: { readonly type: string; readonly data?: unknown; readonly code?: number }) => void,
  ): void;
}

/** Makes a socket. */
export type SocketConstructor = new (url: string, protocols: string[]) => SocketLike;

/** What a socket needs of those who use it. */
export interface SocketOptions {
  readonly url: string;
  readonly WebSocket: SocketConstructor;
  readonly clock: Clock;
  readonly random: () => number;
  /**
   * A ticket for the hello, undefined where a cookie speaks ([R16]). When doubtful, it makes sure that there is a session.
   * Throws a `ProblemError` with `not-signed-in` when there is none.
   */
  credential(isDoubtful: boolean): Promise<string | undefined>;
  /** Where the person's own stream stands, for the hello ([R35]). */
  cursor(): Cursor | undefined;
  /** Told of every frame that answers no request, in order; of the welcome when the connection is ready. */
  onFrame(frame: ServerFrame): void;
}

/** A frame that is answered. */
export type RequestFrame = Extract<ClientFrame, { id: number }>;
/** What a request can come to; `null` when the connection went, or 20 s, without an answer. */
export type Answer =
  | Extract<ServerFrame, { t: 'done' | 'subscribed' | 'unsubscribed' }>
  | { readonly t: 'refused'; readonly id: number; readonly problem: Problem }
  | null;

type Unnumbered<F> = F extends RequestFrame ? Omit<F, 'id'> : never;

/** The connection as the rest of the SDK sees it. */
export interface Link {
  readonly state: Readable<ConnectionState>;
  isReady(): boolean;
  /** What the server said of its limits last; the defaults before. */
  limits(): Limits;
  /** Something happened around the connection: start, stop, online, visible, … */
  happen(event: ConnectionEvent): void;
  /**
   * Sends a request, in order, at most `limits.unansweredCommands` of them at a time ([R21]).
   * `settle` is called once, in the order of the frames; at once with `null` where there is no connection.
   */
  ask(frame: Unnumbered<RequestFrame>, settle: (answer: Answer) => void): void;
}

interface Asked {
  readonly frame: RequestFrame;
  readonly settle: (answer: Answer) => void;
  timer?: Timer;
}

/** The server answers or refuses within 10 s whatever its database does (contract D30); twice that is no answer. */
const ANSWER_MS = 20_000;
/** A UTF-16 code unit has at most three bytes in UTF-8: shorter texts need no counting. */
const UTF8_MOST = 3;
const CLIENT = 'recreio-sdk/0.1.0';

const parse = (data: unknown): ServerFrame | undefined => {
  if (typeof data !== 'string') return undefined;
  try {
    const frame: unknown = JSON.parse(data);
    return typeof frame === 'object' && frame !== null && 't' in frame ? (frame as ServerFrame) : undefined;
  } catch {
    return undefined;
  }
};

/** Lays a connection; nothing happens before `start`. */
export const createLink = (options: SocketOptions): Link => {
  const { clock, random } = options;
  const state = createValue<ConnectionState>({ name: 'idle' });
  const unanswered = new Map<number, Asked>();
  let waiting: Asked[] = [];
  let limits = DEFAULT_LIMITS;
  let nextId = 1;
  let alarm: Timer;
  let heardAt = 0;
  let socket: SocketLike | undefined;
  /** Raised whenever a socket is given up, so that what it still says is not heard. */
  let generation = 0;

  const happen = (event: ConnectionEvent): void => {
    const before = state.getSnapshot();
    const [next, effects] = transition(before, event, { now: clock.now(), random: random() });
    state.set(next);
    if (before.name === 'ready' && next.name !== 'ready') forgetRequests();
    for (const effect of effects) perform(effect);
  };

  const write = (frame: ClientFrame): void => socket?.send(JSON.stringify(frame));

  const perform = (effect: ConnectionEffect): void => {
    switch (effect.do) {
      case 'dial':
        void dial(effect.isDoubtful);
        break;
      case 'hello':
        break; // written by `greet`, which holds the ticket
      case 'ping':
        write({ t: 'ping' });
        break;
      case 'hang-up':
        generation += 1;
        socket?.close(effect.code);
        socket = undefined;
        break;
      case 'alarm':
        clock.cancel(alarm);
        alarm = clock.after(effect.ms, () => happen({ type: 'alarm', silentMs: clock.now() - heardAt }));
        break;
      case 'no-alarm':
        clock.cancel(alarm);
        break;
    }
  };

  const greet = (ticket: string | undefined): void => {
    const cursor = options.cursor();
    write({
      t: 'hello',
      protocol: PROTOCOL_VERSION,
      client: CLIENT,
      ...(ticket === undefined ? {} : { ticket }),
      ...(cursor === undefined ? {} : { cursor }),
    });
  };

  const dial = async (isDoubtful: boolean): Promise<void> => {
    generation += 1;
    const mine = generation;
    let ticket: string | undefined;
    try {
      ticket = await options.credential(isDoubtful);
    } catch (error) {
      if (mine !== generation) return;
      const isSignedOut = error instanceof ProblemError && error.problem.code === 'not-signed-in';
      happen(isSignedOut ? { type: 'signed-out' } : { type: 'lost', code: CLOSE.heartbeatLost });
      return;
    }
    if (mine !== generation) return;
    const dialled = new options.WebSocket(options.url, [SUBPROTOCOL]);
    socket = dialled;
    dialled.addEventListener('open', () => {
      if (mine !== generation) return;
      heardAt = clock.now();
      happen({ type: 'opened' });
      greet(ticket);
    });
    dialled.addEventListener('message', ({ data }) => {
      if (mine === generation) hear(data);
    });
    dialled.addEventListener('close', ({ code }) => {
      if (mine !== generation) return;
      generation += 1;
      socket = undefined;
      happen({ type: 'lost', code: code ?? 1006 });
    });
    // An error is always followed by a close, which says the code; without a listener Node would print it
    dialled.addEventListener('error', () => undefined);
  };

  const hear = (data: unknown): void => {
    heardAt = clock.now();
    const frame = parse(data);
    if (frame === undefined) {
      // Not of this protocol: whoever it is, start afresh
      generation += 1;
      socket?.close(CLOSE.heartbeatLost);
      happen({ type: 'lost', code: CLOSE.heartbeatLost });
      return;
    }
    if (frame.t === 'welcome') {
      limits = frame.limits;
      happen({ type: 'welcomed', heartbeatMs: limits.heartbeatMs });
    }
    if (frame.t === 'goaway') happen({ type: 'goaway', retryAfterMs: frame.retryAfterMs });
    if ('id' in frame && frame.id !== undefined) {
      settle(frame.id, frame);
      return;
    }
    options.onFrame(frame);
  };

  const settle = (id: number, answer: Answer): void => {
    const asked = unanswered.get(id);
    if (asked === undefined) return; // its time was over
    unanswered.delete(id);
    clock.cancel(asked.timer);
    asked.settle(answer);
    sendWaiting();
  };

  const sendWaiting = (): void => {
    while (waiting.length > 0 && unanswered.size < limits.unansweredCommands) {
      const asked = waiting.shift();
      if (asked === undefined) return;
      const { id } = asked.frame;
      unanswered.set(id, asked);
      asked.timer = clock.after(ANSWER_MS, () => settle(id, null));
      write(asked.frame);
    }
  };

  const forgetRequests = (): void => {
    const all = [...unanswered.values(), ...waiting];
    unanswered.clear();
    waiting = [];
    for (const asked of all) {
      clock.cancel(asked.timer);
      asked.settle(null);
    }
  };

  const isTooLarge = (frame: RequestFrame): boolean => {
    const text = JSON.stringify(frame);
    return text.length * UTF8_MOST > limits.frameBytes && new TextEncoder().encode(text).length > limits.frameBytes;
  };

  return {
    state,
    isReady: () => state.getSnapshot().name === 'ready',
    limits: () => limits,
    happen,
    ask(unnumbered, settleOne) {
      if (state.getSnapshot().name !== 'ready') {
        settleOne(null);
        return;
      }
      const id = nextId;
      nextId += 1;
      const frame = { ...unnumbered, id } as RequestFrame;
      // The server would end the whole connection for it, and for good ([R22])
      if (isTooLarge(frame)) {
        settleOne({ t: 'refused', id, problem: problem('too-large') });
        return;
      }
      waiting.push({ frame, settle: settleOne });
      sendWaiting();
    },
  };
};
