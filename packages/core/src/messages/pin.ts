/** messages.pin and messages.unpin: the room's board. */
import { type messages, PINS } from '@recreio/protocol';
import { covers, type Facts, key, type MessageFact, type RoomFact } from '../streams/facts.ts';
import type { Decide, RuleFor } from '../streams/flush.ts';
import { deny } from '../verdict.ts';
import { mayPin } from './policy.ts';

const seen = (facts: Facts, room: RoomFact, actor: string, id: string): MessageFact | null => {
  const message = facts.messages.get(id);
  return message?.room === room.id && covers(facts.members.get(key(room.id, actor)), message.seq) ? message : null;
};

type Input = { readonly room: string; readonly message: string };
type Output = { seq: number };

const unchanged = (room: RoomFact) => ({ events: [], reply: (): Output => ({ seq: room.head }) });

/** Pinning twice writes nothing; at most `PINS` stand there (docs/protocol.md R61). */
const decidePin: Decide<Input, Output, (typeof messages.pin)['problems'][number]> = (
  facts,
  input,
  { actor, room, now },
) => {
  const denied = mayPin(facts, room, actor, now);
  if (denied) return denied;
  const message = seen(facts, room, actor, input.message);
  if (!message) return deny('not-found');
  if (message.removed) return deny('removed');
  if (message.pinned) return unchanged(room);
  if ((facts.pins.get(room.id) ?? 0) >= PINS)
    return deny('too-many', { detail: `at most ${PINS} messages are pinned in a room` });
  return {
    events: [{ type: 'message.pinned', message: message.id }],
    reply: ([placed]) => ({ seq: placed?.seq ?? room.head }),
  };
};

/** Puts a message on the board. */
export const pin: RuleFor<typeof messages.pin> = {
  facts: ({ room, message }) => ({ room, messages: [message], pins: true }),
  decide: decidePin,
};

/** Takes one off it; what is not there, or was removed, is off it already. */
export const unpin: RuleFor<typeof messages.unpin> = {
  facts: ({ room, message }) => ({ room, messages: [message] }),
  decide: (facts, input, { actor, room, now }) => {
    const denied = mayPin(facts, room, actor, now);
    if (denied) return denied;
    const message = seen(facts, room, actor, input.message);
    if (!message) return deny('not-found');
    if (!message.pinned) return unchanged(room);
    return {
      events: [{ type: 'message.unpinned', message: message.id }],
      reply: ([placed]) => ({ seq: placed?.seq ?? room.head }),
    };
  },
};
