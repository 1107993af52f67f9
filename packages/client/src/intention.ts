/** What a person wants to say, and where it stands on its way. */
import type { Problem } from '@recreio/protocol';

/** What a person wants to say. Members that this version does not know (attachments, later) are kept and sent by those that do. */
export interface Intention {
  /** Its name for good, and a stable key for the screen. */
  readonly clientId: string;
  readonly room: string;
  readonly body: string;
  readonly replyTo?: string;
  /** The message whose thread it is said in. */
  readonly thread?: string;
  readonly mentions?: readonly string[];
  /** It calls everybody in the room. */
  readonly everyone?: true;
  /** Who is named in it and leaves it unread is told once more ([R120]). */
  readonly urgent?: true;
  /** RFC 3339: the server's time as well as this device knew it; the true one comes with the acknowledgement. */
  readonly createdAt: string;
}

/** The name of a talk among the drafts of a person: the room's, or of a thread the room's and its root's. */
export const talkName = (room: string, thread?: string): string => (thread === undefined ? room : `${room}/${thread}`);

/** Where it stands. `sent` is only said after the server's answer, or after its own event was seen. */
export type SendState =
  /** Waits for the connection, for those before it, or for the server to be less busy. */
  | { readonly name: 'queued' }
  | { readonly name: 'sending'; readonly since: number }
  | { readonly name: 'sent'; readonly id: string; readonly seq: number; readonly ordinal: number; readonly at: string }
  | { readonly name: 'failed'; readonly why: 'refused'; readonly problem: Problem }
  /** It waited for hours (`lateAfterMs`): whoever wrote it says whether it is still meant. */
  | { readonly name: 'failed'; readonly why: 'late' };

/** An intention and where it stands. */
export interface Pending extends Intention {
  readonly state: SendState;
  /** Its place among all that was written in this browser; null until it is kept, and where nothing is. */
  readonly order: number | null;
  /** Whether it outlives the page. */
  readonly isKept: boolean;
}

/** A message that is not sent yet. */
export interface Draft {
  readonly body: string;
  /** The message it answers. */
  readonly replyTo?: string;
  /** As it is kept: the server's version that it stands on ([R87]), and whether the server has yet to hear of it. */
  readonly base?: number;
  readonly isUntold?: boolean;
  readonly puts?: readonly Pick<Partial<Draft>, 'body' | 'replyTo'>[] | undefined;
}
