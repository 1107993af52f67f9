/** People: profiles, sessions, links and their administration. */
import Type, { type Static } from 'typebox';
import { Calm } from './calm.ts';
import { command } from './command.ts';
import { ClientId, Id, Instant } from './ids.ts';
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

const Name = Type.String({ minLength: 1, maxLength: TEXT.name });
const Email = Type.String({ minLength: 3, maxLength: TEXT.email });
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

const own = { ...Profile.properties, email: Email, language: Language, minor: Type.Boolean() };

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

/** A person as administrators see them. */
export const AccountRecord = Type.Object({
  ...own,
  createdAt: Instant,
  lastSeenAt: Type.Union([Instant, Type.Null()]),
  /** Whether signing in asks for more than a password. */
  secondFactor: Type.Optional(Type.Literal(true)),
  /** invited: has a link and no password yet. */
  state: Type.Union([Type.Literal('active'), Type.Literal('invited'), Type.Literal('disabled')]),
});
export type AccountRecord = Static<typeof AccountRecord>;

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

/** A link made for a person: shown once to the administrator, who hands it over. The token is in the fragment, which browsers never send. */
export const OneTimeLink = Type.Object({ url: Type.String(), expiresAt: Instant });

/** How an account stands, each in one of the three: in use, shut, or made and never entered. */
export const AccountState = Type.Union([Type.Literal('active'), Type.Literal('disabled'), Type.Literal('never-seen')]);
export type AccountState = Static<typeof AccountState>;

/** Everyone, for administrators; by name or e-mail, accent-blind, in pages; of a role, a state, or a course. */
export const list = command('accounts.list', {
  summary: 'List people (administrators).',
  kind: 'read',
  quota: 'search',
  input: Type.Object(
    {
      text: Type.Optional(Type.String({ maxLength: TEXT.searchText })),
      role: Type.Optional(Role),
      state: Type.Optional(AccountState),
      course: Type.Optional(Id),
      after: Type.Optional(Id),
      limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })),
    },
    closed,
  ),
  output: Type.Object({
    people: Type.Array(AccountRecord),
    total: Type.Integer(),
    next: Type.Union([Id, Type.Null()]),
  }),
  problems: ['not-allowed'],
  http: { method: 'GET', path: '/api/admin/people' },
});

/** Makes an account and the one-time link with which its owner chooses a password. */
export const invite = command('accounts.invite', {
  summary: 'Invite a person (administrators).',
  kind: 'act',
  quota: 'create',
  input: Type.Object(
    {
      clientId: ClientId,
      name: Name,
      email: Email,
      role: Role,
      minor: Type.Optional(Type.Boolean()),
      courses: Type.Optional(Type.Array(Id, { maxItems: 100 })),
    },
    closed,
  ),
  output: Type.Object({ account: AccountRecord, link: OneTimeLink }),
  assured: true,
  problems: ['step-up-required', 'not-allowed', 'already-taken', 'bad-text', 'idempotency-conflict', 'not-found'],
  http: { method: 'POST', path: '/api/admin/people' },
});

/**
 * Creates many people from CSV (RFC 4180; comma or semicolon; header `nome,email,papel` or `name,email,role`, optional `menor`/`minor` and `cursos`/`courses`).
 * Nothing is written unless every line is right; with `dryRun` nothing is written at all. A course that there is not is a fault,
 * unless `makeCourses` says to make it; either way `newCourses` names those that there are not.
 */
