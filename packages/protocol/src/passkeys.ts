/** Passkeys: signing in without a password (WebAuthn Level 3; docs/protocol.md R76). */
import Type, { type Static } from 'typebox';
import { Me } from './accounts.ts';
import { command } from './command.ts';
import { Id, Instant } from './ids.ts';
import { TEXT } from './limits.ts';

const closed = { additionalProperties: false } as const;

/** 256 random bits in base64url, valid for five minutes and one answer. */
const Challenge = Type.String({ minLength: 20, maxLength: 100 });
const Name = Type.String({ minLength: 1, maxLength: TEXT.name });

/** What `PublicKeyCredential.toJSON()` gives; checked by the server as WebAuthn says. */
const Credential = Type.Object(
  {
    id: Type.String({ minLength: 1, maxLength: 1400 }),
    response: Type.Record(Type.String(), Type.Unknown()),
  },
  { description: 'RegistrationResponseJSON or AuthenticationResponseJSON of WebAuthn Level 3.' },
);

/** A passkey's answer to a challenge of `accounts.askPasskey`. */
export const PasskeyProof = Type.Object({ challenge: Challenge, credential: Credential }, closed);
export type PasskeyProof = Static<typeof PasskeyProof>;

/** A passkey as its owner sees it. */
export const Passkey = Type.Object({
  id: Id,
  name: Name,
  createdAt: Instant,
  lastUsedAt: Type.Union([Instant, Type.Null()]),
  /** Whether it is kept in a synchronised keeper, so that a lost device does not lose it. */
  backedUp: Type.Boolean(),
});
export type Passkey = Static<typeof Passkey>;

const Asked = Type.Object({
  challenge: Challenge,
  options: Type.Record(Type.String(), Type.Unknown(), {
    description: 'For `PublicKeyCredential.parseRequestOptionsFromJSON` or `parseCreationOptionsFromJSON`.',
  }),
});

/** A challenge for a passkey, whoever's it will be: the answer says nothing of any account. */
export const askPasskey = command('accounts.askPasskey', {
  summary: 'Get a challenge for a passkey.',
  kind: 'act',
  who: 'anyone',
  quota: 'stranger',
  socket: false,
  input: Type.Object({}, closed),
  output: Asked,
  problems: [],
  http: { method: 'POST', path: '/api/passkeys/challenges' },
});

/** Signs in with a passkey, which is two factors in one: neither password nor code is asked for. */
export const signInWithPasskey = command('accounts.signInWithPasskey', {
  summary: 'Sign in with a passkey.',
  kind: 'act',
  who: 'anyone',
  quota: 'stranger',
  socket: false,
  input: Type.Object(
    {
      ...PasskeyProof.properties,
      keep: Type.Optional(Type.Union([Type.Literal('cookie'), Type.Literal('token')])),
    },
    closed,
  ),
  output: Type.Object({ me: Me, session: Id, token: Type.Optional(Type.String()) }),
  problems: ['passkey-refused'],
  http: { method: 'POST', path: '/api/sessions/passkey' },
});

/** A challenge for a new passkey of the caller. */
export const beginPasskey = command('accounts.beginPasskey', {
  summary: 'Begin to add a passkey.',
  kind: 'act',
  quota: 'act',
  assured: true,
  input: Type.Object({}, closed),
  output: Asked,
  problems: ['step-up-required'],
  http: { method: 'POST', path: '/api/me/passkeys/challenges' },
});

/** Adds a passkey, with the name by which its owner knows it. */
export const addPasskey = command('accounts.addPasskey', {
  summary: 'Add a passkey.',
  kind: 'act',
  quota: 'create',
  assured: true,
  input: Type.Object({ ...PasskeyProof.properties, name: Name }, closed),
  output: Passkey,
  problems: ['step-up-required', 'passkey-refused', 'already-taken', 'bad-text'],
  http: { method: 'POST', path: '/api/me/passkeys' },
});

/** Gives a passkey of the caller another name. */
export const renamePasskey = command('accounts.renamePasskey', {
  summary: 'Rename a passkey of mine.',
  kind: 'act',
  quota: 'act',
  input: Type.Object({ passkey: Id, name: Name }, closed),
  output: Type.Object({}, closed),
  problems: ['not-found', 'bad-text'],
  http: { method: 'PATCH', path: '/api/me/passkeys/:passkey' },
});

/** Removes a passkey of the caller; the other devices are signed out, in case one of them came in by it. */
export const removePasskey = command('accounts.removePasskey', {
  summary: 'Remove a passkey of mine; my other devices are signed out.',
  kind: 'act',
  quota: 'act',
  assured: true,
  input: Type.Object({ passkey: Id }, closed),
  output: Type.Object({}, closed),
  problems: ['step-up-required', 'not-found'],
  http: { method: 'DELETE', path: '/api/me/passkeys/:passkey' },
});
