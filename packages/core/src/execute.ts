/**
 * The corridor: the only way to act. shed → parse → quota → facts → decide → commit → ring → reply, each step with its exit on the
 * left (malformed, rate-limited, declared problem, unavailable). No door decides whether somebody may.
 */
import {
  COMMANDS,
  type Command,
  type CommandName,
  type InputOf,
  type OutputOf,
  type Commands,
} from '@recreio/protocol';
import { Compile } from 'typebox/compile';
import { foldEmail } from './accounts/email.ts';
import { isAssured } from './accounts/policy.ts';
import type { Caller } from './actor.ts';
import type { WithSession } from './handler.ts';
import { HANDLERS } from './handlers.ts';
import { isShed } from './overload.ts';
import type { RoomRule } from './streams/flush.ts';
import { isWellFormed } from './text.ts';
import { type Denial, deny, isDenial, type Outcome, problemOf } from './verdict.ts';
import type { World } from './world.ts';

/** An outcome; opening a session also brings its token, for the door alone. */
export type Executed<O> = Outcome<O> & { readonly sessionToken?: string };

const checks = new Map(Object.values(COMMANDS).map((command: Command) => [command.name, Compile(command.input)]));

/** Deeper than any declared input; beyond it a checker might be made to recurse (security S47). */
const DEPTH = 8;

/** Whether every string in a value is well-formed text, nothing is too deep and no key is a trap (security S46). */
const isSane = (value: unknown, depth = 0): boolean => {
  if (typeof value === 'string') return isWellFormed(value);
  if (typeof value !== 'object' || value === null) return true;
  if (depth > DEPTH) return false;
  if (Array.isArray(value)) return value.every((item) => isSane(item, depth + 1));
  return Object.entries(value).every(
    ([name, item]) => name !== '__proto__' && name !== 'constructor' && isSane(item, depth + 1),
  );
};

/** Checks an input against its declaration; the exit says where it is wrong, never what was in it. */
const parse = (command: Command, input: unknown): Denial<'malformed'> | null => {
  if (!isSane(input))
    return deny('malformed', { detail: 'text must be well-formed Unicode without NUL, and not nested deeply' });
  const check = checks.get(command.name);
  if (check?.Check(input)) return null;
  const [first] = check?.Errors(input) ?? [];
  return deny('malformed', {
    detail: first ? `${first.instancePath || '/'} ${first.message}` : 'not of the declared form',
  });
};

/** When to try again what was given up: strain is measured over some seconds. */
const SHED_MS = 3_000;

const exit = (denial: Denial): { ok: false; problem: ReturnType<typeof problemOf> } => ({
  ok: false,
  problem: problemOf(denial),
});

const withSession = (answer: unknown): answer is WithSession<unknown> =>
  typeof answer === 'object' && answer !== null && 'sessionToken' in answer;

/**
 * Executes a command for a caller. Rejects only with `Indeterminate` (answer nothing, close) and with errors that are bugs
 * or a database that is away; `unavailableOn` of the door's ring turns these into problems.
 */
export const execute = async <N extends CommandName>(
  world: World,
  caller: Caller,
  name: N,
  input: unknown,
): Promise<Executed<OutputOf<Commands[N]>>> => {
  const command: Command = COMMANDS[name];
  if (isShed(name, world.strain?.() ?? 'none')) return exit(deny('busy', { retryAfterMs: SHED_MS }));
  const malformed = parse(command, input);
  if (malformed) return exit(malformed);
  const { actor } = caller;
  if (!actor && command.who === 'signed-in') return exit(deny('not-signed-in'));
  const wait = quotaWait(world, command, caller, input as object);
  if (wait !== null) return exit(deny('rate-limited', { retryAfterMs: wait }));
  const handler = HANDLERS[name] as unknown;
  if (command.kind === 'room') {
    if (!actor) return exit(deny('not-signed-in'));
    const rule = handler as RoomRule<{ room: string }, OutputOf<Commands[N]>>;
    return await world.flusher.submit(
      actor,
      name,
      input as { room: string } & InputOf<Commands[N]>,
      payloadOf(name, input),
      rule,
    );
  }
  const run = handler as (
    world: World,
    input: unknown,
    call: unknown,
  ) => Promise<OutputOf<Commands[N]> | WithSession<OutputOf<Commands[N]>> | Denial>;
  let answer: Awaited<ReturnType<typeof run>>;
  if (command.who === 'signed-in') {
    const alive = actor && (await world.memory.accounts.alive(actor));
    if (!alive) return exit(deny('not-signed-in'));
    const assured = isAssured(alive.assuredAt, alive.now);
    if (command.assured && !assured) return exit(deny('step-up-required'));
    answer = await run(world, input, { alive, caller, assured });
  } else {
    answer = await run(world, input, caller);
  }
  if (isDenial(answer)) return exit(answer);
  return withSession(answer)
    ? { ok: true, output: answer.output as OutputOf<Commands[N]>, sessionToken: answer.sessionToken }
    : { ok: true, output: answer as OutputOf<Commands[N]> };
};

/**
 * Draws from the buckets; null when there was enough. Strangers draw twice: from their address's, which is large because a
 * school is one NAT, and for what they try to open (an e-mail, a link) from that and the address together.
 */
const quotaWait = (world: World, command: Command, { actor, address }: Caller, input: object): number | null => {
  if (actor) return world.quota(command.quota, actor.account);
  // Folded as it is looked up: else each spelling of one address would have a bucket of its own
  const opened = 'email' in input ? foldEmail(String(input.email)) : 'token' in input ? String(input.token) : '';
  return world.quota('stranger', address) ?? world.quota(command.quota, `${address} ${opened}`);
};

/** The bytes by which a repeat is told from a conflict: the checked input in a fixed order. */
const payloadOf = (name: string, input: unknown): string =>
  JSON.stringify([name, Object.entries(input as object).sort(([a], [b]) => (a < b ? -1 : 1))]);
