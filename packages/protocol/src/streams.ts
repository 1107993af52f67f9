/** The frames of the socket, and reading a stream's events over HTTP. */
import Type, { type Static } from 'typebox';
import { Me } from './accounts.ts';
import { RoomTuning } from './calm.ts';
import { command } from './command.ts';
import { DraftFrame } from './drafts.ts';
import { RoomEvent, UserEvent } from './events.ts';
import { Cursor, Id, Instant, Seq, StreamName } from './ids.ts';
import { Limits } from './limits.ts';
import { Range, ThreadStanding, UnreadFrom } from './messages.ts';
import { PresenceFrame, ReadingFrame, TypingFrame } from './presence.ts';
import { Problem } from './problems.ts';
import { NoticesFrame } from './notices.ts';
import { MyRoom, RoomSettings } from './rooms.ts';
import { SavedFrame } from './saved.ts';
import { School } from './school.ts';

const closed = { additionalProperties: false } as const;

/** The client's number for a request on one connection; answers carry it. Need not be dense; must not repeat while unanswered. */
const RequestId = Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER });

/** Why a stream starts afresh (contract D15c). */
export const ResetReason = Type.Union([
  Type.Literal('epoch'),
  Type.Literal('ahead'),
  Type.Literal('mismatch'),
  Type.Literal('access'),
  Type.Literal('expired'),
]);

// ---- client → server ----

/** The first frame, within `limits.helloMs`. With a cookie on the upgrade no ticket is needed. */
export const HelloFrame = Type.Object(
  {
    t: Type.Literal('hello'),
    protocol: Type.Integer({ minimum: 1 }),
    ticket: Type.Optional(Type.String({ minLength: 20, maxLength: 100 })),
    /** Where the client stands in its own user stream; absent for a fresh start. */
    cursor: Type.Optional(Cursor),
    client: Type.Optional(Type.String({ maxLength: 100 })),
  },
  closed,
);
/** Carries a command. */
export const DoFrame = Type.Object(
  { t: Type.Literal('do'), id: RequestId, command: Type.String({ maxLength: 64 }), input: Type.Unknown() },
  closed,
);
/** Opens a room's stream at a cursor; without one, live events only, from the head that `subscribed` names. */
export const SubscribeFrame = Type.Object(
  { t: Type.Literal('subscribe'), id: RequestId, stream: StreamName, cursor: Type.Optional(Cursor) },
  closed,
);
/** Closes a room's stream. */
export const UnsubscribeFrame = Type.Object(
  { t: Type.Literal('unsubscribe'), id: RequestId, stream: StreamName },
  closed,
);
/** Asks whether the server is there; browsers cannot send WebSocket pings. */
export const PingFrame = Type.Object({ t: Type.Literal('ping') }, closed);

/** Every frame a client may send. */
export const ClientFrame = Type.Union([HelloFrame, DoFrame, SubscribeFrame, UnsubscribeFrame, PingFrame]);
export type ClientFrame = Static<typeof ClientFrame>;

// ---- server → client ----

/** The answer to hello: who, what, and everything latest-wins, complete (contract, "User stream"). */
export const WelcomeFrame = Type.Object({
  t: Type.Literal('welcome'),
  protocol: Type.Integer(),
  epoch: Id,
  me: Me,
  session: Id,
  now: Instant,
  limits: Limits,
  /** The head of the user stream; what follows from the hello's cursor comes as events, gap or reset. */
  user: Cursor,
  rooms: Type.Array(MyRoom),
  /** Left out by servers older than the school's settings. */
  school: Type.Optional(School),
});
export type WelcomeFrame = Static<typeof WelcomeFrame>;

/** A command's answer, after commit (contract D2). */
export const DoneFrame = Type.Object({ t: Type.Literal('done'), id: RequestId, output: Type.Unknown() });
/** A command's refusal; nothing was written (contract D4). */
export const RefusedFrame = Type.Object({ t: Type.Literal('refused'), id: RequestId, problem: Problem });
/** The stream is open; what lies between the client's cursor and `head` follows. */
export const SubscribedFrame = Type.Object({
  t: Type.Literal('subscribed'),
  id: RequestId,
  stream: StreamName,
  head: Cursor,
});
/** The stream is closed, asked for (with `id`) or because access ended (without). Nothing of it follows. */
export const UnsubscribedFrame = Type.Object({
  t: Type.Literal('unsubscribed'),
  id: Type.Optional(RequestId),
  stream: StreamName,
});
/** Durable events, contiguous and in order (contract D7). */
export const EventsFrame = Type.Object({
  t: Type.Literal('events'),
  stream: StreamName,
  events: Type.Array(Type.Union([RoomEvent, UserEvent])),
});
/** Seqs that are there and were left out; `streams.read` fills them (contract D15b). */
export const GapFrame = Type.Object({ t: Type.Literal('gap'), stream: StreamName, ...Range.properties });
/** Seqs that the person may not see (contract D18). */
export const HiddenFrame = Type.Object({ t: Type.Literal('hidden'), stream: StreamName, ...Range.properties });
/** Seqs that are no more (contract D1). */
export const PurgedFrame = Type.Object({ t: Type.Literal('purged'), stream: StreamName, ...Range.properties });
/** Forget what you have of this stream and start from `head`; read the past with `messages.page`. */
export const ResetFrame = Type.Object({
  t: Type.Literal('reset'),
  stream: StreamName,
  reason: ResetReason,
  head: Cursor,
});
/** Newest positions of the person's other rooms, at most once a second; `removed` are ordinals taken away since (contract D34). */
export const HeadsFrame = Type.Object({
  t: Type.Literal('heads'),
  heads: Type.Array(
    Type.Object({
      room: Id,
      head: Seq,
      ordinal: Type.Integer({ minimum: 0 }),
      at: Instant,
      removed: Type.Optional(Type.Array(Type.Integer())),
    }),
  ),
});
/** One of the person's own read markers has moved, on any device. */
export const MarkerFrame = Type.Object({
  t: Type.Literal('marker'),
  room: Id,
  seq: Seq,
  ordinal: Type.Integer({ minimum: 0 }),
  unread: Type.Integer(),
  mentions: Type.Integer(),
  newest: Type.Integer({ minimum: 0, description: 'The newest ordinal that the counts include.' }),
  unreadFrom: Type.Optional(UnreadFrom),
});
/** How the person stands to a thread has changed, on any device. */
export const ThreadFrame = Type.Object({
  t: Type.Literal('thread'),
  room: Id,
  thread: Id,
  ...ThreadStanding.properties,
});
/** How loud a room is for the person has changed, on any device: what is said here is all that holds. */
export const TuningFrame = Type.Object({ t: Type.Literal('tuning'), room: Id, ...RoomTuning.properties });
/**
 * A message calls everybody in a room ([R113]): told to every connection of a member, whether the room is open there or not,
 * but not to its author and not to who has blocked them. In no stream: `welcome` and `marker` count it for who was not there.
 */
