/** People: profiles, sessions and links. What administrators do with accounts is in administer.ts. */
import Type, { type Static } from 'typebox';
import { Calm } from './calm.ts';
import { command } from './command.ts';
import { Id, Instant } from './ids.ts';
import { TEXT } from './limits.ts';
import { Language, SchoolLook } from './look.ts';
import { Joining } from './school.ts';

const closed = { additionalProperties: false } as const;
const Empty = Type.Object({}, closed);

/** What a person is in the school. */
export const Role = Type.Union([
  Type.Literal('student'),
  Type.Literal('teacher'),
  Type.Literal('monitor'),
  Type.Literal('moderator'),
  Type.Literal('administrator'),
  Type.Literal('guardian'),
]);
export type Role = Static<typeof Role>;

/** What somebody, or the school, is called: one line. */
export const Name = Type.String({ minLength: 1, maxLength: TEXT.name });
/** An e-mail address, as it is written. */
export const Email = Type.String({ minLength: 3, maxLength: TEXT.email });
const Password = Type.String({ minLength: TEXT.passwordMin, maxLength: TEXT.passwordMax });
/** A code of the second factor: six digits of the app, or a recovery code. Blanks and hyphens do not count. */
export const FactorCode = Type.String({ minLength: 6, maxLength: 64 });
/** What a person wants to be called by besides the name, in their own words: `ela/dela`, `they/them`. */
const Pronouns = Type.String({ minLength: 1, maxLength: TEXT.pronouns });
/** A name of the IANA time zone database, as in `America/Sao_Paulo`; never an offset, which knows no summer. */
export const TimeZone = Type.String({ pattern: '^[A-Za-z][A-Za-z0-9_+/-]{1,63}$' });
const LinkToken = Type.String({ minLength: 20, maxLength: 100 });

/** A person as others see them. Versioned: the highest `version` is the truth; it is not part of any room's log. */
export const Profile = Type.Object(
  {
    id: Id,
    name: Name,
    role: Role,
    /** 1–6: which of the six papers the initials stand on; dealt by id. */
    tone: Type.Integer({ minimum: 1, maximum: 6 }),
    version: Type.Integer({ minimum: 1 }),
    pronouns: Type.Optional(Pronouns),
    disabled: Type.Optional(Type.Literal(true)),
  },
  { description: 'A person as others see them.' },
);
export type Profile = Static<typeof Profile>;

/** What a person shows of themselves and wants to be asked: theirs alone, not even administrators are told. */
export const Privacy = Type.Object(
  {
    /** Be asked before being in a group. People under age always are, whatever stands here. */
    asksFirst: Type.Boolean(),
    /** Be shown as here to nobody. */
    invisible: Type.Boolean(),
    /** Show nobody how far one has read, and not be shown how far others have. */
    hidesReading: Type.Boolean(),
  },
  closed,
);
export type Privacy = Static<typeof Privacy>;

/** What a person and administrators see of an account, besides its profile. */
export const own = { ...Profile.properties, email: Email, language: Language, minor: Type.Boolean() };

/** A person as they see themselves. */
export const Me = Type.Object({
  ...own,
  privacy: Privacy,
  /** Where their days begin and end, for what happens while they are away; null until they have said. */
  timeZone: Type.Union([TimeZone, Type.Null()]),
  /** Left out by servers older than it. */
  calm: Type.Optional(Calm),
});
export type Me = Static<typeof Me>;

/** A signed-in device. */
export const Session = Type.Object({
  id: Id,
  current: Type.Boolean(),
  createdAt: Instant,
  lastSeenAt: Instant,
  /** A short description of the browser, made from its User-Agent. */
  device: Type.String(),
});
export type Session = Static<typeof Session>;

/**
 * Signs in with e-mail and password, and with a code where the person has a second factor: without one the answer to the right
 * password is `second-factor-required`, and the same is sent again with it. `keep: cookie` sets an HttpOnly cookie and returns no token; `token` returns a bearer token for programs. */
