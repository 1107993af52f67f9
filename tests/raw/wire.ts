/**
 * The wire as docs/protocol.md describes it, written down a second time by hand: what a stranger's client would have.
 * Nothing here is imported from the product; a change there that strangers would feel is felt here.
 */

/** Where a client stands in a stream (docs/protocol.md R32). */
export interface WireCursor {
  readonly epoch: string;
  readonly seq: number;
  readonly lastId: string | null;
}

/** What stands of a message in an event or on a page. */
export interface WireMessage {
  readonly id: string;
  readonly clientId: string;
  readonly ordinal: number;
  readonly body?: string;
  readonly replyTo?: string;
  readonly thread?: string;
  readonly threadOrdinal?: number;
  readonly mentions?: readonly string[];
  readonly everyone?: boolean;
  readonly urgent?: boolean;
  readonly forward?: { readonly room: string; readonly message: string };
  readonly editNo: number;
  readonly editedAt?: string;
  readonly removed?: { readonly by: string; readonly at: string };
  readonly room?: string;
  readonly seq?: number;
  readonly author?: string;
  readonly at?: string;
  readonly reactions?: readonly { readonly emoji: string; readonly accounts: readonly string[] }[];
  readonly pinned?: { readonly by: string; readonly at: string };
  readonly required?: { readonly by: string; readonly at: string };
  readonly replies?: {
    readonly count: number;
    readonly lastAt: string;
    readonly lastSeq: number;
    readonly people: readonly string[];
  };
}

/** How a person stands to a thread. */
export interface WireStanding {
  readonly following: boolean;
  readonly seq: number;
  readonly unread: number;
  readonly newest: number;
}

/** An event of a room's log or of a person's own stream. */
export interface WireEvent {
  readonly seq: number;
  readonly id: string;
  readonly at: string;
  readonly actor?: string;
  readonly type: string;
  readonly data: {
    readonly message?: WireMessage | string;
    readonly emoji?: string;
    readonly account?: string;
    readonly kind?: string;
    readonly role?: string;
    readonly room?: string;
    readonly reason?: string;
    readonly messageSeq?: number;
    readonly thread?: string;
    readonly author?: string;
    readonly until?: string | null;
    readonly settings?: Readonly<Record<string, unknown>> | null;
  };
}

/** Seqs from..to, both included. */
export interface WireRange {
  readonly from: number;
  readonly to: number;
}

/** A refusal (RFC 9457). */
export interface WireProblem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly code: string;
  readonly retry: string;
  readonly detail?: string;
  readonly retryAfterMs?: number;
  readonly until?: string | null;
}

/** A hush, or a rest: until then, or until it is undone. */
export interface WireHush {
  readonly until: string | null;
}

/** When a person is not to be disturbed. */
export interface WireCalm {
  readonly doNotDisturb: WireHush | null;
  readonly quietHours?: { readonly from: number; readonly to: number; readonly days: readonly number[] } | null;
  readonly mail?: string;
}

/** One of the caller's rooms. */
export interface WireMyRoom {
  readonly room: {
    readonly id: string;
    readonly kind: string;
    readonly title?: string;
    readonly with?: { readonly id: string };
  };
  readonly mine: {
    readonly role: string;
    readonly head: number;
    readonly ordinal: number;
    readonly readSeq: number;
    readonly readOrdinal: number;
    readonly unread: number;
    readonly mentions: number;
    readonly unreadFrom?: { readonly seq: number; readonly ordinal: number };
    readonly muted?: { readonly until: string | null };
    readonly level?: string;
    readonly hushed?: WireHush;
  };
}

/** A lesson of a course. */
export interface WireLesson {
  readonly id: string;
  readonly title: string;
  readonly number: number;
  readonly rooms?: number;
}

/** A course: `lessons` are themselves for those who are in it, their number for those who look after it. */
export interface WireCourse {
  readonly id: string;
  readonly title: string;
  readonly group: string;
  readonly lessons: number | readonly WireLesson[];
  readonly students?: number;
  readonly staff?: number | boolean;
  readonly archived?: boolean;
  readonly archivedAt?: string | null;
}

/** The school's settings. */
export interface WireSchool {
  readonly version?: number;
  readonly name?: string;
  readonly accent?: string | null;
  readonly logo?: string | null;
  readonly policies?: Readonly<Record<string, unknown>>;
}

/** A server's frame: `t` says which of the other members it has. */
export interface WireFrame {
  readonly t: string;
  readonly id?: number;
  readonly stream?: string;
  readonly events?: readonly WireEvent[];
  readonly from?: number;
  readonly to?: number;
  readonly reason?: string;
  readonly head?: WireCursor;
  readonly output?: WireOutput;
  readonly problem?: WireProblem;
  readonly epoch?: string;
  readonly protocol?: number;
  readonly limits?: Readonly<Record<string, number>>;
  readonly user?: WireCursor;
  readonly me?: { readonly id: string; readonly calm?: WireCalm };
  readonly level?: string;
  readonly hushed?: WireHush;
  readonly session?: string;
  readonly rooms?: readonly WireMyRoom[];
  readonly school?: WireSchool;
  readonly heads?: readonly {
    readonly room: string;
    readonly head: number;
    readonly ordinal: number;
    readonly removed?: readonly number[];
  }[];
  readonly room?: string;
  readonly seq?: number;
  readonly ordinal?: number;
  readonly unread?: number;
  readonly mentions?: number;
  readonly unreadFrom?: { readonly seq: number; readonly ordinal: number };
  readonly thread?: string;
  readonly message?: string;
  readonly messageSeq?: number;
  readonly author?: string;
  readonly body?: string;
  readonly version?: number;
  readonly following?: boolean;
  readonly newest?: number;
  readonly account?: string;
  readonly here?: readonly string[];
  readonly read?: readonly { readonly account: string; readonly seq: number }[];
  readonly retryAfterMs?: number;
}

