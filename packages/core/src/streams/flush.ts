/**
 * The write path (contract, "The write path"): commands that arrive while a flush is in flight join the next one, over all
 * rooms, in arrival order. No timer, no delay when idle. One refused command does not disturb the others.
 */
import type { Command, CommandName, InputOf, OutputOf, Problem, ProblemCode, ProblemsOf } from '@recreio/protocol';
import type { Actor } from '../actor.ts';
import { type Denial, Indeterminate, isDenial, type Outcome, problemOf, deny } from '../verdict.ts';
import { type Draft, place, type Placed, type UserDraft } from './draft.ts';
import { type Facts, type FactsRequest, key, nowIn, type RoomFact } from './facts.ts';
import { type Bell, type DoneRecord, FlushBroken, type FlushTransaction, type LogMemory } from './port.ts';

/** What a decision may use besides the facts. `now` in ms, the room's time. */
export interface Deciding {
  readonly actor: string;
  readonly room: RoomFact;
  readonly now: number;
  readonly newId: () => string;
}

/** A decision that lets something happen: its events, and the answer once they have their place. */
export interface Accepted<O> {
  readonly events: readonly Draft[];
  readonly reply: (placed: readonly Placed[]) => O;
  /** The message whose removal forgets this command's payload. */
  readonly message?: string;
}

/** A pure decision over facts. */
export type Decide<I, O, P extends ProblemCode = ProblemCode> = (
  facts: Facts,
  input: I,
  at: Deciding,
) => Accepted<O> | Denial<P>;

/** A command that changes a room, as the handlers give it: which rows, then what follows from them. */
export interface RoomRule<I, O, P extends ProblemCode = ProblemCode> {
  readonly facts: (input: I, actor: Actor) => FactsRequest;
  readonly decide: Decide<I, O, P>;
  /** It brings something new that takes space: refused while there is too little, repeats excepted (contract D31). */
  readonly takesSpace?: true;
}

/** The rule of a declared command: it can deny only with what is declared. */
export type RuleFor<C extends Command> = RoomRule<InputOf<C>, OutputOf<C>, ProblemsOf<C>>;

/** What follows for people's own streams when an event is placed; registered beside the handlers. */
export type Follow = (event: Placed, facts: Facts) => readonly UserDraft[];

interface Waiting {
  readonly actor: Actor;
  readonly name: CommandName;
  readonly input: { readonly room: string };
  readonly payload: string;
  readonly rule: RoomRule<never, unknown>;
  readonly request: FactsRequest;
  /** Monotonic ms at which waiting ends. */
  readonly deadline: number;
  /** Monotonic ms until which a room held elsewhere is waited for. */
  readonly busyAt: number;
  indeterminate: boolean;
  /** The refusal by a flush whose COMMIT nobody knows of; it stands if that flush happened, or a later command would come before this one (contract D9). */
  refused: { readonly outcome: Outcome<unknown>; readonly traces: readonly Trace[] } | null;
  /** It was tried alone and failed in a way that nothing here explains; the next time it is a bug. */
  failedAlone: boolean;
  readonly settle: (outcome: Outcome<unknown>) => void;
  readonly fail: (error: Error) => void;
}

/** Whether facts show that something was written which only one flush wrote. */
type Trace = (facts: Facts) => boolean;

/** What the flusher is made of. `monotonic` in ms; `pause` resolves after ms. */
export interface FlusherParts {
  readonly memory: LogMemory;
  readonly bell: Bell;
  readonly follows: readonly Follow[];
  readonly newId: () => string;
  readonly monotonic: () => number;
  readonly pause: (ms: number) => Promise<void>;
  /** Whether there is space for new messages; left out: always. */
  readonly hasSpace?: () => boolean;
}

