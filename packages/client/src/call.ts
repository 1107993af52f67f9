/** Commands by name, typed by their declarations; over the socket or over HTTP, repeated where that is safe. */
import {
  type Command,
  COMMANDS,
  type CommandName,
  type Commands,
  type InputOf,
  type OutputOf,
  type ProblemCode,
} from '@recreio/protocol';
import { backoffMs } from './backoff.ts';
import { type Clock, pause } from './clock.ts';
import { NoAnswerError, ProblemError } from './errors.ts';
import type { Link } from './socket.ts';

/** The output of a command. */
export type CallOutput<N extends CommandName> = OutputOf<Commands[N]>;

/** The input of a command; a `clientId` may be left out, and is made then. */
export type CallInput<N extends CommandName> =
  InputOf<Commands[N]> extends { clientId: string }
    ? Omit<InputOf<Commands[N]>, 'clientId'> & { clientId?: string }
    : InputOf<Commands[N]>;

/** Does a command. Throws `ProblemError` when it is refused and `NoAnswerError` when no answer could be had. */
export type Call = <N extends CommandName>(name: N, input: CallInput<N>) => Promise<CallOutput<N>>;

/** What a caller needs. */
export interface CallOptions {
  readonly link: Link;
  readonly http: (name: CommandName, input: Readonly<Record<string, unknown>>) => Promise<unknown>;
  readonly clock: Clock;
  readonly random: () => number;
  readonly newId: () => string;
}

/** Tries in all, about four seconds of them: a person waits for this answer. The outbox is more patient. */
const TRIES = 4;
/** A refusal that asks for a longer pause than this is told rather than waited for. */
const PATIENCE_MS = 3_000;
/** Refusals that pass by themselves in moments, and are nobody's fault. */
const PASSING: ReadonlySet<ProblemCode> = new Set(['busy', 'unavailable', 'too-many-commands']);

/** Whether the command goes over the socket when there is one: what changes something does, pages of reading would hold it up. */
export const goesBySocket = (command: Command): boolean => command.socket && command.kind !== 'read';

/**
 * Whether repeating the command is harmless: reads, those with a client id ([R40]), those of a room, which change nothing
 * twice ([R47]), markers ([R50]) and others whose method says so (RFC 9110 §9.2.2), and the one conversation of two ([R52]).
 */
export const mayRepeat = (command: Command): boolean =>
  command.kind === 'read' ||
  command.kind === 'room' ||
  'clientId' in command.input.properties ||
  command.http.method === 'PUT' ||
  command.http.method === 'DELETE' ||
  command.name === 'rooms.openDirect';

/** Commands, patient and not. */
export interface Caller {
  /** Repeats what may be repeated for about four seconds. */
  readonly call: Call;
  /** One try, for those who repeat by themselves. */
  readonly once: <N extends CommandName>(name: N, input: InputOf<Commands[N]>) => Promise<CallOutput<N>>;
}

/** Lays the way for commands. */
export const createCaller = ({ link, http, clock, random, newId }: CallOptions): Caller => {
  const bySocket = (command: CommandName, input: unknown): Promise<unknown> =>
    new Promise((resolve, reject) => {
      link.ask({ t: 'do', command, input }, (answer) => {
        if (answer?.t === 'done') resolve(answer.output);
        else if (answer?.t === 'refused') reject(new ProblemError(answer.problem));
        else reject(new NoAnswerError(`${command} had no answer`));
      });
    });

  /** How long to wait before another try, in milliseconds; undefined when there is none. */
  const pauseAfter = (error: unknown, command: Command, attempt: number): number | undefined => {
    if (attempt + 1 >= TRIES) return undefined;
    if (error instanceof NoAnswerError) return mayRepeat(command) ? backoffMs(attempt, random()) : undefined;
    // Refused means that nothing was written ([R4]), so any command may be sent again
    if (!(error instanceof ProblemError) || !PASSING.has(error.problem.code)) return undefined;
    const ms = Math.max(error.problem.retryAfterMs ?? 0, backoffMs(attempt, random()));
    return ms > PATIENCE_MS ? undefined : ms;
  };

  const once = async <N extends CommandName>(name: N, input: InputOf<Commands[N]>): Promise<CallOutput<N>> => {
    const isBySocket = link.isReady() && goesBySocket(COMMANDS[name]);
    return (await (isBySocket ? bySocket(name, input) : http(name, input as Record<string, unknown>))) as CallOutput<N>;
  };

  const call = async <N extends CommandName>(name: N, given: CallInput<N>): Promise<CallOutput<N>> => {
    const command: Command = COMMANDS[name];
    const needsId = 'clientId' in command.input.properties;
    const input = (needsId ? { clientId: newId(), ...given } : given) as InputOf<Commands[N]>;
    for (let attempt = 0; ; attempt += 1) {
      try {
        return await once(name, input);
      } catch (error) {
        const ms = pauseAfter(error, command, attempt);
        if (ms === undefined) throw error;
        await pause(clock, ms);
      }
    }
  };

  return { call, once };
};
