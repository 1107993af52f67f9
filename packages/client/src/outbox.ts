/**
 * What is being sent: shown at once, told truthfully, and repeated with the same client id until there is an answer
 * ([R40], [R41]). In a room one message goes after the other, in the order they were written.
 */
import { type Limits, type Problem, problem, type ProblemCode } from '@recreio/protocol';
import { backoffMs } from './backoff.ts';
import type { CallOutput, Caller } from './call.ts';
import type { Clock } from './clock.ts';
import { NoAnswerError, ProblemError } from './errors.ts';
import { madeAtMs } from './uuid.ts';

/** What a person wants to say. */
export interface Intention {
  /** Its name for good, and a stable key for the screen. */
  readonly clientId: string;
  readonly room: string;
  readonly body: string;
  readonly replyTo?: string;
  readonly mentions?: readonly string[];
  /** RFC 3339, by this device's clock; the server's comes with the acknowledgement. */
  readonly createdAt: string;
}

/** Where it stands. `sent` is only said after the server's answer, or after its own event was seen. */
export type SendState =
  /** Waits for the connection, for those before it, or for the server to be less busy. */
  | { readonly name: 'queued' }
  | { readonly name: 'sending'; readonly since: number }
  | { readonly name: 'sent'; readonly id: string; readonly seq: number; readonly ordinal: number; readonly at: string }
  | { readonly name: 'failed'; readonly why: 'refused'; readonly problem: Problem }
  /** It waited for more than 12 hours: whoever wrote it says whether it is still meant. */
  | { readonly name: 'failed'; readonly why: 'late' };

/** An intention and where it stands. */
export interface Pending extends Intention {
  readonly state: SendState;
}

/** Where unsent messages outlive the page. Rejections are told as `storage-failed`; the message is sent all the same. */
export interface OutboxStorage {
  load(account: string): Promise<readonly Intention[]>;
  put(account: string, intention: Intention): Promise<void>;
  remove(account: string, clientId: string): Promise<void>;
}

/** What an outbox needs. */
export interface OutboxOptions {
  readonly once: Caller['once'];
  readonly clock: Clock;
  readonly random: () => number;
  readonly newId: () => string;
  readonly limits: () => Limits;
  /** Whether a send can be tried now. */
  readonly canSend: () => boolean;
  readonly storage: OutboxStorage;
  /** Something of this room's has changed. */
  onChange(room: string): void;
  onStorageFailure(cause: unknown): void;
}

/** What is being sent. */
export interface Outbox {
  add(room: string, said: Pick<Intention, 'body' | 'replyTo' | 'mentions'>): string;
  /** Those of a room, in the order written; the same array as long as nothing changes. */
  of(room: string): readonly Pending[];
  /** Tries a failed one again. */
  retry(clientId: string): void;
  /** Lets a failed or queued one go. One that is under way cannot be called back, and stays. */
  discard(clientId: string): void;
  /** The message itself was seen in the room: whatever the answer was, it is sent. */
  seen(room: string, clientId: string): void;
  /** Now may be a good moment: the connection is back. */
  resume(): void;
  /** From now on what this person wants to say. */
  open(account: string): Promise<void>;
  /** Forgets everything, also what is kept: on signing out. */
  clear(): void;
}

const LATE_MS = 12 * 3_600_000;
/** A server that fails at this very message does so again; a person should know. */
const MOST_FAILURES = 5;
/** Repeated as long as it takes: the server is well, only not now. */
const PATIENT: ReadonlySet<ProblemCode> = new Set([
  'busy',
  'unavailable',
  'rate-limited',
  'too-many-commands',
  'flood',
]);
/** Repeated a few times: it may pass. */
const HOPEFUL: ReadonlySet<ProblemCode> = new Set(['internal', 'storage-full']);
const nothing: readonly Pending[] = [];

interface Line {
  pending: readonly Pending[];
  isUnderWay: boolean;
  failures: number;
  /** Not before this, by the clock. */
  notBefore: number;
}

