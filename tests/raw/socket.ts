import WebSocket from 'ws';
import type { WireCursor, WireFrame } from './wire.ts';

/** How a socket is opened. `onFrame` instead of keeping frames, for those who see many. */
export interface Opening {
  readonly cookie?: string;
  readonly origin?: string;
  readonly protocols?: readonly string[];
  readonly onFrame?: (frame: WireFrame) => void;
  readonly onClose?: (code: number) => void;
  readonly timeoutMs?: number;
}

/** The upgrade was answered with something else. */
export class NotUpgraded extends Error {
  override readonly name = 'NotUpgraded';
  readonly status: number;
  constructor(status: number) {
    super(`the upgrade was answered with ${status}`);
    this.status = status;
  }
}

/** One WebSocket as it is, without backoff, cursors or kindness. */
export class RawSocket {
  readonly socket: WebSocket;
  readonly frames: WireFrame[] = [];
  closed: { readonly code: number; readonly reason: string } | null = null;
  private readonly waiting = new Set<() => void>();
  private nextId = 1;

  private constructor(socket: WebSocket, opening: Opening) {
    this.socket = socket;
    socket.on('message', (data, isBinary) => {
      if (isBinary) throw new Error('the server sent a binary message');
      const frame = JSON.parse(String(data)) as WireFrame;
      if (opening.onFrame) opening.onFrame(frame);
      else this.frames.push(frame);
      this.wake();
    });
    socket.on('close', (code, reason) => {
      this.closed = { code, reason: String(reason) };
      opening.onClose?.(code);
      this.wake();
    });
    // A cut connection also says 'error'; 'close' follows and tells
    socket.on('error', () => undefined);
  }

  /** Opens a socket; rejects with NotUpgraded when HTTP answered instead. */
  static open(base: string, opening: Opening = {}): Promise<RawSocket> {
    return new Promise((resolve, reject) => {
      const socket = new WebSocket(
        `${base.replace(/^http/, 'ws')}/socket`,
        [...(opening.protocols ?? ['recreio.v1'])],
        {
          headers: opening.cookie === undefined ? {} : { cookie: opening.cookie },
          ...(opening.origin === undefined ? {} : { origin: opening.origin }),
          handshakeTimeout: opening.timeoutMs ?? 10_000,
          perMessageDeflate: false,
        },
      );
      // Before 'open' is told, so that no frame can come unseen
      const raw = new RawSocket(socket, opening);
      socket.once('open', () => resolve(raw));
      socket.once('unexpected-response', (request, response) => {
        request.destroy();
        reject(new NotUpgraded(response.statusCode ?? 0));
      });
      socket.once('error', reject);
      socket.once('close', (code) => reject(new Error(`closed with ${code} before it was open`)));
    });
  }

  /** Sends a frame; text and bytes go as they are. */
  send(frame: object | string | Buffer): void {
    this.socket.send(typeof frame === 'string' || Buffer.isBuffer(frame) ? frame : JSON.stringify(frame));
  }

  /** The first frame, of those that came and those to come, that is meant. Rejects after the time or when closed. */
  async until(isMeant: (frame: WireFrame) => boolean, timeoutMs = 8_000): Promise<WireFrame> {
    let seen = 0;
    const next = (): WireFrame | undefined => {
      const found = this.frames.slice(seen).find(isMeant);
      seen = this.frames.length;
      return found;
    };
    return await this.wait(
      next,
      timeoutMs,
      () => `of ${this.frames.map(({ t }) => t).join(' ') || 'no frames'}, none was meant`,
    );
  }

  /** Says hello; resolves with the welcome. */
  hello(given: { ticket?: string; cursor?: WireCursor; protocol?: number } = {}): Promise<WireFrame> {
    this.send({ t: 'hello', protocol: 1, ...given });
    return this.until(({ t }) => t === 'welcome');
  }

  /** Sends a command; resolves with its done or refused frame. */
  do(command: string, input: object): Promise<WireFrame> {
    const id = this.nextId++;
    this.send({ t: 'do', id, command, input });
    return this.until((frame) => (frame.t === 'done' || frame.t === 'refused') && frame.id === id);
  }

  /** Opens a room's stream; resolves with what answers the request. */
  subscribe(room: string, cursor?: WireCursor): Promise<WireFrame> {
    const id = this.nextId++;
    this.send({ t: 'subscribe', id, stream: `room:${room}`, ...(cursor ? { cursor } : {}) });
    return this.until((frame) => frame.id === id);
  }

  /** Events of a stream so far, in the order they came. */
  events(stream: string) {
    return this.frames.flatMap((frame) =>
      frame.t === 'events' && frame.stream === stream ? (frame.events ?? []) : [],
    );
  }

  /** How the connection ended; waits for it. */
  async end(timeoutMs = 8_000): Promise<{ readonly code: number; readonly reason: string }> {
    return await this.wait(
      () => this.closed ?? undefined,
      timeoutMs,
      () => 'the connection is still open',
      true,
    );
  }

  /** Ends it in an orderly way. */
  close(): void {
    this.socket.close(1000);
  }

  private wake(): void {
    this.waiting.forEach((wake) => wake());
  }

  /** What `look` finds, as soon as it finds something. */
  wait<T>(look: () => T | undefined, timeoutMs: number, says: () => string, orClosed = false): Promise<T> {
    return new Promise((resolve, reject) => {
      const finish = () => {
        clearTimeout(timer);
        this.waiting.delete(wake);
      };
      const wake = () => {
        const found = look();
        if (found !== undefined) {
          finish();
          resolve(found);
        } else if (this.closed && !orClosed) {
          finish();
          reject(new Error(`closed with ${this.closed.code} ${this.closed.reason}; ${says()}`));
        }
      };
      const timer = setTimeout(() => {
        finish();
        reject(new Error(`waited ${timeoutMs} ms; ${says()}`));
      }, timeoutMs);
      this.waiting.add(wake);
      wake();
    });
  }
}
