/** messages.edit: the author puts other words in the place of their own. */
import type { messages } from '@recreio/protocol';
import { covers, key, type MessageFact } from '../streams/facts.ts';
import type { MessageRef } from '../streams/draft.ts';
import type { RuleFor } from '../streams/flush.ts';
import { checkBody } from '../text.ts';
import { deny } from '../verdict.ts';
import { mayPost } from './policy.ts';

/** What events repeat of a message. */
export const refOf = ({
  id,
  clientId,
  ordinal,
  replyTo,
  thread,
  everyone,
  urgent,
  forward,
  author,
  editNo,
}: MessageFact): MessageRef => ({
  id,
  clientId,
  ordinal,
  replyTo,
  thread,
  everyone,
  urgent,
  forward,
  author,
  editNo,
});

/** Edits count up per message; a fold keeps the highest ([D6]). Mentions added by an edit notify nobody; who was called with it stays so, that it is urgent, and what it passes on. */
export const edit = (limits: { readonly messageBytes: number }): RuleFor<typeof messages.edit> => ({
  facts: ({ room, message, clientId, mentions }) => ({
    room,
    messages: [message],
    done: clientId,
    ...(mentions ? { people: mentions } : {}),
  }),
  decide: (facts, input, { actor, room, now }) => {
    const denied = mayPost(facts, room, actor, now);
    if (denied) return denied;
    const message = facts.messages.get(input.message);
    if (message?.room !== room.id || !covers(facts.members.get(key(room.id, actor)), message.seq))
      return deny('not-found');
    if (message.author !== actor) return deny('not-allowed', { detail: 'only its author edits a message' });
    if (message.removed) return deny('removed');
    const bad = checkBody(input.body, limits.messageBytes);
    if (bad) return bad;
    const mentions = (input.mentions ?? []).filter(
      (account) => account !== actor && facts.members.has(key(room.id, account)),
    );
    const editNo = message.editNo + 1;
    return {
      message: message.id,
      events: [{ type: 'message.edited', message: refOf(message), editNo, body: input.body, mentions }],
      reply: ([placed]) => ({ seq: placed?.seq ?? room.head, editNo }),
    };
  },
});
