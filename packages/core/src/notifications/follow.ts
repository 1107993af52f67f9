/** What events mean for people's own streams (contract D34, D35): registered with the flusher, written in the same transaction. */
import type { Placed, UserDraft } from '../streams/draft.ts';
import { instant } from '../streams/draft.ts';
import { covers, type Facts, key, restrictionOf } from '../streams/facts.ts';

type Kind = 'direct' | 'mention' | 'reply' | 'keyword' | 'thread';

/** So many of those who follow a thread are told in the transaction of a reply, who looked last first; others count it when they look. */
const FOLLOWERS = 50;

/**
 * A message calls the others of a private conversation, those it mentions, the author it replies to, and those of whom it has a word:
 * each once, the strongest. In a thread also those who follow it, and by their words only them: who has left it has left it.
 */
const ofMessage = (event: Placed<'message.sent'>, facts: Facts): UserDraft[] => {
  const called = new Map<string, Kind>();
  const root = event.thread && facts.messages.get(event.thread.root);
  const follows = event.thread ? (facts.threads.get(event.thread.root)?.follows ?? new Map<string, boolean>()) : null;
  const following = [...(follows ?? [])].flatMap(([account, isOn]) =>
    isOn && account !== event.actor ? [account] : [],
  );
  for (const account of following.slice(0, FOLLOWERS)) called.set(account, 'thread');
  for (const account of facts.hearers.get(key(event.room, event.actor, event.clientId)) ?? [])
    if (event.thread === null || follows?.get(account) === true) called.set(account, 'keyword');
  const target = event.replyTo === null ? undefined : facts.messages.get(event.replyTo);
  if (target && !target.removed) called.set(target.author, 'reply');
  for (const account of event.mentions) called.set(account, 'mention');
  const circle = facts.circles.get(event.room);
  for (const account of facts.rooms.get(event.room)?.pair ?? circle?.members ?? []) called.set(account, 'direct');
  called.delete(event.actor);
  return (
    [...called]
      .filter(
        ([account, kind]) =>
          // Memory gives as followers only members who see what the thread hangs from
          kind === 'thread' || covers(facts.members.get(key(event.room, account)), root?.seq ?? event.seq),
      )
      // Blocks act silently: who blocked the author is not called by them
      .filter(([account]) => {
        const block = key(account, event.actor);
        return !facts.blocks.has(block) && circle?.blocks.has(block) !== true;
      })
      .map(([account, kind]) => ({
        account,
        type: 'notification.made' as const,
        data: {
          kind,
          room: event.room,
          message: event.message,
          messageSeq: event.seq,
          ...(event.thread ? { thread: event.thread.root } : {}),
          ...(event.urgent && kind === 'mention' ? { urgent: true as const } : {}),
          author: event.actor,
        },
      }))
  );
};

/** The user events that follow from an event of a room. */
export const follow = (event: Placed, facts: Facts): readonly UserDraft[] => {
  switch (event.type) {
    case 'message.sent':
      return ofMessage(event, facts);
    case 'member.joined':
      return [
        {
          account: event.account,
          type: 'membership.began',
          data: { room: event.room, role: event.role, by: event.actor },
        },
      ];
    case 'asking.began':
      return [{ account: event.account, type: event.type, data: { room: event.room, by: event.actor } }];
    case 'asking.ended':
      return [{ account: event.account, type: event.type, data: { room: event.room } }];
    case 'member.role-changed':
      return [{ account: event.account, type: 'membership.changed', data: { room: event.room, role: event.role } }];
    case 'member.left':
      return [{ account: event.account, type: 'membership.ended', data: { room: event.room, reason: 'left' } }];
    case 'member.removed': {
      const banned = restrictionOf(facts, event.room, event.account, 'ban', event.at) !== null;
      return [
        {
          account: event.account,
          type: 'membership.ended',
          data: { room: event.room, reason: banned ? 'banned' : 'removed' },
        },
      ];
    }
    case 'restriction.began':
      return [
        {
          account: event.account,
          type: 'sanction.began',
          data: {
            room: event.room,
            kind: event.kind,
            reason: event.reason,
            until: event.until === null ? null : instant(event.until),
          },
        },
      ];
    case 'restriction.ended':
      return [{ account: event.account, type: 'sanction.ended', data: { room: event.room, kind: event.kind } }];
    default:
      return [];
  }
};
