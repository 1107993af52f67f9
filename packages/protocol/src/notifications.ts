/** Notifications: how loud a room is for me, when nobody should disturb me, and the list of what speaks to me. */
import Type, { type Static } from 'typebox';
import { Me } from './accounts.ts';
import { Level, MailPace, QuietHours, RoomTuning } from './calm.ts';
import { command } from './command.ts';
import { Id, Instant, Seq } from './ids.ts';
import { Keyword } from './keywords.ts';
import { KEYWORD } from './limits.ts';
import { Message } from './messages.ts';

const closed = { additionalProperties: false } as const;

/** Longest hush or rest with an end, in seconds: a month. */
const LONGEST_S = 31 * 24 * 3_600;
/** For so long, or (null) until I undo it. */
const Term = Type.Object(
  { seconds: Type.Union([Type.Integer({ minimum: 60, maximum: LONGEST_S }), Type.Null()]) },
  closed,
);

/** Says how loud a room is for me; what is left out stays as it is. */
export const setRoom = command('notifications.setRoom', {
  summary: 'Say how loud a room is for me.',
  kind: 'act',
  quota: 'act',
  input: Type.Object(
    {
      room: Id,
      /** Null: as rooms of its kind are. */
      level: Type.Optional(Type.Union([Level, Type.Null()])),
      /** Null: no more. Counted from now by the server's clock. */
      hush: Type.Optional(Type.Union([Term, Type.Null()])),
    },
    closed,
  ),
  output: RoomTuning,
  problems: ['not-found'],
  http: { method: 'PUT', path: '/api/rooms/:room/notifications' },
});

/** Says when I am not to be disturbed; what is left out stays as it is. */
export const setCalm = command('notifications.setCalm', {
  summary: 'Say when I am not to be disturbed.',
  kind: 'act',
  quota: 'act',
  input: Type.Object(
    {
      doNotDisturb: Type.Optional(Type.Union([Term, Type.Null()])),
      /** Null: none. `school`: as the school has them. */
      quietHours: Type.Optional(Type.Union([QuietHours, Type.Null(), Type.Literal('school')])),
      /** How often I am mailed what I missed, where the school mails at all. */
      mail: Type.Optional(MailPace),
    },
    closed,
  ),
  output: Me,
  problems: [],
  http: { method: 'PATCH', path: '/api/me/calm' },
});

/** The words that call me. */
const Keywords = Type.Object({ words: Type.Array(Keyword, { maxItems: KEYWORD.most }) }, closed);

/** Lists the words that call me, as I wrote them. Nobody else can ask for them, whoever they are. */
export const keywords = command('notifications.keywords', {
  summary: 'List the words that call me.',
  kind: 'read',
  quota: 'read',
  input: Type.Object({}, closed),
  output: Keywords,
  problems: [],
  http: { method: 'GET', path: '/api/me/keywords' },
});

/** Says which words call me, all of them; what was there before goes. */
export const setKeywords = command('notifications.setKeywords', {
  summary: 'Say which words call me.',
  kind: 'act',
  quota: 'words',
  input: Keywords,
  output: Keywords,
  problems: ['bad-text'],
  http: { method: 'PUT', path: '/api/me/keywords' },
});

/** Something that speaks to me, with why. */
export const InboxItem = Type.Object({
  /** Its number in my own stream; 0 for what called everybody, which is in nobody's. */
  seq: Seq,
  at: Instant,
  /** They named me, answered me, said a word that I asked to be told of, called everybody, or answered in a thread that I follow. */
  reason: Type.Union([
    Type.Literal('mention'),
    Type.Literal('reply'),
    Type.Literal('keyword'),
    Type.Literal('everyone'),
    Type.Literal('thread'),
  ]),
  /** Whether my marker, of the room or of the thread, had passed it when it was asked for. */
  read: Type.Boolean(),
  message: Message,
});
export type InboxItem = Static<typeof InboxItem>;

/**
 * What speaks to me, the newest first: mentions, replies to me, words of mine, what called everybody, and replies in threads that I
 * follow, of the last 30 days, in rooms that I am in. What was removed or may not be seen is not in it, nor what people wrote whom I have blocked.
 */
export const inbox = command('notifications.inbox', {
  summary: 'List what speaks to me.',
  kind: 'read',
  quota: 'read',
  input: Type.Object(
    {
      /** Only those before this number. */
      before: Type.Optional(Seq),
      /** Of what is in my own stream; what called everybody in the same time comes besides, the newest 200 of it. */
      limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100 })),
    },
    closed,
  ),
  output: Type.Object({
    items: Type.Array(InboxItem),
    /** Where to go on with `before`; null at the end. */
    next: Type.Union([Seq, Type.Null()]),
  }),
  problems: [],
  http: { method: 'GET', path: '/api/me/inbox' },
});
