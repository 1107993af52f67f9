/** One's own second factors, and taking somebody's away who has lost them (docs/protocol.md R70, R72). */
import type { factors as words, InputOf, OutputOf } from '@recreio/protocol';
import type { Call } from '../handler.ts';
import { deny, type Denial } from '../verdict.ts';
import type { Memory, World } from '../world.ts';
import { actorOf, mayAdminister } from './policy.ts';
import { base32, bareCode, isAppCode, otpauthUri, stepOf, waitFor } from './totp.ts';

/** Enough for years, and few enough to be kept on one slip of paper. */
const RECOVERY_CODES = 8;

/** How one proves who one is. */
export const factors = async (
  world: World,
  _input: InputOf<typeof words.factors>,
  { alive }: Call,
): Promise<OutputOf<typeof words.factors>> => {
  const { password, totpSince, recoveryCodes, demo } = await world.memory.accounts.factors(alive.account);
  const passkeys = await world.memory.accounts.passkeys(alive.account);
  return {
    password,
    passkeys: passkeys.map(({ id, name, createdAt, lastUsedAt, backedUp }) => ({
      id,
      name,
      createdAt,
      lastUsedAt,
      backedUp,
    })),
    identity: world.provider === null ? null : (await world.memory.accounts.identityOf(alive.account, null)) !== null,
    totp: totpSince === null ? null : { since: totpSince },
    recoveryCodes,
    ...(demo && world.site.demo ? { demo: true as const } : {}),
  };
};

/** A second begin takes the first one's place, until one is confirmed: whoever lost the page begins again. */
export const beginTotp = async (
  world: World,
  _input: InputOf<typeof words.beginTotp>,
  { alive }: Call,
): Promise<OutputOf<typeof words.beginTotp> | Denial<'already-taken'>> => {
  const bytes = world.secrets.newTotpSecret();
  const begun = await world.transact(async (memory) => {
    await memory.accounts.hold(alive.account);
    if ((await memory.accounts.totp(alive.account))?.confirmedAt) return false;
    await memory.accounts.beginTotp(alive.account, bytes);
    return true;
  });
  if (!begun) return deny('already-taken');
  const secret = base32(bytes);
  const { school } = await world.memory.accounts.installation();
  return { secret, uri: otpauthUri(school, alive.me.email, secret) };
};

const newCodes = async (world: World, memory: Memory, account: string): Promise<string[]> => {
  const made = Array.from({ length: RECOVERY_CODES }, () => world.secrets.newRecoveryCode());
  await memory.accounts.putRecoveryCodes(
    account,
    made.map(({ hash }) => hash),
  );
  return made.map(({ code }) => code);
};

/** Other devices came in without the factor: they are signed out. */
export const confirmTotp = async (
  world: World,
  { code }: InputOf<typeof words.confirmTotp>,
  { alive }: Call,
): Promise<
  OutputOf<typeof words.confirmTotp> | Denial<'wrong-code' | 'rate-limited' | 'not-found' | 'already-taken'>
> =>
  await world.transact(async (memory) => {
    const { account, session } = alive;
    await memory.accounts.hold(account);
    const totp = await memory.accounts.totp(account);
    if (totp === null) return deny('not-found');
    if (totp.confirmedAt !== null) return deny('already-taken');
    const retryAfterMs = waitFor(totp);
    if (retryAfterMs > 0) return deny('rate-limited', { retryAfterMs });
    const bare = bareCode(code);
    const step = isAppCode(bare) ? stepOf(world.secrets, totp, bare) : null;
    if (step === null) {
      await memory.accounts.missedCode(account);
      return deny('wrong-code');
    }
    await memory.accounts.confirmTotp(account);
    await memory.accounts.spendStep(account, step);
    await memory.accounts.endSessions(account, { except: session });
    return { recoveryCodes: await newCodes(world, memory, account) };
  });

/** Who takes it away may be cleaning up after somebody: other devices are signed out here, too. */
export const removeTotp = async (
  world: World,
  _input: InputOf<typeof words.removeTotp>,
  { alive }: Call,
): Promise<OutputOf<typeof words.removeTotp>> =>
  await world.transact(async (memory) => {
    await memory.accounts.hold(alive.account);
    if (await memory.accounts.removeTotp(alive.account))
      await memory.accounts.endSessions(alive.account, { except: alive.session });
    return {};
  });

/** For who has used them, or fears that somebody has seen them. */
export const newRecoveryCodes = async (
  world: World,
  _input: InputOf<typeof words.newRecoveryCodes>,
  { alive }: Call,
): Promise<OutputOf<typeof words.newRecoveryCodes> | Denial<'not-found'>> =>
  await world.transact(async (memory) => {
    await memory.accounts.hold(alive.account);
    if (!(await memory.accounts.totp(alive.account))?.confirmedAt) return deny('not-found');
    return { recoveryCodes: await newCodes(world, memory, alive.account) };
  });

/** Not for oneself: that is in one's own settings, with a proof of the factor or a recovery code. */
export const resetFactors = async (
  world: World,
  { account, reason }: InputOf<typeof words.resetFactors>,
  { alive }: Call,
): Promise<OutputOf<typeof words.resetFactors> | Denial<'not-allowed' | 'not-found'>> => {
  if (!mayAdminister(alive.me.role) || account === alive.account) return deny('not-allowed');
  return await world.transact(async (memory) => {
    if (!(await memory.accounts.hold(account))) return deny('not-found');
    await memory.accounts.removeTotp(account);
    await memory.accounts.removePasskeys(account);
    await memory.accounts.unlinkIdentities(account);
    await memory.accounts.endSessions(account, {});
    await memory.audit.write({
      actor: actorOf(alive),
      act: 'accounts.resetFactors',
      target: account,
      detail: { reason },
    });
    return {};
  });
};
