/** What goes by mail: a forgotten password, and another address (docs/protocol.md R77, R78). */
import Type from 'typebox';
import { command } from './command.ts';
import { TEXT } from './limits.ts';

const closed = { additionalProperties: false } as const;
const Empty = Type.Object({}, closed);
const Email = Type.String({ minLength: 3, maxLength: TEXT.email });

/** Sends a link for a new password, if the school sends mail and somebody has that address. The answer is the same either way. */
export const forgotPassword = command('accounts.forgotPassword', {
  summary: 'Ask for a link for a new password, by mail.',
  kind: 'act',
  who: 'anyone',
  quota: 'sign-in',
  socket: false,
  input: Type.Object({ email: Email }, closed),
  output: Empty,
  problems: [],
  http: { method: 'POST', path: '/api/links/forgotten' },
});

/** Sends a link to the new address. Until it is used the old one holds; the answer does not say whether the new one is somebody's. */
export const changeEmail = command('accounts.changeEmail', {
  summary: 'Change my e-mail address: a link goes to the new one.',
  kind: 'act',
  quota: 'create',
  assured: true,
  input: Type.Object({ email: Email }, closed),
  output: Empty,
  problems: ['step-up-required', 'bad-text', 'not-allowed'],
  http: { method: 'POST', path: '/api/me/email' },
});

/** Uses the link that went to a new address: from here on the person signs in with it. The old address is told. */
export const confirmEmail = command('accounts.confirmEmail', {
  summary: 'Confirm a new e-mail address by the link that was sent to it.',
  kind: 'act',
  who: 'anyone',
  quota: 'link',
  socket: false,
  input: Type.Object({ token: Type.String({ minLength: 20, maxLength: 100 }) }, closed),
  output: Type.Object({ email: Email }),
  problems: ['link-used'],
  http: { method: 'POST', path: '/api/me/email/confirmation' },
});