export const CalledFrame = Type.Object({
  t: Type.Literal('called'),
  room: Id,
  message: Id,
  messageSeq: Seq,
  /** Counts whose newest ordinal is not below this one include it. */
  ordinal: Type.Integer({ minimum: 1 }),
  author: Id,
  at: Instant,
});
/** A reply was taken away in a room that is not open on the connection; open ones have the event. */
export const ReplyRemovedFrame = Type.Object({
  t: Type.Literal('reply-removed'),
  room: Id,
  thread: Id,
  message: Id,
});
/** A room that is not open on the connection has changed its settings, or was archived (since when) or opened again (null); open ones have the event. */
export const RoomFrame = Type.Object({
  t: Type.Literal('room'),
  room: Id,
  settings: Type.Partial(RoomSettings),
  archivedAt: Type.Optional(Type.Union([Instant, Type.Null()])),
});
/** The person's own account has changed: latest wins. */
export const MeFrame = Type.Object({ t: Type.Literal('me'), me: Me });
/** The school's settings have changed: latest wins. */
export const SchoolFrame = Type.Object({ t: Type.Literal('school'), school: School });
/** The answer to ping. */
export const PongFrame = Type.Object({ t: Type.Literal('pong') });
/** The server is about to end: reconnect after this long. */
export const GoawayFrame = Type.Object({
  t: Type.Literal('goaway'),
  retryAfterMs: Type.Integer({ minimum: 0 }),
  reason: Type.String(),
});
/** Something was wrong with the connection itself; if fatal, a close follows. */
export const ProblemFrame = Type.Object({ t: Type.Literal('problem'), problem: Problem });

/** Every frame a server sends. A client ignores types it does not know. */
export const ServerFrame = Type.Union([
  WelcomeFrame,
  DoneFrame,
  RefusedFrame,
  SubscribedFrame,
  UnsubscribedFrame,
  EventsFrame,
  GapFrame,
  HiddenFrame,
  PurgedFrame,
  ResetFrame,
  HeadsFrame,
  MarkerFrame,
  ThreadFrame,
  SavedFrame,
  TuningFrame,
  DraftFrame,
  CalledFrame,
  NoticesFrame,
  ReplyRemovedFrame,
  RoomFrame,
  MeFrame,
  SchoolFrame,
  PongFrame,
  GoawayFrame,
  ProblemFrame,
  TypingFrame,
  PresenceFrame,
  ReadingFrame,
]);
export type ServerFrame = Static<typeof ServerFrame>;

/**
 * Events of a room after a seq, oldest first, for filling gaps and for programs without a socket.
 * The answer covers `after + 1 … to` exactly: every seq of it is in `events`, in `hidden` or in `purged`.
 */
export const read = command('streams.read', {
  summary: "Read events of a room's log.",
  kind: 'read',
  quota: 'read',
  input: Type.Object(
    { room: Id, after: Seq, limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 500 })) },
    closed,
  ),
  output: Type.Object({
    epoch: Id,
    head: Seq,
    to: Seq,
    events: Type.Array(RoomEvent),
    hidden: Type.Array(Range),
    purged: Type.Array(Range),
  }),
  problems: ['not-found'],
  http: { method: 'GET', path: '/api/rooms/:room/events' },
});

/** The caller's own stream after a seq, oldest first; the last 30 days. */
export const readMine = command('streams.readMine', {
  summary: 'Read events of my own stream.',
  kind: 'read',
  quota: 'read',
  input: Type.Object({ after: Seq, limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 500 })) }, closed),
  output: Type.Object({ epoch: Id, head: Seq, to: Seq, events: Type.Array(UserEvent), purged: Type.Array(Range) }),
  problems: [],
  http: { method: 'GET', path: '/api/me/events' },
});