export const signIn = command('accounts.signIn', {
  summary: 'Sign in with e-mail and password.',
  kind: 'act',
  who: 'anyone',
  quota: 'sign-in',
  socket: false,
  input: Type.Object(
    {
      email: Email,
      password: Type.String({ minLength: 1, maxLength: TEXT.passwordMax }),
      code: Type.Optional(FactorCode),
      keep: Type.Optional(Type.Union([Type.Literal('cookie'), Type.Literal('token')])),
    },
    closed,
  ),
  output: Type.Object({ me: Me, session: Id, token: Type.Optional(Type.String()) }),
  problems: ['wrong-credentials', 'second-factor-required', 'wrong-code', 'rate-limited'],
  http: { method: 'POST', path: '/api/sessions' },
});

/** What the door says before anyone is signed in. */
export const welcome = command('accounts.welcome', {
  summary: 'What the sign-in page needs: the school, whether it is the demo, whether it is set up.',
  kind: 'read',
  who: 'anyone',
  quota: 'read',
  socket: false,
  input: Empty,
  output: Type.Object({
    school: Type.String(),
    look: SchoolLook,
    /** The people of the demo school that can be entered as with one click; empty everywhere else. */
    demo: Type.Array(Type.Object({ account: Id, name: Name, role: Role })),
    /** What the school’s own sign-in is called, where it has one. */
    provider: Type.Union([Type.String(), Type.Null()]),
    /** Whether the school sends mail, so that a forgotten password can be asked for. */
    mail: Type.Boolean(),
    /** How one comes in uninvited, as things are now. */
    joining: Joining,
    needsSetUp: Type.Boolean(),
    signedIn: Type.Boolean(),
  }),
  problems: [],
  http: { method: 'GET', path: '/api/welcome' },
});

/** Enters the demo school as one of its people; refused everywhere else. */
export const enterDemo = command('accounts.enterDemo', {
  summary: 'Enter the demo school as one of its people.',
  kind: 'act',
  who: 'anyone',
  quota: 'sign-in',
  socket: false,
  input: Type.Object(
    { account: Id, keep: Type.Optional(Type.Union([Type.Literal('cookie'), Type.Literal('token')])) },
    closed,
  ),
  output: Type.Object({ me: Me, session: Id, token: Type.Optional(Type.String()) }),
  problems: ['not-found'],
  http: { method: 'POST', path: '/api/demo/sessions' },
});

/** Ends the session that asks. */
export const signOut = command('accounts.signOut', {
  summary: 'Sign out: end this session and close its sockets.',
  kind: 'act',
  quota: 'act',
  socket: false,
  input: Empty,
  output: Empty,
  problems: [],
  http: { method: 'DELETE', path: '/api/sessions/current' },
});

/** The caller's sessions, newest first. */
export const sessions = command('accounts.sessions', {
  summary: 'List my signed-in devices.',
  kind: 'read',
  quota: 'read',
  input: Empty,
  output: Type.Object({ sessions: Type.Array(Session) }),
  problems: [],
  http: { method: 'GET', path: '/api/sessions' },
});

/** Ends one of the caller's sessions, and its open sockets (contract D27). */
export const revokeSession = command('accounts.revokeSession', {
  summary: 'Sign one of my devices out.',
  kind: 'act',
  quota: 'act',
  input: Type.Object({ session: Id }, closed),
  output: Empty,
  problems: ['not-found'],
  http: { method: 'DELETE', path: '/api/sessions/:session' },
});

/** A single-use ticket for a socket, valid for 30 seconds, bound to this session (security S3). */
export const ticket = command('accounts.ticket', {
  summary: 'Get a single-use ticket with which a socket signs in.',
  kind: 'act',
  quota: 'act',
  socket: false,
  input: Empty,
  output: Type.Object({ ticket: Type.String(), expiresAt: Instant }),
  problems: [],
  http: { method: 'POST', path: '/api/tickets' },
});

/** Who am I. */
export const me = command('accounts.me', {
  summary: 'Who am I.',
  kind: 'read',
  quota: 'read',
  input: Empty,
  output: Me,
  problems: [],
  http: { method: 'GET', path: '/api/me' },
});

/** Changes what a person may change about themselves; only what is given changes. */
export const updateMe = command('accounts.updateMe', {
  summary: 'Change my language, pronouns, time zone and what I show of myself.',
  kind: 'act',
  quota: 'act',
  input: Type.Object(
    {
      language: Type.Optional(Language),
      /** Null takes them away. */
      pronouns: Type.Optional(Type.Union([Pronouns, Type.Null()])),
      timeZone: Type.Optional(Type.Union([TimeZone, Type.Null()])),
      privacy: Type.Optional(Type.Partial(Privacy, closed)),
    },
    closed,
  ),
  output: Me,
  problems: ['not-allowed', 'bad-text'],
  http: { method: 'PATCH', path: '/api/me' },
});

