/** What a person saves for later: a list of their own, the same on all their devices, which nobody else can read. */
import Type, { type Static } from 'typebox';
import { command } from './command.ts';
import { Id, Instant } from './ids.ts';
import { SAVED } from './limits.ts';
import { Message } from './messages.ts';

const closed = { additionalProperties: false } as const;

/** A message on the list: its place there, when it was put there, and the message as it stands. */
export const SavedMessage = Type.Object({ id: Id, at: Instant, message: Message });
export type SavedMessage = Static<typeof SavedMessage>;

/** Puts a message on my list. Nobody is told. Doing it twice changes nothing. */
export const save = command('messages.save', {
  summary: 'Save a message for later.',
  kind: 'act',
  quota: 'act',
  input: Type.Object({ room: Id, message: Id }, closed),
  output: Type.Object({}),
  problems: ['not-found', 'removed', 'too-many'],
  http: { method: 'PUT', path: '/api/rooms/:room/messages/:message/saved' },
});

/** Takes a message off my list, also one that I cannot see any more. What is not on it is off it already. */
export const unsave = command('messages.unsave', {
  summary: 'Take a message off my list.',
  kind: 'act',
  quota: 'act',
  input: Type.Object({ message: Id }, closed),
  output: Type.Object({}),
  problems: [],
  http: { method: 'DELETE', path: '/api/me/saved/:message' },
});

/** My list, what was saved last first. What was removed, or is not for me any more, is only counted. */
export const saved = command('messages.saved', {
  summary: 'Read the messages that I saved for later.',
  kind: 'read',
  quota: 'read',
  input: Type.Object(
    { after: Type.Optional(Id), limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100 })) },
    closed,
  ),
  output: Type.Object({
    saved: Type.Array(SavedMessage),
    /** Where the next page begins (`after`); null at the end. */
    next: Type.Union([Id, Type.Null()]),
    /** Every message on the list, shown or not. With the first page only. */
    ids: Type.Optional(Type.Array(Id, { maxItems: SAVED })),
    /** How many of them are not shown. With the first page only. */
    unseen: Type.Optional(Type.Integer({ minimum: 0, maximum: SAVED })),
  }),
  problems: [],
  http: { method: 'GET', path: '/api/me/saved' },
});

/** Takes everything off my list that is not shown in it any more. */
export const tidySaved = command('messages.tidySaved', {
  summary: 'Take off my list what I cannot see any more.',
  kind: 'act',
  quota: 'act',
  input: Type.Object({}, closed),
  output: Type.Object({ gone: Type.Integer({ minimum: 0, maximum: SAVED }) }),
  problems: [],
  http: { method: 'POST', path: '/api/me/saved/tidy' },
});

/** My list has changed, on whichever device: who shows it asks anew. */
export const SavedFrame = Type.Object({ t: Type.Literal('saved') });
