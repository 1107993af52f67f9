/** What commands lead to, in words that both sides share: a command's intent and an event's effect ([D1], [D3], [R47]). */
import type { WireEvent } from '../../raw/wire.ts';
import type { Attempt } from '../history.ts';
import { messageOf, type RoomLog } from './log.ts';

/** What an event is an effect of, as a text; null where anybody's command may lead to it. */
export function effectOf(room: string, { type, actor, data }: WireEvent): string | null {
  const message = typeof data.message === 'object' ? data.message.id : data.message;
  switch (type) {
    case 'message.sent':
      return `${room} ${actor} sent ${typeof data.message === 'object' ? data.message.clientId : ''}`;
    case 'message.edited':
      return `${room} ${actor} edited ${message}`;
    case 'message.removed':
      return `${room} ${actor} removed ${message}`;
    case 'reaction.added':
      return `${room} ${actor} reacted ${message} ${data.emoji}`;
    case 'reaction.removed':
      return `${room} ${actor} unreacted ${message} ${data.emoji}`;
    case 'message.pinned':
      return `${room} ${actor} pinned ${message}`;
    case 'message.unpinned':
      return `${room} ${actor} unpinned ${message}`;
    case 'room.archived':
      return `${room} ${actor} archived`;
    case 'room.reopened':
      return `${room} ${actor} reopened`;
    case 'member.role-changed':
      return `${room} ${actor} made ${data.account} ${data.role}`;
    case 'asking.began':
      return `${room} ${actor} asked ${data.account}`;
    case 'asking.ended':
      return `${room} ${actor} unasked ${data.account}`;
    case 'member.joined':
      return `${room} ${actor} joined ${data.account}`;
    case 'member.left':
      return `${room} ${actor} left ${data.account}`;
    case 'member.removed':
      return `${room} ${actor} expelled ${data.account}`;
    case 'restriction.began':
      return `${room} ${actor} ${data.kind} ${data.account}`;
    case 'restriction.ended':
      return `${room} ${actor} un${data.kind} ${data.account}`;
    default:
      return null;
  }
}

/** What a try may lead to, in the same words. */
export function effectsOf({ command, person, input }: Attempt): string[] {
  const by = `${input.room} ${person}`;
  switch (command) {
    case 'messages.send':
      return [`${by} sent ${input.clientId}`];
    case 'messages.edit':
      return [`${by} edited ${input.message}`];
    case 'messages.remove':
      return [`${by} removed ${input.message}`];
    case 'messages.react':
      return [`${by} reacted ${input.message} ${input.emoji}`];
    case 'messages.unreact':
      return [`${by} unreacted ${input.message} ${input.emoji}`];
    case 'messages.pin':
      return [`${by} pinned ${input.message}`];
    case 'messages.unpin':
      return [`${by} unpinned ${input.message}`];
    case 'rooms.archive':
      return [`${by} ${input.archived ? 'archived' : 'reopened'}`];
    case 'members.join':
    case 'invitations.redeem':
      return [`${by} joined ${person}`];
    case 'members.leave':
      return [`${by} left ${person}`, `${by} unasked ${person}`];
    case 'members.add':
      return [`${by} joined ${input.account}`, `${by} asked ${input.account}`];
    case 'members.remove':
      return [`${by} expelled ${input.account}`, `${by} unasked ${input.account}`];
    case 'members.transfer':
      return [`${by} made ${person} moderator`, `${by} made ${input.account} owner`];
    case 'members.mute':
      return [`${by} mute ${input.account}`];
    case 'members.unmute':
      return [`${by} unmute ${input.account}`];
    case 'members.ban':
      return [`${by} ban ${input.account}`, `${by} expelled ${input.account}`];
    case 'members.unban':
      return [`${by} unban ${input.account}`];
    default:
      return [];
  }
}

/** Whether what was asked for held already, so that there was nothing to write. */
export function stateHolds(log: RoomLog, attempt: Attempt, seq: number): boolean {
  const [effect] = effectsOf(attempt);
  if (effect === undefined) return true;
  const { command, input, person } = attempt;
  const target = input.account ?? person;
  let holds = /^(messages[.]un(react|pin)|members[.]un(mute|ban))$/.test(command) || input.archived === false;
  for (let at = 1; at <= seq; at++) {
    const event = log.events.get(at);
    if (!event) continue;
    const { type, data, actor } = event;
    const about = messageOf(event)?.id ?? data.message;
    // With a message go its reactions and its pin
    if (type === 'message.removed' && about === input.message)
      holds = /^messages[.](remove|un(react|pin))$/.test(command) || (holds && command !== 'messages.pin');
    if (command.endsWith('pin') && type.endsWith('pinned') && about === input.message)
      holds = (type === 'message.pinned') === (command === 'messages.pin');
    if (command === 'rooms.archive' && (type === 'room.archived' || type === 'room.reopened'))
      holds = (type === 'room.archived') === input.archived;
    if (
      /unreact|react/.test(command) &&
      type.startsWith('reaction') &&
      about === input.message &&
      actor === person &&
      data.emoji === input.emoji
    )
      holds = (type === 'reaction.added') === (command === 'messages.react');
    if (
      /^(members[.](join|add)|invitations[.]redeem)$/.test(command) &&
      data.account === target &&
      /^(member[.](joined|left|removed)|asking[.](began|ended))$/.test(type)
    )
      holds = type === 'member.joined' || type === 'asking.began';
    const kind = /mute/.test(command) ? 'mute' : /ban/.test(command) ? 'ban' : '';
    if (type.startsWith('restriction') && data.account === target && data.kind === kind)
      holds = (type === 'restriction.began') === !/[.]un/.test(command);
  }
  return holds;
}
