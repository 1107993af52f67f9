/** One-time links, and the passwords that are chosen with them (security S34; docs/protocol.md R8). */
import type { accounts, administer, InputOf, OutputOf } from '@recreio/protocol';
import { TEXT } from '@recreio/protocol';
import type { Caller } from '../actor.ts';
import type { Call, WithSession } from '../handler.ts';
import { cleanLine, foldText } from '../text.ts';
import { deny, type Denial, isDenial, Unavailable } from '../verdict.ts';
import type { Memory, World } from '../world.ts';
import { cleanEmail, foldEmail } from './email.ts';
import { isWeakPassword } from './password.ts';
import { toneOf } from './policy.ts';
import type { LinkRecord, NewAccount } from './port.ts';
import { type CodeDenial, proveCode } from './prove.ts';
import { openSession } from './open.ts';

type OneTimeLink = OutputOf<typeof administer.resetLink>;
type Redeemed = WithSession<OutputOf<typeof accounts.redeemLink>>;

const DAY = 24 * 60 * 60;
/** A link beside those before it, which go on working; one of another life than its kind's, in seconds. */
interface HowLong {
  readonly beside?: true;
  readonly seconds?: number;
}

/** How long links live: an invitation waits for a school week, a new password is asked for and chosen on one day. */
const SECONDS: Record<LinkRecord['kind'], number> = { 'set-up': DAY, invitation: 7 * DAY, password: DAY };

type Maker = Pick<World, 'secrets' | 'site' | 'newId'>;

/** Makes a link for each account; earlier ones of theirs stop working. The token is in the fragment: it reaches no server, log or referrer (S2). */
export const makeLinks = async (
  { secrets, site, newId }: Maker,
  memory: Pick<Memory, 'accounts'>,
  kind: LinkRecord['kind'],
  accounts: readonly (string | null)[],
  how: HowLong = {},
): Promise<OneTimeLink[]> => {
  const made = accounts.map((account) => ({ account, ...secrets.newToken() }));
  const expire = await memory.accounts.addLinks(
    made.map(({ account, hash }) => ({ id: newId(), hash, kind, account, seconds: SECONDS[kind], ...how })),
  );
  return made.map(({ token }, i) => {
    const expiresAt = expire[i];
    if (expiresAt === undefined) throw new Error('a link that was made expires at some time');
    return { url: `${site.publicUrl}/convite#${token}`, expiresAt };
  });
};

/** Makes one. */
export const makeLink = async (
  maker: Maker,
  memory: Pick<Memory, 'accounts'>,
  kind: LinkRecord['kind'],
  account: string | null,
  how: HowLong = {},
): Promise<OneTimeLink> => {
  const [link] = await makeLinks(maker, memory, kind, [account], how);
  if (!link) throw new Error('one link was asked for');
  return link;
};

/**
 * The link with which the first administrator sets the school up, for the operator's eyes; null when it has one. `beside` the
 * earlier ones at a start, because another server may have printed one a moment ago; the first that is used ends them all.
 */
export const makeSetUpLink = async (
  world: Pick<World, 'transact' | 'secrets' | 'site' | 'newId'>,
  how: HowLong = {},
): Promise<OneTimeLink | null> =>
  await world.transact(async (memory) => {
    await memory.accounts.lock('set-up');
    const { needsSetUp } = await memory.accounts.installation();
    return needsSetUp ? await makeLink(world, memory, 'set-up', null, how) : null;
  });

/** A set-up link of a school that is set up is as good as used. */
const usable = async (memory: Memory, hash: string): Promise<LinkRecord | null> => {
  const link = await memory.accounts.readLink(hash);
  if (link?.kind !== 'set-up') return link;
  return (await memory.accounts.installation()).needsSetUp ? link : null;
};

/** Says what a link is for without using it up; used, expired and invented ones are alike. */
export const readLink = async (
  world: World,
  { token }: InputOf<typeof accounts.readLink>,
  _caller: Caller,
): Promise<OutputOf<typeof accounts.readLink> | Denial<'link-used'>> => {
  const link = await usable(world.memory, world.secrets.hashToken(token));
  if (!link) return deny('link-used');
  const { kind, name, email, expiresAt } = link;
  return { kind, expiresAt, ...(name === null ? {} : { name }), ...(email === null ? {} : { email }) };
};

/** The first administrator, as they present themselves; of age, because they answer for the school. */
const firstAdministrator = (
  world: World,
  input: InputOf<typeof accounts.redeemLink>,
): NewAccount | Denial<'bad-text'> => {
  const name = cleanLine(input.name ?? '');
  if (isDenial(name)) return deny('bad-text', { detail: 'name' });
  const email = cleanEmail(input.email ?? '');
  if (email === null || name.length > TEXT.name) return deny('bad-text', { detail: email === null ? 'email' : 'name' });
  const id = world.newId();
  return {
    id,
    name,
    nameFolded: foldText(name),
    email,
    emailFolded: foldEmail(email),
    role: 'administrator',
    minor: false,
    language: input.language ?? 'pt-BR',
    tone: toneOf(id),
    courses: [],
    staff: true,
  };
};

