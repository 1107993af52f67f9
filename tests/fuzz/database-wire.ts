/**
 * The wire between one server and PostgreSQL. It knows as much of PostgreSQL's protocol as it takes to tell one message from the
 * next, a COMMIT, its answer, and a notification (PostgreSQL 18 documentation, §54.7): a length behind each message's first byte.
 */
import { once } from 'node:events';
import { connect, createServer, type NetConnectOpts, type Socket } from 'node:net';
import type { Random } from './random.ts';

/** How notifications are lied about: shares from 0 to 1. What is late comes out of order as well. */
export interface Lies {
  readonly drops: number;
  readonly doubles: number;
  readonly delays: number;
  readonly delayMs: number;
}

/** What was done on a wire, counted. */
export interface WireCount {
  /** Commits whose answer was lost after they had happened, that were lost on their way, and that came late. */
  answersLost: number;
  commitsLost: number;
  commitsLate: number;
  /** Notifications dropped, doubled or late. */
  lies: number;
}

/** A wire that can be hurt in the ways a network hurts. */
export interface DatabaseWire {
  readonly port: number;
  readonly done: WireCount;
  /** Breaks every connection; new ones work. */
  cut(): void;
  /** Nothing comes through in either direction, and nobody is told, until `mend`, which breaks what swallowed. */
  swallow(): void;
  mend(): void;
  /** Keeps what goes either way for so long; 0 ends that. Order stays. */
  delay(delayMs: number): void;
  /** The next COMMIT happens, and its connection ends before the answer arrives. */
  loseNextAnswer(): void;
  /** The next COMMIT's connection ends before it arrives. */
  loseNextCommit(): void;
  /** The next COMMIT arrives so much later, also when the server has given its connection up meanwhile, and nobody hears the answer. */
  holdNextCommit(holdMs: number): void;
  /** What was to happen to the next COMMIT will not. */
  disarm(): void;
  /** Whether a COMMIT is waited for or held back. */
  readonly isArmed: boolean;
  /** Lies about notifications until null is given. */
  lie(lies: Lies | null): void;
  close(): Promise<void>;
}

/** `CommandComplete` with the tag COMMIT, as PostgreSQL sends it. */
const COMMITTED = Buffer.from('C\0\0\0\x0bCOMMIT\0');
/** The statement as it stands in a simple query and in a parsed one. */
const COMMIT = Buffer.from('COMMIT\0');
/** `NotificationResponse`. */
const NOTIFICATION = 'A'.charCodeAt(0);
/** A message's type and length. */
const HEAD_BYTES = 5;

type Armed = { readonly kind: 'answer' } | { readonly kind: 'commit' } | { readonly kind: 'hold'; readonly ms: number };

/** Opens a wire to where PostgreSQL listens. */
export async function openDatabaseWire(target: () => NetConnectOpts, random: Random): Promise<DatabaseWire> {
  const done: WireCount = { answersLost: 0, commitsLost: 0, commitsLate: 0, lies: 0 };
  const pairs = new Set<readonly [Socket, Socket]>();
  let isSwallowing = false;
  let delayMs = 0;
  let armed: Armed | null = null;
  let held = 0;
  let lies: Lies | null = null;

  const breakAll = (): void => {
    for (const pair of pairs) for (const socket of pair) socket.destroy();
  };

  const server = createServer((near) => {
    const far = connect(target());
    const pair = [near, far] as const;
    pairs.add(pair);
    let isHeld = false;
    const end = (): void => {
      near.destroy();
      // What is held back reaches the database all the same, as packets do whose sender has gone
      if (isHeld) return;
      far.destroy();
      pairs.delete(pair);
    };
    const toFar = inOrder(far, () => delayMs);
    const toNear = inOrder(near, () => delayMs);
    const split = messages();

    near.on('data', (bytes: Buffer) => {
      if (isSwallowing || isHeld) return;
      if (armed !== null && armed.kind !== 'answer' && bytes.includes(COMMIT)) {
        const { kind } = armed;
        const holdMs = armed.kind === 'hold' ? armed.ms : 0;
        armed = null;
        if (kind === 'commit') {
          done.commitsLost += 1;
          return end();
        }
        isHeld = true;
        held += 1;
        setTimeout(() => {
          done.commitsLate += 1;
          far.end(bytes, () => {
            isHeld = false;
            held -= 1;
            near.destroy();
          });
        }, holdMs);
        return undefined;
      }
      return toFar(bytes);
    });
    far.on('data', (bytes: Buffer) => {
      if (isSwallowing || isHeld) return;
      if (armed?.kind === 'answer' && bytes.includes(COMMITTED)) {
        armed = null;
        done.answersLost += 1;
        return end();
      }
      for (const message of split(bytes)) pass(message);
      return undefined;
    });
    const pass = (message: Buffer): void => {
      if (lies === null || message[0] !== NOTIFICATION) return toNear(message);
      if (random.chance(lies.drops)) return void (done.lies += 1);
      const isDouble = random.chance(lies.doubles);
      if (isDouble) toNear(message);
      if (!random.chance(lies.delays)) {
        if (isDouble) done.lies += 1;
        return toNear(message);
      }
      done.lies += 1;
      // Between whole messages a notification may come at any time (§54.2.6)
      setTimeout(() => near.writable && toNear(message), random.below(lies.delayMs));
      return undefined;
    };
    for (const socket of pair) {
      socket.setNoDelay(true);
      socket.on('error', end);
      socket.on('close', end);
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('a TCP server has a port');
  return {
    port: address.port,
    done,
    cut: breakAll,
    swallow: () => {
      isSwallowing = true;
    },
    mend: () => {
      if (isSwallowing) breakAll();
      isSwallowing = false;
    },
    delay: (ms) => {
      delayMs = ms;
    },
    loseNextAnswer: () => {
      armed = { kind: 'answer' };
    },
    loseNextCommit: () => {
      armed = { kind: 'commit' };
    },
    holdNextCommit: (ms) => {
      armed = { kind: 'hold', ms };
    },
    disarm: () => {
      armed = null;
    },
    get isArmed() {
      return armed !== null || held > 0;
    },
    lie: (some) => {
      lies = some;
    },
    close: async () => {
      breakAll();
      server.close();
      await once(server, 'close');
    },
  };
}

/** Writes to a socket, each write later by the delay of its moment; what came first leaves first. */
function inOrder(to: Socket, delayMs: () => number): (bytes: Buffer) => void {
  const kept: Buffer[] = [];
  return (bytes) => {
    const ms = delayMs();
    if (ms === 0 && kept.length === 0) return void (to.writable && to.write(bytes));
    kept.push(bytes);
    setTimeout(() => {
      const next = kept.shift();
      if (next && to.writable) to.write(next);
    }, ms);
    return undefined;
  };
}

/** Parts what a server says into whole messages; what is not whole yet waits. */
function messages(): (bytes: Buffer) => Buffer[] {
  let rest: Buffer = Buffer.alloc(0);
  return (bytes) => {
    const all = rest.length === 0 ? bytes : Buffer.concat([rest, bytes]);
    const whole: Buffer[] = [];
    let from = 0; // where a run of ordinary messages begins
    let at = 0;
    while (at + HEAD_BYTES <= all.length) {
      const end = at + 1 + all.readUInt32BE(at + 1);
      if (end > all.length) break;
      if (all[at] === NOTIFICATION) {
        if (from < at) whole.push(all.subarray(from, at));
        whole.push(all.subarray(at, end));
        from = end;
      }
      at = end;
    }
    if (from < at) whole.push(all.subarray(from, at));
    rest = all.subarray(at);
    return whole;
  };
}
