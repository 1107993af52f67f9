/** Proving who one is: the second factor beside a password, and anew before what is privileged (docs/protocol.md R70, R71). */
import type { factors, InputOf, OutputOf } from '@recreio/protocol';
import type { Call } from '../handler.ts';
import { deny, type Denial, isDenial } from '../verdict.ts';
import type { Memory, World } from '../world.ts';
import { foldEmail } from './email.ts';
import { provenKey } from './passkeys.ts';
import { ASSURED_MS } from './policy.ts';
import { bareCode, isAppCode, stepOf, waitFor } from './totp.ts';

/** Why a code did not do. */
export type CodeDenial = Denial<'second-factor-required' | 'wrong-code' | 'rate-limited'>;

/**
 * Whether the code of the second factor is right, for an account that the transaction holds; null when it is, or none is needed.
 * It is used up. A wrong one is counted, so the transaction must be committed. Codes of the app are paused after several wrong
 * ones; recovery codes are not, because nobody guesses one, and the person whose account is being tried must come in.
 */
export const proveCode = async (
  { secrets }: Pick<World, 'secrets'>,
  memory: Memory,
  account: string,
  typed: string | undefined,
): Promise<CodeDenial | null> => {
  const totp = await memory.accounts.totp(account);
  if (totp === null || totp.confirmedAt === null) return null;
  if (typed === undefined) return deny('second-factor-required');
  const code = bareCode(typed);
  if (!isAppCode(code))
    return (await memory.accounts.takeRecoveryCode(account, secrets.hashToken(code))) ? null : deny('wrong-code');
  const retryAfterMs = waitFor(totp);
  if (retryAfterMs > 0) return deny('rate-limited', { retryAfterMs });
  const step = stepOf(secrets, totp, code);
  if (step === null) {
    await memory.accounts.missedCode(account);
    return deny('wrong-code');
  }
  await memory.accounts.spendStep(account, step);
  return null;
};

const until = (assuredAt: string): OutputOf<typeof factors.stepUp> => ({
  assuredUntil: new Date(Date.parse(assuredAt) + ASSURED_MS).toISOString(),
});

/** Asks for what signing in asks for; the demo's people, who are entered as with one click, need only say that they are there. */
export const stepUp = async (
  world: World,
  input: InputOf<typeof factors.stepUp>,
  { alive }: Call,
): Promise<
  OutputOf<typeof factors.stepUp> | CodeDenial | Denial<'wrong-credentials' | 'passkey-refused' | 'not-signed-in'>
> => {
  const { account, session } = alive;
  const assure = async (memory: Memory) => {
    const assuredAt = await memory.accounts.assure(session);
    return assuredAt === null ? deny('not-signed-in') : until(assuredAt);
  };
  if (input.passkey !== undefined) {
    const key = await provenKey(world, input.passkey);
    return key?.account === account ? await world.transact(assure) : deny('passkey-refused');
  }
  const record = await world.memory.accounts.forSignIn(foldEmail(alive.me.email));
  const isDemo = world.site.demo && (await world.memory.accounts.factors(account)).demo;
  const right = isDemo || (await world.secrets.verifyPassword(record?.password ?? null, input.password ?? ''));
  if (!record || !right) return deny('wrong-credentials');
  return await world.transact(async (memory) => {
    // The slow check stood outside the transaction
    const held = await memory.accounts.hold(account);
    if (!held || held.disabled || held.password !== record.password) return deny('wrong-credentials');
    const refused = isDemo ? null : await proveCode(world, memory, account, input.code);
    if (isDenial(refused)) return refused;
    return await assure(memory);
  });
};