const setUp = async (
  world: World,
  memory: Memory,
  hash: string,
  first: NewAccount,
  phc: string,
  school: string | null,
  caller: Caller,
): Promise<Redeemed | Denial<'link-used' | 'already-taken'>> => {
  await memory.accounts.lock('set-up');
  await memory.accounts.lock('emails');
  if (!(await usable(memory, hash))) return deny('link-used');
  if ((await memory.accounts.emailsTaken([first.emailFolded])).size > 0)
    return deny('already-taken', { detail: 'email' });
  if (!(await memory.accounts.takeLink(hash))) return deny('link-used');
  if (!(await memory.accounts.create([first]))) throw new Error('an e-mail that was free under the lock was taken');
  await memory.accounts.setPassword(first.id, phc);
  if (school !== null) await memory.accounts.nameSchool(school);
  return await openSession(world, memory, first.id, caller, 'cookie');
};

/** Whoever held the old password is out: every session ends (ASVS 7.4.3). The account is held before the link, in one order everywhere. */
const choosePassword = async (
  world: World,
  memory: Memory,
  hash: string,
  account: string,
  phc: string,
  input: InputOf<typeof accounts.redeemLink>,
  caller: Caller,
): Promise<Redeemed | Denial<'link-used'> | CodeDenial> => {
  const held = await memory.accounts.hold(account);
  if (!held || held.disabled || !(await memory.accounts.readLink(hash))) return deny('link-used');
  // A link replaces the password only: whoever got hold of one has not got the second factor
  const refused = await proveCode(world, memory, account, input.code);
  if (isDenial(refused)) return refused;
  if (!(await memory.accounts.takeLink(hash))) return deny('link-used');
  await memory.accounts.setPassword(account, phc);
  await memory.accounts.endLinks(account);
  await memory.accounts.endSessions(account, {});
  if (input.language !== undefined) await memory.accounts.changeMe(account, { language: input.language });
  return await openSession(world, memory, account, caller, 'cookie');
};

/** Uses a link up. What can be refused for the text or the password is refused before, so that the link can be tried again. */
export const redeemLink = async (
  world: World,
  input: InputOf<typeof accounts.redeemLink>,
  caller: Caller,
): Promise<Redeemed | Denial<'link-used' | 'weak-password' | 'bad-text' | 'already-taken'> | CodeDenial> => {
  const hash = world.secrets.hashToken(input.token);
  const link = await usable(world.memory, hash);
  if (!link) return deny('link-used');
  const { account } = link;
  if (account !== null) {
    if (isWeakPassword(input.password, link)) return deny('weak-password');
    const phc = await world.secrets.hashPassword(input.password);
    return await world.transact((memory) => choosePassword(world, memory, hash, account, phc, input, caller));
  }
  const first = firstAdministrator(world, input);
  if (isDenial(first)) return first;
  const school = input.school === undefined ? null : cleanLine(input.school);
  if (isDenial(school)) return deny('bad-text', { detail: 'school' });
  if (isWeakPassword(input.password, first)) return deny('weak-password');
  const phc = await world.secrets.hashPassword(input.password);
  const opened = await world.transact((memory) => setUp(world, memory, hash, first, phc, school, caller));
  if (!isDenial(opened) && school !== null) await tellName(world);
  return opened;
};

/** The page that comes next calls the school by its name. It is open already: what goes wrong here mends itself within two seconds. */
const tellName = async (world: World): Promise<void> => {
  try {
    world.presence.school(await world.memory.school.read());
  } catch (error) {
    if (!(error instanceof Unavailable)) throw error;
  }
};

/** The device it is changed on stays signed in; the others do not. */
export const changePassword = async (
  world: World,
  input: InputOf<typeof accounts.changePassword>,
  { alive, assured }: Call,
): Promise<
  OutputOf<typeof accounts.changePassword> | Denial<'wrong-credentials' | 'weak-password' | 'step-up-required'>
> => {
  // The password of now is the proof that signing in asks for, unless there is a second factor
  if (!assured && (await world.memory.accounts.factors(alive.account)).totpSince !== null)
    return deny('step-up-required');
  const record = await world.memory.accounts.forSignIn(foldEmail(alive.me.email));
  const right = await world.secrets.verifyPassword(record?.password ?? null, input.current);
  if (!record || !right) return deny('wrong-credentials');
  if (isWeakPassword(input.next, alive.me)) return deny('weak-password');
  const phc = await world.secrets.hashPassword(input.next);
  return await world.transact(async (memory) => {
    // The slow hashes stand outside the transaction: of two changes at once, the second finds the password changed
    const held = await memory.accounts.hold(alive.account);
    if (!held || held.disabled || held.password !== record.password) return deny('wrong-credentials');
    await memory.accounts.setPassword(alive.account, phc);
    await memory.accounts.endSessions(alive.account, { except: alive.session });
    return {};
  });
};
