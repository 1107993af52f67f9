/** A room as a screen needs it: what it shows at one moment, and what a person can do there. */
import type { Message, MyRoom, Problem, RoomEvent } from '@recreio/protocol';
import type { Call } from './call.ts';
import type { Drafts } from './drafts.ts';
import type { Draft, Intention, Pending } from './intention.ts';
import type { Item } from './items.ts';
import type { Sign } from './signs.ts';
import type { Readable } from './store.ts';
import type { StreamStep } from './streams.ts';
import type { Loading } from './window.ts';

/**
 * How true the picture is: `closed` nobody looks; `opening` nothing to show yet; `live` true to the second;
 * `stale` shown as it was, the connection is coming; `gone` not a room of this person, or no more.
 */
export type RoomStatus = 'closed' | 'opening' | 'live' | 'stale' | 'gone';

/** A talk at one moment: a room's own conversation, or a thread. Immutable. */
export interface TalkView {
  /** The room's id; of a thread, the room's and that of what it hangs from (`talkName`). */
  readonly id: string;
  readonly status: RoomStatus;
  readonly items: readonly Item[];
  readonly hasBefore: boolean;
  /** There is more below: `loadAfter`, or `jumpToPresent`. */
  readonly hasAfter: boolean;
  /** How many messages lie below what is loaded. */
  readonly newer: number;
  readonly loading: Loading;
  /** The first message that was unread when the room was opened; fixed for the visit, null when there was none or it is not loaded. */
  readonly firstUnreadSeq: number | null;
  /** How many were unread then. */
  readonly unreadAtOpening: number;
  /** Messages that are answered and not among the items, by id. */
  readonly quotes: ReadonlyMap<string, Message>;
  /** Why the last load or reaction came to nothing; null when it did not. */
  readonly problem: Problem | 'no-answer' | null;
}

/** A room at one moment; immutable. */
export interface RoomView extends TalkView {
  /** Null until the welcome, and where the person is not in. */
  readonly my: MyRoom | null;
  /** Others who are writing. */
  readonly typing: readonly string[];
  /** Who is here as far as I may know, staff first, and how many; null where the server has not said. */
  readonly here: { readonly people: readonly string[]; readonly count: number } | null;
  /** How far the others have read, by account; null where it is not shown to me. */
  readonly reading: ReadonlyMap<string, number> | null;
  /** Changes whenever somebody came, went, or got another role: time to read `members.list` again. */
  readonly membersVersion: number;
  /** How many messages are pinned, as the page of history said that was read last, and what came since. */
  readonly pins: number;
  /** Changes whenever the board does: a pin, or other words of what is pinned. Time to read `messages.pins` again. */
  readonly pinsVersion: number;
}

/** What to say: the body in Markdown, what it answers, whom it speaks to. */
export type Said = Pick<Intention, 'body' | 'replyTo' | 'mentions' | 'everyone' | 'urgent'>;

/** A talk to hold on to. */
export interface TalkHandle<V extends TalkView = TalkView> extends Readable<V> {
  /** As in its view. */
  readonly id: string;
  /** Someone looks: loads at the first unread message, and follows. Each `open` wants a `close`. */
  open(): void;
  /** Stops following; what is loaded is kept for a while and shown at once when it is opened again. */
  close(): void;
  loadBefore(): Promise<void>;
  loadAfter(): Promise<void>;
  jumpTo(seq: number): Promise<void>;
  jumpToPresent(): Promise<void>;
  /** Fills a hole from its first seq on, a page at a time. */
  fill(from: number): Promise<void>;
  /** Shown at once, sent when possible. Answers with the client id. Takes the draft away. */
  send(said: Said): string;
  /** Tries a failed message again. */
  retry(clientId: string): void;
  /** Lets a failed or queued message go. */
  discard(clientId: string): void;
  edit(message: string, said: Pick<Said, 'body' | 'mentions'>): Promise<void>;
  remove(message: string): Promise<void>;
  /** Shown at once, and taken back with a `problem` when refused. */
  react(message: string, emoji: string): Promise<void>;
  unreact(message: string, emoji: string): Promise<void>;
  /** For everybody in the room. Rejects when it is refused. */
  pin(message: string): Promise<void>;
  unpin(message: string): Promise<void>;
  /** Everything up to this seq was on the screen. Never goes back; said once for many calls. */
  markRead(seq: number): void;
  draft(): Draft | undefined;
  setDraft(draft: Draft): void;
}

/** Something that follows a room's stream beside the room's own conversation, while the room is open. */
export interface RoomPart {
  /** What the stream brings, after the conversation has it. */
  take(step: StreamStep<RoomEvent>): void;
  /** Something around it has changed: the connection, what is on its way, whether there is a stream to follow. */
  changed(): void;
  /** The server has greeted: what had no answer is said again. */
  welcome(): void;
  /** What is loaded of the room is let go. */
  forget(): void;
}

/** What a part gets of its room. */
export interface RoomInside {
  readonly call: Call;
  readonly drafts: Drafts;
  me(): string;
  status(): RoomStatus;
  /** The seq of the last event that the stream has brought; null while there is none to follow. */
  at(): number | null;
  /** What is on its way in the room, threads included. */
  pending(): readonly Pending[];
  signs(): readonly Sign[];
  /** Puts something in line. */
  add(said: Said & Pick<Intention, 'thread'>): string;
}

/** A room to hold on to; the same object for the same id. */
export interface RoomHandle extends TalkHandle<RoomView> {
  /**
   * Shows what was said from a message on as unread again, on all my devices ([R86]). Nothing that is on the screen is read from
   * then on, until the room is opened anew or something is sent. Rejects when it is refused.
   */
  markUnread(message: string): Promise<void>;
  /** A key was pressed; told to others at most every 3 s. */
  typing(): void;
  /** Lets a part follow along; for what is loaded apart, as threads are. */
  join(part: RoomPart): RoomInside;
}