/** A room held by another node is waited for this long, then `busy` (contract, "The write path" step 2). */
const BUSY_MS = 3_000;
/** With the database away, commands fail within this time and one more try (contract D30). */
const DEADLINE_MS = 7_500;
/** When to try again where there was no space, which somebody has to make (contract D31). */
const FULL_MS = 10_000;
/** Larger batches gain nothing and delay the first of them. */
const BATCH = 512;
/** Beyond this many waiting, new ones are refused as busy (contract, "Overload"). */
const QUEUE = 5_000;

/** Makes the one flusher of a process. */
export const flusher = (parts: FlusherParts) => {
  let queue: Waiting[] = [];
  let running = false;

  const run = async (): Promise<void> => {
    running = true;
    try {
      while (queue.length > 0) {
        const batch = inTime(parts, queue.splice(0, BATCH));
        if (batch.length === 0) continue;
        const left = await flushOnce(parts, batch);
        // In arrival order: what could not be done goes before what came meanwhile (contract D9)
        if (left.length > 0) {
          queue = [...left, ...queue];
          await parts.pause(left.length === batch.length ? 10 : 2);
        }
      }
    } finally {
      running = false;
    }
  };

  return {
    /** Puts a command in line; resolves after COMMIT. Rejects with Indeterminate or Unavailable. */
    submit: <I extends { readonly room: string }, O>(
      actor: Actor,
      name: CommandName,
      input: I,
      payload: string,
      rule: RoomRule<I, O>,
    ): Promise<Outcome<O>> => {
      if (queue.length >= QUEUE)
        return Promise.resolve({ ok: false, problem: problemOf(deny('busy', { retryAfterMs: 1_000 })) });
      return new Promise<Outcome<O>>((resolve, reject) => {
        const start = parts.monotonic();
        queue.push({
          actor,
          name,
          input,
          payload,
          rule: rule as unknown as RoomRule<never, unknown>,
          request: rule.facts(input, actor),
          deadline: start + DEADLINE_MS,
          busyAt: start + BUSY_MS,
          indeterminate: false,
          refused: null,
          failedAlone: false,
          settle: resolve as (outcome: Outcome<unknown>) => void,
          fail: reject,
        });
        if (!running) void run();
      });
    },
    /** Whether nothing waits and nothing is in flight; asked at shutdown. */
    idle: (): boolean => !running && queue.length === 0,
  };
};

/** The flusher's face. */
export type Flusher = ReturnType<typeof flusher>;

/** Those that have waited too long for their turn are told so now, not after one more try of a database that is away. */
const inTime = (parts: FlusherParts, batch: readonly Waiting[]): Waiting[] => {
  const now = parts.monotonic();
  for (const waiting of batch)
    if (now >= waiting.deadline) settleLost(waiting, deny('unavailable', { retryAfterMs: 1_000 }));
  return batch.filter(({ deadline }) => now < deadline);
};

/** One flush of a batch. Returns those that go into the next one. Whoever was answered has no part in what comes of it afterwards (contract D4). */
const flushOnce = async (parts: FlusherParts, batch: readonly Waiting[]): Promise<Waiting[]> => {
  let tx: FlushTransaction | null = null;
  let decided: Decided | null = null;
  const answered = new Set<Waiting>();
  try {
    tx = await parts.memory.begin();
    const { locked, unknown, facts } = await tx.read(
      batch.map(({ actor, request }) => ({ actor: actor.account, session: actor.session, request })),
    );
    const later: Waiting[] = [];
    const ready: Waiting[] = [];
    for (const waiting of batch) {
      if (locked.has(waiting.request.room) || unknown.has(waiting.request.room)) ready.push(waiting);
      else if (parts.monotonic() > waiting.busyAt) {
        settleLost(waiting, deny('busy', { retryAfterMs: 500 }));
        answered.add(waiting);
      } else later.push(waiting);
    }
    if (ready.length === 0) {
      await tx.rollback();
      return later;
    }
    decided = decideAll(parts, facts, ready);
    const written = decided.events.length > 0 || decided.done.length > 0;
    const placedForUsers = written
      ? await tx.commit({ ...decided, rooms: touched(facts, decided.events) })
      : (await tx.rollback(), []);
    for (const { waiting, outcome } of decided.outcomes) {
      settle(waiting, outcome);
      answered.add(waiting);
    }
    if (written) parts.bell.ring(decided.events, placedForUsers);
    return later;
  } catch (error) {
    const open = batch.filter((waiting) => !answered.has(waiting));
    if (error instanceof FlushBroken) {
      if (error.duringCommit && decided) keepRefusals(decided);
      return await breakOff(parts, open, error);
    }
    await tx?.rollback().catch(() => undefined);
    return await eachAlone(parts, open, error as Error);
  }
};

