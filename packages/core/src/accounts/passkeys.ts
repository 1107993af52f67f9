/** Passkeys: two factors in one, a device and what unlocks it (WebAuthn Level 3; docs/protocol.md R76). */
import type { InputOf, OutputOf, passkeys as words, PasskeyProof } from '@recreio/protocol';
import type { Caller } from '../actor.ts';
import type { Call, WithSession } from '../handler.ts';
import { cleanLine } from '../text.ts';
import { deny, type Denial, isDenial } from '../verdict.ts';
import type { Memory, World } from '../world.ts';
import type { PasskeyRecord } from './factors-port.ts';
import { openSession } from './open.ts';

type SignedIn = OutputOf<typeof words.signInWithPasskey>;

/** As long as a person needs to find their key; also what the browser is told (WebAuthn §5.4). */
const SECONDS = 5 * 60;

/** COSE algorithms: Ed25519, ES256, and RS256 for Windows Hello (WebAuthn §5.8.5). */
const ALGORITHMS = [-8, -7, -257];

/** What a site is called among passkeys: its host. */
const rpIdOf = ({ site }: Pick<World, 'site'>): string =>
  site.publicUrl.replace(/^https?:\/\//u, '').replace(/:\d+$/u, '');

const challengeFor = async (
  world: World,
  memory: Memory,
  purpose: 'passkey' | 'new-passkey',
  account: string | null,
) => {
  const { token, hash } = world.secrets.newToken();
  await memory.accounts.putChallenge({ hash, purpose, account, seconds: SECONDS });
  return token;
};

/** Nothing in it is anybody's: the browser offers what keys it has for this site. */
export const askPasskey = async (
  world: World,
  _input: InputOf<typeof words.askPasskey>,
  _caller: Caller,
): Promise<OutputOf<typeof words.askPasskey>> => {
  const challenge = await challengeFor(world, world.memory, 'passkey', null);
  const options = { challenge, rpId: rpIdOf(world), timeout: SECONDS * 1000, userVerification: 'required' };
  return { challenge, options };
};

/**
 * Whose key has answered a challenge, rightly and for the first time; null for everything else. The challenge is used up either
 * way, outside the transaction that acts on it: a wrong answer is not to be tried on.
 */
export const provenKey = async (
  world: World,
  { challenge, credential }: PasskeyProof,
): Promise<PasskeyRecord | null> => {
  if ((await world.memory.accounts.takeChallenge(world.secrets.hashToken(challenge), 'passkey')) === null) return null;
  const key = await world.memory.accounts.passkeyBy(credential.id);
  if (key === null) return null;
  const used = await world.passkeys.verify(
    credential,
    { challenge, publicUrl: world.site.publicUrl, rpId: rpIdOf(world) },
    key,
  );
  if (used === null) return null;
  await world.memory.accounts.usedPasskey(key.id, used);
  return key;
};

/** The same refusal for an unknown key, a wrong answer and a disabled account. */
export const signInWithPasskey = async (
  world: World,
  input: InputOf<typeof words.signInWithPasskey>,
  caller: Caller,
): Promise<WithSession<SignedIn> | Denial<'passkey-refused'>> => {
  const key = await provenKey(world, input);
  if (key === null) return deny('passkey-refused');
  return await world.transact(async (memory) => {
    const held = await memory.accounts.hold(key.account);
    // Meanwhile it may have been removed, or the account disabled
    if (!held || held.disabled || !(await memory.accounts.passkeyBy(key.credential))) return deny('passkey-refused');
    return await openSession(world, memory, key.account, caller, input.keep ?? 'cookie');
  });
};

/** Keys that are there already are named, so that one device does not make two. */
export const beginPasskey = async (
  world: World,
  _input: InputOf<typeof words.beginPasskey>,
  { alive }: Call,
): Promise<OutputOf<typeof words.beginPasskey>> => {
  const challenge = await challengeFor(world, world.memory, 'new-passkey', alive.account);
  const { school } = await world.memory.accounts.installation();
  const known = await world.memory.accounts.passkeys(alive.account);
  const options = {
    challenge,
    rp: { id: rpIdOf(world), name: school },
    // Base64url of 24 bytes that are the account's own; no name or address is in it (WebAuthn §14.6.1)
    user: { id: alive.account.replaceAll('-', ''), name: alive.me.email, displayName: alive.me.name },
    pubKeyCredParams: ALGORITHMS.map((alg) => ({ type: 'public-key', alg })),
    excludeCredentials: known.map(({ credential, transports }) => ({ type: 'public-key', id: credential, transports })),
    authenticatorSelection: { residentKey: 'required', requireResidentKey: true, userVerification: 'required' },
    attestation: 'none',
    timeout: SECONDS * 1000,
  };
  return { challenge, options };
};

/** Adds what the device has made. */
export const addPasskey = async (
  world: World,
  input: InputOf<typeof words.addPasskey>,
  { alive }: Call,
): Promise<OutputOf<typeof words.addPasskey> | Denial<'passkey-refused' | 'already-taken' | 'bad-text'>> => {
  const name = cleanLine(input.name);
  if (isDenial(name)) return name;
  const { challenge, credential } = input;
  const asked = await world.memory.accounts.takeChallenge(world.secrets.hashToken(challenge), 'new-passkey');
  if (asked?.account !== alive.account) return deny('passkey-refused');
  const made = await world.passkeys.register(credential, {
    challenge,
    publicUrl: world.site.publicUrl,
    rpId: rpIdOf(world),
  });
  if (made === null) return deny('passkey-refused');
  return await world.transact(async (memory) => {
    await memory.accounts.hold(alive.account);
    const added = await memory.accounts.addPasskey({ ...made, id: world.newId(), account: alive.account, name });
    return added ?? deny('already-taken');
  });
};

/** A name says which device it is; it changes nothing about who may come in. */
export const renamePasskey = async (
  world: World,
  { passkey, name: given }: InputOf<typeof words.renamePasskey>,
  { alive }: Call,
): Promise<OutputOf<typeof words.renamePasskey> | Denial<'not-found' | 'bad-text'>> => {
  const name = cleanLine(given);
  if (isDenial(name)) return name;
  const renamed = await world.transact((memory) => memory.accounts.renamePasskey(alive.account, passkey, name));
  return renamed ? {} : deny('not-found');
};

/** Whoever removes one may have lost it to somebody: what came in by it goes out. */
export const removePasskey = async (
  world: World,
  { passkey }: InputOf<typeof words.removePasskey>,
  { alive }: Call,
): Promise<OutputOf<typeof words.removePasskey> | Denial<'not-found'>> =>
  await world.transact(async (memory) => {
    await memory.accounts.hold(alive.account);
    if (!(await memory.accounts.removePasskeys(alive.account, passkey))) return deny('not-found');
    await memory.accounts.endSessions(alive.account, { except: alive.session });
    return {};
  });
