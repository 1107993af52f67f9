/**
 * What waits to be written to one socket (contract D22). Everything queued in a turn of the event loop goes out in one write,
 * which is the one large lever on fan-out (performance.md); nothing waits on a timer.
 */
import type { Limits } from '@recreio/protocol';

/** The part of a TCP or TLS socket that is written to. */
export interface Writable {
  write(bytes: Buffer): boolean;
  readonly writableLength: number;
  once(event: 'drain', listener: () => void): unknown;
}

/** Sockets with something queued, flushed together at the end of the turn. */
const dirty = new Set<Outbound>();
let scheduled = false;
const flushAll = (): void => {
  scheduled = false;
  const batch = [...dirty];
  dirty.clear();
  for (const outbound of batch) outbound.flush();
};

/** The queue of one socket. A class because it has a life: it fills, drains, and is closed. */
export class Outbound {
  private queue: Buffer[] = [];
  private queuedBytes = 0;
  /** Frames that came before the first one that may go out; null when nothing is held back. */
  private held: Buffer[] | null = null;
  private blocked = false;
  private closed = false;
  private drainWaiters: (() => void)[] = [];
  /** Monotonic ms since when it has been full; null while it is not. */
  fullSince: number | null = null;
  private readonly socket: Writable;
  private readonly limits: Pick<Limits, 'outboundBytes' | 'outboundFrames'>;
  private readonly monotonic: () => number;

  constructor(socket: Writable, limits: Pick<Limits, 'outboundBytes' | 'outboundFrames'>, monotonic: () => number) {
    this.socket = socket;
    this.limits = limits;
    this.monotonic = monotonic;
  }

  /** Bytes that wait here and in the socket. */
  get bytes(): number {
    return this.queuedBytes + this.socket.writableLength;
  }

  /** How full it is, 0 to 1 and above. */
  get fill(): number {
    return Math.max(this.bytes / this.limits.outboundBytes, this.queue.length / this.limits.outboundFrames);
  }

  /** Whether durable events should wait in the log instead: re-read when it has drained. */
  get isFull(): boolean {
    return this.fill >= 1;
  }

  /** Queues a frame that must arrive. Its sender has asked `isFull` first where there may be many. */
  push(frame: Buffer): void {
    if (this.closed) return;
    if (this.held) {
      this.held.push(frame);
      return;
    }
    this.queue.push(frame);
    this.queuedBytes += frame.length;
    if (this.fullSince === null && this.isFull) this.fullSince = this.monotonic();
    dirty.add(this);
    if (!scheduled) {
      scheduled = true;
      setImmediate(flushAll);
    }
  }

  /** From now on everything waits behind the frame that `open` gives. */
  hold(): void {
    this.held = [];
  }

  /** Sends this frame first, then what waited for it. */
  open(first: Buffer): void {
    const held = this.held ?? [];
    this.held = null;
    for (const frame of [first, ...held]) this.push(frame);
  }

  /** Queues an ephemeral frame, unless more than half waits already (contract D24). */
  offer(frame: Buffer): void {
    if (this.fill < 0.5) this.push(frame);
  }

  /** Resolves when less than half waits; at once if so. Never resolves after `close`. */
  drained(): Promise<void> {
    if (this.fill < 0.5) return Promise.resolve();
    return new Promise((resolve) => this.drainWaiters.push(resolve));
  }

  /** Writes what is queued, in one piece. */
  flush(): void {
    if (this.blocked || this.closed || this.queue.length === 0) return;
    const joined = this.queue.length === 1 ? this.queue[0] : Buffer.concat(this.queue, this.queuedBytes);
    this.queue = [];
    this.queuedBytes = 0;
    if (joined && !this.socket.write(joined)) {
      this.blocked = true;
      this.socket.once('drain', () => {
        this.blocked = false;
        this.flush();
        this.settle();
      });
    }
    this.settle();
  }

  /** Forgets everything; nothing more is written. */
  close(): void {
    this.closed = true;
    this.held = null;
    this.queue = [];
    this.queuedBytes = 0;
    this.drainWaiters = [];
  }

  private settle(): void {
    if (this.fill >= 0.5) return;
    this.fullSince = null;
    const waiters = this.drainWaiters;
    this.drainWaiters = [];
    for (const resolve of waiters) resolve();
  }
}