/**
 * A bug in one command must not take the others along: each goes alone. What fails alone is tried once more with new facts,
 * since another node may have used the same client id meanwhile; then it fails for good.
 */
const eachAlone = async (parts: FlusherParts, batch: readonly Waiting[], error: Error): Promise<Waiting[]> => {
  const [only] = batch;
  if (batch.length === 1 && only) {
    if (!only.failedAlone) {
      only.failedAlone = true;
      return [only];
    }
    only.fail(error);
    return [];
  }
  const left: Waiting[] = [];
  const waited = new Set<string>();
  for (const waiting of batch) {
    const { room } = waiting.request;
    // What comes behind a command that waits, in the same room, waits as well (contract D9)
    const again = waited.has(room) ? [waiting] : await flushOnce(parts, [waiting]);
    if (again.length > 0) waited.add(room);
    left.push(...again);
  }
  return left;
};

/** The rooms that events were placed in, as they stand now. */
const touched = (facts: Facts, events: readonly Placed[]): RoomFact[] =>
  [...new Set(events.map(({ room }) => room))].flatMap((id) => facts.rooms.get(id) ?? []);

interface Decided {
  readonly events: Placed[];
  readonly users: UserDraft[];
  readonly done: DoneRecord[];
  readonly outcomes: { readonly waiting: Waiting; readonly outcome: Outcome<unknown> }[];
}

/** Decides a batch in order, each seeing what those before it did. */
const decideAll = (parts: FlusherParts, facts: Facts, ready: readonly Waiting[]): Decided => {
  const decided: Decided = { events: [], users: [], done: [], outcomes: [] };
  // As the facts were read: the walk below adds to them
  const standing = new Set(ready.filter(({ refused }) => refused?.traces.some((isThere) => isThere(facts))));
  for (const waiting of ready) {
    if (waiting.refused && standing.has(waiting)) {
      waiting.indeterminate = false; // it is known: nothing of it was ever written
      decided.outcomes.push({ waiting, outcome: waiting.refused.outcome });
      continue;
    }
    const { actor, request } = waiting;
    const refuse = (denial: Denial) =>
      decided.outcomes.push({ waiting, outcome: { ok: false, problem: problemOf(denial) } });
    const me = facts.accounts.get(actor.account);
    if (!me || me.disabled || !facts.sessions.has(actor.session)) {
      refuse(deny('not-signed-in'));
      continue;
    }
    const repeat = request.done === undefined ? undefined : facts.done.get(key(actor.account, request.done));
    if (repeat) {
      const same =
        repeat.command === waiting.name && repeat.room === request.room && repeat.matches(waiting.payload) !== false;
      if (same)
        decided.outcomes.push({ waiting, outcome: { ok: true, output: { ...repeat.output, duplicate: true } } });
      else refuse(deny('idempotency-conflict'));
      continue;
    }
    if (request.done !== undefined && namedAt(request.done) < (facts.doneForgottenTo ?? 0)) {
      refuse(deny('too-old'));
      continue;
    }
    const room = facts.rooms.get(request.room);
    if (!room) {
      refuse(deny('not-found'));
      continue;
    }
    const now = nowIn(facts, room);
    const verdict = waiting.rule.decide(facts, waiting.input as never, {
      actor: actor.account,
      room,
      now,
      newId: parts.newId,
    });
    if (isDenial(verdict)) {
      refuse(verdict);
      continue;
    }
    if (waiting.rule.takesSpace && verdict.events.length > 0 && parts.hasSpace?.() === false) {
      refuse(deny('storage-full', { retryAfterMs: FULL_MS }));
      continue;
    }
    const placed = place(facts, room, actor.account, now, verdict.events, parts.newId);
    const output = verdict.reply(placed);
    decided.events.push(...placed);
    for (const event of placed) for (const follow of parts.follows) decided.users.push(...follow(event, facts));
    // Also where nothing had to be written: its repeat must not take effect later, when things stand otherwise (R40, R41)
    if (request.done !== undefined) {
      const record = {
        actor: actor.account,
        clientId: request.done,
        command: waiting.name,
        room: room.id,
        payload: waiting.payload,
        message: verdict.message ?? null,
        output: output as Record<string, unknown>,
      };
      decided.done.push(record);
      facts.done.set(key(actor.account, request.done), {
        command: waiting.name,
        room: room.id,
        matches: (payload) => payload === waiting.payload,
        output: record.output,
      });
    }
    decided.outcomes.push({ waiting, outcome: { ok: true, output } });
  }
  return decided;
};

