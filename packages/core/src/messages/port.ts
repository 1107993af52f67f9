/** What threads ask of memory. Contract: server/src/rules/threads.test.ts. */
import type { FollowedThread, ThreadStanding } from '@recreio/protocol';

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
