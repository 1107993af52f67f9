/** Messages: saying, changing, taking away, answering with a sign, and reading what was said. */
import Type, { type Static } from 'typebox';
import { command } from './command.ts';
import { ClientId, Id, Instant, Seq } from './ids.ts';
import { PINS, TEXT } from './limits.ts';

const closed = { additionalProperties: false } as const;

/** A body in Markdown. The limit is in UTF-8 bytes (`limits.messageBytes`); this one only bounds the parser. */
const Body = Type.String({ minLength: 1, maxLength: 16 * 1024 });
const Emoji = Type.String({ minLength: 1, maxLength: TEXT.emoji });
/** People spoken to. The client names them; the server keeps those who are members. */
const Mentions = Type.Array(Id, { maxItems: 50, uniqueItems: true });

/** How a message was taken away: by its author or by a moderator. */
export const Removed = Type.Object({
  by: Type.Union([Type.Literal('author'), Type.Literal('moderator')]),
  at: Instant,
});

/** A message that another passes on, by its name alone: each reader is shown of it what they may see ([R118]). */
export const Forward = Type.Object({ room: Id, message: Id });
export type Forward = Static<typeof Forward>;

/** What stands of a message: the content of its newest edit, or a tombstone (contract D6). Absent `body` means a tombstone. */
export const MessageContent = Type.Object({
  id: Id,
  clientId: ClientId,
  /** Its number among the messages of the room, from 1; what unread counts are made of (contract D33). A thread's reply has the one that the room stood at. */
  ordinal: Type.Integer({ minimum: 1 }),
  body: Type.Optional(Type.String()),
  replyTo: Type.Optional(Id),
  /** The message whose thread it is in; such a reply does not count among the messages of the room. */
  thread: Type.Optional(Id),
  /** Its number in the thread, from 1; there with `thread`. */
  threadOrdinal: Type.Optional(Type.Integer({ minimum: 1 })),
  mentions: Type.Optional(Type.Array(Id)),
  /** It called everybody in the room when it was sent ([R113]). */
  everyone: Type.Optional(Type.Literal(true)),
  /** Those whom it named when it was sent were told that it is urgent ([R120]). */
  urgent: Type.Optional(Type.Literal(true)),
  /** The message that it passes on, wherever that is; whether it is there, and for whom, `messages.get` says. */
  forward: Type.Optional(Forward),
  /** 0 as sent; each edit adds one; a fold keeps the highest. */
  editNo: Type.Integer({ minimum: 0 }),
  editedAt: Type.Optional(Instant),
  removed: Type.Optional(Removed),
  /** The stored text cannot be shown: it was tampered with (damaged), or its key was destroyed (erased). */
  unreadable: Type.Optional(Type.Union([Type.Literal('damaged'), Type.Literal('erased')])),
});
export type MessageContent = Static<typeof MessageContent>;

/** Who answered with which sign, in the order they did. */
export const Reaction = Type.Object({ emoji: Type.String(), accounts: Type.Array(Id) });
export type Reaction = Static<typeof Reaction>;

/** Who put a message on the room's board, or asks everybody in the room to confirm that they have read it ([R114]), and since when. */
export const Pinned = Type.Object({ by: Id, at: Instant });
export type Pinned = Static<typeof Pinned>;
/** What was answered in a message's thread, as far as the reader may see it. */
export const Replies = Type.Object({
  /** Without those that were removed. */
  count: Type.Integer({ minimum: 0 }),
  /** When and where the newest was, removed or not. */
  lastAt: Instant,
  lastSeq: Seq,
  /** Who answered, whoever did so last first. */
  people: Type.Array(Id, { maxItems: 5 }),
});
export type Replies = Static<typeof Replies>;

/** A message as history shows it: folded up to the page's `at`. */
export const Message = Type.Object({
  ...MessageContent.properties,
  room: Id,
  seq: Seq,
  author: Id,
  at: Instant,
  reactions: Type.Array(Reaction),
  /** Who pinned it, and when; absent when it is not pinned. */
  pinned: Type.Optional(Pinned),
  /** Absent where it has not to be read. */
  required: Type.Optional(Pinned),
  /** Absent where nobody has answered in its thread. */
  replies: Type.Optional(Replies),
});
export type Message = Static<typeof Message>;