/** Lays an outbox. */
export const createOutbox = (options: OutboxOptions): Outbox => {
  const { clock } = options;
  const lines = new Map<string, Line>();
  /** Late ones that a person has said to send all the same. */
  const meant = new Set<string>();
  let account: string | undefined;
  /** Raised when everything is forgotten, so that late answers find nothing. */
  let generation = 0;

  const keep = (work: (account: string) => Promise<void>): void => {
    if (account !== undefined) work(account).catch(options.onStorageFailure);
  };

  const lineOf = (room: string): Line => {
    const line = lines.get(room) ?? { pending: nothing, isUnderWay: false, failures: 0, notBefore: 0 };
    lines.set(room, line);
    return line;
  };

  const change = (room: string, changed: (pending: readonly Pending[]) => readonly Pending[]): void => {
    const line = lineOf(room);
    line.pending = changed(line.pending);
    options.onChange(room);
  };

  const put = (room: string, clientId: string, state: SendState): void =>
    change(room, (all) => all.map((one) => (one.clientId === clientId ? { ...one, state } : one)));

  const drop = (room: string, clientId: string): void => {
    change(room, (all) => all.filter((one) => one.clientId !== clientId));
    keep((whose) => options.storage.remove(whose, clientId));
  };

  const later = (line: Line, room: string, afterMs: number): void => {
    line.notBefore = clock.now() + afterMs;
    clock.after(afterMs, () => pump(room));
  };

  const failed = (line: Line, { room, clientId }: Pending, error: unknown): void => {
    if (error instanceof NoAnswerError) {
      // It took effect once or not at all; the same id tells ([R40])
      put(room, clientId, { name: 'queued' });
      later(line, room, backoffMs(line.failures, options.random()));
      line.failures += 1;
      return;
    }
    if (!(error instanceof ProblemError)) throw error;
    const { code, retryAfterMs = 0 } = error.problem;
    if (code === 'not-signed-in') {
      put(room, clientId, { name: 'queued' }); // until someone is
      line.notBefore = Number.POSITIVE_INFINITY;
      return;
    }
    if (PATIENT.has(code) || (HOPEFUL.has(code) && line.failures + 1 < MOST_FAILURES)) {
      put(room, clientId, { name: 'queued' });
      later(line, room, Math.max(retryAfterMs, backoffMs(line.failures, options.random())));
      line.failures += 1;
      return;
    }
    put(room, clientId, { name: 'failed', why: 'refused', problem: error.problem });
    line.failures = 0;
  };

  const acknowledged = (pending: Pending, ack: CallOutput<'messages.send'>): void => {
    const { room, clientId } = pending;
    // Seen already, or removed since: nothing is left to show
    if (ack.removed) drop(room, clientId);
    else put(room, clientId, { name: 'sent', id: ack.id, seq: ack.seq, ordinal: ack.ordinal, at: ack.at });
    keep((whose) => options.storage.remove(whose, clientId));
  };

  const sendOne = async (line: Line, pending: Pending): Promise<void> => {
    const mine = generation;
    const { room, clientId, body, replyTo, mentions } = pending;
    line.isUnderWay = true;
    put(room, clientId, { name: 'sending', since: clock.now() });
    try {
      const ack = await options.once('messages.send', {
        room,
        clientId,
        body,
        ...(replyTo === undefined ? {} : { replyTo }),
        ...(mentions === undefined ? {} : { mentions: [...mentions] }),
      });
      if (mine !== generation) return;
      line.failures = 0;
      acknowledged(pending, ack);
    } catch (error) {
      if (mine === generation) failed(line, pending, error);
    } finally {
      if (mine === generation) {
        line.isUnderWay = false;
        pump(room);
      }
    }
  };

  const pump = (room: string): void => {
    const line = lineOf(room);
    if (line.isUnderWay || clock.now() < line.notBefore || account === undefined || !options.canSend()) return;
    for (const { clientId, state } of line.pending) {
      if (state.name === 'queued' && isLate(clientId)) put(room, clientId, { name: 'failed', why: 'late' });
    }
    const next = line.pending.find(({ state }) => state.name === 'queued');
    if (next !== undefined) void sendOne(line, next);
  };

  const isLate = (clientId: string): boolean => !meant.has(clientId) && clock.now() - madeAtMs(clientId) > LATE_MS;

  const find = (clientId: string): Pending | undefined =>
    [...lines.values()].flatMap(({ pending }) => pending).find((one) => one.clientId === clientId);

  const isTooLarge = (body: string): boolean => new TextEncoder().encode(body).length > options.limits().messageBytes;

  return {
    add(room, { body, replyTo, mentions }) {
      const intention: Intention = {
        clientId: options.newId(),
        room,
        body,
        ...(replyTo === undefined ? {} : { replyTo }),
        ...(mentions === undefined || mentions.length === 0 ? {} : { mentions }),
        createdAt: new Date(clock.now()).toISOString(),
      };
      const state: SendState = isTooLarge(body)
        ? { name: 'failed', why: 'refused', problem: problem('too-large') }
        : { name: 'queued' };
      change(room, (all) => [...all, { ...intention, state }]);
      keep((whose) => options.storage.put(whose, intention));
      pump(room);
      return intention.clientId;
    },
    of: (room) => lines.get(room)?.pending ?? nothing,
    retry(clientId) {
      const one = find(clientId);
      if (one?.state.name !== 'failed') return;
      meant.add(clientId);
      put(one.room, clientId, { name: 'queued' });
      lineOf(one.room).notBefore = 0;
      pump(one.room);
    },
    discard(clientId) {
      const one = find(clientId);
      if (one?.state.name === 'failed' || one?.state.name === 'queued') drop(one.room, clientId);
    },
    seen(room, clientId) {
      if (lines.get(room)?.pending.some((one) => one.clientId === clientId)) drop(room, clientId);
    },
    resume() {
      for (const [room, line] of lines) {
        line.notBefore = 0;
        pump(room);
      }
    },
    async open(next) {
      if (next === account) return;
      account = next;
      generation += 1;
      lines.clear();
      const mine = generation;
      try {
        const kept = await options.storage.load(next);
        if (mine !== generation) return;
        for (const intention of kept) {
          // Client ids grow with time: what was kept stands before what was written since
          change(intention.room, (all) =>
            [
              ...all.filter(({ clientId }) => clientId !== intention.clientId),
              { ...intention, state: { name: 'queued' } as const },
            ].sort((a, b) => a.clientId.localeCompare(b.clientId)),
          );
        }
      } catch (cause) {
        options.onStorageFailure(cause);
      }
      for (const room of Array.from(lines.keys())) pump(room);
    },
    clear() {
      const all = [...lines.entries()];
      for (const [, { pending }] of all) {
        for (const { clientId } of pending) keep((whose) => options.storage.remove(whose, clientId));
      }
      generation += 1;
      account = undefined;
      lines.clear();
      for (const [room] of all) options.onChange(room);
    },
  };
};

/** An outbox storage that lives as long as the page or program. */
export const memoryOutbox = (): OutboxStorage => {
  const kept = new Map<string, Map<string, Intention>>();
  return {
    load: async (account) => [...(kept.get(account)?.values() ?? [])],
    put: async (account, intention) => {
      kept.set(account, (kept.get(account) ?? new Map<string, Intention>()).set(intention.clientId, intention));
    },
    remove: async (account, clientId) => {
      kept.get(account)?.delete(clientId);
    },
  };
};
