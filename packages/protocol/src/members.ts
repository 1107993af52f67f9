/** Who is in a room, and what restrains them there. */
import Type, { type Static } from 'typebox';
import { Profile } from './accounts.ts';
import { command } from './command.ts';
import { ClientId, Id, Instant, Seq } from './ids.ts';
import { TEXT } from './limits.ts';
import { RoomRole } from './rooms.ts';

const closed = { additionalProperties: false } as const;

/** A person in a room. */
export const Member = Type.Object({
  profile: Profile,
  role: RoomRole,
  joinedAt: Instant,
  /** Seen only by those who may moderate the room, and by the person. */
  muted: Type.Optional(Type.Object({ until: Type.Union([Instant, Type.Null()]) })),
});
export type Member = Static<typeof Member>;

const Done = Type.Object({ seq: Seq, duplicate: Type.Optional(Type.Literal(true)) });
/** How long a restriction lasts, in seconds from now by the database's clock (contract D29); absent is open-ended. */
const Seconds = Type.Optional(Type.Integer({ minimum: 1, maximum: 366 * 24 * 3600 }));
const Reason = Type.String({ minLength: 1, maxLength: TEXT.reason });

/** The members of a room, staff first. */
export const list = command('members.list', {
  summary: 'List who is in a room.',
  kind: 'read',
  quota: 'read',
  input: Type.Object({ room: Id }, closed),
  output: Type.Object({ members: Type.Array(Member) }),
  problems: ['not-found'],
  http: { method: 'GET', path: '/api/rooms/:room/members' },
});

/** Enters an open room, or a group into which one has been asked. Entering where one already is changes nothing. */
export const join = command('members.join', {
  summary: 'Join an open room, or a group that I was asked into.',
  kind: 'room',
  quota: 'join',
  input: Type.Object({ room: Id }, closed),
  output: Type.Object({ seq: Seq }),
  problems: ['not-found', 'banned', 'not-allowed', 'protected-minor'],
  http: { method: 'POST', path: '/api/rooms/:room/join' },
});

/** Leaves a room, or says no to a group into which one has been asked. The last owner hands the role over first. */
export const leave = command('members.leave', {
  summary: 'Leave a room, or decline a group that I was asked into.',
  kind: 'room',
  quota: 'join',
  input: Type.Object({ room: Id }, closed),
  output: Type.Object({ seq: Seq }),
  problems: ['not-found', 'last-owner', 'not-allowed'],
  http: { method: 'POST', path: '/api/rooms/:room/leave' },
});

/** Adds a person to a room; in a group whoever is in it does, and those who must be asked first are asked. */
export const add = command('members.add', {
  summary: 'Add a person to a room.',
  kind: 'room',
  quota: 'act',
  input: Type.Object({ room: Id, account: Id, role: Type.Optional(RoomRole), clientId: ClientId }, closed),
  output: Done,
  problems: ['not-found', 'not-allowed', 'banned', 'protected-minor', 'blocked', 'idempotency-conflict', 'too-old'],
  http: { method: 'POST', path: '/api/rooms/:room/members' },
});

/** Removes a person from a room; from that event on they are sent nothing more of it (contract D26). In a group nobody is removed: it takes back that somebody was asked. */
export const remove = command('members.remove', {
  summary: 'Remove a person from a room.',
  kind: 'room',
  quota: 'act',
  input: Type.Object({ room: Id, account: Id, clientId: ClientId }, closed),
  output: Done,
  problems: ['not-found', 'not-allowed', 'idempotency-conflict', 'too-old'],
  http: { method: 'DELETE', path: '/api/rooms/:room/members/:account' },
});

/** Gives a person another role in a room. */
export const setRole = command('members.setRole', {
  summary: "Change a person's role in a room.",
  kind: 'room',
  quota: 'act',
  input: Type.Object({ room: Id, account: Id, role: RoomRole, clientId: ClientId }, closed),
  output: Done,
  problems: ['not-found', 'not-allowed', 'last-owner', 'idempotency-conflict', 'too-old'],
  http: { method: 'PUT', path: '/api/rooms/:room/members/:account/role' },
});

/** Gives one's own ownership to another member in one step: they own the room, and the one who gave it moderates it. */
export const transfer = command('members.transfer', {
  summary: 'Hand a room over to another member.',
  kind: 'room',
  quota: 'act',
  input: Type.Object({ room: Id, account: Id, clientId: ClientId }, closed),
  output: Done,
  problems: ['not-found', 'not-allowed', 'idempotency-conflict', 'too-old'],
  http: { method: 'POST', path: '/api/rooms/:room/transfer' },
});

/** Silences a person in a room: may read, may not post (contract D25). */
export const mute = command('members.mute', {
  summary: 'Silence a person in a room.',
  kind: 'room',
  quota: 'act',
  input: Type.Object({ room: Id, account: Id, seconds: Seconds, reason: Reason, clientId: ClientId }, closed),
  output: Done,
  problems: ['not-found', 'not-allowed', 'idempotency-conflict', 'too-old'],
  http: { method: 'POST', path: '/api/rooms/:room/members/:account/mute' },
});

/** Lets a silenced person post again. */
export const unmute = command('members.unmute', {
  summary: 'Let a silenced person post again.',
  kind: 'room',
  quota: 'act',
  input: Type.Object({ room: Id, account: Id, clientId: ClientId }, closed),
  output: Done,
  problems: ['not-found', 'not-allowed', 'idempotency-conflict', 'too-old'],
  http: { method: 'DELETE', path: '/api/rooms/:room/members/:account/mute' },
});

/** Bans a person from a room: they are removed, and cannot come back until it ends. */
export const ban = command('members.ban', {
  summary: 'Ban a person from a room.',
  kind: 'room',
  quota: 'act',
  input: Type.Object({ room: Id, account: Id, seconds: Seconds, reason: Reason, clientId: ClientId }, closed),
  output: Done,
  problems: ['not-found', 'not-allowed', 'idempotency-conflict', 'too-old'],
  http: { method: 'POST', path: '/api/rooms/:room/members/:account/ban' },
});

/** Takes a ban back; the person may join again, and is not put back by it. */
export const unban = command('members.unban', {
  summary: 'Take a ban back.',
  kind: 'room',
  quota: 'act',
  input: Type.Object({ room: Id, account: Id, clientId: ClientId }, closed),
  output: Done,
  problems: ['not-found', 'not-allowed', 'idempotency-conflict', 'too-old'],
  http: { method: 'DELETE', path: '/api/rooms/:room/members/:account/ban' },
});

/** Who is banned from a room; for those who moderate it. */
export const bans = command('members.bans', {
  summary: 'List who is banned from a room.',
  kind: 'read',
  quota: 'read',
  input: Type.Object({ room: Id }, closed),
  output: Type.Object({
    banned: Type.Array(Type.Object({ profile: Profile, until: Type.Union([Instant, Type.Null()]) })),
  }),
  problems: ['not-found', 'not-allowed'],
  http: { method: 'GET', path: '/api/rooms/:room/bans' },
});