/** Seqs from..to, both included, that are declared and not shown (contract D7, D18). */
export const Range = Type.Object({ from: Seq, to: Seq });
export type Range = Static<typeof Range>;

/** How a person stands to a thread. */
export const ThreadStanding = Type.Object({
  following: Type.Boolean(),
  /** Everything up to this seq was read; it never goes back. */
  seq: Seq,
  /** Replies after it that are not the person's, not removed, and visible to them. */
  unread: Type.Integer({ minimum: 0, maximum: 999 }),
  /** The seq of the newest reply that the count knows of; 0 without any. */
  newest: Seq,
});
export type ThreadStanding = Static<typeof ThreadStanding>;

/** Says something in a room, or in the thread of one of its messages. */
export const send = command('messages.send', {
  summary: 'Send a message.',
  kind: 'room',
  quota: 'send',
  input: Type.Object(
    {
      room: Id,
      clientId: ClientId,
      body: Body,
      replyTo: Type.Optional(Id),
      /** The message that the thread hangs from; itself in no thread, and not removed. */
      thread: Type.Optional(Id),
      mentions: Type.Optional(Mentions),
      /** Calls everybody in the room: for those who moderate it, not in threads, and not often ([R113]). */
      everyone: Type.Optional(Type.Literal(true)),
      /** Who is named and leaves it unread is told once more: for the staff and for who moderates the room, with somebody named, and not often ([R120]). */
      urgent: Type.Optional(Type.Literal(true)),
      /** Passes on a message that the sender sees, with these words: not one said in private ([R118]). */
      forward: Type.Optional(Type.Object(Forward.properties, closed)),
    },
    closed,
  ),
  output: Type.Object({
    id: Id,
    seq: Seq,
    epoch: Id,
    at: Instant,
    ordinal: Type.Integer({ minimum: 1 }),
    /** The same client id was taken before; this is its one true result (contract D12). */
    duplicate: Type.Optional(Type.Literal(true)),
    /** It was, and has been removed since. */
    removed: Type.Optional(Type.Literal(true)),
  }),
  problems: [
    'not-found',
    'not-a-member',
    'not-allowed',
    'muted',
    'archived',
    'read-only',
    'blocked',
    'protected-minor',
    'removed',
    'bad-text',
    'too-large',
    'too-many',
    'idempotency-conflict',
    'too-old',
  ],
  http: { method: 'POST', path: '/api/rooms/:room/messages' },
});

/** Replaces the text of one's own message. */
export const edit = command('messages.edit', {
  summary: 'Edit my message.',
  kind: 'room',
  quota: 'act',
  input: Type.Object(
    { room: Id, message: Id, clientId: ClientId, body: Body, mentions: Type.Optional(Mentions) },
    closed,
  ),
  output: Type.Object({ seq: Seq, editNo: Type.Integer({ minimum: 1 }), duplicate: Type.Optional(Type.Literal(true)) }),
  problems: [
    'not-found',
    'not-a-member',
    'not-allowed',
    'muted',
    'archived',
    'read-only',
    'blocked',
    'protected-minor',
    'removed',
    'bad-text',
    'too-large',
    'idempotency-conflict',
    'too-old',
  ],
  http: { method: 'PATCH', path: '/api/rooms/:room/messages/:message' },
});

/** Takes a message away, leaving a tombstone: one's own, or any as a moderator of the room. */
export const remove = command('messages.remove', {
  summary: 'Remove a message.',
  kind: 'room',
  quota: 'act',
  input: Type.Object({ room: Id, message: Id, clientId: ClientId }, closed),
  output: Type.Object({ seq: Seq, duplicate: Type.Optional(Type.Literal(true)) }),
  problems: ['not-found', 'not-a-member', 'not-allowed', 'idempotency-conflict', 'too-old'],
  http: { method: 'DELETE', path: '/api/rooms/:room/messages/:message' },
});

