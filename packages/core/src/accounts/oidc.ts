/** Signing in by the school's own provider: it proves who somebody is, the session that follows is ours (docs/protocol.md R84). */
import type { InputOf, oidc, OutputOf } from '@recreio/protocol';
import type { Caller } from '../actor.ts';
import type { Call, WithSession } from '../handler.ts';
import { deny, type Denial, isDenial } from '../verdict.ts';
import type { Memory, World } from '../world.ts';
import { foldEmail } from './email.ts';
import { openSession } from './open.ts';
import type { Identity } from './provider.ts';

/** Long enough to type a password at the provider. */
const SECONDS = 10 * 60;

const returnTo = ({ site }: Pick<World, 'site'>): string => `${site.publicUrl}/entrar/volta`;

/** The flow's token stays in the browser: an answer that somebody else obtained finishes nothing there (RFC 9700 §4.7). */
export const beginOidc = async (
  world: World,
  { anew }: InputOf<typeof oidc.beginOidc>,
  _caller: Caller,
): Promise<OutputOf<typeof oidc.beginOidc> | Denial<'not-found'>> => {
  const { provider } = world;
  if (provider === null) return deny('not-found');
  const { url, secret } = await provider.begin(returnTo(world), anew === true);
  const { token, hash } = world.secrets.newToken();
  await world.memory.accounts.putChallenge({ hash, purpose: 'oidc', account: null, seconds: SECONDS, secret });
  return { url, flow: token };
};

/** The flow is used up, whatever comes of it. */
const identityOf = async (
  world: World,
  { flow, returned }: { readonly flow: string; readonly returned: string },
): Promise<Identity | Denial<'identity-refused'>> => {
  const asked = await world.memory.accounts.takeChallenge(world.secrets.hashToken(flow), 'oidc');
  if (!asked?.secret || world.provider === null) return deny('identity-refused');
  return (await world.provider.finish(returnTo(world), returned, asked.secret)) ?? deny('identity-refused');
};

/** The account of an identity; of the verified address only where the school says so, and where nobody has linked another identity. */
const accountOf = async (world: World, memory: Memory, identity: Identity): Promise<string | null> => {
  const linked = await memory.accounts.accountBy(identity);
  if (linked !== null || !world.provider?.linksByEmail || identity.verifiedEmail === null) return linked;
  const record = await memory.accounts.forSignIn(foldEmail(identity.verifiedEmail));
  if (!record || (await memory.accounts.identityOf(record.account, identity.issuer)) !== null) return null;
  return record.account;
};

/** A disabled account is answered like one that is not there. A person whom the provider did not ask anew has proved nothing just now. */
export const finishOidc = async (
  world: World,
  input: InputOf<typeof oidc.finishOidc>,
  caller: Caller,
): Promise<WithSession<OutputOf<typeof oidc.finishOidc>> | Denial<'identity-refused' | 'no-account'>> => {
  const identity = await identityOf(world, input);
  if (isDenial(identity)) return identity;
  return await world.transact(async (memory) => {
    await memory.accounts.lock('identities');
    const account = await accountOf(world, memory, identity);
    if (account === null) return deny('no-account');
    const held = await memory.accounts.hold(account);
    if (!held || held.disabled) return deny('no-account');
    await memory.accounts.linkIdentity(account, identity);
    return await openSession(world, memory, account, caller, input.keep ?? 'cookie', identity.anew);
  });
};

/** One identity of the provider is one person's, and a person has one. */
export const linkOidc = async (
  world: World,
  input: InputOf<typeof oidc.linkOidc>,
  { alive }: Call,
): Promise<OutputOf<typeof oidc.linkOidc> | Denial<'identity-refused' | 'already-taken'>> => {
  const identity = await identityOf(world, input);
  if (isDenial(identity)) return identity;
  return await world.transact(async (memory) => {
    await memory.accounts.lock('identities');
    const [whose, mine] = [
      await memory.accounts.accountBy(identity),
      await memory.accounts.identityOf(alive.account, identity.issuer),
    ];
    if ((whose !== null && whose !== alive.account) || (mine !== null && mine !== identity.subject))
      return deny('already-taken');
    await memory.accounts.linkIdentity(alive.account, identity);
    return {};
  });
};

/** Not for who has no other way in. */
export const unlinkOidc = async (
  world: World,
  _input: InputOf<typeof oidc.unlinkOidc>,
  { alive }: Call,
): Promise<OutputOf<typeof oidc.unlinkOidc> | Denial<'not-allowed'>> =>
  await world.transact(async (memory) => {
    const held = await memory.accounts.hold(alive.account);
    const hasOther = held?.password !== null || (await memory.accounts.passkeys(alive.account)).length > 0;
    if (!hasOther) return deny('not-allowed', { detail: 'choose a password first' });
    if (await memory.accounts.unlinkIdentities(alive.account))
      await memory.accounts.endSessions(alive.account, { except: alive.session });
    return {};
  });
