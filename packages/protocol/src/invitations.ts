/** Links that let people into a room: made and revoked by those who moderate it, opened by whoever is given one. */
import Type, { type Static } from 'typebox';
import { Profile } from './accounts.ts';
import { command } from './command.ts';
import { Id, Instant, Seq } from './ids.ts';
import { INVITATION, TEXT } from './limits.ts';
import { Room } from './rooms.ts';

const closed = { additionalProperties: false } as const;

/** What an invitation makes of people: never more than a member. */
export const InvitedRole = Type.Union([Type.Literal('member'), Type.Literal('reader')]);
export type InvitedRole = Static<typeof InvitedRole>;

/** Whom a link lets in, besides what the room itself asks: whoever of the school has it, or of them only who works there. */
export const Audience = Type.Union([Type.Literal('everybody'), Type.Literal('staff')]);
export type Audience = Static<typeof Audience>;

/** A link as those see it who may invite: never its secret. */
export const Invitation = Type.Object({
  id: Id,
  role: InvitedRole,
  /** Left out by servers older than it, whose links are for everybody. */
  audience: Type.Optional(Audience),
  /** Who made it. */
  by: Profile,
  createdAt: Instant,
  expiresAt: Instant,
  /** How many have come in by it, and how many may at most. */
  uses: Type.Integer({ minimum: 0 }),
  most: Type.Integer({ minimum: 1 }),
});
export type Invitation = Static<typeof Invitation>;

/** The secret of a link: 128 random bits in base64url. */
const Secret = Type.String({ minLength: 20, maxLength: 100 });

/** Makes a link. Its secret is in this one answer and nowhere else; it stands in the fragment, which browsers never send. */
export const make = command('invitations.make', {
  summary: 'Make a link that lets people into a room.',
  kind: 'act',
  quota: 'create',
  input: Type.Object(
    {
      room: Id,
      role: Type.Optional(InvitedRole),
      /** `everybody` unless said otherwise. */
      audience: Type.Optional(Audience),
      /** How long it works, in days; 7 unless said otherwise. */
      days: Type.Optional(Type.Integer({ minimum: 1, maximum: INVITATION.daysMost })),
      /** How many may come in by it; 1 unless said otherwise. */
      most: Type.Optional(Type.Integer({ minimum: 1, maximum: INVITATION.usesMost })),
    },
    closed,
  ),
  output: Type.Object({ invitation: Invitation, url: Type.String() }),
  problems: ['not-found', 'not-allowed', 'too-many'],
  http: { method: 'POST', path: '/api/rooms/:room/invitations' },
});

/** The links of a room that still work, the newest first; for those who may make them. */
export const list = command('invitations.list', {
  summary: 'List the links of a room that still work.',
  kind: 'read',
  quota: 'read',
  input: Type.Object({ room: Id }, closed),
  output: Type.Object({ invitations: Type.Array(Invitation) }),
  problems: ['not-found', 'not-allowed'],
  http: { method: 'GET', path: '/api/rooms/:room/invitations' },
});

/** Ends a link. Who came in by it stays. */
export const revoke = command('invitations.revoke', {
  summary: 'Revoke a link into a room.',
  kind: 'act',
  quota: 'act',
  input: Type.Object({ room: Id, invitation: Id }, closed),
  output: Type.Object({}, closed),
  problems: ['not-found', 'not-allowed'],
  http: { method: 'DELETE', path: '/api/rooms/:room/invitations/:invitation' },
});

/** What a link leads into, without using it. */
export const read = command('invitations.read', {
  summary: 'What a link into a room leads to, without using it.',
  kind: 'read',
  quota: 'link',
  input: Type.Object({ secret: Secret }, closed),
  output: Type.Object({
    room: Room,
    /** What those who join are asked to agree to, in Markdown; empty when there is nothing. */
    rules: Type.String({ maxLength: TEXT.roomRules }),
    by: Profile,
    role: InvitedRole,
    expiresAt: Instant,
    /** Whether the caller is in the room already. */
    joined: Type.Boolean(),
  }),
  problems: ['link-used', 'protected-minor', 'not-allowed'],
  http: { method: 'POST', path: '/api/invitations/read' },
});

/** Enters a room by a link. Who is in it already uses nothing up. */
export const redeem = command('invitations.redeem', {
  summary: 'Enter a room by a link.',
  kind: 'room',
  quota: 'join',
  input: Type.Object({ room: Id, secret: Secret }, closed),
  output: Type.Object({ seq: Seq }),
  problems: ['not-found', 'link-used', 'banned', 'protected-minor', 'not-allowed'],
  http: { method: 'POST', path: '/api/rooms/:room/invitations/redeem' },
});