/** Changes the password; every other session of the person ends. */
export const changePassword = command('accounts.changePassword', {
  summary: 'Change my password; my other devices are signed out.',
  kind: 'act',
  quota: 'sign-in',
  input: Type.Object({ current: Type.String({ minLength: 1, maxLength: TEXT.passwordMax }), next: Password }, closed),
  output: Empty,
  problems: ['wrong-credentials', 'weak-password', 'step-up-required'],
  http: { method: 'POST', path: '/api/me/password' },
});

/** Profiles of people who share a room with the caller; others are left out, as are unknown ids. */
export const profiles = command('accounts.profiles', {
  summary: 'Names of people I share a room with, by their ids.',
  kind: 'read',
  quota: 'read',
  input: Type.Object({ ids: Type.Array(Id, { minItems: 1, maxItems: 200 }) }, closed),
  output: Type.Object({ profiles: Type.Array(Profile) }),
  problems: [],
  http: { method: 'POST', path: '/api/people/lookup' },
});

/** People whom the caller may start a private conversation with, by a part of the name, accent-blind. */
export const find = command('accounts.find', {
  summary: 'Find people I may write to in private, by name.',
  kind: 'read',
  quota: 'search',
  input: Type.Object(
    {
      text: Type.String({ minLength: 0, maxLength: TEXT.searchText }),
      limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 50 })),
    },
    closed,
  ),
  output: Type.Object({ people: Type.Array(Profile) }),
  problems: [],
  http: { method: 'GET', path: '/api/people' },
});

/** Blocks a person: no private messages either way, and their mentions stay silent. Nobody is told. */
export const block = command('accounts.block', {
  summary: 'Block a person.',
  kind: 'act',
  quota: 'act',
  input: Type.Object({ account: Id }, closed),
  output: Empty,
  problems: ['not-found', 'not-allowed'],
  http: { method: 'PUT', path: '/api/blocks/:account' },
});

/** Takes a block back. */
export const unblock = command('accounts.unblock', {
  summary: 'Unblock a person.',
  kind: 'act',
  quota: 'act',
  input: Type.Object({ account: Id }, closed),
  output: Empty,
  problems: [],
  http: { method: 'DELETE', path: '/api/blocks/:account' },
});

/** Whom the caller has blocked. */
export const blocks = command('accounts.blocks', {
  summary: 'List whom I have blocked.',
  kind: 'read',
  quota: 'read',
  input: Empty,
  output: Type.Object({ blocked: Type.Array(Profile) }),
  problems: [],
  http: { method: 'GET', path: '/api/blocks' },
});

/** What a one-time link is for, without using it up. */
export const readLink = command('accounts.readLink', {
  summary: 'What a one-time link is for.',
  kind: 'read',
  who: 'anyone',
  quota: 'link',
  socket: false,
  input: Type.Object({ token: LinkToken }, closed),
  output: Type.Object({
    kind: Type.Union([Type.Literal('set-up'), Type.Literal('invitation'), Type.Literal('password')]),
    name: Type.Optional(Name),
    email: Type.Optional(Email),
    expiresAt: Instant,
  }),
  problems: ['link-used'],
  http: { method: 'POST', path: '/api/links/read' },
});

/** Uses a one-time link up: chooses a password (and for set-up a name and e-mail), and signs in. */
export const redeemLink = command('accounts.redeemLink', {
  summary: 'Use a one-time link: choose a password and enter.',
  kind: 'act',
  who: 'anyone',
  quota: 'link',
  socket: false,
  input: Type.Object(
    {
      token: LinkToken,
      password: Password,
      code: Type.Optional(FactorCode),
      name: Type.Optional(Name),
      email: Type.Optional(Email),
      school: Type.Optional(Name),
      language: Type.Optional(Language),
    },
    closed,
  ),
  output: Type.Object({ me: Me, session: Id }),
  problems: [
    'link-used',
    'weak-password',
    'bad-text',
    'already-taken',
    'second-factor-required',
    'wrong-code',
    'rate-limited',
  ],
  http: { method: 'POST', path: '/api/links/redeem' },
});
