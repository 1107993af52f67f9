/** What a decision produces: drafts that get their place in the log, and what follows for people's own streams. */
import type {
  Forward,
  MessageContent,
  RestrictionKind,
  RoomEvent,
  RoomRole,
  RoomSettings,
  UserEvent,
} from '@recreio/protocol';
import { type CircleFact, type Facts, type InThread, key, type RoomFact } from './facts.ts';

/** An event that has no seq yet. Unlike the wire's event it carries what memory must keep and others must not see. */
export type Draft =
  | { readonly type: 'room.created'; readonly settings: RoomSettings | null }
  | { readonly type: 'room.changed'; readonly settings: Partial<RoomSettings> }
  | { readonly type: 'room.archived' | 'room.reopened' }
  | {
      readonly type: 'member.joined';
      readonly account: string;
      readonly role: RoomRole;
      readonly past: 'all' | 'since-joining';
      /** The link by which they came: one use of it is counted. */
      readonly invitation?: string;
    }
  | { readonly type: 'member.left' | 'member.removed'; readonly account: string }
  | { readonly type: 'member.role-changed'; readonly account: string; readonly role: RoomRole }
  | { readonly type: 'asking.began' | 'asking.ended'; readonly account: string }
  | {
      readonly type: 'restriction.began';
      readonly account: string;
      readonly kind: RestrictionKind;
      readonly until: number | null;
      readonly reason: string;
    }
  | { readonly type: 'restriction.ended'; readonly account: string; readonly kind: RestrictionKind }
  | {
      readonly type: 'message.sent';
      readonly message: string;
      readonly clientId: string;
      readonly body: string;
      readonly replyTo: string | null;
      /** `follows`: who follows the thread from now on, the author among them. */
      readonly thread: (InThread & { readonly follows: readonly string[] }) | null;
      readonly mentions: readonly string[];
      /** It calls everybody in the room. */
      readonly everyone: boolean;
      /** Whom it names and who leaves it unread is told once more. */
      readonly urgent: boolean;
      /** What it passes on. */
      readonly forward: Forward | null;
      readonly payload: string;
    }
  | {
      readonly type: 'message.edited';
      readonly message: MessageRef;
      readonly editNo: number;
      readonly body: string;
      readonly mentions: readonly string[];
    }
  | { readonly type: 'message.removed'; readonly message: MessageRef; readonly by: 'author' | 'moderator' }
  | {
      readonly type: 'message.pinned' | 'message.unpinned' | 'message.required' | 'message.released';
      readonly message: string;
    }
  | { readonly type: 'reaction.added' | 'reaction.removed'; readonly message: string; readonly emoji: string };

/** What later events repeat of a message. */
export interface MessageRef {
  readonly id: string;
  readonly clientId: string;
  readonly ordinal: number;
  readonly replyTo: string | null;
  readonly thread: InThread | null;
  readonly everyone: boolean;
  readonly urgent: boolean;
  readonly forward: Forward | null;
  readonly author: string;
  readonly editNo: number;
}

/** A draft in its place. `at` in ms since the Unix epoch; `ordinal`: messages sent in the room up to and with this event. */
export type Placed<T extends Draft['type'] = Draft['type']> = Extract<Draft, { type: T }> & {
  readonly room: string;
  readonly seq: number;
  readonly id: string;
  readonly at: number;
  readonly actor: string;
  readonly ordinal: number;
};

/** An event for a person's own stream; memory numbers it. */
export type UserDraft = {
  readonly [T in UserEvent['type']]: {
    readonly account: string;
    readonly type: T;
    readonly data: Extract<UserEvent, { type: T }>['data'];
  };
}[UserEvent['type']];

/** RFC 3339 of milliseconds. */
export const instant = (ms: number): string => new Date(ms).toISOString();

const inThread = (thread: InThread | null) =>
  thread === null ? {} : { thread: thread.root, threadOrdinal: thread.ordinal };

const contentOf = (placed: Placed<'message.sent'>): MessageContent => ({
  id: placed.message,
  clientId: placed.clientId,
  ordinal: placed.ordinal,
  body: placed.body,
  editNo: 0,
  ...(placed.replyTo ? { replyTo: placed.replyTo } : {}),
  ...inThread(placed.thread),
  ...(placed.mentions.length ? { mentions: [...placed.mentions] } : {}),
  ...(placed.everyone ? { everyone: true as const } : {}),
  ...(placed.urgent ? { urgent: true as const } : {}),
  ...(placed.forward ? { forward: placed.forward } : {}),
});

const refContent = ({ id, clientId, ordinal, replyTo, thread }: MessageRef) => ({
  id,
  clientId,
  ordinal,
  ...(replyTo ? { replyTo } : {}),
  ...inThread(thread),
});

