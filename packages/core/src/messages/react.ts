/** messages.react and messages.unreact: a sign in the place of words. */
import type { messages } from '@recreio/protocol';
import { covers, type Facts, key, type MessageFact, type RoomFact } from '../streams/facts.ts';
import type { RuleFor } from '../streams/flush.ts';
import { isEmoji } from '../text.ts';
import { deny } from '../verdict.ts';
import { mayReact, mustBeMember } from './policy.ts';

const seen = (facts: Facts, room: RoomFact, actor: string, id: string): MessageFact | null => {
  const message = facts.messages.get(id);
  return message?.room === room.id && covers(facts.members.get(key(room.id, actor)), message.seq) ? message : null;
};

/** Doing it twice writes nothing (docs/protocol.md R47). */
export const react: RuleFor<typeof messages.react> = {
  facts: ({ room, message }) => ({ room, messages: [message] }),
  decide: (facts, input, { actor, room, now }) => {
    const denied = mayReact(facts, room, actor, now);
    if (denied) return denied;
    if (!isEmoji(input.emoji)) return deny('bad-text', { detail: 'a reaction is one emoji' });
    const message = seen(facts, room, actor, input.message);
    if (!message) return deny('not-found');
    if (message.removed) return deny('removed');
    if (facts.reactions.has(key(message.id, actor, input.emoji)))
      return { events: [], reply: () => ({ seq: room.head }) };
    return {
      events: [{ type: 'reaction.added', message: message.id, emoji: input.emoji }],
      reply: ([placed]) => ({ seq: placed?.seq ?? room.head }),
    };
  },
};

/** Taking one's own sign back is allowed to a member, silenced or not; an archive stays as it is. */
export const unreact: RuleFor<typeof messages.unreact> = {
  facts: ({ room, message }) => ({ room, messages: [message] }),
  decide: (facts, input, { actor, room }) => {
    const outsider = mustBeMember(facts, room, actor);
    if (outsider) return outsider;
    if (room.archived) return deny('archived');
    const message = seen(facts, room, actor, input.message);
    if (!message) return deny('not-found');
    // The signs went with the message
    if (message.removed || !facts.reactions.has(key(message.id, actor, input.emoji)))
      return { events: [], reply: () => ({ seq: room.head }) };
    return {
      events: [{ type: 'reaction.removed', message: message.id, emoji: input.emoji }],
      reply: ([placed]) => ({ seq: placed?.seq ?? room.head }),
    };
  },
};
