/** notices.*: what has to be read, who has confirmed it, and who has not (docs/protocol.md R114). */
import { type InputOf, type notices, NOTICES, NOTICES_SHOWN, type OutputOf } from '@recreio/protocol';
import type { Call } from '../handler.ts';
import { mayPost } from '../messages/policy.ts';
import { isPrivate, mayModerate, rankOf } from '../rooms/policy.ts';
import { covers, type Facts, key, type MessageFact, type RoomFact } from '../streams/facts.ts';
import type { RuleFor } from '../streams/flush.ts';
import { deny, type Denial } from '../verdict.ts';
import type { World } from '../world.ts';

/** The message, where the actor may say whether it has to be read: who moderates the room, and may write in it. Not in threads, which not everybody reads. */
const tended = (facts: Facts, room: RoomFact, actor: string, id: string, now: number) => {
  const denied = mayPost(facts, room, actor, now);
  if (denied) return denied;
  if (!mayModerate(facts, room, actor))
    return deny('not-allowed', { detail: 'only those who moderate the room ask that something be read' });
  const message = facts.messages.get(id);
  if (message?.room !== room.id || !covers(facts.members.get(key(room.id, actor)), message.seq))
    return deny('not-found');
  if (message.thread !== null) return deny('not-allowed', { detail: 'a thread is read by those who follow it' });
  return message;
};

const isMessage = (found: MessageFact | Denial): found is MessageFact => 'seq' in found;
const unchanged = (room: RoomFact) => ({ events: [], reply: () => ({ seq: room.head }) });

/** Asks everybody in the room to confirm a message. */
export const requireReading: RuleFor<typeof notices.requireReading> = {
  facts: ({ room, message }) => ({ room, messages: [message], notices: true }),
  decide: (facts, input, { actor, room, now }) => {
    const message = tended(facts, room, actor, input.message, now);
    if (!isMessage(message)) return message;
    if (message.removed) return deny('removed');
    if (message.required) return unchanged(room);
    if ((facts.notices.get(room.id) ?? 0) >= NOTICES)
      return deny('too-many', { detail: `at most ${NOTICES} messages of a room have to be read at one time` });
    return {
      events: [{ type: 'message.required', message: message.id }],
      reply: ([placed]) => ({ seq: placed?.seq ?? room.head }),
    };
  },
};

/** Asks no more; what nobody is asked to read is left as it is. */
export const withdraw: RuleFor<typeof notices.withdraw> = {
  facts: ({ room, message }) => ({ room, messages: [message] }),
  decide: (facts, input, { actor, room, now }) => {
    const message = tended(facts, room, actor, input.message, now);
    if (!isMessage(message)) return message;
    if (!message.required) return unchanged(room);
    return {
      events: [{ type: 'message.released', message: message.id }],
      reply: ([placed]) => ({ seq: placed?.seq ?? room.head }),
    };
  },
};

/** Once for each person, whatever comes twice; of what they read, not of what it says since. */
export const confirm = async (
  world: World,
  { room, message, editNo }: InputOf<typeof notices.confirm>,
  { alive }: Call,
): Promise<OutputOf<typeof notices.confirm> | Denial<'not-found' | 'stale'>> => {
  const { account } = alive;
  const done = await world.transact(async (memory) => {
    const asked = await memory.notifications.asked(account, room, message);
    if (asked === null || asked.author === account) return deny('not-found');
    if (asked.confirmedAt !== null) return { at: asked.confirmedAt, revision: null };
    if (asked.editNo !== editNo) return deny('stale');
    return await memory.notifications.confirm(account, message, editNo);
  });
  if ('deny' in done) return done;
  if (done.revision !== null) world.presence.notices(account, done.revision);
  return { at: done.at };
};

/** What the caller has still to confirm. */
export const mine = async (
  world: World,
  _: InputOf<typeof notices.mine>,
  { alive }: Call,
): Promise<OutputOf<typeof notices.mine>> => {
  const found = await world.memory.notifications.unconfirmed(alive.account, NOTICES_SHOWN + 1);
  return { messages: found.slice(0, NOTICES_SHOWN), more: found.length > NOTICES_SHOWN };
};

/** Who has confirmed: for who moderates the room, and for nobody else. */
export const state = async (
  world: World,
  { room, message }: InputOf<typeof notices.state>,
  { alive }: Call,
): Promise<OutputOf<typeof notices.state> | Denial<'not-found' | 'not-allowed'>> => {
  const found = await world.memory.notifications.confirmations(alive.account, room, message);
  if (found === null) return deny('not-found');
  const { role } = alive.me;
  const tends = rankOf(found.role) >= rankOf('moderator') || role === 'moderator' || role === 'administrator';
  if (isPrivate(found) || !tends) return deny('not-allowed');
  return { confirmed: [...found.confirmed], waiting: [...found.waiting] };
};
