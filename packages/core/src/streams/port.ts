/** What the log asks of memory. Contract: core/testing/contracts/log.ts. */
import type {
  Cursor,
  Message,
  Range,
  Revision,
  RoomEvent,
  RoomKind,
  RoomRole,
  ThreadStanding,
  UserEvent,
} from '@recreio/protocol';
import type { Placed, UserDraft } from './draft.ts';
import type { Facts, FactsRequest, RoomFact } from './facts.ts';

/** A request for facts, with who asks. */
export interface FactsFor {
  readonly actor: string;
  readonly session: string;
  readonly request: FactsRequest;
}

/** Another command's result to remember under its client id (contract D11). */
export interface DoneRecord {
  readonly actor: string;
  readonly clientId: string;
  readonly command: string;
  readonly room: string;
  /** The bytes to compare a repeat with; stored as a MAC under the room's key. */
  readonly payload: string;
  /** The message whose removal takes the MAC along. */
  readonly message: string | null;
  readonly output: Readonly<Record<string, unknown>>;
}

/** A user event with the number memory gave it. */
export interface PlacedForUser {
  readonly account: string;
  readonly event: UserEvent;
}

/** What a flush writes: events in their places, the rooms as they stand after them, what follows for people, and answers to remember. */
export interface Written {
  readonly events: readonly Placed[];
  readonly rooms: readonly RoomFact[];
  readonly users: readonly UserDraft[];
  readonly done: readonly DoneRecord[];
}

/** One transaction of the write path (contract, "The write path"). */
export interface FlushTransaction {
  /**
   * Begins, passes the gate, locks the rooms that nobody else holds, in id order, and reads the facts in statements behind
   * the locks, so with fresh snapshots. A room held elsewhere is in neither set; facts about it do not count.
   * Nor is one in which somebody says that something is urgent while another flush counts what they said was, in whichever room.
   */
  read(requests: readonly FactsFor[]): Promise<{
    readonly locked: ReadonlySet<string>;
    readonly unknown: ReadonlySet<string>;
    readonly facts: Facts;
  }>;
  /** Writes everything and commits. Returns only when COMMIT has returned. */
  commit(written: Written): Promise<readonly PlacedForUser[]>;
  /** Ends without a trace. */
  rollback(): Promise<void>;
}

/** Where a failed flush broke: before COMMIT was sent nothing was written; during COMMIT nobody knows. */
export class FlushBroken extends Error {
  override readonly name = 'FlushBroken';
  readonly duringCommit: boolean;
  constructor(duringCommit: boolean, cause: unknown) {
    super(duringCommit ? 'the connection broke during COMMIT' : 'the database cannot be reached', { cause });
    this.duringCommit = duringCommit;
  }
}

/** Opens transactions of the write path. */
export interface LogMemory {
  begin(): Promise<FlushTransaction>;
}

/** A stretch of a room's log as one person may see it: every seq of after+1..to is in one of the lists. */
export interface Stretch {
  readonly head: number;
  readonly to: number;
  readonly events: readonly RoomEvent[];
  readonly hidden: readonly Range[];
  readonly purged: readonly Range[];
}

/** A page of folded messages. */
export interface MessagePage {
  readonly at: number;
  readonly lastId: string | null;
  readonly from: number;
  readonly to: number;
  readonly messages: readonly Message[];
  readonly hidden: readonly Range[];
  readonly before: boolean;
  readonly after: boolean;
  readonly pins: number;
  /** Of a thread's page. */
  readonly thread?: { readonly root: Message; readonly mine: ThreadStanding };
}

/** What a message said, with what decides who may read it. */
export interface MessagePast {
  readonly author: string;
  readonly removed: boolean;
  /** What the room is, and the reader's role in it. */
  readonly kind: RoomKind | 'direct' | 'group';
  readonly role: RoomRole;
  /** Oldest first. Opened when they are asked for: only those who may read them have them deciphered. */
  readonly revisions: () => Promise<readonly Revision[]>;
}

/** Where a stream stands, and what memory says of a cursor into it. */
export interface Standing {
  readonly epoch: string;
  readonly head: number;
  /** The id of the event at the head; null in an empty stream. */
  readonly headId: string | null;
  /** The id at the cursor's seq; null when there is none. */
  readonly idAtCursor: string | null;
}

/** Where a room's stream stands, with what heads tell of it. */
export interface RoomStanding extends Standing {
  /** Messages ever sent, and when the newest was. */
  readonly ordinal: number;
  readonly lastMessageAt: string | null;
  /** From this seq on the member sees everything, as the log stands at `head`. */
  readonly visibleFrom: number;
}

/** Reading the log. Every read checks membership in the same statement; null means "not a member". */
export interface StreamsMemory {
  epoch(): Promise<string>;
  standing(account: string, room: string, seq: number): Promise<RoomStanding | null>;
  read(account: string, room: string, after: number, limit: number): Promise<Stretch | null>;
  /** Of the room's own conversation, or of the thread that hangs from a message; null also where that is none, or not seen. */
  page(
    account: string,
    room: string,
    where: {
      readonly thread?: string;
      readonly before?: number;
      readonly after?: number;
      readonly around?: number;
      readonly limit: number;
    },
  ): Promise<MessagePage | null>;
  byIds(
    account: string,
    room: string,
    ids: readonly string[],
  ): Promise<{ readonly at: number; readonly messages: readonly Message[] } | null>;
  /** The first visible message at or after an instant (ISO); `found` null when there is none. */
  locate(
    account: string,
    room: string,
    from: string,
  ): Promise<{ readonly found: { readonly id: string; readonly seq: number; readonly at: string } | null } | null>;
  /** What is pinned and visible, what was pinned last first. */
  pins(account: string, room: string): Promise<{ readonly at: number; readonly messages: readonly Message[] } | null>;
  /** A visible message with its past; null also where there is no such message. */
  past(account: string, room: string, message: string): Promise<MessagePast | null>;
  /** The log without a reader, for the hub that applies it (contract D21). */
  tail(room: string, after: number, limit: number): Promise<readonly RoomEvent[]>;
  /** Who has blocked a person, and is not called by them. */
  deafTo(account: string): Promise<ReadonlySet<string>>;
  /** Newest seqs of rooms and of people's streams, and revisions of what is latest-wins of people, for the poll (contract D20, D33). */
  heads(
    rooms: readonly string[],
    accounts: readonly string[],
  ): Promise<{
    readonly rooms: ReadonlyMap<string, number>;
    readonly users: ReadonlyMap<string, number>;
    readonly revisions: ReadonlyMap<string, number>;
  }>;
  userStanding(
    account: string,
    seq: number,
  ): Promise<Standing & { readonly oldest: number; readonly revision: number }>;
  userRead(
    account: string,
    after: number,
    limit: number,
  ): Promise<{ readonly head: number; readonly oldest: number; readonly events: readonly UserEvent[] }>;
}

/** Tells the hub, here and on other nodes, what was committed (the doorbell; a hint, never the truth). */
export interface Bell {
  ring(events: readonly Placed[], users: readonly PlacedForUser[]): void;
}

export type { Cursor };
