/** What rules ask of the hub: ephemeral things, at most once (contract D24). */
import type { RoomTuning, School, SyncedDraft } from '@recreio/protocol';
import type { StandingIn } from '../messages/port.ts';
import type { Marker } from '../rooms/port.ts';

/** Typing, presence and the person's own latest-wins state. */
export interface Presence {
  typing(room: string, account: string): void;
  /** Who of a room is here, as far as this viewer may know: some of them, and how many in all. */
  here(viewer: string, room: string): { readonly here: readonly string[]; readonly count: number };
  /** Reading has moved a marker, which made the person's state this revision: to every socket of the person, on any node. */
  marker(account: string, marker: Marker, revision: number): void;
  /** How a person stands to a thread has changed, which made their state this revision. */
  thread(account: string, standing: StandingIn, revision: number): void;
  /** The person's list of saved messages has changed, which made their state this revision. */
  saved(account: string, revision: number): void;
  /** The person has confirmed that they read something, which made their state this revision. */
  notices(account: string, revision: number): void;
  /** How loud a room is for the person has changed, which made their state this revision. */
  tuning(account: string, tuning: RoomTuning & { readonly room: string }, revision: number): void;
  /** A draft of the person's has changed, which made their state this revision. Its words go to the person's own sockets alone. */
  draft(account: string, draft: SyncedDraft, revision: number): void;
  /** The person's own account has changed. */
  me(account: string): void;
  /** The school's settings have changed: to everybody, on any node. */
  school(school: School): void;
}
