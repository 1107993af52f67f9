/** One signed-in socket: what it may be sent, what it has open. Frames come in through doors/socket.ts. */
import type { Actor, Visibility } from '@recreio/core';
import { CLOSE, type Limits, type ServerFrame } from '@recreio/protocol';
import { encode } from './frames.ts';
import { Outbound, type Writable } from './outbound.ts';

/** How a socket is ended: a close code, or at once without a word. */
export interface Closer {
  close(code: number, reason: string): void;
  cut(): void;
}

/** An open room stream of a connection. `catching` reads from the log; `live` is fed by the hub. */
export interface Subscription {
  readonly connection: Connection;
  readonly room: string;
  state: 'catching' | 'live' | 'ended';
  /** The seq up to which everything has been sent or declared. */
  sent: number;
}

/** A signed-in socket. */
export class Connection {
  readonly outbound: Outbound;
  readonly subscriptions = new Map<string, Subscription>();
  /** Rooms whose heads are to be told, at most once a second (contract D34), with the ordinals taken away since. */
  readonly dirtyHeads = new Map<string, readonly number[]>();
  lastHeadsAt = Number.NEGATIVE_INFINITY;
  /** The user stream: sent up to here; false while it is read from the log. */
  userSent = 0;
  userLive = false;
  closed = false;
  /** Commands and openings of streams that came in and have no answer yet (contract D23). */
  unanswered = 0;
  /** The server ends: what comes in now is not heard any more, what came before is still answered. */
  isLeaving = false;
  readonly actor: Actor;
  /** Age and courses, as they are known now: they may change while one is connected. */
  visibility: Visibility;
  private readonly closer: Closer;

  constructor(
    actor: Actor,
    visibility: Visibility,
    socket: Writable,
    closer: Closer,
    limits: Limits,
    monotonic: () => number,
  ) {
    this.actor = actor;
    this.visibility = visibility;
    this.closer = closer;
    this.outbound = new Outbound(socket, limits, monotonic);
  }

  /** Says welcome; what was to be sent before comes after it (docs/protocol.md R19). */
  welcome(frame: Extract<ServerFrame, { t: 'welcome' }>): void {
    this.outbound.open(encode(frame));
  }

  /** Sends one frame that concerns this connection alone. */
  send(frame: ServerFrame): void {
    this.outbound.push(encode(frame));
  }

  /** Ends it; not a byte of content follows (contract D27). What waits is written first only when the person may still have it. */
  end(code: number, reason: string, flush: boolean): void {
    if (this.closed) return;
    this.closed = true;
    if (flush) this.outbound.flush();
    this.outbound.close();
    for (const subscription of this.subscriptions.values()) subscription.state = 'ended';
    // What the socket still holds for a slow reader would go out before the close frame
    if (code === CLOSE.signedOut && this.outbound.bytes > 0) this.closer.cut();
    else this.closer.close(code, reason);
  }
}
