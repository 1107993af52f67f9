/** What people of a story do: which command, with what, chosen by chance from what they know. */
import { uuidv7 } from '../raw/uuid.ts';
import type { Intent } from './history.ts';
import type { Random } from './random.ts';
import type { PlayedRoom } from './stage.ts';

/** Something to do. */
export interface Deed {
  readonly command: string;
  readonly input: Intent & { readonly room: string };
}

const EMOJI = ['👍', '❤️', '😂', '🎉'];
const WORDS = [
  'parábola',
  'vértice',
  'eixo',
  'raiz',
  'prova',
  'dúvida',
  'obrigada',
  'amanhã',
  'célula',
  'fração',
  '🙂',
];

const text = (random: Random, clientId: string): string => {
  const words = Array.from({ length: 1 + random.below(12) }, () => random.pick(WORDS));
  return `${words.join(' ')} ${clientId}`; // no two texts are the same, so each can be traced to its author
};

/** A room of somebody's, the busy one more often. */
export function pickRoom(rooms: readonly PlayedRoom[], random: Random): PlayedRoom | undefined {
  return random.pick(rooms.flatMap((room) => Array.from({ length: room.weight }, () => room)));
}

/** The next deed of a person in a room. Staff look after it as well. */
export function nextDeed(room: PlayedRoom, account: string, random: Random): Deed {
  const isOwner = room.owner.account === account;
  if (isOwner && random.chance(0.8)) return tend(room, random);
  const input = { room: room.id, clientId: uuidv7(random.bytes) };
  const dice = random.next();
  const about = random.pick(room.recent);
  const own = random.pick(room.recent.filter(({ author }) => author === account));
  if (room.out.has(account) && random.chance(0.5)) return { command: 'members.join', input: { room: room.id } };
  if (dice < 0.1 && own)
    return { command: 'messages.edit', input: { ...input, message: own.id, body: text(random, input.clientId) } };
  if (dice < 0.13 && own) return { command: 'messages.remove', input: { ...input, message: own.id } };
  if (dice < 0.22 && about)
    return {
      command: 'messages.react',
      input: { room: room.id, message: about.id, emoji: random.pick(EMOJI) ?? '👍' },
    };
  if (dice < 0.25 && about)
    return {
      command: 'messages.unreact',
      input: { room: room.id, message: about.id, emoji: random.pick(EMOJI) ?? '👍' },
    };
  if (dice < 0.265 && !isOwner) return { command: 'members.leave', input: { room: room.id } };
  const replyTo = about && random.chance(0.15) ? { replyTo: about.id } : {};
  const someone = random.pick(room.people);
  const mentions = someone && random.chance(0.1) ? { mentions: [someone.account] } : {};
  return { command: 'messages.send', input: { ...input, body: text(random, input.clientId), ...replyTo, ...mentions } };
}

/** What an owner does: silence and let speak, remove and add, ban and take it back. */
function tend(room: PlayedRoom, random: Random): Deed {
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

/** What people believe after a deed was done. */
export function believe(room: PlayedRoom, { command, input }: Deed, account: string): void {
  const whom = input.account ?? account;
  if (command === 'members.mute') room.silenced.add(whom);
  if (command === 'members.unmute') room.silenced.delete(whom);
  if (command === 'members.remove' || command === 'members.ban' || command === 'members.leave') room.out.add(whom);
  if (command === 'members.join' || command === 'members.add') room.out.delete(whom);
}
