/** What rooms and members ask of memory. */
import type {
  AnyRoom,
  Asking,
  Category,
  Course,
  DirectoryEntry,
  Member,
  Mine,
  MyRoom,
  Profile,
  RoomKind,
  RoomRecord,
  RoomSettings,
  UnreadFrom,
} from '@recreio/protocol';
import type { AccountFact, Facts, PairFact, Ties } from '../streams/facts.ts';
import type { Written } from '../streams/port.ts';

/** Which rooms a person can find without being in them: open ones of no course, and of these courses. */
export interface Finding {
  readonly account: string;
  /** Whether rooms of every course can be found, or of the own ones only. */
  readonly everyCourse: boolean;
  /** Whether anything at all can be found besides the own rooms. */
  readonly openRooms: boolean;
}

/** A room that is about to be. */
export interface NewRoom {
  readonly id: string;
  readonly kind: RoomKind | 'direct' | 'group';
  readonly settings: RoomSettings | null;
  readonly pair: readonly [string, string] | null;
  readonly course: string | null;
  readonly lesson: string | null;
  readonly by: string;
  readonly clientId: string | null;
  /** The payload that a repeat must equal. */
  readonly payload: string | null;
}

/** A read marker with what follows from it (contract D33). */
export interface Marker {
  readonly room: string;
  readonly seq: number;
  readonly ordinal: number;
  readonly unread: number;
  readonly mentions: number;
  /** The newest ordinal that the counts include. */
  readonly newest: number;
  /** What lies before the marker and is shown as unread; absent where nothing is. */
  readonly unreadFrom?: UnreadFrom;
}

/** Rooms that are held until the transaction ends, with what a decision about who owns them rests on. */
export interface HeldRooms {
  /** With enrolments; of `standing` and of the one whom it is about. */
  readonly facts: Facts;
  /** By room: who owns or moderates it or works at the school, who has been in it longest first. Their accounts are held, too. */
  readonly standing: ReadonlyMap<string, readonly string[]>;
}

/** Rooms, memberships and read markers. */
export interface RoomsMemory {
  /** The database's clock, in ms. */
  now(): Promise<number>;
  mine(account: string, room?: string): Promise<readonly MyRoom[]>;
  get(
    finding: Finding,
    room: string,
  ): Promise<{ readonly room: AnyRoom; readonly mine: Mine | null; readonly rules?: string } | null>;
  /** Every themed room by title, for administrators; `ownerless`: only those that nobody owns who is there for them. */
  all(where: {
    readonly folded: string;
    readonly archived: boolean | null;
    readonly ownerless: boolean;
    readonly after: string | null;
    readonly limit: number;
  }): Promise<{ readonly rooms: readonly RoomRecord[]; readonly total: number; readonly next: string | null }>;
  /** How many rooms in use nobody owns who is there for them. */
  ownerless(): Promise<number>;
  directory(
    finding: Finding,
    where: {
      readonly folded: string;
      readonly kind: RoomKind | null;
      readonly course: string | null;
      readonly category: string | null;
      readonly archived: boolean;
      readonly recent: boolean;
      /** From when on messages are counted as recent, RFC 3339; null: a day back. */
      readonly since: string | null;
      readonly after: string | null;
      readonly limit: number;
    },
  ): Promise<{ readonly rooms: readonly DirectoryEntry[]; readonly next: string | null }>;
  /** Serialises everything under a name until the transaction ends. */
  lock(name: string): Promise<void>;
  byClientId(
    actor: string,
    clientId: string,
  ): Promise<{ readonly room: string; readonly matches: (payload: string) => boolean } | null>;
  /** Two people and what is between them, with their conversation if there is one; null if the other does not exist. */
  pair(
    a: string,
    b: string,
  ): Promise<{
    readonly a: AccountFact;
    readonly b: AccountFact;
    readonly between: PairFact;
    readonly room: string | null;
  } | null>;
  /** The group of exactly these people, sorted, whether they are in it or asked. */
  group(people: readonly string[]): Promise<string | null>;
  /** People who might be in a group together, with what is between them; those who do not exist are left out. */
  circle(people: readonly string[]): Promise<{ readonly accounts: ReadonlyMap<string, AccountFact> } & Ties>;
  /** Groups that a person was asked into and has not answered, oldest first. */
  askings(account: string): Promise<readonly Asking[]>;
  /** How a person is enrolled in a course, and which one a lesson belongs to; both hold until the transaction ends. */
  enrolment(account: string, course: string): Promise<'student' | 'staff' | null>;
  lessonCourse(lesson: string): Promise<string | null>;
  /** Whether a course runs; null where there is none. It stays so until the transaction ends. */
  courseState(course: string): Promise<'running' | 'archived' | null>;
  /** Holds a room, all of a course, or all that somebody owns; `about` is whom the decision is about. Nobody is between their locks and their facts. */
  hold(
    which: { readonly room: string } | { readonly course: string } | { readonly owner: string },
    about: string,
  ): Promise<HeldRooms>;
  /** Makes the row and the room's key. */
  found(room: NewRoom): Promise<void>;
  /** Writes the first events of a room that this transaction has made. */
  append(written: Written): Promise<void>;
  /** Members, if the caller is one; mutes are filled in for everyone, the rule takes them out. */
  members(
    account: string,
    room: string,
  ): Promise<{ readonly members: readonly Member[]; readonly isPrivate: boolean } | null>;
  bans(room: string): Promise<readonly { readonly profile: Profile; readonly until: string | null }[]>;
  /**
   * Moves the marker forward; returns where it stands and the person's revision then; null when not a member. What was shown as
   * unread before it is read as far as it lies at or before `seq`.
   */
  markRead(
    account: string,
    room: string,
    seq: number,
  ): Promise<{ readonly marker: Marker; readonly moved: boolean; readonly revision: number } | null>;
  /** From a visible message of the room's conversation on everything is unread; null where there is no such message for this person. */
  markUnread(
    account: string,
    room: string,
    message: string,
  ): Promise<{ readonly marker: Marker; readonly moved: boolean; readonly revision: number } | null>;
  /** What counts as unread where this other person is or was, too, counts anew: the person has blocked them, or does no more. */
  recount(account: string, other: string): Promise<readonly (Marker & { readonly revision: number })[]>;
  /** Markers that were moved since a revision of the person's, in rooms one is a member of, with the revision of each. */
  markersAfter(account: string, revision: number): Promise<readonly (Marker & { readonly revision: number })[]>;
  /** The school's categories in their order, and putting others in their place. */
  categories(): Promise<readonly Category[]>;
  setCategories(categories: readonly Category[]): Promise<void>;
  courses(account: string, every: boolean): Promise<readonly Course[]>;
  isMember(account: string, room: string): Promise<boolean>;
  /** Who is in a room and how far each has read, and blocks among them; at most so many of them. */
  readers(
    room: string,
    most: number,
  ): Promise<{
    readonly isPrivate: boolean;
    readonly people: readonly {
      readonly account: string;
      readonly seq: number;
      readonly minor: boolean;
      readonly hides: boolean;
    }[];
    readonly blocks: ReadonlySet<string>;
  }>;
}
