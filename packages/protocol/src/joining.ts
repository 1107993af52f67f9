/** Coming to the school without being invited, as far as the school lets people (docs/protocol.md R91). */
import Type, { type Static } from 'typebox';
import { Email, Me, Name } from './accounts.ts';
import { AccountRecord, OneTimeLink } from './administer.ts';
import { command } from './command.ts';
import { Id, Instant } from './ids.ts';
import { TEXT } from './limits.ts';
import { Language } from './look.ts';

const closed = { additionalProperties: false } as const;
const Empty = Type.Object({}, closed);
const Token = Type.String({ minLength: 20, maxLength: 100 });

/** Somebody who asks to come in. Nobody has shown that the address is theirs: who is admitted shows it by their link. */
export const JoinAsk = Type.Object({
  id: Id,
  name: Name,
  email: Email,
  /** What they say of themselves; may be empty. */
  words: Type.String({ maxLength: TEXT.reason }),
  at: Instant,
  /** Somebody has an account with this address already. */
  isKnown: Type.Boolean(),
});
export type JoinAsk = Static<typeof JoinAsk>;

/**
 * Asks to come in. By `domain` the address is enough, and a link goes to it if it is at one of the school's; by `approval`
 * those who administer the school see the name and the words. The answer is the same whoever has the address.
 */
export const ask = command('joining.ask', {
  summary: 'Ask to come into the school, where it lets people.',
  kind: 'act',
  who: 'anyone',
  quota: 'sign-in',
  socket: false,
  input: Type.Object(
    {
      email: Email,
      /** Asked for by approval; by domain one says it when the address is shown to be one's own. */
      name: Type.Optional(Name),
      words: Type.Optional(Type.String({ maxLength: TEXT.reason })),
      language: Type.Optional(Language),
    },
    closed,
  ),
  output: Empty,
  problems: ['not-allowed', 'bad-text', 'too-many', 'rate-limited'],
  http: { method: 'POST', path: '/api/joining' },
});

/** Which address a link that went to one is for. */
export const read = command('joining.read', {
  summary: 'Which address a link for a new account went to.',
  kind: 'read',
  who: 'anyone',
  quota: 'link',
  socket: false,
  input: Type.Object({ token: Token }, closed),
  output: Type.Object({ email: Email, expiresAt: Instant }),
  problems: ['link-used'],
  http: { method: 'POST', path: '/api/joining/read' },
});

/** Uses the link up: a name, a password, and one is in, as a student. */
export const enter = command('joining.enter', {
  summary: 'Make the account that a mailed link is for, and enter.',
  kind: 'act',
  who: 'anyone',
  quota: 'link',
  socket: false,
  input: Type.Object(
    {
      token: Token,
      name: Name,
      password: Type.String({ minLength: TEXT.passwordMin, maxLength: TEXT.passwordMax }),
      language: Type.Optional(Language),
    },
    closed,
  ),
  output: Type.Object({ me: Me, session: Id }),
  problems: ['link-used', 'weak-password', 'bad-text'],
  http: { method: 'POST', path: '/api/joining/accounts' },
});

/** Who asks, longest waiting first: all of them, there is a bound. */
export const asks = command('joining.asks', {
  summary: 'List who asks to come into the school (administrators).',
  kind: 'read',
  quota: 'read',
  input: Empty,
  output: Type.Object({ asks: Type.Array(JoinAsk) }),
  problems: ['not-allowed'],
  http: { method: 'GET', path: '/api/admin/joining' },
});

/** Makes the account, a student's, and its link; where the school sends mail the link goes to the address, too. */
export const admit = command('joining.admit', {
  summary: 'Admit somebody who asks to come in (administrators).',
  kind: 'act',
  quota: 'create',
  input: Type.Object(
    {
      ask: Id,
      /** In the place of the name that they gave. */
      name: Type.Optional(Name),
    },
    closed,
  ),
  output: Type.Object({ account: AccountRecord, link: OneTimeLink, isMailed: Type.Boolean() }),
  assured: true,
  problems: ['step-up-required', 'not-allowed', 'not-found', 'already-taken', 'bad-text'],
  http: { method: 'POST', path: '/api/admin/joining/:ask/admission' },
});

/** Lets the ask go. Nobody is told; the same address is not heard again for a month. */
export const decline = command('joining.decline', {
  summary: 'Decline somebody who asks to come in (administrators).',
  kind: 'act',
  quota: 'act',
  input: Type.Object({ ask: Id }, closed),
  output: Empty,
  problems: ['not-allowed', 'not-found'],
  http: { method: 'DELETE', path: '/api/admin/joining/:ask' },
});
