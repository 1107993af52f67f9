/**
 * The log: events by name, with fields that are listed here and no others. Nothing that is not listed can reach a line, so no
 * message, token, cookie, e-mail or raw address of a request does (security S2, S68); one line is one JSON (S48).
 */
import { pino } from 'pino';
import type { Config } from './config.ts';

/** The fields of each event. What is not named in FIELDS is left out, whatever the caller hands over. */
export interface Events {
  /** A setting at the start, redacted by `describe`. */
  setting: { setting: string; value: string; isDefault: boolean };
  /** A sentence of ours for the operator, about the installation and never about a person. */
  notice: { text: string };
  /** Listening. */
  ready: { address: string };
  /** Ending in order; `reason` is a signal's name or `failure`. */
  stopping: { reason: string };
  stopped: { ms: number };
  /** A request was answered. `route` is the pattern, as `/api/rooms/:room`, or `none`. */
  request: { request: string; method: string; route: string; status: number; ms: number };
  socketOpened: { socket: string; account: string };
  socketClosed: { socket: string; code: number; ms: number };
  /** A command was refused; `account` is an id, or null before sign-in. */
  refused: { command: string; problem: string; account: string | null };
  /** A security event that was not a command: a foreign origin, an unknown host, a bad upgrade. */
  turnedAway: { door: string; why: string };
  /** Something broke. `id` is what the person was told, `error` comes from `faultOf`. */
  fault: { where: string; id: string | null; error: Fault };
  /** The database went away (`away`) or came back (`back`). */
  database: { state: 'away' | 'back' };
  /** The server cannot keep up and gives something up, or less of it (contract D32). */
  strain: { strain: string };
}

/** The name of an event. */
export type EventName = keyof Events;

/** What may be said of an error: which and where, and its message only where that holds no data. */
export interface Fault {
  readonly name: string;
  /** SQLSTATE or the system's code. */
  readonly code?: string;
  readonly message?: string;
  /** Places in the code, innermost first. */
  readonly at: readonly string[];
}

/** Levels with methods. */
export type Level = 'debug' | 'info' | 'warn' | 'error' | 'fatal';

/** Writes events. */
export type Log = { readonly [L in Level]: <E extends EventName>(event: E, fields: Events[E]) => void };

const FIELDS: { readonly [E in EventName]: readonly (keyof Events[E] & string)[] } = {
  setting: ['setting', 'value', 'isDefault'],
  notice: ['text'],
  ready: ['address'],
  stopping: ['reason'],
  stopped: ['ms'],
  request: ['request', 'method', 'route', 'status', 'ms'],
  socketOpened: ['socket', 'account'],
  socketClosed: ['socket', 'code', 'ms'],
  refused: ['command', 'problem', 'account'],
  turnedAway: ['door', 'why'],
  fault: ['where', 'id', 'error'],
  database: ['state'],
  strain: ['strain'],
};

/** Errors of the language itself: their messages name code, not data (a SyntaxError of JSON would quote its input). */
const SAFE = new Set(['TypeError', 'RangeError', 'ReferenceError']);
const FRAMES = 8;

/** What may be said of anything that was thrown. */
export const faultOf = (thrown: unknown): Fault => {
  if (!(thrown instanceof Error)) return { name: typeof thrown, at: [] };
  const { name, message, stack = '' } = thrown;
  const code =
    'code' in thrown && typeof thrown.code === 'string' && /^[A-Z\d_]{3,40}$/u.test(thrown.code)
      ? thrown.code
      : undefined;
  const at = stack
    .split('\n')
    .filter((line) => /^ {4}at /u.test(line))
    .slice(0, FRAMES)
    .map((line) => line.trim().slice('at '.length));
  return { name, ...(code === undefined ? {} : { code }), ...(SAFE.has(name) ? { message } : {}), at };
};

/** Where lines go. */
export interface Sink {
  write(line: string): void;
}

/** Opens the log. In a terminal, or with LOG_FORMAT=pretty, lines are for people; else each is one JSON. */
export const openLog = ({ level, format }: Config['log'], sink: Sink, isTerminal: boolean): Log => {
  const pretty = format === 'pretty' || (format === 'auto' && isTerminal);
  const logger = pino(
    {
      level,
      base: null,
      messageKey: 'event',
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
    },
    pretty ? { write: (line) => sink.write(forPeople(line, isTerminal)) } : sink,
  );
  const at =
    (name: Level) =>
    <E extends EventName>(event: E, fields: Events[E]): void => {
      if (!logger.isLevelEnabled(name)) return;
      // A person wants to know what was changed; a machine, what was in force
      if (pretty && 'isDefault' in fields && fields.isDefault) return;
      logger[name](Object.fromEntries(FIELDS[event].map((field) => [field, fields[field]])), event);
    };
  return { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error'), fatal: at('fatal') };
};

/** The log for what speaks in sentences: the embedded database's supervisor. */
export const sentences = (
  log: Log,
): { info(text: string): void; warn(text: string): void; error(text: string): void } => ({
  info: (text) => log.info('notice', { text }),
  warn: (text) => log.warn('notice', { text }),
  error: (text) => log.error('notice', { text }),
});

/** Tells of a database that is away once, however many notice it, and once that it is back. */
export const outages = (log: Log): { away(): void; back(): void } => {
  let isAway = false;
  return {
    away: () => {
      if (!isAway) log.warn('database', { state: 'away' });
      isAway = true;
    },
    back: () => {
      if (isAway) log.info('database', { state: 'back' });
      isAway = false;
    },
  };
};

const COLOUR: Readonly<Record<string, number>> = { debug: 90, info: 36, warn: 33, error: 31, fatal: 31 };

/** `18:30:00 info  request GET /api/rooms/:room 200 …`: the same fields, shorter. Strings stay quoted where they hold spaces. */
const forPeople = (line: string, coloured: boolean): string => {
  const { time, level, event, ...fields } = JSON.parse(line) as { time: string; level: string; event: string } & Record<
    string,
    unknown
  >;
  const paint = (text: string, colour: number): string => (coloured ? `\u001B[${colour}m${text}\u001B[0m` : text);
  const words = Object.entries(fields).map(([name, value]) => {
    if (name === 'text') return plain(value);
    return `${paint(`${name}=`, 90)}${typeof value === 'string' && /^[\w./:@-]+$/u.test(value) ? value : JSON.stringify(value)}`;
  });
  return `${paint(time.slice('2026-11-22T'.length, '2026-11-22T18:30:00'.length), 90)} ${paint(level.padEnd(5), COLOUR[level] ?? 0)} ${event} ${words.join(' ')}\n`;
};

/** A sentence without quotes; control characters could move the cursor of a terminal or begin another line. */
const plain = (value: unknown): string => String(value).replace(/\p{Cc}+/gu, ' ');

/** What the person at the terminal is told when people can come. The first line is for programs, too: it never changes. */
export const readyWords = (ready: {
  readonly address: string;
  readonly demo: boolean;
  readonly setUpUrl: string | null;
}): string => {
  const { address, demo, setUpUrl } = ready;
  const lines = [`Recreio is ready at ${address}`];
  if (demo) lines.push(`O Recreio está pronto: abra ${address} e escolha com quem entrar na escola de demonstração.`);
  else lines.push(`O Recreio está pronto em ${address}`);
  if (setUpUrl !== null) {
    lines.push(
      `Set up the school, once, within a day: ${setUpUrl}`,
      `Para preparar a escola, uma vez só, até amanhã: ${setUpUrl}`,
    );
  }
  return `${lines.join('\n')}\n`;
};
