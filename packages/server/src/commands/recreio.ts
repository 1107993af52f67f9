/** The command line: finds the command, reads its options and the settings, runs it, and turns how it went into an exit code. */
import { type ParseArgsConfig, parseArgs } from 'node:util';
import { isWrong, lineOf, readConfig } from '../config.ts';
import { openLog } from '../logs.ts';
import { admin } from './admin.ts';
import { doctor, examine } from './doctor.ts';
import { EXIT, type Given, Refusal, type Surroundings, UsageError, type Verb } from './command.ts';
import { helpOf, overview, settingsHelp } from './help.ts';
import { migrate } from './migrate.ts';
import { start } from './start.ts';
import { version } from './version.ts';

const VERBS: readonly Verb[] = [start, migrate, doctor, ...admin];

/** Runs `recreio ARGS…`; resolves with the exit code and never rejects. */
export const recreio = async (args: readonly string[], around: Surroundings): Promise<number> => {
  const { terminal } = around;
  try {
    return await dispatch(args, around);
  } catch (error) {
    if (error instanceof UsageError) {
      terminal.err(`recreio: ${error.message}\nSee \`recreio help\`.\n`);
      return EXIT.usage;
    }
    // Our own errors say what to do; a stack helps only with those that are bugs
    const isBug = error instanceof TypeError || error instanceof RangeError || error instanceof ReferenceError;
    terminal.err(`recreio: ${error instanceof Error ? (isBug ? error.stack : error.message) : String(error)}\n`);
    return EXIT.failed;
  }
};

const dispatch = async (args: readonly string[], around: Surroundings): Promise<number> => {
  const { terminal, env, isRoot } = around;
  const [word, ...rest] = args;
  if (word === undefined) throw new UsageError('which command?');
  if (word === 'help' || word === '--help' || word === '-h') return help(rest, around);
  if (word === 'version' || word === '--version' || word === '-v') {
    terminal.out(`${await version()}\n`);
    return EXIT.done;
  }
  const verb = find(args);
  const words = verb.name.split(' ').length;
  const given = parse(verb, args.slice(words));
  if (given['help'] === true) {
    terminal.out(helpOf(verb));
    return EXIT.done;
  }
  // The one command that is for settings that are wrong
  if (verb === doctor) return await examine(given, around);
  const config = readConfig(env, isRoot);
  if (isWrong(config))
    throw new Refusal(
      `the settings are wrong.\n${config.errors.map((error) => `  - ${error}`).join('\n')}\nSee \`recreio help settings\`.`,
    );
  // The server tells its story; a command tells only what is wrong
  const level = verb !== start && config.log.level === 'info' ? 'warn' : config.log.level;
  const log = openLog({ ...config.log, level }, { write: (line) => terminal.err(line) }, terminal.isTerminal);
  if (verb !== start) for (const warning of config.warnings) log.warn('notice', { text: lineOf(warning) });
  return await verb.run(given, { ...around, config, log });
};

const help = (words: readonly string[], { terminal }: Surroundings): number => {
  if (words.length === 0) terminal.out(overview(VERBS));
  else if (words[0] === 'settings') terminal.out(settingsHelp());
  else if (words.length === 1 && words[0] === 'admin') terminal.out(overview(admin));
  else terminal.out(helpOf(find(words)));
  return EXIT.done;
};

const find = (args: readonly string[]): Verb => {
  const verb = VERBS.find(({ name }) => name.split(' ').every((word, index) => args[index] === word));
  if (verb) return verb;
  if (args[0] === 'admin')
    throw new UsageError(
      `admin ${args[1] ?? 'what'}? There are ${admin.map(({ name }) => name.slice('admin '.length)).join(', ')}.`,
    );
  throw new UsageError(`there is no command ${JSON.stringify(args[0])}.`);
};

const parse = (verb: Verb, args: readonly string[]): Given => {
  const options: NonNullable<ParseArgsConfig['options']> = { help: { type: 'boolean', short: 'h' } };
  for (const [name, { type }] of Object.entries(verb.options)) options[name] = { type };
  let given: Given;
  try {
    given = parseArgs({ args: [...args], options, strict: true, allowPositionals: false }).values as Given;
  } catch (error) {
    throw new UsageError(`${verb.name}: ${error instanceof Error ? error.message : String(error)}`);
  }
  if (given['help'] === true) return given;
  const missing = Object.entries(verb.options).filter(([name, { required }]) => required && given[name] === undefined);
  if (missing.length > 0)
    throw new UsageError(
      `${verb.name} needs ${missing.map(([name]) => `--${name}`).join(' and ')}; see \`recreio help ${verb.name}\`.`,
    );
  return given;
};
