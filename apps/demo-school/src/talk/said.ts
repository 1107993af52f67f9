/** The shape in which the school's conversations are written down. */
import type { PersonKey } from '../people.ts';

/** When something was said: so many minutes before now, or on the clock of the school so many days ago. */
export type When = number | { readonly daysAgo: number; readonly hhmm: string };

/** So many days ago (at least 1), at `hhmm` by the school's clock. */
export const on = (daysAgo: number, hhmm: string): When => ({ daysAgo, hhmm });

/** One message. In `text` and `edited`, `@{key}` speaks to a person: it becomes `@` and the name, and a mention. */
export type Said = {
  from: PersonKey;
  at: When;
  /** As first sent, in Markdown. */
  text: string;
  /** A name inside this conversation, for replies and read markers. */
  key?: string;
  /** The key of an earlier message of this conversation. */
  replyTo?: string;
  /** The key of the earlier message in whose thread this is said; it is then no message of the room's conversation. */
  inThread?: string;
  /** In the order they were given. */
  reactions?: readonly (readonly [emoji: string, people: readonly PersonKey[]])[];
  /** The text that the author put in place of the first. */
  edited?: string;
  /** Put on the room's board, by somebody who may. */
  pinned?: PersonKey;
  /** Saved for later by somebody in the conversation, for themselves. */
  saved?: PersonKey;
  /** Taken away: by its author, or by the first moderator of the room (its owner where there is none). */
  removed?: 'author' | 'moderator';
};

/** What was said in one room, oldest first. */
export type Talk = {
  said: readonly Said[];
  /** The last message that a person has read; who is not named here has read all. */
  readUpTo?: Partial<Record<PersonKey, string>>;
};
