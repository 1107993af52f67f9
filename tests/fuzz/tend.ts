/** What those do who look after a room: silence and let speak, remove and add, pin, invite, put away, hand over. */
import { uuidv7 } from '../raw/uuid.ts';
import type { Deed } from './deeds.ts';
import type { Random } from './random.ts';
import type { PlayedRoom } from './stage.ts';

/** The next deed of who looks after a room; null where they do as everybody does. */
export function tend(room: PlayedRoom, account: string, random: Random): Deed | null {
  const isFounder = room.owner.account === account;
  if (room.heir === account && random.chance(0.4)) {
    // Who is about to own it goes: one of the two comes first, and the room is never without an owner
    room.heir = null;
    return { command: 'members.leave', input: { room: room.id } };
  }
  if (isFounder && random.chance(0.8)) return keep(room, account, random) ?? moderate(room, random);
  if (!isFounder && room.holder === account && random.chance(0.7)) return giveBack(room, random);
  return null;
}

/** An heir opens what was put away, and hands the room back. */
function giveBack(room: PlayedRoom, random: Random): Deed {
  const base = { room: room.id, clientId: uuidv7(random.bytes) };
  return room.isArchived
    ? { command: 'rooms.archive', input: { ...base, archived: false } }
    : { command: 'members.transfer', input: { ...base, account: room.owner.account } };
}

/** About the room itself. */
function keep(room: PlayedRoom, account: string, random: Random): Deed | null {
  const base = { room: room.id, clientId: uuidv7(random.bytes) };
  const isHolder = room.holder === account;
  const dice = random.next();
  if (isHolder && room.isArchived && random.chance(0.7))
    return { command: 'rooms.archive', input: { ...base, archived: false } };
  if (isHolder && dice < 0.05) return { command: 'rooms.archive', input: { ...base, archived: true } };
  if (dice < 0.13) return invite(room, random);
  const message = random.pick(room.recent);
  if (dice < 0.18 && message) return { command: 'messages.pin', input: { room: room.id, message: message.id } };
  if (dice < 0.2 && message) return { command: 'messages.unpin', input: { room: room.id, message: message.id } };
  const heir = random.pick(room.heirs.filter((one) => !room.out.has(one)));
  if (!isHolder || dice >= 0.25 || heir === undefined) return null;
  room.heir = heir;
  return { command: 'members.transfer', input: { ...base, account: heir } };
}

/** A link that lets a few in, or the end of one. */
function invite(room: PlayedRoom, random: Random): Deed {
  const link = random.pick(room.links);
  return link && random.chance(0.3)
    ? { command: 'invitations.revoke', input: { room: room.id, invitation: link.id } }
    : { command: 'invitations.make', input: { room: room.id, most: 1 + random.below(3) } };
}

/** About its people. */
function moderate(room: PlayedRoom, random: Random): Deed {
  const base = { room: room.id, clientId: uuidv7(random.bytes) };
  const reason = 'regra da sala';
  const silenced = random.pick([...room.silenced]);
  if (silenced !== undefined && random.chance(0.45))
    return { command: 'members.unmute', input: { ...base, account: silenced } };
  const gone = random.pick([...room.out]);
  if (gone !== undefined && random.chance(0.6))
    return { command: random.chance(0.3) ? 'members.unban' : 'members.add', input: { ...base, account: gone } };
  const account = random.pick(room.people)?.account ?? room.owner.account;
  const dice = random.next();
  if (dice < 0.45)
    return {
      command: 'members.mute',
      input: { ...base, account, reason, ...(random.chance(0.3) ? { seconds: 1 + random.below(2) } : {}) },
    };
  if (dice < 0.8) return { command: 'members.remove', input: { ...base, account } };
  if (dice < 0.9) return { command: 'members.ban', input: { ...base, account, reason, seconds: 1 + random.below(3) } };
  const message = random.pick(room.recent);
  return message
    ? { command: 'messages.remove', input: { ...base, message: message.id } }
    : { command: 'members.unmute', input: { ...base, account } };
}
