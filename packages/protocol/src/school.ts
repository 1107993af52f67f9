/** The school itself: how it looks, which languages it speaks, and what it has decided about the talk in it. */
import Type, { type Static } from 'typebox';
import { QuietHours } from './calm.ts';
import { command } from './command.ts';
import { JOINING } from './limits.ts';
import { LOOK, SchoolLanguages } from './look.ts';

const closed = { additionalProperties: false } as const;

/** Who may talk in private at all; a block and the protection of minors hold besides (docs/protocol.md R52). */
export const PrivateTalk = Type.Union([Type.Literal('everyone'), Type.Literal('with-staff'), Type.Literal('nobody')]);
export type PrivateTalk = Static<typeof PrivateTalk>;

/** Where read receipts are shown. */
export const Receipts = Type.Union([Type.Literal('off'), Type.Literal('private'), Type.Literal('small')]);
export type Receipts = Static<typeof Receipts>;

/** How people come to the school uninvited: not at all, by an address at one of its domains, or when somebody admits them (docs/protocol.md R91). */
export const Joining = Type.Union([Type.Literal('closed'), Type.Literal('domain'), Type.Literal('approval')]);
export type Joining = Static<typeof Joining>;

/** Whether the school lets devices be called, and with which words: where it was said, or also who said what. */
export const Push = Type.Union([Type.Literal('off'), Type.Literal('places'), Type.Literal('words')]);
export type Push = Static<typeof Push>;

/** A host as it stands behind the at sign of an address: labels of letters, digits and hyphens, in small letters. */
const Domain = Type.String({
  pattern: '^(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\\.)+[a-z0-9](?:[a-z0-9-]*[a-z0-9])$',
  maxLength: 253,
});

/** Most members of a room in which it can be seen who has read: beyond, it is a roll call. */
export const READERS = 30;

/**
 * What a school decides about the talk in it. A new policy is one member here and one in `DEFAULT_POLICIES`: what was stored
 * before it was known is read with that default.
 */
export const SchoolPolicies = Type.Object(
  {
    privateTalk: PrivateTalk,
    /** Where people see who has read: nowhere, in private conversations of two and of a few, or also in rooms of up to `READERS` people. */
    receipts: Receipts,
    /** Whether they see it also where somebody under age is. */
    receiptsWithMinors: Type.Boolean(),
    /** Who is taken for under age when nobody said. */
    minorByDefault: Type.Union([Type.Literal('students'), Type.Literal('nobody')]),
    /** A message that waited longer than this to be sent is asked about first, in ms. */
    lateAfterMs: Type.Integer({ minimum: 60_000, maximum: 7 * 24 * 3_600_000 }),
    /** Who comes in uninvited. */
    joining: Joining,
    /** The domains whose addresses are the school's own: exactly these, none below them. */
    joiningDomains: Type.Array(Domain, { maxItems: JOINING.domainsMost, uniqueItems: true }),
    /** When nothing sounds for people under age, whatever hours of their own they choose; null: at any hour. */
    quietHours: Type.Union([QuietHours, Type.Null()]),
    /** Whether devices without an open page are called, over the push services of their browsers' makers; what was called is forgotten with `off`. */
    push: Push,
    /** Whether people are mailed what speaks to them and stays unread, where the server sends mail at all, and with which words. */
    digest: Push,
    /** How long it stays unread before it is mailed, in ms. */
    digestAfterMs: Type.Integer({ minimum: 5 * 60_000, maximum: 24 * 3_600_000 }),
    /** How long an urgent message stays unread before who is named in it is told once more, in ms; null: nobody is ([R120]). */
    urgentAfterMs: Type.Union([Type.Integer({ minimum: 5 * 60_000, maximum: 4 * 3_600_000 }), Type.Null()]),
  },
  closed,
);
export type SchoolPolicies = Static<typeof SchoolPolicies>;

