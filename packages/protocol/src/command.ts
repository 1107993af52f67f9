/**
 * A command, declared once as a value. Doors, documents and the SDK's verbs are derived from it; core gives it a handler.
 */
import type { Static, TObject, TSchema } from 'typebox';
import type { ProblemCode } from './problems.ts';

/** How a command is reached over HTTP. Path parameters and, for GET and DELETE, the query are members of `input`. */
export interface HttpRoute {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** With `:name` for members of the input. */
  readonly path: string;
}

/**
 * What a command touches, and so which way through the corridor it takes:
 * `room` changes one room's log (facts and decide, in the shared flush), `act` is a transaction of its own,
 * `read` changes nothing durable, `signal` is ephemeral (contract D24).
 */
export type CommandKind = 'room' | 'act' | 'read' | 'signal';

/** Which bucket of requests the command draws from (security S59). */
export type Quota =
  | 'send'
  | 'act'
  | 'read'
  | 'search'
  | 'join'
  | 'create'
  | 'words'
  | 'sign-in'
  | 'signal'
  | 'link'
  | 'mail'
  | 'knock'
  | 'stranger';

/** Who may ask: `anyone` needs no session. */
export type Who = 'anyone' | 'signed-in';

/** A declared command. */
export interface Command<
  Name extends string = string,
  Input extends TObject = TObject,
  Output extends TSchema = TSchema,
  Problems extends ProblemCode = ProblemCode,
  Kind extends CommandKind = CommandKind,
  W extends Who = Who,
> {
  readonly name: Name;
  /** What it does, in one sentence: the summary in every generated document. */
  readonly summary: string;
  readonly kind: Kind;
  /** `anyone` needs no session; every other command does. */
  readonly who: W;
  readonly quota: Quota;
  readonly input: Input;
  readonly output: Output;
  /** What it may be refused with, besides the problems of the corridor. */
  readonly problems: readonly Problems[];
  readonly http: HttpRoute;
  /** Whether the caller must have proved who they are within the last five minutes, on this very device; else `step-up-required`. */
  readonly assured: boolean;
  /** Whether it can also be sent as a `do` frame. Signing in and out cannot: a socket has one person for life. */
  readonly socket: boolean;
}

/** What a declaration leaves to its defaults: signed-in, without proof anew, and over the socket as well. */
type Declaration<
  Input extends TObject,
  Output extends TSchema,
  Problems extends ProblemCode,
  Kind extends CommandKind,
  W extends Who,
> = Omit<Command<string, Input, Output, Problems, Kind>, 'name' | 'who' | 'socket' | 'assured'> & {
  who?: W;
  socket?: boolean;
  assured?: boolean;
};

/** Declares a command under its dotted imperative name. */
export const command = <
  const Name extends string,
  Input extends TObject,
  Output extends TSchema,
  const Problems extends ProblemCode,
  const Kind extends CommandKind,
  const W extends Who = 'signed-in',
>(
  name: Name,
  declaration: Declaration<Input, Output, Problems, Kind, W>,
): Command<Name, Input, Output, Problems, Kind, W> => ({
  socket: true,
  assured: false,
  ...declaration,
  who: declaration.who ?? ('signed-in' as W),
  name,
});

/** The problems with which any command can leave the corridor (docs/architecture.md). */
export const CORRIDOR_PROBLEMS = [
  'malformed',
  'not-signed-in',
  'rate-limited',
  'busy',
  'unavailable',
  'storage-full',
  'internal',
] as const satisfies readonly ProblemCode[];

/** The input of a command, checked. */
export type InputOf<C extends Command> = Static<C['input']>;
/** The output of a command. */
export type OutputOf<C extends Command> = Static<C['output']>;
/** The problems a command declares. */
export type ProblemsOf<C extends Command> = C['problems'][number];
