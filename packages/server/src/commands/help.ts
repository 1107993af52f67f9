/** The words of `recreio help`. */
import { settings } from '../config/settings.ts';
import type { Verb } from './command.ts';

/** How wide help is, in columns. */
const WIDTH = 96;

/** All commands in one screen. */
export const overview = (verbs: readonly Verb[]): string => {
  const rows = [
    ...verbs.map(({ name, summary }) => [name, summary] as const),
    ['version', 'Print the version.'] as const,
    ['help [COMMAND]', 'Explain a command; `help settings` lists the settings.'] as const,
  ];
  const column = Math.max(...rows.map(([name]) => name.length)) + 2;
  return [
    'Recreio, the chat of an online school.',
    '',
    'Usage: recreio COMMAND [OPTIONS]',
    '',
    ...rows.map(([name, summary]) => `  ${name.padEnd(column)}${summary}`),
    '',
    'Settings come from the environment. Exit codes: 0 done, 1 failed, 2 wrong call.',
    '',
  ].join('\n');
};

/** One command. */
export const helpOf = ({ name, summary, help, options }: Verb): string => {
  const rows = Object.entries(options).map(([option, { placeholder, help: words, required }]) => ({
    call: `--${option}${placeholder === undefined ? '' : ` ${placeholder}`}`,
    words,
    required,
  }));
  const column = Math.max(0, ...rows.map(({ call }) => call.length)) + 2;
  return [
    `Usage: ${['recreio', name, ...rows.map(({ call, required }) => (required ? call : `[${call}]`))].join(' ')}`,
    '',
    summary,
    ...help.flatMap((paragraph) => ['', ...wrap(paragraph)]),
    ...(rows.length === 0 ? [] : ['', ...rows.map(({ call, words }) => `  ${call.padEnd(column)}${words}`)]),
    '',
  ].join('\n');
};

/** The settings, for a terminal. */
export const settingsHelp = (): string =>
  [
    'Settings, from the environment:',
    '',
    ...settings.flatMap(({ name, right, description, otherwise, ...setting }) => {
      const value =
        setting.default === undefined
          ? (otherwise ?? 'none')
          : String(typeof setting.default === 'boolean' ? Number(setting.default) : setting.default);
      return [name, ...wrap(`${description} Must be ${right}. Default: ${value}.`).map((line) => `    ${line}`)];
    }),
    '',
  ].join('\n');

const wrap = (paragraph: string): string[] => {
  const lines = [''];
  for (const word of paragraph.split(' ')) {
    const line = lines.at(-1) ?? '';
    if (line !== '' && line.length + word.length + 1 > WIDTH) lines.push(word);
    else lines[lines.length - 1] = line === '' ? word : `${line} ${word}`;
  }
  return lines;
};