/** What shows later that a flush happened: the records of its commands, and the messages that it sent. */
const tracesOf = ({ done, events }: Decided): Trace[] => [
  ...done.map(
    ({ actor, clientId }): Trace =>
      (facts) =>
        facts.done.has(key(actor, clientId)),
  ),
  ...events.flatMap((event): Trace[] =>
    event.type === 'message.sent' ? [(facts) => facts.priors.has(key(event.room, event.actor, event.clientId))] : [],
  ),
];

/** Nobody knows whether this flush happened: what it refused is refused for good if it did. What was uncertain before stays so. */
const keepRefusals = (decided: Decided): void => {
  const traces = tracesOf(decided);
  if (traces.length === 0) return;
  for (const { waiting, outcome } of decided.outcomes)
    if (!outcome.ok && !waiting.indeterminate) waiting.refused ??= { outcome, traces };
};

/** The time in a UUIDv7, ms since the Unix epoch (RFC 9562 §5.7): its first 48 bits. */
const namedAt = (clientId: string): number => Number.parseInt(clientId.slice(0, 8) + clientId.slice(9, 13), 16);

/**
 * Answers. A refusal says that nothing happened; of a command whose first COMMIT may have happened it may be false: who has left
 * is refused the leaving, and who was signed out meanwhile is not looked up. Then nothing is said, and the client asks (contract D4).
 */
const settle = (waiting: Waiting, outcome: Outcome<unknown>): void => {
  if (waiting.indeterminate && !outcome.ok)
    waiting.fail(new Indeterminate('it is unknown whether the command took effect'));
  else waiting.settle(outcome);
};

const settleLost = (waiting: Waiting, denial: Denial): void =>
  settle(waiting, { ok: false, problem: problemOf(denial) as Problem });

/**
 * The connection broke. Before COMMIT nothing was written; during COMMIT nobody knows, so the command is repeated on a new
 * connection, where its client id finds what it did (contract D3, "Traps"). Time out: unknown stays unanswered.
 */
const breakOff = async (parts: FlusherParts, batch: readonly Waiting[], error: FlushBroken): Promise<Waiting[]> => {
  const again: Waiting[] = [];
  for (const waiting of batch) {
    if (error.duringCommit) waiting.indeterminate = true;
    if (parts.monotonic() < waiting.deadline) again.push(waiting);
    else settleLost(waiting, deny('unavailable', { retryAfterMs: 1_000 }));
  }
  if (again.length > 0) await parts.pause(100);
  return again;
};
