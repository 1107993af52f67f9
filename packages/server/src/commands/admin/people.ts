/** What the operator does with accounts when nobody can sign in, or without signing in. */
import { makeSetUpLink } from '@recreio/core/accounts/links.ts';
import type { AccountRecord } from '@recreio/protocol';
import { type Configured, type Given, Refusal, UsageError, type Verb } from '../command.ts';
import {
  accountOf,
  contentOf,
  done,
  email,
  EMBEDDED,
  inside,
  json,
  oneOf,
  operated,
  optional,
  say,
  tell,
  text,
} from './inside.ts';

const ROLES = ['student', 'teacher', 'monitor', 'moderator', 'administrator', 'guardian'];
const STATES = ['active', 'disabled', 'never-seen'];

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
    'The link works once, for a week. Students are minors unless --adult says otherwise; everybody else is an adult. Who was invited before gets a new link by `recreio admin reset-password`.',
    EMBEDDED,
  ],
  options: {
    name: { type: 'string', placeholder: 'NAME', help: 'The person’s name.', required: true },
    email: { ...email, help: 'Their e-mail address.' },
    role: { type: 'string', placeholder: 'ROLE', help: `One of ${ROLES.join(', ')}.`, required: true },
    adult: { type: 'boolean', help: 'A student who is of age.' },
  },
  run: (given, around) => {
    oneOf(given, 'role', ROLES);
    return inside(around, async ({ world }) => {
      const { link } = await operated(world, 'accounts.invite', {
        clientId: around.newId(),
        name: text(given, 'name'),
        email: text(given, 'email'),
        role: text(given, 'role'),
        ...(given['adult'] === true ? { minor: false } : {}),
      }).catch((error: unknown) => {
        if (!(error instanceof Refusal && error.problem === 'already-taken')) throw error;
        throw new Refusal(
          `${error.message}\nFor a new link: \`recreio admin reset-password --email ${text(given, 'email')}\`.`,
        );
      });
      say(around, link);
    });
  },
};

