/**
 * A socket of a tab that goes through the tab that leads: a pair of ends on a channel of their own, held together by a lock,
 * so that the leader knows when the tab is gone. When another tab leads it is closed, and whoever used it connects anew.
 */
import { CLOSE } from '@recreio/protocol';
import type { FromHub, Hub, Line } from './hub.ts';
import type { Locks } from './leadership.ts';
import type { SocketConstructor, SocketLike } from './socket.ts';

/** A channel to other tabs. */
export interface Channel {
  post(message: unknown): void;
  close(): void;
}

/** How tabs reach each other. */
export interface Reach {
  readonly locks: Locks;
  /** Opens the channel of this name; `hear` is told what other tabs post there. */
  open(name: string, hear: (message: unknown) => void): Channel;
}

/** How a socket finds its way. */
export interface SocketWay extends Reach {
  /** Who leads, as far as it is known. */
  leader(): string | undefined;
  /** The hub, where this tab leads. */
  hub(url: string, protocols: string[]): Hub | undefined;
  /** Calls the leader to a line. */
  call(to: string, line: string, url: string, protocols: string[]): void;
  /** Is told when the leader changes; the answer ends it. */
  enter(socket: { led(): void }): () => void;
}

/** `taken`: so many frames were dealt with. */
type ToHub =
  | { readonly t: 'frame'; readonly text: string }
  | { readonly t: 'close'; readonly code: number }
  | { readonly t: 'taken'; readonly frames: number };

const nameOf = (line: string): string => `recreio line ${line}`;
/** A tab says this often what it has dealt with. */
const TAKEN_EVERY = 64;
/** As many frames as a server keeps for a connection that does not read ([R39]). A tab that sleeps would gather them for ever. */
const MOST_UNTAKEN = 512;

/** The leader's end of a line. */
export const attachLine = (hub: Hub, line: string, { locks, open }: Reach): void => {
  let untaken = 0;
  let isOver = false;
  const end = (code?: number): void => {
    if (isOver) return;
    isOver = true;
    if (code !== undefined) attached.close(code);
    channel.close();
  };
  const channel = open(nameOf(line), (message) => {
    const told = message as ToHub;
    if (isOver) return;
    if (told.t === 'frame') attached.send(told.text);
    else if (told.t === 'taken') untaken -= told.frames;
    else end(told.code);
  });
  const attached: Line = hub.attach((message: FromHub) => {
    if (isOver) return;
    channel.post(message);
    untaken += 1;
    if (message.t === 'close') end();
    else if (untaken > MOST_UNTAKEN) {
      channel.post({ t: 'close', code: CLOSE.slowConsumer } satisfies FromHub);
      end(CLOSE.slowConsumer);
    }
  });
  // Free when the tab is gone, however it went
  locks.request(nameOf(line), () => end(CLOSE.goingAway)).catch(() => undefined);
};

/** The tab's end: hands frames to `tell`, and answers with the line. Resolves into nothing when the tab cannot hold the lock. */
const callLine = (
  way: SocketWay,
  to: string,
  url: string,
  protocols: string[],
  tell: (message: FromHub) => void,
): Line => {
  const line = crypto.randomUUID();
  let taken = 0;
  let letGo: () => void = () => undefined;
  const channel = way.open(nameOf(line), (message) => {
    tell(message as FromHub);
    taken += 1;
    if (taken < TAKEN_EVERY) return;
    channel.post({ t: 'taken', frames: taken } satisfies ToHub);
    taken = 0;
  });
  const held = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  way.locks
    .request(nameOf(line), () => {
      way.call(to, line, url, protocols);
      return held;
    })
    .catch(() => tell({ t: 'close', code: CLOSE.restart }));
  return {
    send: (text) => channel.post({ t: 'frame', text } satisfies ToHub),
    close(code) {
      channel.post({ t: 'close', code } satisfies ToHub);
      channel.close();
      letGo();
    },
  };
};

/** The leader's own line: turns later, as if it came from elsewhere. */
const ownLine = (hub: Hub, tell: (message: FromHub) => void): Line => {
  const line = hub.attach((message) => queueMicrotask(() => tell(message)));
  return {
    send: (text) => queueMicrotask(() => line.send(text)),
    close: (code) => line.close(code),
  };
};

type Type = Parameters<SocketLike['addEventListener']>[0];
type Listener = Parameters<SocketLike['addEventListener']>[1];

/** Sockets that go through the tab that leads; one that is made before a leader is known waits for it. */
export const sharedSocket = (way: SocketWay): SocketConstructor =>
  class {
    readonly #listeners: { readonly type: Type; readonly listener: Listener }[] = [];
    readonly #url: string;
    readonly #protocols: string[];
    readonly #exit: () => void;
    #through: string | undefined;
    #line: Line | undefined;
    #isClosed = false;

    constructor(url: string, protocols: string[]) {
      this.#url = url;
      this.#protocols = protocols;
      this.#exit = way.enter({ led: () => this.#led() });
      queueMicrotask(() => this.#led());
    }

    /** Who leads is known, or has changed. */
    #led(): void {
      const leader = way.leader();
      if (this.#isClosed || leader === this.#through) return;
      if (this.#through !== undefined) {
        this.#line?.close(CLOSE.goingAway);
        this.#over(CLOSE.restart);
        return;
      }
      if (leader === undefined) return;
      this.#through = leader;
      const hear = (message: FromHub): void => this.#hear(message);
      const hub = way.hub(this.#url, this.#protocols);
      this.#line = hub === undefined ? callLine(way, leader, this.#url, this.#protocols, hear) : ownLine(hub, hear);
    }

    #hear(message: FromHub): void {
      if (this.#isClosed) return;
      if (message.t === 'open') this.#tell({ type: 'open' });
      else if (message.t === 'frame') this.#tell({ type: 'message', data: message.text });
      else {
        this.#line?.close(message.code);
        this.#over(message.code);
      }
    }

    #over(code: number): void {
      this.#isClosed = true;
      this.#exit();
      this.#tell({ type: 'close', code });
    }

    #tell(event: Parameters<Listener>[0]): void {
      for (const { type, listener } of this.#listeners) if (type === event.type) listener(event);
    }

    addEventListener(type: Type, listener: Listener): void {
      this.#listeners.push({ type, listener });
    }

    send(text: string): void {
      this.#line?.send(text);
    }

    close(code = 1000): void {
      if (this.#isClosed) return;
      this.#isClosed = true;
      this.#exit();
      this.#line?.close(code);
    }
  };
