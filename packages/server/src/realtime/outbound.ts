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
/** Those whose queue only has what goes to very many: behind the others, in slices. What is queued during a walk is for the next. */
const wide = new Set<Outbound>();
/** Whom the walk over the wide ones has still to visit, from `nextInWalk` on. */
let walk: readonly Outbound[] = [];
let nextInWalk = 0;
let isScheduled = false;
let wideTimer: NodeJS.Timeout | null = null;

/**
 * A write takes some 10 µs, so a room of 5,000 takes 50 ms; nobody else waits for more than this, in ms. A flush to the database
 * has three turns of the event loop to wait for, so what is said in the room itself waits for some slices, too.
 */
const SLICE_MS = 1;
/** So often the clock is looked at. */
const CLOCK_EVERY = 16;
/** The longest that a room of very many is kept back while this process is busy, in ms. */
const PACE_MS = 20;
/** What the current walk over the wide ones has taken, in ms. */
let wideMs = 0;

const schedule = (): void => {
  if (isScheduled) return;
  isScheduled = true;
  setImmediate(flushAll);
};

const flushAll = (): void => {
  isScheduled = false;
  const batch = [...dirty];
  dirty.clear();
  for (const outbound of batch) outbound.flush();
  if (walk.length === 0) forgetJoined();
  if ((wide.size > 0 || nextInWalk < walk.length) && wideTimer === null) flushWide();
};

/**
 * One slice of the walk; between slices the others have their turn. A walk visits each socket once: whoever hears early and
 * answers early does not make it run on with a frame at a time. After a walk as much time passes as it took, so that a busy
 * room takes half of the process at most: what comes meanwhile leaves in one write (performance.md, "Pace big rooms").
 */
const flushWide = (): void => {
  const start = performance.now();
  if (nextInWalk === walk.length) {
    walk = [...wide];
    nextInWalk = 0;
    wide.clear();
  }
  while (nextInWalk < walk.length) {
    walk[nextInWalk]?.flush();
    nextInWalk += 1;
    if (nextInWalk % CLOCK_EVERY === 0 && performance.now() - start > SLICE_MS) break;
  }
  wideMs += performance.now() - start;
  if (nextInWalk < walk.length) return schedule();
  walk = [];
  nextInWalk = 0;
  forgetJoined();
  if (wideMs > 1) {
    wideTimer = setTimeout(
      () => {
        wideTimer = null;
        if (wide.size > 0) flushWide();
      },
      Math.min(PACE_MS, wideMs),
    );
  } else if (wide.size > 0) schedule();
  wideMs = 0;
};

/** What was joined last: the members of a room have the same frames waiting, which are joined once for all of them. */
let lastParts: readonly Buffer[] = [];
let lastJoined: Buffer = Buffer.alloc(0);

/** These frames as one piece. */
const joined = (parts: readonly Buffer[], bytes: number): Buffer => {
  const [only] = parts;
  if (parts.length === 1 && only) return only;
  if (parts.length === lastParts.length && parts.every((part, nth) => part === lastParts[nth])) return lastJoined;
  lastJoined = Buffer.concat(parts, bytes);
  lastParts = parts;
  return lastJoined;
};

/** Nothing is kept for longer than it takes to tell a room. */
const forgetJoined = (): void => {
  lastParts = [];
  lastJoined = Buffer.alloc(0);
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

  /** How full it is, 0 to 1 and above. Asked for each frame: what a socket that takes everything holds for a moment is left out. */
  get fill(): number {
    const bytes = this.blocked ? this.bytes : this.queuedBytes;
    return Math.max(bytes / this.limits.outboundBytes, this.queue.length / this.limits.outboundFrames);
  }

  /** Whether durable events should wait in the log instead: re-read when it has drained. */
  get isFull(): boolean {
    return this.fill >= 1;
  }

  /**
   * Queues a frame that must arrive. Its sender has asked `isFull` first where there may be many. `isWide`: it goes to very
   * many sockets and may leave a little later than what concerns fewer; their order on this socket stays.
   */
  push(frame: Buffer, isWide = false): void {
    if (this.closed) return;
    if (this.held) {
      this.held.push(frame);
      return;
    }
    this.queue.push(frame);
    this.queuedBytes += frame.length;
    if (this.fullSince === null && this.isFull) this.fullSince = this.monotonic();
    if (isWide && !dirty.has(this)) wide.add(this);
    else dirty.add(this);
    // While a walk has to rest, its timer wakes
    if (!isWide || wideTimer === null) schedule();
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
    wide.delete(this);
    if (this.blocked || this.closed || this.queue.length === 0) return;
    const piece = joined(this.queue, this.queuedBytes);
    this.queue = [];
    this.queuedBytes = 0;
    if (!this.socket.write(piece)) {
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
    wide.delete(this);
  }

  private settle(): void {
    if (this.fill >= 0.5) return;
    this.fullSince = null;
    const waiters = this.drainWaiters;
    this.drainWaiters = [];
    for (const resolve of waiters) resolve();
  }
}
