/** messages.send: one more message at the end of the room's log. */
import type { messages, InputOf } from '@recreio/protocol';
import { instant } from '../streams/draft.ts';
import { covers, key } from '../streams/facts.ts';
import type { RuleFor } from '../streams/flush.ts';
import { checkBody } from '../text.ts';
import { deny } from '../verdict.ts';
import { mayPost } from './policy.ts';

type Input = InputOf<typeof messages.send>;

/** The bytes that make two sends the same one (contract D12): what the client said, in a fixed order. */
export const sendPayload = ({ room, body, replyTo, mentions }: Input): string =>
  JSON.stringify(['messages.send', room, body, replyTo ?? null, mentions ?? []]);

/** Says something: duplicates first, then the rules (contract, "Traps"); [D12], [D25], docs/protocol.md R41–R46. */
export const send = (limits: { readonly messageBytes: number }): RuleFor<typeof messages.send> => ({
  facts: ({ room, clientId, replyTo, mentions }) => ({
    room,
    prior: clientId,
    ...(mentions ? { people: mentions } : {}),
    ...(replyTo ? { messages: [replyTo] } : {}),
  }),
  takesSpace: true,
  decide: (facts, input, { actor, room, now, newId }) => {
    const prior = facts.priors.get(key(room.id, actor, input.clientId));
    if (prior) {
      if (!prior.removed && prior.matches(sendPayload(input)) === false) return deny('idempotency-conflict');
      return {
        events: [],
        reply: () => ({
          id: prior.id,
          seq: prior.seq,
          epoch: facts.epoch,
          at: instant(prior.at),
          ordinal: prior.ordinal,
          duplicate: true,
          ...(prior.removed ? { removed: true as const } : {}),
        }),
      };
    }
    const denied = mayPost(facts, room, actor, now) ?? checkBody(input.body, limits.messageBytes);
    if (denied) return denied;
    const me = facts.members.get(key(room.id, actor));
    if (input.replyTo) {
      const target = facts.messages.get(input.replyTo);
      if (target?.room !== room.id || !covers(me, target.seq)) return deny('not-found', { detail: 'replyTo' });
    }
    const mentions = (input.mentions ?? []).filter(
      (account) => account !== actor && facts.members.has(key(room.id, account)),
    );
    return {
      events: [
        {
          type: 'message.sent',
          message: newId(),
          clientId: input.clientId,
          body: input.body,
          replyTo: input.replyTo ?? null,
          mentions,
          payload: sendPayload(input),
        },
      ],
      reply: ([placed]) => {
        if (placed?.type !== 'message.sent') throw new Error('a send places one message');
        return {
          id: placed.message,
          seq: placed.seq,
          epoch: facts.epoch,
          at: instant(placed.at),
          ordinal: placed.ordinal,
        };
      },
    };
  },
});
