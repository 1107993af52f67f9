/** What people believe after a deed was done, or refused. */
import type { Person } from '../raw/person.ts';
import { secretOf } from './checker/links.ts';
import type { Company } from './company.ts';
import type { Deed } from './deeds.ts';
import type { Device } from './device.ts';
import type { Outcome } from './history.ts';
import type { PlayedRoom } from './stage.ts';

/** Somebody's deed, and where it was done; null where it was about no room that there was. */
export interface Done {
  readonly deed: Deed;
  readonly person: Person;
  readonly device: Device;
  readonly room: PlayedRoom | null;
}

/** A deed was answered. */
export function believe(company: Company, { deed, person, device, room }: Done, outcome: Outcome): void {
  const { command, input } = deed;
  if (room && command === 'members.transfer' && room.heir === input.account) room.heir = null;
  if (outcome.kind === 'refused' && outcome.code === 'archived' && room) room.isArchived = true;
  if (outcome.kind !== 'done') return;
  const { output } = outcome;
  if (command === 'rooms.openGroup' && output.room) company.belong(device, person, output.room.id);
  if (command === 'members.join' && !room && input.room !== undefined) company.belong(device, person, input.room);
  if (room) believeOf(room, deed, person, outcome);
  if (room && command === 'invitations.redeem') device.want(room.id);
}

function believeOf(
  room: PlayedRoom,
  { command, input }: Deed,
  person: Person,
  outcome: Outcome & { kind: 'done' },
): void {
  const { output } = outcome;
  const whom = input.account ?? person.account;
  if (command === 'members.mute') room.silenced.add(whom);
  if (command === 'members.unmute') room.silenced.delete(whom);
  if (command === 'members.remove' || command === 'members.ban' || command === 'members.leave') room.out.add(whom);
  if (command === 'members.join' || command === 'members.add' || command === 'invitations.redeem') {
    room.out.delete(whom);
    if (whom === person.account && !room.people.includes(person)) room.people.push(person);
  }
  const place = room.people.indexOf(person);
  if (room.kind === 'group' && command === 'members.leave' && place >= 0) room.people.splice(place, 1);
  if (command === 'rooms.archive') room.isArchived = input.archived === true;
  if (command === 'members.transfer') room.holder = whom;
  if (command === 'invitations.make' && output.invitation)
    room.links.push({ id: output.invitation.id, secret: secretOf(output.url), tries: 0 });
  const revoked = room.links.findIndex(({ id }) => id === input.invitation);
  if (command === 'invitations.revoke' && revoked >= 0) room.links.splice(revoked, 1);
}