/** Answers a message with an emoji. Doing it twice changes nothing. */
export const react = command('messages.react', {
  summary: 'React to a message with an emoji.',
  kind: 'room',
  quota: 'act',
  input: Type.Object({ room: Id, message: Id, emoji: Emoji }, closed),
  output: Type.Object({ seq: Seq }),
  problems: [
    'not-found',
    'not-a-member',
    'muted',
    'archived',
    'read-only',
    'blocked',
    'protected-minor',
    'removed',
    'bad-text',
    'too-large',
  ],
  http: { method: 'PUT', path: '/api/rooms/:room/messages/:message/reactions' },
});

/** Takes a reaction back. */
export const unreact = command('messages.unreact', {
  summary: 'Take my reaction back.',
  kind: 'room',
  quota: 'act',
  input: Type.Object({ room: Id, message: Id, emoji: Emoji }, closed),
  output: Type.Object({ seq: Seq }),
  problems: ['not-found', 'not-a-member', 'archived'],
  http: { method: 'DELETE', path: '/api/rooms/:room/messages/:message/reactions' },
});

/**
 * A page of history, oldest first: the newest (no position), those before a seq, those after one, or those around one.
 * Every seq between `from` and `to` that carries a message is in `messages`; those the caller may not see are in `hidden`.
 * Replies in threads are left out; with `thread` the page is of that thread, and leaves everything else out.
 */
export const page = command('messages.page', {
  summary: 'Read a page of history.',
  kind: 'read',
  quota: 'read',
  input: Type.Object(
    {
      room: Id,
      thread: Type.Optional(Id),
      before: Type.Optional(Seq),
      after: Type.Optional(Seq),
      around: Type.Optional(Seq),
      limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100 })),
    },
    closed,
  ),
  output: Type.Object({
    epoch: Id,
    /** The head of the log at which the page is true: fold events after it on top. */
    at: Seq,
    /** The id of the event at `at`; null in an empty room. */
    lastId: Type.Union([Id, Type.Null()]),
    from: Seq,
    to: Seq,
    messages: Type.Array(Message),
    hidden: Type.Array(Range),
    /** Whether visible messages exist before and after this page. */
    before: Type.Boolean(),
    after: Type.Boolean(),
    /** How many messages are pinned in the room, visible to the caller or not. */
    pins: Type.Optional(Type.Integer({ minimum: 0, maximum: PINS })),
    /** Of a thread's page: the message that it hangs from, and how the caller stands to it. */
    thread: Type.Optional(Type.Object({ root: Message, mine: ThreadStanding })),
  }),
  problems: ['not-found'],
  http: { method: 'GET', path: '/api/rooms/:room/messages' },
});

/** The first message that was sent at a time or after it: where a day begins. Null when none was. */
export const locate = command('messages.locate', {
  summary: 'Find the first message at or after a time.',
  kind: 'read',
  quota: 'read',
  input: Type.Object({ room: Id, from: Instant }, closed),
  output: Type.Object({ message: Type.Union([Type.Object({ id: Id, seq: Seq, at: Instant }), Type.Null()]) }),
  problems: ['not-found'],
  http: { method: 'GET', path: '/api/rooms/:room/first-message' },
});

const onBoard = [
  'not-found',
  'not-a-member',
  'not-allowed',
  'muted',
  'archived',
  'read-only',
  'blocked',
  'protected-minor',
  'removed',
] as const;

/** Puts a message on the room's board. Doing it twice changes nothing. */
export const pin = command('messages.pin', {
  summary: 'Pin a message for everybody in the room.',
  kind: 'room',
  quota: 'act',
  input: Type.Object({ room: Id, message: Id }, closed),
  output: Type.Object({ seq: Seq }),
  problems: [...onBoard, 'too-many'],
  http: { method: 'PUT', path: '/api/rooms/:room/messages/:message/pin' },
});

