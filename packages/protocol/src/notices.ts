/** Notices that have to be read: required by who moderates a room, confirmed by each who is in it (docs/protocol.md R114). */
import Type, { type Static } from 'typebox';
import { command } from './command.ts';
import { Id, Instant, Seq } from './ids.ts';
import { NOTICES_SHOWN } from './limits.ts';
import { Message } from './messages.ts';

const closed = { additionalProperties: false } as const;
const OneMessage = Type.Object({ room: Id, message: Id }, closed);

const refusals = [
  'not-found',
  'not-a-member',
  'not-allowed',
  'muted',
  'archived',
  'read-only',
  'blocked',
  'protected-minor',
] as const;

/** Asks everybody in the room to read a message and say so. Doing it twice changes nothing. */
export const requireReading = command('notices.require', {
  summary: 'Ask everybody in a room to confirm that they have read a message.',
  kind: 'room',
  quota: 'act',
  input: OneMessage,
  output: Type.Object({ seq: Seq }),
  problems: [...refusals, 'removed', 'too-many'],
  http: { method: 'PUT', path: '/api/rooms/:room/messages/:message/notice' },
});

/** Asks no more. Who had confirmed is forgotten. */
export const withdraw = command('notices.withdraw', {
  summary: 'Ask no more that a message be read.',
  kind: 'room',
  quota: 'act',
  input: OneMessage,
  output: Type.Object({ seq: Seq }),
  problems: refusals,
  http: { method: 'DELETE', path: '/api/rooms/:room/messages/:message/notice' },
});

/** Says that I have read a message that has to be read, as it stands: `editNo` is what I have read. Doing it twice changes nothing. */
export const confirm = command('notices.confirm', {
  summary: 'Confirm that I have read a message.',
  kind: 'act',
  quota: 'act',
  input: Type.Object({ room: Id, message: Id, editNo: Type.Integer({ minimum: 0 }) }, closed),
  output: Type.Object({ at: Instant }),
  problems: ['not-found', 'stale'],
  http: { method: 'PUT', path: '/api/rooms/:room/messages/:message/notice/confirmation' },
});

/** What I have still to confirm, the newest first, in rooms that I am in. */
export const mine = command('notices.mine', {
  summary: 'List what I have still to confirm.',
  kind: 'read',
  quota: 'read',
  input: Type.Object({}, closed),
  output: Type.Object({
    messages: Type.Array(Message, { maxItems: NOTICES_SHOWN }),
    /** There are more; they come as these are confirmed. */
    more: Type.Boolean(),
  }),
  problems: [],
  http: { method: 'GET', path: '/api/me/notices' },
});

/** Somebody's confirmation. */
export const Confirmation = Type.Object({
  account: Id,
  at: Instant,
  /** What they had read; below the message's own it has been edited since. */
  editNo: Type.Integer({ minimum: 0 }),
});
export type Confirmation = Static<typeof Confirmation>;

/** Who has confirmed and who has not, of those who are in the room now: for who moderates it. */
export const state = command('notices.state', {
  summary: 'See who has confirmed that they read a message.',
  kind: 'read',
  quota: 'read',
  input: OneMessage,
  output: Type.Object({
    /** Who confirmed first is first. */
    confirmed: Type.Array(Confirmation),
    waiting: Type.Array(Id),
  }),
  problems: ['not-found', 'not-allowed'],
  http: { method: 'GET', path: '/api/rooms/:room/messages/:message/notice' },
});

/** What I have to confirm has changed, on whichever device or because somebody asks: time to read `notices.mine` again. */
export const NoticesFrame = Type.Object({ t: Type.Literal('notices') });