/** Makes accounts from a file. */
const importPeople: Verb = {
  name: 'admin import',
  summary: 'Make accounts from a CSV file, all or none: e-mail, role, name, link.',
  help: [
    'The first line names the columns: nome, email, papel, and where wanted menor and cursos (or name, email, role, minor, courses). Courses of one person stand between | or ;.',
    'What is wrong is listed, by line, and then nothing is made. Each link works once, for a week: hand it to its person alone.',
    EMBEDDED,
  ],
  options: {
    file: { type: 'string', placeholder: 'FILE', help: 'The CSV file, in UTF-8.', required: true },
    'dry-run': { type: 'boolean', help: 'Only say what would be made, and what is wrong.' },
    'make-courses': { type: 'boolean', help: 'Make the courses that the file names and the school does not have.' },
    json,
  },
  run: async (given, around) => {
    const csv = (await contentOf(given)).toString('utf8');
    return await inside(around, async ({ world }) => {
      const dryRun = given['dry-run'] === true;
      const makeCourses = given['make-courses'] === true;
      const {
        created,
        errors,
        newCourses = [],
      } = await operated(world, 'accounts.import', {
        csv,
        dryRun,
        makeCourses,
      });
      for (const one of created) tell(around, given, one, [one.email, one.role, one.name, one.link?.url]);
      for (const { title, group } of newCourses)
        around.terminal.err(`${makeCourses ? 'New course' : 'No such course'}: ${title}\t${group}\n`);
      for (const { line, reason, value } of errors) around.terminal.err(`Line ${line}: ${reason}: ${value}\n`);
      if (errors.length > 0) throw new Refusal('Nothing was made: the lines above have to be mended first.');
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
      done(around);
    }),
};

/** Shuts somebody out. */
const disable: Verb = {
  name: 'admin disable',
  summary: 'Disable an account: its devices are signed out and it may not sign in.',
  help: [
    'Running servers close its connections within seconds. The last administrator cannot be disabled.',
    'What only they own goes to somebody who moderates it or works at the school. Rooms where nobody could are listed, id and title: `recreio admin give-room`.',
    EMBEDDED,
  ],
  options: { email, reason: { type: 'string', placeholder: 'TEXT', help: 'Why; kept with the account.' } },
  run: (given, around) =>
    inside(around, async (opened) => {
      const reason = typeof given['reason'] === 'string' ? given['reason'] : 'Desativada por quem opera o servidor.';
      const { stays = [], ...person } = await operated(opened.world, 'accounts.disable', {
        account: await accountOf(opened, given),
        reason,
      });
      show(around, given, person);
      for (const { id, title } of stays) around.terminal.err(`Nobody owns now: ${id}\t${title}\n`);
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
      show(around, given, await operated(opened.world, 'accounts.enable', { account: await accountOf(opened, given) }));
    }),
};

/** Lists everybody. */
const people: Verb = {
  name: 'admin people',
  summary: 'List the people of the school: e-mail, role, state, name.',
  help: [EMBEDDED],
  options: {
    text: { type: 'string', placeholder: 'TEXT', help: 'Only those with this in their name or e-mail address.' },
    role: { type: 'string', placeholder: 'ROLE', help: `Only of this role: ${ROLES.join(', ')}.` },
    state: {
      type: 'string',
      placeholder: STATES.join('|'),
      help: 'Only those who are in use, are disabled, or have never signed in.',
    },
    course: { type: 'string', placeholder: 'ID', help: 'Only those enrolled in this course.' },
    json,
  },
  run: (given, around) => {
    oneOf(given, 'role', ROLES);
    oneOf(given, 'state', STATES);
    return inside(around, async ({ world }) => {
      let after: string | null = null;
      do {
        const page: { readonly people: readonly AccountRecord[]; readonly next: string | null } = await operated(
          world,
          'accounts.list',
          {
            limit: 200,
            ...optional(given, 'text'),
            ...optional(given, 'role'),
            ...optional(given, 'state'),
            ...optional(given, 'course'),
            ...(after === null ? {} : { after }),
          },
        );
        for (const person of page.people) show(around, given, person);
        after = page.next;
      } while (after !== null);
    });
  },
};

/** Gives somebody another address. */
const changeEmail: Verb = {
  name: 'admin change-email',
  summary: 'Give a person another e-mail address, with which they sign in from then on.',
  help: [
    'Make sure first whose address it is: nothing is sent to it. Links that were made for the person before stop working; where the school sends mail the old address is told.',
    EMBEDDED,
  ],
  options: { email, to: { type: 'string', placeholder: 'ADDRESS', help: 'The new address.', required: true } },
  run: (given, around) =>
    inside(around, async (opened) => {
      const account = await accountOf(opened, given);
      show(around, given, await operated(opened.world, 'accounts.update', { account, email: text(given, 'to') }));
    }),
};

/** What else administrators change of an account. */
const changePerson: Verb = {
  name: 'admin change-person',
  summary: 'Change the name, the role or the age of a person; what is not given stays as it is.',
  help: [
    'With another role the person signs in again. The school keeps an administrator. It stays on record.',
    EMBEDDED,
  ],
  options: {
    email,
    name: { type: 'string', placeholder: 'NAME', help: 'The new name.' },
    role: { type: 'string', placeholder: 'ROLE', help: `The new role: ${ROLES.join(', ')}.` },
    age: { type: 'string', placeholder: 'minor|adult', help: 'Whether they are under age.' },
  },
  run: (given, around) => {
    oneOf(given, 'role', ROLES);
    oneOf(given, 'age', ['minor', 'adult']);
    const changes = {
      ...optional(given, 'name'),
      ...optional(given, 'role'),
      ...(given['age'] === undefined ? {} : { minor: given['age'] === 'minor' }),
    };
    if (Object.keys(changes).length === 0)
      throw new UsageError('admin change-person: nothing to change; see `recreio help admin change-person`.');
    return inside(around, async (opened) => {
      const account = await accountOf(opened, given);
      show(around, given, await operated(opened.world, 'accounts.update', { account, ...changes }));
    });
  },
};

/** All of them, in the order of the help. */
export const peopleVerbs: readonly Verb[] = [
  setUpLink,
  invite,
  importPeople,
  resetPassword,
  resetFactors,
  changeEmail,
  changePerson,
  disable,
  enable,
  people,
];

const show = (around: Configured, given: Given, person: AccountRecord): void =>
  tell(around, given, person, [person.email, person.role, person.state, person.name]);
