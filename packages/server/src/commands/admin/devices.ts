/** `recreio admin devices` and `sign-out`: where somebody is signed in, and the end of it. */
import type { Verb } from '../command.ts';
import { accountOf, email, EMBEDDED, inside, json, operated, optional, tell } from './inside.ts';

const devices: Verb = {
  name: 'admin devices',
  summary: 'List the devices on which a person is signed in: id, since when, last used, what it is.',
  help: [EMBEDDED],
  options: { email, json },
  run: (given, around) =>
    inside(around, async (opened) => {
      const account = await accountOf(opened, given);
      const { sessions } = await operated(opened.world, 'accounts.sessionsOf', { account });
      for (const { current: _current, ...session } of sessions)
        tell(around, given, session, [session.id, session.createdAt, session.lastSeenAt, session.device]);
    }),
};

const signOut: Verb = {
  name: 'admin sign-out',
  summary: 'Sign a person out: of one device, or of all.',
  help: ['Running servers close its connections within seconds. It stays on record.', EMBEDDED],
  options: {
    email,
    device: { type: 'string', placeholder: 'ID', help: 'Only this one, as `admin devices` lists it.' },
  },
  run: (given, around) =>
    inside(around, async (opened) => {
      const account = await accountOf(opened, given);
      const { ended } = await operated(opened.world, 'accounts.endSessionsOf', {
        account,
        ...optional(given, 'device', 'session'),
      });
      around.terminal.err(`Signed out of ${ended}.\n`);
    }),
};

/** Both. */
export const deviceVerbs: readonly Verb[] = [devices, signOut];
