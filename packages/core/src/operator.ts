/**
 * The operator: whoever runs the program on the school's own machine. There is no session to steal and no role to ask for,
 * because the operator holds the database and the keys anyway; the rules of administrators hold all the same.
 */
import { type CommandName, COMMANDS, type Commands, type OutputOf } from '@recreio/protocol';
import { Compile } from 'typebox/compile';
import type { Call } from './handler.ts';
import { HANDLERS } from './handlers.ts';
import { isWellFormed } from './text.ts';
import { deny, type Denial, isDenial, type Outcome, problemOf } from './verdict.ts';
import type { World } from './world.ts';
import { foldEmail } from './accounts/email.ts';
import { NOBODY } from './accounts/policy.ts';

/** What the operator can do: what administrators can, as far as it is not about a room's talk or about oneself. */
const OPERATIONS = [
  'accounts.list',
  'accounts.invite',
  'accounts.update',
  'accounts.resetLink',
  'accounts.disable',
  'accounts.enable',
  'accounts.resetFactors',
  'accounts.sessionsOf',
  'accounts.endSessionsOf',
  'joining.asks',
  'joining.admit',
  'joining.decline',
  'courses.list',
  'courses.get',
  'courses.create',
  'courses.update',
  'courses.putLesson',
  'courses.removeLesson',
  'courses.people',
  'courses.enrol',
  'courses.unenrol',
  'school.get',
  'school.update',
  'rooms.all',
  'audit.list',
] as const satisfies readonly CommandName[];
/** One of them. */
export type Operation = (typeof OPERATIONS)[number];

const checks = new Map(OPERATIONS.map((name) => [name, Compile(COMMANDS[name].input)]));

const OPERATOR: Call = {
  alive: {
    account: NOBODY,
    session: NOBODY,
    me: {
      id: NOBODY,
      name: 'Recreio',
      role: 'administrator',
      tone: 1,
      version: 1,
      email: 'operator@localhost',
      language: 'pt-BR',
      minor: false,
      privacy: { asksFirst: false, invisible: false, hidesReading: false },
      timeZone: null,
    },
    assuredAt: null,
  },
  assured: true,
  caller: { actor: null, address: 'local', device: 'command line' },
};

type Run<N extends Operation> = (world: World, input: unknown, call: Call) => Promise<OutputOf<Commands[N]> | Denial>;

/** Executes an administrators' command for the operator: parse, decide, commit. No quota: nobody floods their own machine. */
export const operate = async <N extends Operation>(
  world: World,
  name: N,
  input: Readonly<Record<string, unknown>>,
): Promise<Outcome<OutputOf<Commands[N]>>> => {
  const [wrong] = checks.get(name)?.Errors(input) ?? [];
  const isText = Object.values(input).every((value) => typeof value !== 'string' || isWellFormed(value));
  if (wrong || !isText)
    return {
      ok: false,
      problem: problemOf(
        deny('malformed', {
          detail: wrong ? `${wrong.instancePath.slice(1)} ${wrong.message}` : 'text must be well-formed',
        }),
      ),
    };
  const answer = await (HANDLERS[name] as unknown as Run<N>)(world, input, OPERATOR);
  return isDenial(answer) ? { ok: false, problem: problemOf(answer) } : { ok: true, output: answer };
};

/** Whose account has an e-mail, or null. */
export const accountWith = async (world: Pick<World, 'memory'>, email: string): Promise<string | null> =>
  (await world.memory.accounts.forSignIn(foldEmail(email)))?.account ?? null;
