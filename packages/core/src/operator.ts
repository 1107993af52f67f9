/**
 * The operator: whoever runs the program on the school's own machine. There is no session to steal and no role to ask for,
 * because the operator holds the database and the keys anyway; the rules of administrators hold all the same.
 */
import { type CommandName, COMMANDS, type Commands, type OutputOf } from '@recreio/protocol';
import { Compile } from 'typebox/compile';
import type { Call } from './handler.ts';
import { HANDLERS } from './handlers.ts';
import { writeIn } from './rooms/pass-on.ts';
import { nowIn } from './streams/facts.ts';
import type { RoomRule } from './streams/flush.ts';
import { isWellFormed } from './text.ts';
import { deny, type Denial, isDenial, type Outcome, problemOf } from './verdict.ts';
import type { World } from './world.ts';
import { foldEmail } from './accounts/email.ts';
import { NOBODY } from './accounts/policy.ts';

/** What the operator can do: what administrators can, as far as it is not about a room's talk or about oneself. Of the rules of rooms' logs those that rest on the room alone. */
const OPERATIONS = [
  'accounts.list',
  'accounts.invite',
  'accounts.import',
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
  'school.setLogo',
  'rooms.all',
  'rooms.entrust',
  'rooms.archive',
  'rooms.categories',
  'rooms.setCategories',
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

type Input = Readonly<Record<string, unknown>>;
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
  const handler: object = HANDLERS[name];
  const answer = await ('decide' in handler
    ? inRoom(world, name, handler as RoomRule<Input & { readonly room: string }, OutputOf<Commands[N]>>, input)
    : (handler as Run<N>)(world, input, OPERATOR));
  return isDenial(answer) ? { ok: false, problem: problemOf(answer) } : { ok: true, output: answer };
};

/**
 * A rule that rests on the room alone, decided for the operator as for an administrator, in a transaction of its own: the flush
 * asks whether the actor's session is alive, and there is none. It stays on record, beside what it leaves in the room's log.
 */
const inRoom = async <O>(
  world: World,
  act: Operation,
  { decide }: RoomRule<Input & { readonly room: string }, O>,
  input: Input,
): Promise<O | Denial> =>
  await world.transact(async (memory) => {
    const id = String(input['room']);
    const { facts } = await memory.rooms.hold({ room: id }, NOBODY);
    const room = facts.rooms.get(id);
    if (!room) return deny('not-found');
    const { role, minor } = OPERATOR.alive.me;
    facts.accounts.set(NOBODY, { role, minor, disabled: false });
    const now = nowIn(facts, room);
    const verdict = decide(facts, { ...input, room: id }, { actor: NOBODY, room, now, newId: world.newId });
    if (isDenial(verdict)) return verdict;
    const placed = await writeIn(world, memory, facts, NOBODY, [[room, verdict.events]]);
    if (placed.length > 0) {
      const { room: _room, clientId: _clientId, ...detail } = input;
      await memory.audit.write({ actor: null, act, target: id, detail });
    }
    return verdict.reply(placed);
  });

/** Whose account has an e-mail, or null. */
export const accountWith = async (world: Pick<World, 'memory'>, email: string): Promise<string | null> =>
  (await world.memory.accounts.forSignIn(foldEmail(email)))?.account ?? null;
