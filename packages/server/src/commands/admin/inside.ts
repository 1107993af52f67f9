/** What the operator's commands share: the school opened for one of them, its rules, and how answers are printed. */
import { readFile } from 'node:fs/promises';
import { accountWith, operate } from '@recreio/core/operator.ts';
import { type Configured, EXIT, type Given, type Option, Refusal, UsageError } from '../command.ts';
import type { Opened } from '../house.ts';

/** In the help of each: the embedded database has one master. */
export const EMBEDDED =
  'With the embedded database, stop the server first: its database is open to that process alone. (Or do this as an administrator in the app.)';

/** Whose account. */
export const email: Option = {
  type: 'string',
  placeholder: 'ADDRESS',
  help: 'The e-mail address of the account.',
  required: true,
};

/** For programs. */
export const json: Option = { type: 'boolean', help: 'JSON instead of tab-separated columns, one object to a line.' };

/** An option that is one of a few words, for the help; `oneOf` checks it. */
export const choice = (help: string, words: readonly string[]): Option => ({
  type: 'string',
  placeholder: words.join('|'),
  help,
});

/** Opens the school, works in it, and closes it, whatever comes of the work. */
export const inside = async (around: Configured, work: (opened: Opened) => Promise<void>): Promise<number> => {
  const { config, house, log } = around;
  const opened = await house.open(config, log, { migrating: false }).catch((error: unknown) => {
    if (config.database.kind === 'url' || !(error instanceof Error)) throw error;
    throw new Refusal(`${error.message}\n${EMBEDDED}`);
  });
  try {
    await mustBeMeant(opened, around);
    await work(opened);
  } finally {
    await opened.close();
  }
  return EXIT.done;
};

/** Where no database is named, it is said which one this is; and the demo school is not taken for a school of one's own. */
const mustBeMeant = async ({ world }: Opened, { config: { database, demo }, terminal }: Configured): Promise<void> => {
  if (database.kind === 'embedded') terminal.err('DATABASE_URL is not set: this is the embedded database.\n');
  if (!demo && (await world.memory.accounts.demoPeople()).length > 0)
    throw new Refusal(
      'This database holds the demo school. Name the database of your school (DATABASE_URL, or DATA_DIR where it is embedded), or set RECREIO_DEMO=1 if the demo school is meant.',
    );
};

/** The output, or the refusal in words. */
export const operated = async <N extends Parameters<typeof operate>[1]>(
  world: Opened['world'],
  name: N,
  input: Readonly<Record<string, unknown>>,
) => {
  const outcome = await operate<N>(world, name, input);
  if (outcome.ok) return outcome.output;
  const { code, title, detail } = outcome.problem;
  throw new Refusal(`${title}${detail === undefined ? '' : ` (${detail})`} [${code}]`, code);
};

/** The account that `--email` names. */
export const accountOf = async ({ world }: Opened, given: Given): Promise<string> => {
  const account = await accountWith(world, text(given, 'email'));
  if (account === null)
    throw new Refusal(
      `Nobody has the e-mail address ${text(given, 'email')}. \`recreio admin people\` lists everybody.`,
    );
  return account;
};

/** An option that must be there. */
export const text = (given: Given, name: string): string => {
  const value = given[name];
  if (typeof value !== 'string') throw new UsageError(`--${name} is missing.`);
  return value;
};

/** An option under a name of the input, where it was given. */
export const optional = (given: Given, name: string, as = name): Readonly<Record<string, string>> => {
  const value = given[name];
  return typeof value === 'string' ? { [as]: value } : {};
};

/** An option that is one of a few words. */
export const oneOf = (given: Given, name: string, words: readonly string[]): void => {
  const value = given[name];
  if (value !== undefined && !words.includes(String(value)))
    throw new UsageError(`--${name} must be one of ${words.join(', ')}.`);
};

/** What is in the file that `--file` names. */
export const contentOf = async (given: Given): Promise<Buffer> => {
  const path = text(given, 'file');
  return await readFile(path).catch((error: unknown) => {
    throw new Refusal(`${path} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  });
};

/** A line of what was asked for: columns, or with `--json` the whole of it. */
export const tell = ({ terminal }: Configured, given: Given, whole: object, columns: readonly unknown[]): void =>
  terminal.out(given['json'] === true ? `${JSON.stringify(whole)}\n` : `${columns.map(cellOf).join('\t')}\n`);

/** A cell without what would begin another, or another line. */
const cellOf = (value: unknown): string => String(value ?? '').replace(/[\t\r\n]+/gu, ' ');

/** A link, for whoever hands it over. */
export const say = ({ terminal }: Configured, link: { readonly url: string; readonly expiresAt: string }): void => {
  terminal.out(`${link.url}\n`);
  terminal.err(
    `It works once, until ${link.expiresAt}. Whoever has it gets in: hand it over in person or over a channel that you trust.\n`,
  );
};

/** It is done, and there is nothing to print. */
export const done = ({ terminal }: Configured): void => terminal.err('Done.\n');
