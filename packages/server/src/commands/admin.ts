/** `recreio admin …`: what the operator does with accounts when nobody can sign in, or without signing in. */
import { makeSetUpLink } from '@recreio/core/accounts/links.ts';
import { accountWith, operate } from '@recreio/core/accounts/operator.ts';
import type { AccountRecord } from '@recreio/protocol';
import { type Configured, EXIT, type Given, type Option, Refusal, UsageError, type Verb } from './command.ts';
import type { Opened } from './house.ts';

const email: Option = {
  type: 'string',
  placeholder: 'ADDRESS',
  help: 'The e-mail address of the account.',
  required: true,
};
const EMBEDDED =
  'With the embedded database, stop the server first: its database is open to that process alone. (Or do this as an administrator in the app.)';
const ROLES = ['student', 'teacher', 'monitor', 'moderator', 'administrator', 'guardian'];

/** Makes the link of the first administrator. */
const setUpLink: Verb = {
  name: 'admin set-up-link',
  summary: 'Make the link with which the first administrator sets the school up.',
  help: [
    'Only while the school has no administrator who can sign in. The link works once, for a day; earlier ones stop working. Hand it over in person or over a channel that you trust.',
    EMBEDDED,
  ],
  options: {},
  run: (_given, around) =>
    inside(around, async ({ world }) => {
      const link = await makeSetUpLink(world);
      if (link === null)
        throw new Refusal(
          'The school has an administrator already. If nobody can sign in as one: `recreio admin reset-password --email ADDRESS`.',
        );
      say(around, link);
    }),
};

/** Makes an account. */
const invite: Verb = {
  name: 'admin invite',
  summary: 'Make an account, and the link with which its owner chooses a password.',
  help: [
    'The link works once, for a week. Students are minors unless --adult says otherwise; everybody else is an adult.',
    EMBEDDED,
  ],
  options: {
    name: { type: 'string', placeholder: 'NAME', help: 'The person’s name.', required: true },
    email: { ...email, help: 'Their e-mail address.' },
    role: { type: 'string', placeholder: 'ROLE', help: `One of ${ROLES.join(', ')}.`, required: true },
    adult: { type: 'boolean', help: 'A student who is of age.' },
  },
  run: (given, around) => {
    const role = text(given, 'role');
    if (!ROLES.includes(role)) throw new UsageError(`--role must be one of ${ROLES.join(', ')}.`);
    return inside(around, async ({ world }) => {
      const { link } = await operated(world, 'accounts.invite', {
        clientId: around.newId(),
        name: text(given, 'name'),
        email: text(given, 'email'),
        role,
        ...(given['adult'] === true ? { minor: false } : {}),
      });
      say(around, link);
    });
  },
};

/** Makes a link for a new password. */
const resetPassword: Verb = {
  name: 'admin reset-password',
  summary: 'Make the link with which a person chooses a new password.',
  help: ['The link works once, for a day. When it is used, the person’s other devices are signed out.', EMBEDDED],
  options: { email },
  run: (given, around) =>
    inside(around, async (opened) => {
      say(around, await operated(opened.world, 'accounts.resetLink', { account: await accountOf(opened, given) }));
    }),
};

/** Takes second factors away. */
const resetFactors: Verb = {
  name: 'admin reset-factors',
  summary: 'Take a person’s second factors away, because they lost them.',
  help: [
    'They sign in with the password alone afterwards; their devices are signed out. Make sure first of who is asking. It stays on record.',
    EMBEDDED,
  ],
  options: { email, reason: { type: 'string', placeholder: 'TEXT', help: 'Why; kept on record.', required: true } },
  run: (given, around) =>
    inside(around, async (opened) => {
      const account = await accountOf(opened, given);
      await operated(opened.world, 'accounts.resetFactors', { account, reason: text(given, 'reason') });
      around.terminal.err('Done.\n');
    }),
};

