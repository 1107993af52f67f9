/** The two shapes of a handler: a rule about a room's log, and everything else. */
import type { Command, InputOf, OutputOf, ProblemCode, ProblemsOf } from '@recreio/protocol';
import type { Caller } from './actor.ts';
import type { Alive } from './accounts/port.ts';
import type { RuleFor } from './streams/flush.ts';
import type { Denial } from './verdict.ts';
import type { World } from './world.ts';

/** What a handler of a signed-in person gets; `alive` was read in this very call. */
export interface Call {
  readonly alive: Alive;
  readonly caller: Caller;
  /** Whether the proof of who they are is fresh enough for what is privileged. */
  readonly assured: boolean;
}

/** A handler may return secrets for the door beside the output: they never are part of it. */
export interface WithSession<O> {
  readonly output: O;
  /** The token of the session that was opened, for the door's cookie. */
  readonly sessionToken: string;
}

type Answer<C extends Command> = Promise<OutputOf<C> | Denial<ProblemsOf<C> & ProblemCode>>;

/** A handler of everything but rooms' logs. Strangers' commands have no `alive`. */
export type HandlerFor<C extends Command> = C['kind'] extends 'room'
  ? RuleFor<C>
  : C['who'] extends 'anyone'
    ? (
        world: World,
        input: InputOf<C>,
        caller: Caller,
      ) => Promise<OutputOf<C> | WithSession<OutputOf<C>> | Denial<ProblemsOf<C>>>
    : (world: World, input: InputOf<C>, call: Call) => Answer<C>;
