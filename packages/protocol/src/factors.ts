/** Second factors, and proving anew who one is before what is privileged (docs/protocol.md R70–R72). */
import Type, { type Static } from 'typebox';
import { FactorCode } from './accounts.ts';
import { command } from './command.ts';
import { Id, Instant } from './ids.ts';
import { TEXT } from './limits.ts';
import { Passkey, PasskeyProof } from './passkeys.ts';

const closed = { additionalProperties: false } as const;
const Empty = Type.Object({}, closed);

/** How a person proves who they are. */
export const Factors = Type.Object({
  password: Type.Boolean(),
  /** The app that makes codes, since when; null without one. */
  totp: Type.Union([Type.Object({ since: Instant }), Type.Null()]),
  /** How many recovery codes are left. */
  recoveryCodes: Type.Integer({ minimum: 0 }),
  passkeys: Type.Array(Passkey),
  /** Whether the school’s own sign-in lets me in; null where there is none. */
  identity: Type.Union([Type.Boolean(), Type.Null()]),
  /** One of the demo school's people, who are entered as with one click: there is nothing to prove. */
  demo: Type.Optional(Type.Literal(true)),
});
export type Factors = Static<typeof Factors>;

/** Each works once. They are shown in this answer and never again. */
const RecoveryCodes = Type.Object({ recoveryCodes: Type.Array(Type.String()) });

/** How the caller proves who they are. */
export const factors = command('accounts.factors', {
  summary: 'How I prove who I am.',
  kind: 'read',
  quota: 'read',
  input: Empty,
  output: Factors,
  problems: [],
  http: { method: 'GET', path: '/api/me/factors' },
});

/** Proves who one is on this device as signing in would: the password, and a code where there is a second factor; or a passkey. */
export const stepUp = command('accounts.stepUp', {
  summary: 'Prove once more who I am, for privileged commands.',
  kind: 'act',
  quota: 'sign-in',
  input: Type.Object(
    {
      password: Type.Optional(Type.String({ minLength: 1, maxLength: TEXT.passwordMax })),
      code: Type.Optional(FactorCode),
      passkey: Type.Optional(PasskeyProof),
    },
    closed,
  ),
  output: Type.Object({ assuredUntil: Instant }),
  problems: [
    'wrong-credentials',
    'second-factor-required',
    'wrong-code',
    'rate-limited',
    'passkey-refused',
    'not-signed-in',
  ],
  http: { method: 'POST', path: '/api/sessions/current/proof' },
});

/** Makes a secret for an app; nothing is asked of the person until a first code of it was given (`accounts.confirmTotp`). */
export const beginTotp = command('accounts.beginTotp', {
  summary: 'Begin to set up codes from an app (RFC 6238).',
  kind: 'act',
  quota: 'act',
  assured: true,
  input: Empty,
  output: Type.Object({
    secret: Type.String({ description: 'Base32 (RFC 4648), to be typed.' }),
    uri: Type.String({ description: 'The same as an otpauth: address, for a QR code.' }),
  }),
  problems: ['step-up-required', 'already-taken'],
  http: { method: 'POST', path: '/api/me/totp' },
});

/** From here on signing in asks for a code; the person's other devices are signed out. */
export const confirmTotp = command('accounts.confirmTotp', {
  summary: 'Finish setting up codes from an app; my other devices are signed out.',
  kind: 'act',
  quota: 'sign-in',
  assured: true,
  input: Type.Object({ code: FactorCode }, closed),
  output: RecoveryCodes,
  problems: ['step-up-required', 'wrong-code', 'rate-limited', 'not-found', 'already-taken'],
  http: { method: 'POST', path: '/api/me/totp/confirmation' },
});

/** Signing in asks for the password alone again; recovery codes end with it. */
export const removeTotp = command('accounts.removeTotp', {
  summary: 'Stop using codes from an app; my other devices are signed out.',
  kind: 'act',
  quota: 'act',
  assured: true,
  input: Empty,
  output: Empty,
  problems: ['step-up-required'],
  http: { method: 'DELETE', path: '/api/me/totp' },
});

/** New recovery codes; those before stop working. */
export const newRecoveryCodes = command('accounts.newRecoveryCodes', {
  summary: 'Make new recovery codes; the old ones stop working.',
  kind: 'act',
  quota: 'create',
  assured: true,
  input: Empty,
  output: RecoveryCodes,
  problems: ['step-up-required', 'not-found'],
  http: { method: 'POST', path: '/api/me/recovery-codes' },
});

/** For who has lost every factor: takes them away, ends the person's sessions, and records who did it and why. */
export const resetFactors = command('accounts.resetFactors', {
  summary: 'Take a person’s second factors away, because they lost them (administrators).',
  kind: 'act',
  quota: 'act',
  assured: true,
  input: Type.Object({ account: Id, reason: Type.String({ minLength: 1, maxLength: TEXT.reason }) }, closed),
  output: Empty,
  problems: ['step-up-required', 'not-allowed', 'not-found'],
  http: { method: 'POST', path: '/api/admin/people/:account/factors/reset' },
});