/** What holds in a school that has decided nothing: the careful answer. */
export const DEFAULT_POLICIES: SchoolPolicies = {
  privateTalk: 'everyone',
  receipts: 'private',
  receiptsWithMinors: false,
  minorByDefault: 'students',
  // The class went on since: what was said to it hours ago may not be meant any more
  lateAfterMs: 4 * 3_600_000,
  joining: 'closed',
  joiningDomains: [],
  // Sleep: the evening and the night, on every day
  quietHours: { from: 21 * 60, to: 6 * 60 + 30, days: [1, 2, 3, 4, 5, 6, 7] },
  // Others' machines carry it, and learn when somebody is called
  push: 'off',
  // So do others' mail servers
  digest: 'off',
  digestAfterMs: 15 * 60_000,
  // It goes nowhere that the school has not opened with `push` or `digest`
  urgentAfterMs: 15 * 60_000,
};

/** The school as its people see it. Latest wins: the highest `version` is the truth. */
export const School = Type.Object(
  { version: Type.Integer({ minimum: 1 }), ...LOOK, policies: SchoolPolicies },
  { description: 'The school as its people see it; the highest version is the truth.' },
);
export type School = Static<typeof School>;

/** Largest picture of a school as it comes in, in bytes; it is shown at 64 px. */
export const LOGO_BYTES = 32 * 1024;

/** The school's settings. */
export const get = command('school.get', {
  summary: "The school's name, look, languages and policies.",
  kind: 'read',
  quota: 'read',
  input: Type.Object({}, closed),
  output: School,
  problems: [],
  http: { method: 'GET', path: '/api/school' },
});

/** The school's picture, for who is at the door, too. */
export const logo = command('school.logo', {
  summary: "The school's picture.",
  kind: 'read',
  who: 'anyone',
  quota: 'read',
  input: Type.Object({}, closed),
  output: Type.Object({
    /** PNG in base64 (RFC 4648 §4); null where there is none. */
    png: Type.Union([Type.String(), Type.Null()]),
    logo: LOOK.logo,
  }),
  problems: [],
  http: { method: 'GET', path: '/api/school/logo' },
});

/**
 * Changes settings; what is left out stays as it is. `version` is the one that was looked at: if somebody else has changed
 * the school since, nothing is written. Open pages hear of it at once, and an audit entry says who changed what.
 */
export const update = command('school.update', {
  summary: "Change the school's settings (administrators).",
  kind: 'act',
  quota: 'act',
  input: Type.Object(
    {
      version: Type.Integer({ minimum: 1 }),
      name: Type.Optional(LOOK.name),
      accent: Type.Optional(LOOK.accent),
      languages: Type.Optional(SchoolLanguages),
      policies: Type.Optional(Type.Partial(SchoolPolicies, closed)),
    },
    closed,
  ),
  output: School,
  assured: true,
  problems: ['step-up-required', 'not-allowed', 'stale', 'bad-text', 'malformed'],
  http: { method: 'PATCH', path: '/api/admin/school' },
});

/** Gives the school a picture, or takes it away. It is taken apart and put together anew: nothing but pixels is kept. */
export const setLogo = command('school.setLogo', {
  summary: 'Give the school a picture (administrators).',
  kind: 'act',
  quota: 'create',
  input: Type.Object(
    {
      version: Type.Integer({ minimum: 1 }),
      /** PNG in base64 (RFC 4648 §4): 8 bits a channel, RGB or RGBA, not interlaced, 16 to 256 pixels a side, at most 32 KiB. */
      png: Type.Union([Type.String({ minLength: 1, maxLength: Math.ceil(LOGO_BYTES / 3) * 4 }), Type.Null()]),
    },
    closed,
  ),
  output: School,
  assured: true,
  problems: ['step-up-required', 'not-allowed', 'stale', 'bad-picture'],
  http: { method: 'PUT', path: '/api/admin/school/logo' },
});
