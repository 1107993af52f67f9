/**
 * What telling people of what they did not hear asks of memory, by whichever way they are told: devices that are called (push-port.ts),
 * the mail of what was missed (digest-port.ts). Contract: server/src/rules/push.test.ts, digest.test.ts.
 */
import type { Language, Place, QuietHours, RoomTuning } from '@recreio/protocol';

/** A message as it concerns one person, as it stands now. */
export interface Heard {
  readonly account: string;
  readonly room: string;
  /** The root, in a thread. */
  readonly thread: string | null;
  readonly seq: number;
  readonly at: string;
  readonly author: string;
  /** As what it called them, by their own stream, or with everybody (docs/protocol.md R113); null: it did not. */
  readonly call: string | null;
  readonly isRead: boolean;
  /** It is urgent, names them as it stands, and no marker of theirs has passed it. */
  readonly isUrgent: boolean;
  /** It is urgent, and since it began to call a mail that was sent has told them of it (docs/protocol.md R120). */
  readonly isMailed: boolean;
  /** It is urgent, and the mail of it alone is on its way: nobody knows yet whether it tells them. */
  readonly isBeingMailed: boolean;
  /** They have blocked who said it. */
  readonly isBlocked: boolean;
  readonly place: Place;
  readonly tuning: RoomTuning;
  readonly minor: boolean;
  readonly language: Language;
  readonly timeZone: string | null;
  readonly resting: { readonly until: string | null } | null;
  /** As `Calm`: left out as the school has them. */
  readonly quietHours?: QuietHours | null;
  /** The room's; empty where it has none. */
  readonly title: string;
  readonly authorName: string;
}

/** A message, by where it was said. */
export type MessageAt = Pick<Heard, 'room' | 'seq'>;

/** Something somebody is to be told of: a conversation, and from where to where in its log. */
export interface TalkSpan {
  readonly account: string;
  readonly room: string;
  readonly thread: string | null;
  readonly from: number;
  readonly to: number;
}

/** Rooms' logs, read behind a cursor of this way's own; people who are not reached by it are left out. */
export interface HeardMemory {
  /** Rooms in whose logs something was written that was not looked through; nothing where nobody is reached. */
  behind(most: number): Promise<readonly string[]>;
  /**
   * Messages that were written, or have to be read, since the rooms were looked through last, as they concern each member who is
   * reached; from now on they have been. A room that another node looks through is left to it. Inside a transaction only.
   */
  lookThrough(rooms: readonly string[]): Promise<readonly Heard[]>;
  /**
   * What of each span stands, as it concerns its person now, in the order of the log; an answer for each, in their order, from one
   * statement. Nothing of what they cannot see.
   */
  heard(spans: readonly TalkSpan[]): Promise<readonly (readonly Heard[])[]>;
  /** The text of a message; null where there is none of its own. */
  words(room: string, seq: number): Promise<string | null>;
}
