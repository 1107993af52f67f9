/** Signing in and out, sessions and socket tickets. */
import type { accounts, InputOf, OutputOf } from '@recreio/protocol';
import type { Caller } from '../actor.ts';
import type { Call, WithSession } from '../handler.ts';
import { deny, type Denial, isDenial } from '../verdict.ts';
import type { World } from '../world.ts';
import { foldEmail } from './email.ts';
import { openSession } from './open.ts';
import { joiningNow } from './policy.ts';
import { type CodeDenial, proveCode } from './prove.ts';

type SignedIn = OutputOf<typeof accounts.signIn>;

/** A ticket lives this long (security, "Use"). */
const TICKET_SECONDS = 30;

/** What the sign-in page needs. */
export const welcome = async (
  world: World,
  _input: InputOf<typeof accounts.welcome>,
  caller: Caller,
): Promise<OutputOf<typeof accounts.welcome>> => {
  const { school, needsSetUp } = await world.memory.accounts.installation();
  const { name, accent, logo, languages, policies } = await world.memory.school.read();
  const signedIn = caller.actor !== null && (await world.memory.accounts.alive(caller.actor)) !== null;
  return {
    school,
    look: { name, accent, logo, languages },
    mail: world.mail !== null,
    joining: joiningNow(policies, world.mail !== null),
    provider: world.provider?.name ?? null,
    needsSetUp,
    signedIn,
    demo: world.site.demo ? [...(await world.memory.accounts.demoPeople())] : [],
  };
};

/** The same answer, after the same work, for an unknown e-mail, a wrong password and a disabled account (security S33). */
export const signIn = async (
  world: World,
  input: InputOf<typeof accounts.signIn>,
  caller: Caller,
): Promise<WithSession<SignedIn> | Denial<'wrong-credentials'> | CodeDenial> => {
  const record = await world.memory.accounts.forSignIn(foldEmail(input.email));
  const right = await world.secrets.verifyPassword(record?.password ?? null, input.password);
  if (!record || !right || record.disabled) return deny('wrong-credentials');
  return await world.transact(async (memory) => {
    // The slow check stood outside the transaction: meanwhile the account may have been disabled, the password changed
    const held = await memory.accounts.hold(record.account);
    if (!held || held.disabled || held.password !== record.password) return deny('wrong-credentials');
    const refused = await proveCode(world, memory, record.account, input.code);
    if (isDenial(refused)) return refused;
    return await openSession(world, memory, record.account, caller, input.keep ?? 'cookie');
  });
};

/** Only in the demo school, and only as one of the people it offers. */
export const enterDemo = async (
  world: World,
  input: InputOf<typeof accounts.enterDemo>,
  caller: Caller,
): Promise<WithSession<SignedIn> | Denial<'not-found'>> => {
  if (!world.site.demo) return deny('not-found');
  const people = await world.memory.accounts.demoPeople();
  if (!people.some(({ account }) => account === input.account)) return deny('not-found');
  return await world.transact(async (memory) => {
    const held = await memory.accounts.hold(input.account);
    return held && !held.disabled
      ? await openSession(world, memory, input.account, caller, input.keep ?? 'cookie')
      : deny('not-found');
  });
};

/** Ends the session that asks, and its sockets. */
export const signOut = async (
  world: World,
  _input: InputOf<typeof accounts.signOut>,
  { alive }: Call,
): Promise<OutputOf<typeof accounts.signOut>> => {
  await world.transact((memory) => memory.accounts.endSessions(alive.account, { only: alive.session }));
  return {};
};

/** Own devices. */
export const sessions = async (
  world: World,
  _input: InputOf<typeof accounts.sessions>,
  { alive }: Call,
): Promise<OutputOf<typeof accounts.sessions>> => ({
  sessions: (await world.memory.accounts.sessions(alive.account)).map((session) => ({
    ...session,
    current: session.id === alive.session,
  })),
});

/** Ends one of one's own. */
export const revokeSession = async (
  world: World,
  { session }: InputOf<typeof accounts.revokeSession>,
  { alive }: Call,
): Promise<OutputOf<typeof accounts.revokeSession> | Denial<'not-found'>> => {
  const ended = await world.transact((memory) => memory.accounts.endSessions(alive.account, { only: session }));
  return ended > 0 ? {} : deny('not-found');
};

/** A ticket for one socket of this session. */
export const ticket = async (
  world: World,
  _input: InputOf<typeof accounts.ticket>,
  { alive }: Call,
): Promise<OutputOf<typeof accounts.ticket>> => {
  const { token, hash } = world.secrets.newToken();
  return {
    ticket: token,
    expiresAt: await world.memory.accounts.addTicket({ hash, session: alive.session, seconds: TICKET_SECONDS }),
  };
};
