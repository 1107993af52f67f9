/** messages.send: one more message at the end of the room's log. */
import type { messages, InputOf } from '@recreio/protocol';
import { instant } from '../streams/draft.ts';
import { covers, key } from '../streams/facts.ts';
import type { RuleFor } from '../streams/flush.ts';
import { checkBody } from '../text.ts';
import { deny } from '../verdict.ts';
import { mayBeUrgent, mayCallAll, mayForward, mayPost } from './policy.ts';
import { followsOf } from './threads.ts';

type Input = InputOf<typeof messages.send>;

/** The bytes that make two sends the same one (contract D12): what the client said, in a fixed order. */
export const sendPayload = ({ room, body, replyTo, thread, mentions, everyone, urgent, forward }: Input): string =>
  JSON.stringify([
    'messages.send',
    room,
    body,
    replyTo ?? null,
    mentions ?? [],
    ...(thread ? [thread] : []),
    ...(everyone ? ['everyone'] : []),
    ...(urgent ? ['urgent'] : []),
    ...(forward ? ['forward', forward.room, forward.message] : []),
  ]);

/** Says something: duplicates first, then the rules (contract, "Traps"); [D12], [D25], docs/protocol.md R41–R46, R80, R113, R118, R120. */
export const send = (limits: { readonly messageBytes: number }): RuleFor<typeof messages.send> => ({
  facts: ({ room, clientId, body, replyTo, thread, mentions, everyone, urgent, forward }) => ({
    room,
    prior: clientId,
    says: body,
    ...(mentions ? { people: mentions } : {}),
    ...(replyTo || thread ? { messages: [...(replyTo ? [replyTo] : []), ...(thread ? [thread] : [])] } : {}),
    ...(thread ? { thread } : {}),
    ...(everyone ? { callsToAll: true } : {}),
    ...(urgent ? { urgents: true } : {}),
    ...(forward ? { forward } : {}),
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
    if (input.everyone) {
      const uncalled =
        input.thread === undefined
          ? mayCallAll(facts, room, actor, now)
          : deny('not-allowed', { detail: 'a thread calls those who follow it' });
      if (uncalled) return uncalled;
    }
    const me = facts.members.get(key(room.id, actor));
    if (input.replyTo) {
      const target = facts.messages.get(input.replyTo);
      if (target?.room !== room.id || !covers(me, target.seq)) return deny('not-found', { detail: 'replyTo' });
    }
    const root = input.thread === undefined ? null : facts.messages.get(input.thread);
    if (root !== null) {
      if (root?.room !== room.id || root.thread !== null || !covers(me, root.seq))
        return deny('not-found', { detail: 'thread' });
      if (root.removed) return deny('removed', { detail: 'thread' });
    }
    const unforwardable = input.forward && mayForward(facts, actor, input.forward);
    if (unforwardable) return unforwardable;
    const mentions = (input.mentions ?? []).filter((account) => {
      const member = facts.members.get(key(room.id, account));
      // Who does not see what a thread hangs from could not open it
      return account !== actor && (root === null ? member !== undefined : covers(member, root.seq));
    });
    const unurgent = input.urgent && mayBeUrgent(facts, room, actor, now, mentions, input.everyone === true);
    if (unurgent) return unurgent;
    const replyTo = input.replyTo ?? null;
    return {
      events: [
        {
          type: 'message.sent',
          message: newId(),
          clientId: input.clientId,
          body: input.body,
          replyTo,
          thread: root && {
            root: root.id,
            ordinal: (facts.threads.get(root.id)?.ordinal ?? 0) + 1,
            follows: followsOf(facts, room, actor, root, {
              replyTo,
              mentions,
              hearers: facts.hearers.get(key(room.id, actor, input.clientId)) ?? [],
            }),
          },
          mentions,
          everyone: input.everyone === true,
          urgent: input.urgent === true,
          forward: input.forward ?? null,
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
