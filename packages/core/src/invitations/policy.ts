/** Who makes links into a room, and whom they let in. No memory. */
import type { Role, RoomRole } from '@recreio/protocol';
import { isStaff, mayBring } from '../accounts/policy.ts';
import { rankOf } from '../rooms/policy.ts';
import type { AccountFact, InvitationFact } from '../streams/facts.ts';
import { deny, type Denial } from '../verdict.ts';

/** Who moderates a room invites into it: its owners and moderators, and who answers for the school where they are members. */
export const mayInvite = (school: Role, role: RoomRole | null): boolean =>
  role !== null && (rankOf(role) >= rankOf('moderator') || school === 'moderator' || school === 'administrator');

/** Whether a link still works: not revoked, not over, not used up, and made by somebody who might make it now. */
export const works = ({ until, revoked, left, by }: InvitationFact, now: number): boolean =>
  !revoked && until > now && left > 0 && !by.disabled && mayInvite(by.role, by.roomRole);

/**
 * Whether a link lets its holder into the room (docs/protocol.md R64). It brings nobody where they could not be added: into a
 * room of a course only those enrolled in it, by a link for the staff only who works at the school, and between a minor and an adult the same
 * protection holds (privacy, decision 1), unless who made the link is in the course of the room and it runs.
 */
export const mayComeBy = (
  invitation: InvitationFact,
  room: { readonly course: string | null; readonly access: 'open' | 'invite' },
  holder: { readonly id: string; readonly enrolled: boolean } & AccountFact,
  now: number,
): Denial<'link-used' | 'protected-minor' | 'not-allowed'> | null => {
  if (!works(invitation, now)) return deny('link-used');
  if (invitation.audience === 'staff' && !isStaff(holder.role))
    return deny('not-allowed', { detail: 'this link is for those who work at the school' });
  if (room.course !== null && !holder.enrolled && holder.role !== 'administrator')
    return deny('not-allowed', { detail: 'this room is for those enrolled in its course' });
  return room.access === 'invite' && !invitation.by.tied ? mayBring(invitation.by, holder, invitation.between) : null;
};
