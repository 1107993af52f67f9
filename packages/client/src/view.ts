/** A room as a screen needs it: what it shows at one moment, and what a person can do there. */
import type { Message, MyRoom, Problem } from '@recreio/protocol';
import type { Draft, Intention } from './intention.ts';
import type { Item } from './items.ts';
import type { Readable } from './store.ts';
import type { Loading } from './window.ts';

/**
 * How true the picture is: `closed` nobody looks; `opening` nothing to show yet; `live` true to the second;
 * `stale` shown as it was, the connection is coming; `gone` not a room of this person, or no more.
 */
export type RoomStatus = 'closed' | 'opening' | 'live' | 'stale' | 'gone';

/** A room at one moment; immutable. */
export interface RoomView {
  readonly id: string;
  readonly status: RoomStatus;
  /** Null until the welcome, and where the person is not in. */
  readonly my: MyRoom | null;
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
  /** Others who are writing. */
  readonly typing: readonly string[];
  /** Who is here as far as I may know, staff first, and how many; null where the server has not said. */
  readonly here: { readonly people: readonly string[]; readonly count: number } | null;
  /** Messages that are answered and not among the items, by id. */
  readonly quotes: ReadonlyMap<string, Message>;
  /** Changes whenever somebody came, went, or got another role: time to read `members.list` again. */
  readonly membersVersion: number;
  /** How many messages are pinned, as the page of history said that was read last, and what came since. */
  readonly pins: number;
  /** Changes whenever the board does: a pin, or other words of what is pinned. Time to read `messages.pins` again. */
  readonly pinsVersion: number;
  /** Why the last load or reaction came to nothing; null when it did not. */
  readonly problem: Problem | 'no-answer' | null;
}

/** What to say: the body in Markdown, what it answers, whom it speaks to. */
export type Said = Pick<Intention, 'body' | 'replyTo' | 'mentions'>;

/** A room to hold on to; the same object for the same id. */
export interface RoomHandle extends Readable<RoomView> {
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
  /** A key was pressed; told to others at most every 3 s. */
  typing(): void;
  draft(): Draft | undefined;
  setDraft(draft: Draft): void;
}