export const importPeople = command('accounts.import', {
  summary: 'Create people from a CSV file (administrators).',
  kind: 'act',
  quota: 'create',
  socket: false,
  input: Type.Object(
    {
      csv: Type.String({ minLength: 1, maxLength: 1_000_000 }),
      dryRun: Type.Boolean(),
      /** Whether courses that the file names and the school has not are made. */
      makeCourses: Type.Optional(Type.Boolean()),
    },
    closed,
  ),
  output: Type.Object({
    created: Type.Array(
      Type.Object({ name: Name, email: Email, role: Role, link: Type.Union([OneTimeLink, Type.Null()]) }),
    ),
    errors: Type.Array(
      Type.Object({
        line: Type.Integer({ minimum: 1 }),
        reason: Type.Union([
          Type.Literal('columns'),
          Type.Literal('name'),
          Type.Literal('email'),
          Type.Literal('email-taken'),
          Type.Literal('email-twice'),
          Type.Literal('role'),
          Type.Literal('minor'),
          Type.Literal('course'),
        ]),
        value: Type.String(),
      }),
    ),
    /** Courses that the file names and the school has not (had not, where they were made). */
    newCourses: Type.Optional(Type.Array(Type.Object({ title: Type.String(), group: Type.String() }))),
  }),
  assured: true,
  problems: ['step-up-required', 'not-allowed', 'malformed', 'too-large'],
  http: { method: 'POST', path: '/api/admin/people/import' },
});

/**
 * Changes a person's name, role, age flag or e-mail address. Their sessions end when the role changes (security S5). With another
 * address they sign in from then on; links made for them before stop working, and where the school sends mail the old one is told.
 */
export const update = command('accounts.update', {
  summary: 'Change a person (administrators).',
  kind: 'act',
  quota: 'act',
  input: Type.Object(
    {
      account: Id,
      name: Type.Optional(Name),
      role: Type.Optional(Role),
      minor: Type.Optional(Type.Boolean()),
      email: Type.Optional(Email),
    },
    closed,
  ),
  output: AccountRecord,
  assured: true,
  problems: ['step-up-required', 'not-allowed', 'not-found', 'bad-text', 'last-owner', 'already-taken'],
  http: { method: 'PATCH', path: '/api/admin/people/:account' },
});

/** A one-time link with which a person chooses a new password. */
export const resetLink = command('accounts.resetLink', {
  summary: 'Make a one-time link for a new password (administrators).',
  kind: 'act',
  quota: 'create',
  input: Type.Object({ account: Id }, closed),
  output: OneTimeLink,
  assured: true,
  problems: ['step-up-required', 'not-allowed', 'not-found'],
  http: { method: 'POST', path: '/api/admin/people/:account/reset' },
});

/** Disables an account: its sessions end, its sockets close, and it may not sign in (contract D27). */
export const disable = command('accounts.disable', {
  summary: 'Disable an account (administrators).',
  kind: 'act',
  quota: 'act',
  input: Type.Object({ account: Id, reason: Type.String({ minLength: 1, maxLength: TEXT.reason }) }, closed),
  output: AccountRecord,
  assured: true,
  problems: ['step-up-required', 'not-allowed', 'not-found', 'last-owner'],
  http: { method: 'POST', path: '/api/admin/people/:account/disable' },
});

/** Lets a disabled account sign in again. */
export const enable = command('accounts.enable', {
  summary: 'Enable an account (administrators).',
  kind: 'act',
  quota: 'act',
  input: Type.Object({ account: Id }, closed),
  output: AccountRecord,
  assured: true,
  problems: ['step-up-required', 'not-allowed', 'not-found'],
  http: { method: 'POST', path: '/api/admin/people/:account/enable' },
});

/** The signed-in devices of a person. */
export const sessionsOf = command('accounts.sessionsOf', {
  summary: "List a person's signed-in devices (administrators).",
  kind: 'read',
  quota: 'read',
  input: Type.Object({ account: Id }, closed),
  output: Type.Object({ sessions: Type.Array(Session) }),
  problems: ['not-allowed', 'not-found'],
  http: { method: 'GET', path: '/api/admin/people/:account/sessions' },
});

/** Signs one of a person's devices out, or all of them; their sockets close (contract D27). */
export const endSessionsOf = command('accounts.endSessionsOf', {
  summary: "Sign a person's devices out (administrators).",
  kind: 'act',
  assured: true,
  quota: 'act',
  input: Type.Object({ account: Id, session: Type.Optional(Id) }, closed),
  output: Type.Object({ ended: Type.Integer({ minimum: 0 }) }),
  problems: ['not-allowed', 'not-found'],
  http: { method: 'DELETE', path: '/api/admin/people/:account/sessions' },
});
