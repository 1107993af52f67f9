/** What a decision about rooms rests on: rows read under the rooms' locks, as plain data. */
import type {
  Audience,
  Forward,
  InvitedRole,
  PrivateTalk,
  RestrictionKind,
  RoomKind,
  RoomRole,
  RoomSettings,
  Role,
} from '@recreio/protocol';

/** The settings that rules rest on. The rules of a room are read by people only, so they are not among them. */
export type HotSettings = Omit<RoomSettings, 'rules'>;

/** A room's row. `pair` is set for a private conversation of two. */
export interface RoomFact {
  readonly id: string;
  readonly kind: RoomKind | 'direct' | 'group';
  readonly settings: HotSettings | null;
  /** Whether it was put away: nothing is said in it. */
  readonly archived: boolean;
  readonly course: string | null;
  readonly pair: readonly [string, string] | null;
  readonly head: number;
  /** Messages ever sent. */
  readonly ordinal: number;
  /** Newest event's time, ms since the epoch. */
  readonly lastAt: number;
  readonly owners: number;
  readonly members: number;
}

/** A current membership. */
export interface MemberFact {
  readonly role: RoomRole;
  /** The stretches of the log this person may see, as [from, to]; the last is open-ended (Infinity). */
  readonly spans: readonly (readonly [number, number])[];
}

/** A standing restriction; `until` in ms since the epoch, null when open-ended. */
export interface RestrictionFact {
  readonly until: number | null;
}

/** What of an account matters to rules. */
export interface AccountFact {
  readonly role: Role;
  readonly minor: boolean;
  readonly disabled: boolean;
  /** Wants to be asked before being in a group. */
  readonly asksFirst?: boolean;
}

/** A reply's place in a thread. */
export interface InThread {
  /** The message that the thread hangs from. */
  readonly root: string;
  /** Its number in the thread, from 1. */
  readonly ordinal: number;
}

/** A message without its body. */
export interface MessageFact {
  readonly id: string;
  readonly room: string;
  readonly seq: number;
  readonly ordinal: number;
  readonly author: string;
  readonly clientId: string;
  readonly replyTo: string | null;
  /** Null in the room's own conversation. */
  readonly thread: InThread | null;
  /** It called everybody in the room. */
  readonly everyone: boolean;
  /** It is urgent for those whom it named. */
  readonly urgent: boolean;
  /** What it passes on. */
  readonly forward: Forward | null;
  readonly editNo: number;
  readonly removed: boolean;
  readonly pinned: boolean;
  /** Everybody in the room is asked to confirm that they have read it. */
  readonly required: boolean;
}

/** A thread, by the message that it hangs from. */
export interface ThreadFact {
  /** Replies ever sent. */
  readonly ordinal: number;
  /** Members who see that message and have said, or whose deeds have, whether they follow; who has looked last is first. */
  readonly follows: ReadonlyMap<string, boolean>;
}

/** A message that somebody sees and would pass on. */
export interface ForwardFact {
  /** Of the room that it is in. */
  readonly kind: RoomKind | 'direct' | 'group';
  readonly removed: boolean;
}

/** An earlier use of a client id for a message in this room by this author. */
export interface PriorFact {
  readonly id: string;
  readonly seq: number;
  readonly ordinal: number;
  readonly at: number;
  readonly removed: boolean;
  /** Whether a payload is the one of then; null when it went away with the body (contract D12). */
  readonly matches: (payload: string) => boolean | null;
}

/** An earlier use of a client id for another command by this person. */
export interface DoneFact {
  readonly command: string;
  /** Where it was; `matches` can be asked only of a payload for the same room, whose key is at hand. */
  readonly room: string;
  /** Whether a payload is the one of then; null when it went away with the body. */
  readonly matches: (payload: string) => boolean | null;
  readonly output: Readonly<Record<string, unknown>>;
}

/** What holds between the two of a private conversation (privacy, decision 1). */
export interface PairFact {
  readonly shareRoom: boolean;
  /** Those of the two who are staff of a course that the other is enrolled in. */
  readonly staff: readonly string[];
  readonly blocked: boolean;
  /** What the school has decided about talk in private. */
  readonly allowed: PrivateTalk;
}

/** A link into a room, with who made it and what is between them and the one who holds it. */
export interface InvitationFact {
  readonly id: string;
  readonly room: string;
  readonly role: InvitedRole;
  readonly audience: Audience;
  /** When it ends, ms since the epoch. */
  readonly until: number;
  readonly revoked: boolean;
  /** How many more may come in by it. */
  readonly left: number;
  /** `tied`: enrolled in the course of the room, which runs. */
  readonly by: { readonly id: string; readonly roomRole: RoomRole | null; readonly tied: boolean } & AccountFact;
  readonly between: PairFact;
}

/** That somebody has been asked into a group and is not in it. */
export interface AskingFact {
  readonly by: string;
  readonly declined: boolean;
}

/** What is between the people of a circle, as pairs made by `key`. */
export interface Ties {
  /** (grown, young): the first is staff of a course that the second is enrolled in. */
  readonly teaches: ReadonlySet<string>;
  /** (blocker, blocked) */
  readonly blocks: ReadonlySet<string>;
  /** (one, other), both ways: they share a themed room. Asked for only where somebody is to come into the circle. */
  readonly acquainted: ReadonlySet<string>;
  /** What the school lets people say to each other in private. */
  readonly allowed: PrivateTalk;
}

/** A group's people: who is in it, who was asked, and what is between them and those whom a request names. */
export interface CircleFact extends Ties {
  readonly members: readonly string[];
  /** By account. */
  readonly askings: ReadonlyMap<string, AskingFact>;
}