/** The wire's form of an event, as everybody sees it whose access covers its seq. */
export const toEvent = (placed: Placed): RoomEvent => {
  const head = { seq: placed.seq, id: placed.id, at: instant(placed.at), actor: placed.actor };
  switch (placed.type) {
    case 'room.created':
      return { ...head, type: placed.type, data: { settings: placed.settings } };
    case 'room.changed':
      return { ...head, type: placed.type, data: { settings: placed.settings } };
    case 'room.archived':
    case 'room.reopened':
      return { ...head, type: placed.type, data: {} };
    case 'member.joined':
    case 'member.role-changed':
      return { ...head, type: placed.type, data: { account: placed.account, role: placed.role } };
    case 'member.left':
    case 'member.removed':
    case 'asking.began':
    case 'asking.ended':
      return { ...head, type: placed.type, data: { account: placed.account } };
    case 'restriction.began':
    case 'restriction.ended':
      return { ...head, type: placed.type, data: { account: placed.account, kind: placed.kind } };
    case 'message.sent':
      return { ...head, type: placed.type, data: { message: contentOf(placed) } };
    case 'message.edited':
      return {
        ...head,
        type: placed.type,
        data: {
          message: {
            ...refContent(placed.message),
            body: placed.body,
            editNo: placed.editNo,
            editedAt: head.at,
            ...(placed.mentions.length ? { mentions: [...placed.mentions] } : {}),
            ...(placed.message.everyone ? { everyone: true as const } : {}),
            ...(placed.message.urgent ? { urgent: true as const } : {}),
            ...(placed.message.forward ? { forward: placed.message.forward } : {}),
          },
        },
      };
    case 'message.removed':
      return {
        ...head,
        type: placed.type,
        data: {
          message: {
            ...refContent(placed.message),
            editNo: placed.message.editNo,
            removed: { by: placed.by, at: head.at },
          },
        },
      };
    case 'message.pinned':
    case 'message.unpinned':
    case 'message.required':
    case 'message.released':
      return { ...head, type: placed.type, data: { message: placed.message } };
    case 'reaction.added':
    case 'reaction.removed':
      return { ...head, type: placed.type, data: { message: placed.message, emoji: placed.emoji } };
  }
};

/** Gives drafts their seqs in a room and folds each into the facts, so that the next decision of the batch sees them. */
export const place = (
  facts: Facts,
  room: RoomFact,
  actor: string,
  now: number,
  drafts: readonly Draft[],
  newId: () => string,
): Placed[] => {
  let { head, ordinal } = room;
  const placed: Placed[] = drafts.map((draft) => {
    head += 1;
    // A thread's reply is no message of the room's conversation (contract D33)
    if (draft.type === 'message.sent' && draft.thread === null) ordinal += 1;
    return { ...draft, room: room.id, seq: head, id: newId(), at: now, actor, ordinal } as Placed;
  });
  facts.rooms.set(room.id, { ...room, head, ordinal, lastAt: now });
  for (const event of placed) fold(facts, event);
  return placed;
};

/** What an event changes of a group's people. */
const foldCircle = (circle: CircleFact, event: Placed): CircleFact => {
  if (!('account' in event)) return circle;
  const { account, actor } = event;
  const others = circle.members.filter((id) => id !== account);
  const askings = new Map(circle.askings);
  switch (event.type) {
    case 'member.joined':
      askings.delete(account);
      return { ...circle, members: [...others, account], askings };
    case 'member.left':
    case 'member.removed':
      return { ...circle, members: others };
    case 'asking.began':
      return { ...circle, askings: askings.set(account, { by: actor, declined: false }) };
    case 'asking.ended':
      // Who says no themselves has declined; who was not wanted any more may be asked again
      if (actor === account) askings.set(account, { by: askings.get(account)?.by ?? actor, declined: true });
      else askings.delete(account);
      return { ...circle, askings };
    default:
      return circle;
  }
};

/** The threads at hand with a change to who follows them. */
const follow = (facts: Facts, root: string, changed: (was: Map<string, boolean>) => void, ordinal?: number): void => {
  const thread = facts.threads.get(root);
  if (!thread) return;
  const follows = new Map(thread.follows);
  changed(follows);
  facts.threads.set(root, { ordinal: ordinal ?? thread.ordinal, follows });
};