/** Takes a message off the room's board. */
export const unpin = command('messages.unpin', {
  summary: 'Unpin a message.',
  kind: 'room',
  quota: 'act',
  input: Type.Object({ room: Id, message: Id }, closed),
  output: Type.Object({ seq: Seq }),
  problems: onBoard.filter((code) => code !== 'removed'),
  http: { method: 'DELETE', path: '/api/rooms/:room/messages/:message/pin' },
});

/** What stands on the room's board, what was pinned last first. Those the caller may not see are left out. */
export const pins = command('messages.pins', {
  summary: 'Read the pinned messages of a room.',
  kind: 'read',
  quota: 'read',
  input: Type.Object({ room: Id }, closed),
  output: Type.Object({ at: Seq, messages: Type.Array(Message) }),
  problems: ['not-found'],
  http: { method: 'GET', path: '/api/rooms/:room/pins' },
});

/** What a message said at one time. Without `body` it cannot be read any more. */
export const Revision = Type.Object({
  editNo: Type.Integer({ minimum: 0 }),
  /** When it was said so. */
  at: Instant,
  body: Type.Optional(Type.String()),
  mentions: Type.Optional(Type.Array(Id)),
  unreadable: Type.Optional(Type.Union([Type.Literal('damaged'), Type.Literal('erased')])),
});
export type Revision = Static<typeof Revision>;

/** What a message said before each edit, oldest first; the last one is what it says now. For its author and those who moderate the room. */
export const history = command('messages.history', {
  summary: 'Read what a message said before it was edited.',
  kind: 'read',
  quota: 'read',
  input: Type.Object({ room: Id, message: Id }, closed),
  output: Type.Object({ revisions: Type.Array(Revision) }),
  problems: ['not-found', 'not-allowed', 'removed'],
  http: { method: 'GET', path: '/api/rooms/:room/messages/:message/history' },
});

/** Messages by their ids, for quotes that lie outside the loaded pages. Those the caller may not see are left out. */
export const get = command('messages.get', {
  summary: 'Read messages by their ids.',
  kind: 'read',
  quota: 'read',
  input: Type.Object({ room: Id, ids: Type.Array(Id, { minItems: 1, maxItems: 50 }) }, closed),
  output: Type.Object({ at: Seq, messages: Type.Array(Message) }),
  problems: ['not-found'],
  http: { method: 'POST', path: '/api/rooms/:room/messages/lookup' },
});

/** From where on messages before the read marker are shown as unread again: a seq, and the number of the first message from there on. */
export const UnreadFrom = Type.Object({ seq: Seq, ordinal: Type.Integer({ minimum: 1 }) });
export type UnreadFrom = Static<typeof UnreadFrom>;

/** Where a read marker stands, with what follows from it. */
const Marked = Type.Object({
  seq: Seq,
  ordinal: Type.Integer({ minimum: 0 }),
  unread: Type.Integer({ minimum: 0, maximum: 999 }),
  mentions: Type.Integer({ minimum: 0, maximum: 999 }),
  /** The newest ordinal that the counts include. */
  newest: Type.Integer({ minimum: 0 }),
  /** Absent where nothing before the marker is shown as unread. */
  unreadFrom: Type.Optional(UnreadFrom),
});

/** Shows what was said from a message on as unread again, on all my devices, until I read it. The marker itself never goes back (contract D33). */
export const markUnread = command('messages.markUnread', {
  summary: 'Show messages as unread again, from one on.',
  kind: 'act',
  quota: 'act',
  input: Type.Object({ room: Id, message: Id }, closed),
  output: Marked,
  problems: ['not-found'],
  http: { method: 'PUT', path: '/api/rooms/:room/unread' },
});

/** Moves my read marker forward; it never goes back (contract D33). */
export const markRead = command('messages.markRead', {
  summary: 'Say how far I have read.',
  kind: 'act',
  quota: 'act',
  input: Type.Object({ room: Id, seq: Seq }, closed),
  output: Marked,
  problems: ['not-found'],
  http: { method: 'PUT', path: '/api/rooms/:room/read' },
});
