/** Threads: what is said beside the room's conversation, hanging from one of its messages, and who follows it. */
import Type, { type Static } from 'typebox';
import { command } from './command.ts';
import { Id, Seq } from './ids.ts';
import { Message, ThreadStanding } from './messages.ts';

const closed = { additionalProperties: false } as const;
const which = { room: Id, /** The message that it hangs from. */ thread: Id };

/** A thread that the person follows. */
export const FollowedThread = Type.Object({
  room: Id,
  root: Message,
  /** The newest reply, a tombstone perhaps; null where nobody has answered yet. */
  last: Type.Union([Message, Type.Null()]),
  mine: ThreadStanding,
});
export type FollowedThread = Static<typeof FollowedThread>;

/** From now on I am told of replies. Doing it twice changes nothing. */
export const follow = command('threads.follow', {
  summary: 'Follow a thread.',
  kind: 'act',
  quota: 'act',
  input: Type.Object(which, closed),
  output: ThreadStanding,
  problems: ['not-found'],
  http: { method: 'PUT', path: '/api/rooms/:room/threads/:thread/follow' },
});

/** I am not told of replies any more, unless I answer, or am mentioned or answered. */
export const unfollow = command('threads.unfollow', {
  summary: 'Stop following a thread.',
  kind: 'act',
  quota: 'act',
  input: Type.Object(which, closed),
  output: ThreadStanding,
  problems: ['not-found'],
  http: { method: 'DELETE', path: '/api/rooms/:room/threads/:thread/follow' },
});

/** Moves my read marker in a thread forward; it never goes back (contract D33). */
export const markRead = command('threads.markRead', {
  summary: 'Say how far I have read a thread.',
  kind: 'act',
  quota: 'act',
  input: Type.Object({ ...which, seq: Seq }, closed),
  output: ThreadStanding,
  problems: ['not-found'],
  http: { method: 'PUT', path: '/api/rooms/:room/threads/:thread/read' },
});

/** The threads I follow in the rooms I am in: those with something unread first, then whichever was answered last. */
export const mine = command('threads.mine', {
  summary: 'List the threads I follow.',
  kind: 'read',
  quota: 'read',
  input: Type.Object({ limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100 })) }, closed),
  output: Type.Object({
    threads: Type.Array(FollowedThread),
    /** How many of all that I follow have something unread. */
    unread: Type.Integer({ minimum: 0 }),
    /** Whether there are more than were asked for. */
    more: Type.Boolean(),
  }),
  problems: [],
  http: { method: 'GET', path: '/api/threads' },
});
