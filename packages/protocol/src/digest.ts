/** The mail of what was missed: leaving it, without signing in (RFC 8058). How often it comes: `notifications.setCalm`. */
import Type from 'typebox';
import { command } from './command.ts';

const closed = { additionalProperties: false } as const;

/**
 * No such mails any more, by the token of one of them: it says whose they are, and opens nothing else. It can be done again. A mail
 * program does the same by the address that the mail's headers name (docs/protocol.md R117).
 */
export const leave = command('digest.leave', {
  summary: 'Be mailed no more of what one missed, by the token of such a mail.',
  kind: 'act',
  who: 'anyone',
  quota: 'link',
  socket: false,
  input: Type.Object({ token: Type.String({ minLength: 20, maxLength: 100 }) }, closed),
  output: Type.Object({}, closed),
  problems: ['not-found'],
  http: { method: 'POST', path: '/api/digest/leave' },
});