/** Shuts somebody out. */
const disable: Verb = {
  name: 'admin disable',
  summary: 'Disable an account: its devices are signed out and it may not sign in.',
  help: ['Running servers close its connections within seconds. The last administrator cannot be disabled.', EMBEDDED],
  options: { email, reason: { type: 'string', placeholder: 'TEXT', help: 'Why; kept with the account.' } },
  run: (given, around) =>
    inside(around, async (opened) => {
      const reason = typeof given['reason'] === 'string' ? given['reason'] : 'Desativada por quem opera o servidor.';
      tell(
        around,
        await operated(opened.world, 'accounts.disable', { account: await accountOf(opened, given), reason }),
      );
    }),
};

/** Lets somebody in again. */
const enable: Verb = {
  name: 'admin enable',
  summary: 'Let a disabled account sign in again.',
  help: ['Its earlier sign-ins and links stay ended.', EMBEDDED],
  options: { email },
  run: (given, around) =>
    inside(around, async (opened) => {
      tell(around, await operated(opened.world, 'accounts.enable', { account: await accountOf(opened, given) }));
    }),
};

/** Lists everybody. */
const people: Verb = {
  name: 'admin people',
  summary: 'List the people of the school: e-mail, role, state, name; in tab-separated columns.',
  help: [EMBEDDED],
  options: {
    text: { type: 'string', placeholder: 'TEXT', help: 'Only those with this in their name or e-mail address.' },
  },
  run: (given, around) =>
    inside(around, async ({ world }) => {
      let after: string | null = null;
      do {
        const page: { readonly people: readonly AccountRecord[]; readonly next: string | null } = await operated(
          world,
          'accounts.list',
          {
            limit: 200,
            ...(typeof given['text'] === 'string' ? { text: given['text'] } : {}),
            ...(after === null ? {} : { after }),
          },
        );
        for (const person of page.people) tell(around, person);
        after = page.next;
      } while (after !== null);
    }),
};

/** The operator's commands, in the order of the help. */
export const admin: readonly Verb[] = [setUpLink, invite, resetPassword, resetFactors, disable, enable, people];

const inside = async (around: Configured, work: (opened: Opened) => Promise<void>): Promise<number> => {
  const { config, house, log } = around;
  const opened = await house.open(config, log, { migrating: false }).catch((error: unknown) => {
    if (config.database.kind === 'url' || !(error instanceof Error)) throw error;
    throw new Refusal(`${error.message}\n${EMBEDDED}`);
  });
  try {
    await work(opened);
  } finally {
    await opened.close();
  }
  return EXIT.done;
};

/** The output, or the refusal in words. */
const operated = async <N extends Parameters<typeof operate>[1]>(
  world: Opened['world'],
  name: N,
  input: Readonly<Record<string, unknown>>,
) => {
  const outcome = await operate<N>(world, name, input);
  if (outcome.ok) return outcome.output;
  const { code, title, detail } = outcome.problem;
  throw new Refusal(`${title}${detail === undefined ? '' : ` (${detail})`} [${code}]`);
};

const accountOf = async ({ world }: Opened, given: Given): Promise<string> => {
  const account = await accountWith(world, text(given, 'email'));
  if (account === null)
    throw new Refusal(
      `Nobody has the e-mail address ${text(given, 'email')}. \`recreio admin people\` lists everybody.`,
    );
  return account;
};

const text = (given: Given, name: string): string => {
  const value = given[name];
  if (typeof value !== 'string') throw new UsageError(`--${name} is missing.`);
  return value;
};

const say = ({ terminal }: Configured, link: { readonly url: string; readonly expiresAt: string }): void => {
  terminal.out(`${link.url}\n`);
  terminal.err(
    `It works once, until ${link.expiresAt}. Whoever has it gets in: hand it over in person or over a channel that you trust.\n`,
  );
};

const tell = ({ terminal }: Configured, { email: address, role, state, name }: AccountRecord): void =>
  terminal.out(`${[address, role, state, name].join('\t')}\n`);
