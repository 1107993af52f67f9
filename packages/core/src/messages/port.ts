/** What threads, and what a person keeps for themselves, ask of memory. Contract: server/src/rules/threads.test.ts, saved.test.ts. */
import type { FollowedThread, SavedMessage, SyncedDraft, ThreadStanding } from '@recreio/protocol';

/** How a person stands to one thread. */
export interface StandingIn extends ThreadStanding {
  readonly room: string;
  readonly thread: string;
}

/** Where it stands after a change; `revision` is the person's then, null where nothing had to change. */
export interface ThreadMoved {
  readonly standing: StandingIn;
  readonly revision: number | null;
}

/** Who follows which threads, and how far they were read. Null: no member, or no thread that this person may see. */
export interface ThreadsMemory {
  follow(account: string, room: string, thread: string, following: boolean): Promise<ThreadMoved | null>;
  /** Moves the marker forward, never past the newest reply; also of one who does not follow. */
  markRead(account: string, room: string, thread: string, seq: number): Promise<ThreadMoved | null>;
  mine(
    account: string,
    limit: number,
  ): Promise<{ readonly threads: readonly FollowedThread[]; readonly unread: number; readonly more: boolean }>;
  /** Threads that have changed for the person since a revision of theirs, where they still see them. */
  movedAfter(account: string, revision: number): Promise<readonly ThreadMoved[]>;
}

/** What people save for later. Revisions are the person's after the change, null where nothing had to change. */
export interface SavedMemory {
  /** A message that the person sees, as one who would save it needs it, with how many they have saved; null where there is none. */
  find(
    account: string,
    room: string,
    message: string,
  ): Promise<{ readonly removed: boolean; readonly isSaved: boolean; readonly count: number } | null>;
  /** Puts a message on the list that is not on it; `id` is its place: the list is in their order. */
  put(account: string, message: string, id: string): Promise<number | null>;
  drop(account: string, message: string): Promise<number | null>;
  /** Takes off what was removed or is not for the person any more. */
  dropUnseen(account: string): Promise<{ readonly gone: number; readonly revision: number | null }>;
  /** What the person can see now, saved last first, from behind a place on. */
  page(account: string, after: string | null, limit: number): Promise<SavedMessage[]>;
  /** Everything on the list, and whether it is shown there. */
  all(account: string): Promise<readonly { readonly message: string; readonly isSeen: boolean }[]>;
  /** Whether the list has changed since a revision of the person's. */
  changedAfter(account: string, revision: number): Promise<boolean>;
}

/** What people have begun to write. Contract: server/src/rules/drafts.test.ts. */
export interface DraftsMemory {
  /** The draft of a talk that the person is in, version 0 where there was never one, and how many with words they have; null for others. */
  find(
    account: string,
    room: string,
    thread: string | null,
  ): Promise<{
    readonly version: number;
    readonly body?: string;
    readonly replyTo?: string;
    readonly count: number;
  } | null>;
  /** Writes it, over whatever there is; answers with it and the person's revision then. */
  put(
    account: string,
    draft: Omit<SyncedDraft, 'at'>,
  ): Promise<{ readonly draft: SyncedDraft; readonly revision: number }>;
  /** Those that have changed since a revision of the person's, in talks that they are in: with words first, then what was written last. */
  changedAfter(account: string, revision: number): Promise<readonly SyncedDraft[]>;
}
