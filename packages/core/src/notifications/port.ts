/** What notifications ask of memory. Contract: server/src/rules/notifications.test.ts. */
import type {
  Confirmation,
  InboxItem,
  Level,
  MailPace,
  Me,
  Message,
  QuietHours,
  RoomKind,
  RoomRole,
  RoomTuning,
} from '@recreio/protocol';

/** How loud a room is for a person. */
export interface TunedRoom extends RoomTuning {
  readonly room: string;
}

/** Where it stands after a change; `revision` is the person's then, null where nothing had to change. */
export interface RoomTuned {
  readonly tuning: TunedRoom;
  readonly revision: number | null;
}

/** For so many seconds from now, by the database's clock; null: without an end. */
export type Term = { readonly seconds: number | null };

/** What has to be read, and who has confirmed it. */
export interface NoticesMemory {
  /** A message that a member is asked to read and sees, locked against edits; null where there is none. */
  asked(
    account: string,
    room: string,
    message: string,
  ): Promise<{ readonly author: string; readonly editNo: number; readonly confirmedAt: string | null } | null>;
  /** Puts down that they have; `revision` is the person's then, null where it stood already. */
  confirm(
    account: string,
    message: string,
    editNo: number,
  ): Promise<{ readonly at: string; readonly revision: number | null }>;
  /** What a person is asked to read, sees, has not written and not confirmed, the newest first. */
  unconfirmed(account: string, limit: number): Promise<readonly Message[]>;
  /** Who of the members that are asked has confirmed, with what decides who may know; null where the caller sees no such message. */
  confirmations(
    account: string,
    room: string,
    message: string,
  ): Promise<{
    readonly kind: RoomKind | 'direct' | 'group';
    readonly role: RoomRole;
    readonly confirmed: readonly Confirmation[];
    readonly waiting: readonly string[];
  } | null>;
  /** Whether the person has confirmed something since a revision of theirs. */
  confirmedAfter(account: string, revision: number): Promise<boolean>;
}

/** What people say about being called, and what speaks to them. */
export interface NotificationsMemory extends NoticesMemory {
  /** What is left out stays as it is. Null: not a member. */
  tune(
    account: string,
    room: string,
    changes: { readonly level?: Level | null; readonly hush?: Term | null },
  ): Promise<RoomTuned | null>;
  /** Rooms that were tuned since a revision of the person's, of those that they are in. */
  tunedAfter(account: string, revision: number): Promise<readonly RoomTuned[]>;
  /** What is left out stays as it is; `school` forgets what they had chosen. */
  calm(
    account: string,
    changes: {
      readonly doNotDisturb?: Term | null;
      readonly quietHours?: QuietHours | null | 'school';
      readonly mail?: MailPace;
    },
  ): Promise<Me>;
  /** The words that call the person, as they wrote them. */
  keywords(account: string): Promise<readonly string[]>;
  /**
   * All of them, in the place of those before. Inside a transaction; a message that is sent after its end knows them, by every node,
   * and one that is being sent while it ends may. Answers whether they are others than before: the same again hold nobody up.
   */
  setKeywords(account: string, words: readonly string[]): Promise<boolean>;
  /** The newest first, before a number of the person's own stream. `next`: where what follows begins. */
  inbox(
    account: string,
    before: number | null,
    limit: number,
  ): Promise<{ readonly items: readonly InboxItem[]; readonly next: number | null }>;
}
