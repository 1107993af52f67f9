/** Signing in by the school's own OpenID provider (OpenID Connect Core 1.0; docs/protocol.md R84). */
import Type from 'typebox';
import { Me } from './accounts.ts';
import { command } from './command.ts';
import { Id } from './ids.ts';

const closed = { additionalProperties: false } as const;
const Flow = Type.String({ minLength: 20, maxLength: 100 });
/** The query with which the provider sent the browser back, as it stands in the address. */
const Returned = Type.String({ minLength: 1, maxLength: 4000 });

/** Where to send the browser, and what to keep in it meanwhile: only the browser that began can finish. */
export const beginOidc = command('accounts.beginOidc', {
  summary: 'Begin to sign in by the school’s own provider.',
  kind: 'act',
  who: 'anyone',
  quota: 'stranger',
  socket: false,
  input: Type.Object(
    { /** The provider asks the person anew, for a fresh proof. */ anew: Type.Optional(Type.Literal(true)) },
    closed,
  ),
  output: Type.Object({ url: Type.String(), flow: Flow }),
  problems: ['not-found', 'unavailable'],
  http: { method: 'POST', path: '/api/oidc/flows' },
});

/** Signs in as the account that this identity belongs to. */
export const finishOidc = command('accounts.finishOidc', {
  summary: 'Finish signing in by the school’s own provider.',
  kind: 'act',
  who: 'anyone',
  quota: 'stranger',
  socket: false,
  input: Type.Object(
    {
      flow: Flow,
      returned: Returned,
      keep: Type.Optional(Type.Union([Type.Literal('cookie'), Type.Literal('token')])),
    },
    closed,
  ),
  output: Type.Object({ me: Me, session: Id, token: Type.Optional(Type.String()) }),
  problems: ['identity-refused', 'no-account', 'unavailable'],
  http: { method: 'POST', path: '/api/sessions/oidc' },
});

/** Lets the caller sign in by this identity from now on. */
export const linkOidc = command('accounts.linkOidc', {
  summary: 'Let me sign in by the school’s own provider.',
  kind: 'act',
  quota: 'create',
  assured: true,
  input: Type.Object({ flow: Flow, returned: Returned }, closed),
  output: Type.Object({}, closed),
  problems: ['step-up-required', 'identity-refused', 'already-taken', 'unavailable'],
  http: { method: 'PUT', path: '/api/me/identity' },
});

/** Stops it again; the other devices are signed out. */
export const unlinkOidc = command('accounts.unlinkOidc', {
  summary: 'Stop signing in by the school’s own provider; my other devices are signed out.',
  kind: 'act',
  quota: 'act',
  assured: true,
  input: Type.Object({}, closed),
  output: Type.Object({}, closed),
  problems: ['step-up-required', 'not-allowed'],
  http: { method: 'DELETE', path: '/api/me/identity' },
});
