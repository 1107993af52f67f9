/**
 * The operator: whoever runs the program on the school's own machine. There is no session to steal and no role to ask for,
 * because the operator holds the database and the keys anyway; the rules of administrators hold all the same.
 */
import { COMMANDS, type Commands, type OutputOf } from '@recreio/protocol';
import { Compile } from 'typebox/compile';
import type { Call } from '../handler.ts';
import { isWellFormed } from '../text.ts';
import { deny, type Denial, isDenial, type Outcome, problemOf } from '../verdict.ts';
import type { World } from '../world.ts';
import { disable, enable, invite, list, resetLink } from './administer.ts';
import { foldEmail } from './email.ts';
import { resetFactors } from './factors.ts';
import { NOBODY } from './policy.ts';

/** What the operator can do: commands of administrators that make or end somebody's way in. */
export type Operation =
  | 'accounts.list'
  | 'accounts.invite'
  | 'accounts.resetLink'
  | 'accounts.disable'
  | 'accounts.enable'
  | 'accounts.resetFactors';

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

const OPERATIONS = {
  'accounts.list': { run: list, check: Compile(COMMANDS['accounts.list'].input) },
  'accounts.invite': { run: invite, check: Compile(COMMANDS['accounts.invite'].input) },
  'accounts.resetLink': { run: resetLink, check: Compile(COMMANDS['accounts.resetLink'].input) },
  'accounts.disable': { run: disable, check: Compile(COMMANDS['accounts.disable'].input) },
  'accounts.enable': { run: enable, check: Compile(COMMANDS['accounts.enable'].input) },
  'accounts.resetFactors': { run: resetFactors, check: Compile(COMMANDS['accounts.resetFactors'].input) },
} as const;

/** Executes an administrators' command for the operator: parse, decide, commit. No quota: nobody floods their own machine. */
export const operate = async <N extends Operation>(
  world: World,
  name: N,
  input: Readonly<Record<string, unknown>>,
): Promise<Outcome<OutputOf<Commands[N]>>> => {
  const { run, check } = OPERATIONS[name];
  const [wrong] = check.Errors(input);
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
  const answer = await (run as Run<N>)(world, input, OPERATOR);
  return isDenial(answer) ? { ok: false, problem: problemOf(answer) } : { ok: true, output: answer };
};

/** Whose account has an e-mail, or null. */
export const accountWith = async (world: Pick<World, 'memory'>, email: string): Promise<string | null> =>
  (await world.memory.accounts.forSignIn(foldEmail(email)))?.account ?? null;