/** The members of the commands' answers, and of a problem: which are there depends on the command. */
export interface WireOutput extends Partial<Omit<WireProblem, 'until'>>, WireSchool {
  readonly look?: WireSchool;
  readonly png?: string | null;
  readonly isShown?: boolean;
  readonly read?: readonly { readonly account: string; readonly seq: number }[];
  readonly entries?: readonly {
    readonly number: number;
    readonly act: string;
    readonly actor: { readonly id: string } | null;
    readonly target: string | null;
    readonly detail: Readonly<Record<string, unknown>>;
  }[];
  readonly next?: number | string | null;
  readonly id?: string;
  readonly seq?: number;
  readonly epoch?: string;
  readonly at?: string | number;
  readonly ordinal?: number;
  readonly editNo?: number;
  readonly duplicate?: boolean;
  readonly removed?: boolean;
  readonly head?: number;
  readonly lastId?: string | null;
  readonly from?: number;
  readonly to?: number;
  readonly events?: readonly WireEvent[];
  readonly messages?: readonly WireMessage[];
  readonly message?: WireMessage | { readonly id: string; readonly seq: number; readonly at: string } | null;
  readonly pins?: number;
  readonly saved?: readonly { readonly id: string; readonly at: string; readonly message: WireMessage }[];
  readonly drafts?: readonly {
    readonly room: string;
    readonly thread?: string;
    readonly body?: string;
    readonly replyTo?: string;
    readonly version: number;
  }[];
  readonly key?: string;
  readonly service?: string;
  readonly current?: boolean;
  readonly reachedAt?: string | null;
  readonly devices?: readonly { readonly id: string; readonly service: string; readonly current: boolean }[];
  readonly ids?: readonly string[];
  readonly unseen?: number;
  readonly gone?: number;
  readonly revisions?: readonly { readonly editNo: number; readonly at: string; readonly body?: string }[];
  readonly hidden?: readonly WireRange[];
  readonly purged?: readonly WireRange[];
  readonly thread?: { readonly root: WireMessage; readonly mine: WireStanding };
  readonly threads?: readonly {
    readonly room: string;
    readonly root: WireMessage;
    readonly last: WireMessage | null;
    readonly mine: WireStanding;
  }[];
  readonly more?: boolean;
  readonly level?: string;
  readonly hushed?: WireHush;
  readonly calm?: WireCalm;
  readonly items?: readonly {
    readonly seq: number;
    readonly reason: string;
    readonly read: boolean;
    readonly message: WireMessage;
  }[];
  readonly confirmed?: readonly { readonly account: string; readonly at: string; readonly editNo: number }[];
  readonly waiting?: readonly string[];
  readonly following?: boolean;
  readonly newest?: number;
  readonly before?: boolean;
  readonly after?: boolean;
  readonly unread?: number;
  readonly mentions?: number;
  readonly unreadFrom?: { readonly seq: number; readonly ordinal: number };
  readonly rooms?: readonly WireMyRoom[];
  readonly room?: WireMyRoom['room'];
  readonly invitation?: { readonly id: string; readonly uses: number; readonly most: number };
  readonly mine?: WireMyRoom['mine'] | null;
  readonly here?: readonly string[];
  readonly members?: readonly { readonly profile: { readonly id: string }; readonly role: string }[];
  readonly token?: string;
  readonly session?: string;
  readonly sessions?: readonly { readonly id: string; readonly current: boolean }[];
  readonly ticket?: string;
  readonly me?: { readonly id: string; readonly name: string };
  readonly account?: { readonly id: string };
  readonly link?: { readonly url: string };
  readonly url?: string;
  readonly invitations?: readonly { readonly id: string; readonly uses: number; readonly most: number }[];
  readonly profiles?: readonly { readonly id: string; readonly version: number; readonly pronouns?: string }[];
  readonly timeZone?: string | null;
  readonly email?: string;
  readonly joining?: string;
  readonly asks?: readonly { readonly id: string; readonly email: string; readonly isKnown: boolean }[];
  readonly people?: readonly {
    readonly id: string;
    readonly profile?: { readonly id: string };
    readonly staff?: boolean;
  }[];
  readonly course?: WireCourse;
  readonly courses?: readonly WireCourse[];
  readonly lessons?: readonly WireLesson[];
  readonly left?: number;
  readonly stays?: readonly { readonly id: string; readonly title: string }[];
  readonly newCourses?: readonly { readonly title: string; readonly group: string }[];
  readonly errors?: readonly { readonly line: number; readonly reason: string }[];
  readonly created?: readonly { readonly email: string }[];
  readonly accounts?: readonly string[];
  readonly until?: string | null;
  readonly secret?: string;
  readonly recoveryCodes?: readonly string[] | number;
  readonly totp?: { readonly since: string } | null;
  readonly assuredUntil?: string;
  readonly challenge?: string;
}
