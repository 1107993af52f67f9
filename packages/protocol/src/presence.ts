/** Typing, presence and how far others have read: ephemeral, at most once, never stored (contract D24). */
import Type, { type Static } from 'typebox';
import { command } from './command.ts';
import { Id, Seq } from './ids.ts';

const closed = { additionalProperties: false } as const;

/** Tells the room that the caller is writing. Lives `limits.typingMs`; repeat at most every 3 s. */
export const typing = command('presence.typing', {
  summary: 'Say that I am writing in a room.',
  kind: 'signal',
  quota: 'signal',
  input: Type.Object({ room: Id }, closed),
  output: Type.Object({}),
  problems: ['not-found'],
  http: { method: 'POST', path: '/api/rooms/:room/typing' },
});

/** Of the people of a room, those who are here now, as far as the caller may know. */
export const here = command('presence.here', {
  summary: 'Who of a room is here now.',
  kind: 'read',
  quota: 'read',
  input: Type.Object({ room: Id }, closed),
  output: Type.Object({ here: Type.Array(Id), count: Type.Integer({ minimum: 0 }) }),
  problems: ['not-found'],
  http: { method: 'GET', path: '/api/rooms/:room/presence' },
});

/** How far somebody has read in a room. */
const Read = Type.Object({ account: Id, seq: Seq });

/**
 * How far the others of a room have read, as far as the school shows it and each of them does: in private conversations, or in
 * rooms of up to thirty people, too. Nothing where it is not shown, nor to who hides their own.
 */
export const reading = command('presence.reading', {
  summary: 'How far the others of a room have read.',
  kind: 'read',
  quota: 'read',
  input: Type.Object({ room: Id }, closed),
  output: Type.Object({ isShown: Type.Boolean(), read: Type.Array(Read) }),
  problems: ['not-found'],
  http: { method: 'GET', path: '/api/rooms/:room/reading' },
});

/** Others of an open room have read further; the highest seq of a person is the truth. At most once a second. */
export const ReadingFrame = Type.Object({ t: Type.Literal('reading'), room: Id, read: Type.Array(Read) });

/** Someone is writing. */
export const TypingFrame = Type.Object({ t: Type.Literal('typing'), room: Id, account: Id });
/** Who of an open room is here now, staff first, up to 60 of them, and how many in all; latest wins. Sent when it changes, at most once a second. */
export const PresenceFrame = Type.Object({
  t: Type.Literal('presence'),
  room: Id,
  here: Type.Array(Id),
  count: Type.Integer({ minimum: 0 }),
});
export type PresenceFrame = Static<typeof PresenceFrame>;