/** What an event changes of the facts. */
const fold = (facts: Facts, event: Placed): void => {
  const room = facts.rooms.get(event.room);
  if (!room) return;
  const circle = facts.circles.get(event.room);
  if (circle) facts.circles.set(event.room, foldCircle(circle, event));
  const count = (members: number, owners: number) =>
    facts.rooms.set(room.id, { ...room, members: room.members + members, owners: room.owners + owners });
  switch (event.type) {
    case 'room.created':
    case 'asking.began':
    case 'asking.ended':
      return;
    case 'room.changed':
      if (room.settings) facts.rooms.set(room.id, { ...room, settings: { ...room.settings, ...event.settings } });
      return;
    case 'room.archived':
    case 'room.reopened':
      facts.rooms.set(room.id, { ...room, archived: event.type === 'room.archived' });
      return;
    case 'member.joined':
      for (const [name, invitation] of facts.invitations)
        if (invitation.id === event.invitation)
          facts.invitations.set(name, { ...invitation, left: invitation.left - 1 });
      facts.members.set(key(event.room, event.account), {
        role: event.role,
        spans: [[event.past === 'all' ? 1 : event.seq, Infinity]],
      });
      count(1, event.role === 'owner' ? 1 : 0);
      return;
    case 'member.role-changed': {
      const was = facts.members.get(key(event.room, event.account));
      if (was) facts.members.set(key(event.room, event.account), { ...was, role: event.role });
      count(0, (event.role === 'owner' ? 1 : 0) - (was?.role === 'owner' ? 1 : 0));
      return;
    }
    case 'member.left':
    case 'member.removed':
      count(-1, facts.members.get(key(event.room, event.account))?.role === 'owner' ? -1 : 0);
      facts.members.delete(key(event.room, event.account));
      for (const root of facts.threads.keys())
        if (facts.messages.get(root)?.room === event.room)
          follow(facts, root, (follows) => follows.delete(event.account));
      return;
    case 'restriction.began':
      facts.restrictions.set(key(event.room, event.account, event.kind), { until: event.until });
      return;
    case 'restriction.ended':
      facts.restrictions.delete(key(event.room, event.account, event.kind));
      return;
    case 'message.sent':
      facts.messages.set(event.message, {
        id: event.message,
        room: event.room,
        seq: event.seq,
        ordinal: event.ordinal,
        author: event.actor,
        clientId: event.clientId,
        replyTo: event.replyTo,
        thread: event.thread && { root: event.thread.root, ordinal: event.thread.ordinal },
        everyone: event.everyone,
        urgent: event.urgent,
        forward: event.forward,
        editNo: 0,
        removed: false,
        pinned: false,
        required: false,
      });
      if (event.everyone) {
        const caller = key(event.room, event.actor);
        facts.callsToAll.set(caller, [...(facts.callsToAll.get(caller) ?? []), event.at]);
      }
      if (event.urgent) facts.urgents.set(event.actor, [...(facts.urgents.get(event.actor) ?? []), event.at]);
      if (event.thread) {
        const { root, ordinal, follows } = event.thread;
        follow(facts, root, (who) => follows.forEach((account) => who.set(account, true)), ordinal);
      }
      facts.priors.set(key(event.room, event.actor, event.clientId), {
        id: event.message,
        seq: event.seq,
        ordinal: event.ordinal,
        at: event.at,
        removed: false,
        matches: (payload) => payload === event.payload,
      });
      return;
    case 'message.edited': {
      const message = facts.messages.get(event.message.id);
      if (message) facts.messages.set(message.id, { ...message, editNo: event.editNo });
      return;
    }
    case 'message.removed': {
      const message = facts.messages.get(event.message.id);
      if (message) facts.messages.set(message.id, { ...message, removed: true, pinned: false });
      if (message?.pinned) facts.pins.set(room.id, (facts.pins.get(room.id) ?? 0) - 1);
      const sent = key(event.room, event.message.author, event.message.clientId);
      const prior = facts.priors.get(sent);
      if (prior) facts.priors.set(sent, { ...prior, removed: true });
      return;
    }
    case 'message.pinned':
    case 'message.unpinned': {
      const pinned = event.type === 'message.pinned';
      const message = facts.messages.get(event.message);
      if (message) facts.messages.set(message.id, { ...message, pinned });
      facts.pins.set(room.id, (facts.pins.get(room.id) ?? 0) + (pinned ? 1 : -1));
      return;
    }
    case 'message.required':
    case 'message.released': {
      const required = event.type === 'message.required';
      const message = facts.messages.get(event.message);
      if (message) facts.messages.set(message.id, { ...message, required });
      facts.notices.set(room.id, (facts.notices.get(room.id) ?? 0) + (required ? 1 : -1));
      return;
    }
    case 'reaction.added':
      facts.reactions.add(key(event.message, event.actor, event.emoji));
      return;
    case 'reaction.removed':
      facts.reactions.delete(key(event.message, event.actor, event.emoji));
  }
};
