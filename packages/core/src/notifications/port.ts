/** What notifications ask of memory. Contract: server/src/rules/notifications.test.ts. */
import type { InboxItem, Level, Me, QuietHours, RoomTuning } from '@recreio/protocol';

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

/** What people say about being called, and what speaks to them. */
export interface NotificationsMemory {
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
    changes: { readonly doNotDisturb?: Term | null; readonly quietHours?: QuietHours | null | 'school' },
  ): Promise<Me>;
  /** The newest first, before a number of the person's own stream. `next`: where what follows begins. */
  inbox(
    account: string,
    before: number | null,
    limit: number,
  ): Promise<{ readonly items: readonly InboxItem[]; readonly next: number | null }>;
}
