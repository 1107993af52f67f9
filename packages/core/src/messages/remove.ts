/** messages.remove: the message goes, its place stays. */
import type { messages } from '@recreio/protocol';
import { mayModerate } from '../rooms/policy.ts';
import { covers, key } from '../streams/facts.ts';
import type { RuleFor } from '../streams/flush.ts';
import { deny } from '../verdict.ts';
import { refOf } from './edit.ts';
import { mustBeMember } from './policy.ts';

/** The author may take back their own words, silenced or not; who moderates the room may take away anybody's. */
export const remove: RuleFor<typeof messages.remove> = {
  facts: ({ room, message, clientId }) => ({ room, messages: [message], done: clientId }),
  decide: (facts, input, { actor, room }) => {
    const outsider = mustBeMember(facts, room, actor);
    if (outsider) return outsider;
    const message = facts.messages.get(input.message);
    if (message?.room !== room.id || !covers(facts.members.get(key(room.id, actor)), message.seq))
      return deny('not-found');
    const own = message.author === actor;
    if (!own && !mayModerate(facts, room, actor)) return deny('not-allowed');
    if (message.removed) return { events: [], reply: () => ({ seq: room.head }) };
    return {
      // What is gone has not to be read any more: those who are asked to hear of it by that event
      events: [
        ...(message.required ? [{ type: 'message.released' as const, message: message.id }] : []),
        { type: 'message.removed', message: refOf(message), by: own ? 'author' : 'moderator' },
      ],
      reply: (placed) => ({ seq: placed.at(-1)?.seq ?? room.head }),
    };
  },
};
