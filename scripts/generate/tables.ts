/** What people look up: tables of problems and commands, and the schema of the database as one file. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { BUCKETS } from '@recreio/core';
import {
  CLOSE,
  type Command,
  COMMANDS,
  CORRIDOR_PROBLEMS,
  mayComeBack,
  type ProblemRow,
  PROBLEMS,
} from '@recreio/protocol';

/** The first line of every page that is made. */
export const MADE = 'Made from the declarations by `npm run generate`; do not edit.';

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string[] =>
  [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`);

const code = (text: string): string => `\`${text}\``;

const RETRY: Readonly<Record<ProblemRow['retry'], string>> = {
  never: 'never',
  later: 'later',
  now: 'now, after something else',
};

/** docs/generated/problems.md: everything that can be refused. */
export const problemsPage = (): string =>
  [
    '# Problems',
    '',
    MADE,
    '',
    'Over HTTP a refusal is `application/problem+json` (RFC 9457) with this status; over the socket it is the same object in a',
    '`refused` or `problem` frame. Decide by `code`; `title` is for people, in English. *Retry* says whether the same request can',
    'succeed: never; later, after `retryAfterMs` or a pause; now, once something else was done. A problem with a close code ends the',
    'connection.',
    '',
    ...table(
      ['code', 'status', 'title', 'retry', 'close code'],
      Object.entries<ProblemRow>(PROBLEMS).map(([name, row]) => [
        code(name),
        String(row.status),
        row.title,
        RETRY[row.retry],
        row.close === undefined ? '–' : String(row.close),
      ]),
    ),
    '',
    '## Close codes',
    '',
    'A client comes back by itself with full-jitter backoff, or not until something has changed (docs/protocol.md R24).',
    '',
    ...table(
      ['code', 'meaning', 'the client'],
      Object.entries(CLOSE)
        .sort(([, a], [, b]) => a - b)
        .map(([name, number]) => [
          String(number),
          name.replace(/[A-Z]/gu, (letter) => ` ${letter.toLowerCase()}`),
          mayComeBack(number) ? 'comes back' : 'does not come back',
        ]),
    ),
    '',
  ].join('\n');

const perMinute = (perSecond: number): string => `${Math.round(perSecond * 60)} a minute`;

const commandRow = (command: Command): string[] => [
  `${code(command.name)}<br>${command.summary}`,
  code(`${command.http.method} ${command.http.path}`),
  command.socket ? 'yes' : '–',
  command.who === 'anyone' ? 'anyone' : 'signed in',
  code(command.quota),
  command.problems.length === 0 ? '–' : [...command.problems].sort().map(code).join(', '),
];

/** docs/generated/commands.md: every command, to be read by a person. */
export const commandsPage = (): string => {
  const commands: readonly Command[] = Object.values(COMMANDS);
  const nouns = [...new Set(commands.map(({ name }) => name.split('.')[0] ?? ''))];
  return [
    '# Commands',
    '',
    MADE,
    '',
    'The exact shapes are in [openapi.json](openapi.json), what they mean in [protocol.md](../protocol.md).',
    `Besides the problems that it declares, any command may be refused with ${[...CORRIDOR_PROBLEMS].map(code).join(', ')}; see [problems.md](problems.md).`,
    '',
    ...nouns.flatMap((noun) => [
      `## ${noun}`,
      '',
      ...table(
        ['command', 'HTTP', 'over the socket', 'who', 'quota', 'may be refused with'],
        commands.filter(({ name }) => name.startsWith(`${noun}.`)).map(commandRow),
      ),
      '',
    ]),
    '## Quotas',
    '',
    'A bucket for each person (before sign-in, for each address): so many at once, and so fast it fills again. Kept by each process.',
    '`RECREIO_QUOTA_FACTOR` multiplies both. Beyond it the answer is `rate-limited` with `retryAfterMs`.',
    '',
    ...table(
      ['quota', 'at once', 'refilled'],
      Object.entries(BUCKETS).map(([name, { size, perSecond }]) => [code(name), String(size), perMinute(perSecond)]),
    ),
    '',
  ].join('\n');
};

/** docs/generated/schema.sql: the migrations in their order. @param folder where they are */
export const schemaPage = (folder: string): string =>
  [
    '-- The schema of the database: the migrations in the order in which they run.',
    `-- ${MADE.replaceAll('`', '')}`,
    ...readdirSync(folder)
      .filter((name) => name.endsWith('.sql'))
      .sort()
      .map((name) => `\n-- ==== ${name} ====\n\n${readFileSync(join(folder, name), 'utf8').trim()}`),
    '',
  ].join('\n');
