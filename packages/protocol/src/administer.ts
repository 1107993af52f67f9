/** What administrators do with accounts: making, importing, changing, shutting, and helping back in. */
import Type, { type Static } from 'typebox';
import { Email, Name, own, Role, Session } from './accounts.ts';
import { command } from './command.ts';
import { ClientId, Id, Instant } from './ids.ts';
import { LeftRoom } from './left-room.ts';
import { TEXT } from './limits.ts';

const closed = { additionalProperties: false } as const;

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

/**
 * Disables an account: its sessions end, its sockets close, and it may not sign in (contract D27). What only they own goes to
 * somebody in it; a repeat does what is left to do of that (R115).
 */
export const disable = command('accounts.disable', {
  summary: 'Disable an account (administrators).',
  kind: 'act',
  quota: 'act',
  input: Type.Object({ account: Id, reason: Type.String({ minLength: 1, maxLength: TEXT.reason }) }, closed),
  output: Type.Object({
    ...AccountRecord.properties,
    /** Rooms that nobody else in them could own. Left out by servers older than it. */
    stays: Type.Optional(Type.Array(LeftRoom)),
  }),
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
