/** What people of a story do: which command, with what, chosen by chance from what they know. */
import { uuidv7 } from '../raw/uuid.ts';
import type { Intent } from './history.ts';
import type { Random } from './random.ts';
import type { PlayedRoom } from './stage.ts';
import { tend } from './tend.ts';

/** Something to do. */
export interface Deed {
  readonly command: string;
  readonly input: Intent;
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

/** A room of somebody's, the busy one more often; one that is being handed over to them at once. */
export function pickRoom(rooms: readonly PlayedRoom[], account: string, random: Random): PlayedRoom | undefined {
  const offered = rooms.find(({ heir }) => heir === account);
  if (offered && random.chance(0.5)) return offered;
  return random.pick(rooms.flatMap((room) => Array.from({ length: room.weight }, () => room)));
}

/** The next deed of a person in a room. Staff look after it as well. */
export function nextDeed(room: PlayedRoom, account: string, random: Random): Deed {
  const tending = room.kind === 'room' ? tend(room, account, random) : stirGroup(room, account, random);
  return tending ?? talk(room, account, random);
}

function talk(room: PlayedRoom, account: string, random: Random): Deed {
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
  if (dice < 0.265 && room.kind === 'room' && room.owner.account !== account)
    return { command: 'members.leave', input: { room: room.id } };
  if (dice < 0.3) {
    const following = follow(room, random);
    if (following) return following;
  }
  const replyTo = about && random.chance(0.15) ? { replyTo: about.id } : {};
  const someone = random.pick(room.people);
  const mentions = someone && random.chance(0.1) ? { mentions: [someone.account] } : {};
  // A few threads at a time, each with some in it
  const root = random.pick(room.recent.filter(({ thread }) => thread === null).slice(-5));
  const thread = root && random.chance(0.25) ? { thread: root.id } : {};
  return {
    command: 'messages.send',
    input: { ...input, body: text(random, input.clientId), ...replyTo, ...mentions, ...thread },
  };
}

/** Something about a thread that is talked in. */
function follow({ id, recent }: PlayedRoom, random: Random): Deed | null {
  const reply = random.pick(recent.filter(({ thread }) => thread !== null));
  if (!reply?.thread) return null;
  const input = { room: id, thread: reply.thread };
  const dice = random.next();
  if (dice < 0.5) return { command: 'threads.markRead', input: { ...input, seq: reply.seq } };
  return { command: dice < 0.8 ? 'threads.follow' : 'threads.unfollow', input };
}

/** What people of a group do with it: bring somebody, go, put something on the board. Who made it stays, so that one sees all of it. */
function stirGroup(group: PlayedRoom, account: string, random: Random): Deed | null {
  const { id, recent, founder, people } = group;
  const dice = random.next();
  const message = random.pick(recent);
  if (dice < 0.05 && message) return { command: 'messages.pin', input: { room: id, message: message.id } };
  if (dice < 0.08 && message) return { command: 'messages.unpin', input: { room: id, message: message.id } };
  if (dice < 0.11 && founder !== null && founder !== account) return { command: 'members.leave', input: { room: id } };
  const gone = random.pick([...group.out]);
  const newcomer = random.chance(0.5) ? gone : random.pick(group.acquaintances)?.account;
  if (dice < 0.16 && newcomer !== undefined && !people.some((person) => person.account === newcomer))
    return { command: 'members.add', input: { room: id, account: newcomer, clientId: uuidv7(random.bytes) } };
  return null;
}
