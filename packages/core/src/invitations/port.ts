/** What invitations ask of memory. Secrets never reach it, only what is kept of them. */
import type { Audience, Invitation, InvitedRole, Profile, Room, RoomRole } from '@recreio/protocol';
import type { InvitationFact } from '../streams/facts.ts';

/** A link that is about to be; `seconds` it lives. */
export interface NewInvitation {
  readonly id: string;
  readonly room: string;
  readonly hash: string;
  readonly role: InvitedRole;
  readonly audience: Audience;
  readonly by: string;
  readonly seconds: number;
  readonly most: number;
}

/** A link with all that its holder may be shown, and what decides whether they may. */
export interface Opened {
  readonly fact: InvitationFact;
  /** The database's clock, ms since the epoch. */
  readonly now: number;
  readonly room: Room;
  readonly rules: string;
  readonly by: Profile;
  readonly expiresAt: string;
  readonly joined: boolean;
  /** Whether the holder is enrolled in the room's course. */
  readonly enrolled: boolean;
}

/** Links into rooms. */
export interface InvitationsMemory {
  /** What a person is in a themed room; null for outsiders, unknown rooms and private conversations. */
  roleIn(account: string, room: string): Promise<RoomRole | null>;
  /** How many links of a room still work. */
  live(room: string): Promise<number>;
  /** Makes one, and forgets those of the room that ended long ago. */
  add(invitation: NewInvitation): Promise<Invitation>;
  /** Those that still work, the newest first. */
  list(room: string): Promise<readonly Invitation[]>;
  /** False where the room has no such link that works. */
  revoke(room: string, invitation: string): Promise<boolean>;
  /** By what is kept of its secret; null when there is none, whether it still works or not. */
  open(hash: string, holder: string): Promise<Opened | null>;
}