/** Which rows a command needs. All keys are ids. */
export interface FactsRequest {
  /** The room to lock; its row is always read, as are the actor's account, session, membership and restrictions there. */
  readonly room: string;
  /** Other people: their accounts, memberships and restrictions in the room are read. */
  readonly people?: readonly string[];
  /** Messages (of any room; rules check) without bodies, the actor's reactions on them, and their authors as people. */
  readonly messages?: readonly string[];
  /** The message whose thread is answered in; it is among `messages`, too. */
  readonly thread?: string;
  /** The client id of a message that is sent. */
  readonly prior?: string;
  /** The client id of another command. */
  readonly done?: string;
  /** Whether what is between the actor and each of the people matters. */
  readonly between?: boolean;
  /** The secret of a link; memory looks it up by what it keeps of it. */
  readonly invitation?: string;
  /** One of the school's categories, whether it is there. */
  readonly category?: string;
  /** Whether enrolments of the actor and the people in the room's course matter. */
  readonly enrolment?: boolean;
  /** Whether it matters how many messages are pinned in the room. */
  readonly pins?: boolean;
  /** Whether it matters how many messages have to be read in the room. */
  readonly notices?: boolean;
  /** Whether it matters when the actor called everybody in the room. */
  readonly callsToAll?: boolean;
  /** Whether it matters when the actor said that something is urgent. */
  readonly urgents?: boolean;
  /** A message of any room that the actor would pass on. */
  readonly forward?: Forward;
  /** What is said, with the `prior` it is said under: whose words are in it matters. */
  readonly says?: string;
}

/**
 * The facts of one batch. Keys of the maps are made by `key`. Rules read; `fold` alone writes, so that a later command of
 * the batch sees what an earlier one did.
 */
export interface Facts {
  /** The installation's epoch. */
  readonly epoch: string;
  /** The database's clock, ms since the Unix epoch; a room's `now` is never before its `lastAt`. */
  readonly clock: number;
  readonly rooms: Map<string, RoomFact>;
  /** key(room, account) */
  readonly members: Map<string, MemberFact>;
  /** key(room or '*', account, kind) */
  readonly restrictions: Map<string, RestrictionFact>;
  readonly accounts: Map<string, AccountFact>;
  /** Sessions that are alive. */
  readonly sessions: Set<string>;
  readonly messages: Map<string, MessageFact>;
  /** By the message that they hang from, of those that requests answer in. */
  readonly threads: Map<string, ThreadFact>;
  /** key(message, account, emoji) */
  readonly reactions: Set<string>;
  /** key(room, author, clientId) */
  readonly priors: Map<string, PriorFact>;
  /** key(room, author, clientId): members who are called by a word in what is said, who looked in last first ([R119]). */
  readonly hearers: Map<string, readonly string[]>;
  /** key(actor, clientId) */
  readonly done: Map<string, DoneFact>;
  /** What was done under client ids older than this may have been forgotten, ms since the Unix epoch; left out: nothing was (contract D11). */
  readonly doneForgottenTo?: number;
  /** By room for private conversations; by key(actor, person) where a request asked what is between them. */
  readonly pairs: Map<string, PairFact>;
  /** By room, for groups. */
  readonly circles: Map<string, CircleFact>;
  /** key(room, account): how the person is enrolled in the room's course. */
  readonly enrolled: Map<string, 'student' | 'staff'>;
  /** key(room, account): those of `enrolled` whom the course still ties, because it runs (docs/protocol.md R106). */
  readonly tied: Set<string>;
  /** How many messages are pinned, by room; where a request asked for it. */
  readonly pins: Map<string, number>;
  /** How many messages have to be read, by room; where a request asked for it. */
  readonly notices: Map<string, number>;
  /** key(room, account): when the person called everybody there in the last hour, ms since the epoch, oldest first; where a request asked for it. */
  readonly callsToAll: Map<string, readonly number[]>;
  /** By account: when the person sent urgent messages in the last hour, in any room, ms since the epoch, oldest first; where a request asked for it. */
  readonly urgents: Map<string, readonly number[]>;
  /** key(actor, room, message): of those that requests would pass on, the ones that their actors see. */
  readonly forwards: Map<string, ForwardFact>;
  /** key(secret, actor) */
  readonly invitations: Map<string, InvitationFact>;
  /** Those of the categories asked for that are there. */
  readonly categories: Set<string>;
  /** key(blocker, blocked), between the actor and the people of the request. */
  readonly blocks: Set<string>;
}

/** One key out of several ids; ids have no blanks. */
export const key = (...parts: readonly string[]): string => parts.join(' ');

/** The restriction that holds now on a person in a room, or everywhere; ended ones do not count (contract D29). */
export const restrictionOf = (
  facts: Facts,
  room: string,
  account: string,
  kind: RestrictionKind,
  now: number,
): RestrictionFact | null => {
  for (const scope of [room, '*']) {
    const found = facts.restrictions.get(key(scope, account, kind));
    if (found && (found.until === null || found.until > now)) return found;
  }
  return null;
};

/** A room's time: the database's clock, never before its newest event (contract D10). */
export const nowIn = (facts: Facts, room: RoomFact): number => Math.max(room.lastAt, facts.clock);

/** Whether a current member may see an event of the room at this seq (contract D18). */
export const covers = (member: MemberFact | undefined, seq: number): boolean =>
  member !== undefined && member.spans.some(([from, to]) => from <= seq && seq <= to);
