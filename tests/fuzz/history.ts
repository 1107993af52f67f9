/**
 * What the judge sees of a story: what clients sent, what came back and in which order, on one monotonic clock of the one
 * process that ran them all. Nothing from inside a server.
 */
import type { WireFrame, WireOutput } from '../raw/wire.ts';

/** The input of a command, as the story's clients fill it. */
export interface Intent {
  readonly room?: string;
  readonly clientId?: string;
  readonly message?: string;
  readonly account?: string;
  readonly body?: string;
  readonly emoji?: string;
  readonly seconds?: number;
  readonly session?: string;
  /** Of `rooms.openGroup`: the others. */
  readonly accounts?: readonly string[];
  readonly archived?: boolean;
  readonly secret?: string;
  readonly invitation?: string;
  /** How many a link lets in. */
  readonly most?: number;
  readonly thread?: string;
  readonly [more: string]: unknown;
}

/** How a try ended, as far as the one who tried knows. */
export type Outcome =
  | { readonly kind: 'done'; readonly output: WireOutput }
  | { readonly kind: 'refused'; readonly code: string }
  /** No answer: it may have happened, or not. */
  | { readonly kind: 'unknown' };

/** One try of a command. `…N`: place on the one clock of the story, counting; `…Ms`: monotonic milliseconds. */
export interface Attempt {
  readonly command: string;
  readonly input: Intent;
  readonly person: string;
  readonly session: string;
  /** The connection; every HTTP request is one of its own. */
  readonly via: string;
  readonly sentN: number;
  readonly sentMs: number;
  /** Infinity while there is no answer. */
  endN: number;
  endMs: number;
  outcome: Outcome;
}

/** A read over HTTP, answered. */
export interface Reading {
  readonly kind: 'events' | 'page' | 'pins' | 'threads';
  /** Empty where it is about all of somebody's rooms. */
  readonly room: string;
  readonly person: string;
  readonly session: string;
  readonly asked: { readonly after?: number; readonly before?: number; readonly thread?: string };
  readonly sentN: number;
  readonly endN: number;
  readonly status: number;
  readonly output: WireOutput;
  /** Read after all was quiet. */
  readonly final: boolean;
}

/** A request to open or close a stream on a connection. */
export interface StreamAsk {
  readonly connection: string;
  readonly n: number;
  readonly id: number;
  readonly room: string;
  readonly kind: 'subscribe' | 'unsubscribe';
  readonly cursor: { readonly epoch: string; readonly seq: number; readonly lastId: string | null } | null;
  /** The cursor was made wrong on purpose, and this is the reset it must meet. */
  readonly forged: 'epoch' | 'ahead' | 'mismatch' | null;
}

/** A frame as it arrived. */
export interface Delivery {
  readonly n: number;
  readonly ms: number;
  readonly connection: string;
  readonly frame: WireFrame;
}

/** One socket from its welcome to its close. */
export interface Connection {
  readonly id: string;
  readonly person: string;
  readonly session: string;
  readonly node: string;
  readonly openedN: number;
  /** Infinity while it is open. */
  closedN: number;
  code: number | null;
}

/** A room of the story; its owner made it and stays. A group is made by whoever its log says. */
export interface StoryRoom {
  readonly id: string;
  readonly kind: 'room' | 'group';
  readonly owner: string;
  readonly past: 'all' | 'since-joining';
}

/** Time in which parts of the system were stopped from outside, in monotonic ms. */
export interface Outage {
  readonly fromMs: number;
  toMs: number;
}

/** The end of a story, when nothing is hurt any more. */
export interface Quiet {
  readonly fromN: number;
  readonly fromMs: number;
  /** Devices that are expected to be connected at last, with the rooms they want open. */
  readonly clients: readonly {
    readonly name: string;
    readonly person: string;
    readonly session: string;
    readonly rooms: readonly string[];
  }[];
}

/** A whole story. */
export interface History {
  readonly rooms: readonly StoryRoom[];
  /** People under age: they come into a group by their own yes alone. */
  readonly young: readonly string[];
  readonly attempts: readonly Attempt[];
  readonly readings: readonly Reading[];
  readonly asks: readonly StreamAsk[];
  readonly deliveries: readonly Delivery[];
  readonly connections: readonly Connection[];
  readonly outages: readonly Outage[];
  /** Null where the story has no such end. */
  readonly quiet: Quiet | null;
  /** `limits` of the welcome. */
  readonly limits: { readonly resumeEvents: number; readonly gapEvents: number };
}

/** The kinds of broken promise, named as Jepsen's checkers name theirs where those have a name. */
export type Breach =
  /** Acknowledged, and nobody can read it. */
  | 'lost'
  /** There, and nobody asked for it; or done, and its author was told that it was refused. */
  | 'phantom'
  /** There twice, or told twice. */
  | 'duplicate'
  /** A seq that nobody was told of. */
  | 'gap'
  /** Not in the order in which it must be: of seqs, of real time, of a connection, of the clock. */
  | 'order'
  /** Two who look at one thing and see two. */
  | 'divergence'
  /** Seen by somebody who may not. */
  | 'leak'
  /** Kept from somebody who may see it. */
  | 'hidden'
  | 'mute-exact'
  | 'removal-exact'
  | 'revocation-exact'
  /** A cursor that was not taken for what it is. */
  | 'resume'
  /** A page that is not the fold of the log. */
  | 'page'
  /** A message's number, in its room or its thread, that does not follow the one before. */
  | 'ordinal'
  /** How somebody stands to a thread is not what the log says. */
  | 'standing'
  /** What is pinned is not the fold of the log. */
  | 'board'
  /** Something was said, or refused, as if the room were put away when it was not, or the other way round. */
  | 'archive-exact'
  /** A room without an owner, or a hand-over that is half done. */
  | 'ownerless'
  /** A link that let in more than it says, or fewer. */
  | 'uses'
  /** A group that nobody opened, or a second one of the same people. */
  | 'twin'
  /** Somebody in a group, or told of it, who has not said yes. */
  | 'consent'
  /** Nothing is hurt any more, and somebody has no answer, no connection, or not everything. */
  | 'liveness';

/** One broken promise, with the rule that makes it. */
export interface Violation {
  readonly breach: Breach;
  /** Of contract.md. */
  readonly rule: string;
  readonly says: string;
  readonly room?: string;
  /** Around which seq of the room, or which moment, to look. */
  readonly seq?: number;
  readonly n?: number;
}
