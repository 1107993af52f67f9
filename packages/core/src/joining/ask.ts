/** At the door: asking to come in, and coming in by an address that was shown to be one's own (docs/protocol.md R91). */
import {
  type InputOf,
  JOINING,
  type joining,
  type Language,
  type OutputOf,
  type SchoolPolicies,
} from '@recreio/protocol';
import type { Caller } from '../actor.ts';
import { cleanName } from '../accounts/administer.ts';
import { cleanEmail, foldEmail } from '../accounts/email.ts';
import { resembling } from '../accounts/likeness.ts';
import type { Letter } from '../accounts/mail.ts';
import { openSession } from '../accounts/open.ts';
import { isWeakPassword } from '../accounts/password.ts';
import { joiningNow } from '../accounts/policy.ts';
import type { WithSession } from '../handler.ts';
import { cleanParagraph } from '../text.ts';
import { deny, type Denial, isDenial } from '../verdict.ts';
import type { World } from '../world.ts';
import { newStudent } from './newcomer.ts';
import { isOfSchool } from './policy.ts';

/** As long as a class takes to find its mail. */
const PROOF_SECONDS = 24 * 60 * 60;

/** Says nothing of whether somebody has the address: what would differ happens after the answer, or is the same work (security S33). */
export const ask = async (
  world: World,
  input: InputOf<typeof joining.ask>,
  caller: Caller,
): Promise<OutputOf<typeof joining.ask> | Denial<'not-allowed' | 'bad-text' | 'too-many' | 'rate-limited'>> => {
  const { policies, languages } = await world.memory.school.read();
  const how = joiningNow(policies, world.mail !== null);
  if (how === 'closed') return deny('not-allowed', { detail: 'people come to this school by invitation' });
  const email = cleanEmail(input.email);
  if (email === null) return deny('bad-text', { detail: 'email' });
  const language =
    input.language !== undefined && languages.offered.includes(input.language) ? input.language : languages.default;
  const name = how === 'approval' ? cleanName(input.name ?? '') : null;
  if (isDenial(name)) return name;
  const words = cleanParagraph(input.words ?? '');
  if (isDenial(words)) return words;
  const wait = world.quota('knock', caller.address);
  if (wait !== null) return deny('rate-limited', { retryAfterMs: wait });
  if (name === null) {
    world.mail?.post(() => letterTo(world, email, language, policies.joiningDomains));
    return {};
  }
  return await world.transact(async (memory) => {
    await memory.accounts.lock('joining');
    if ((await memory.joining.open()) >= JOINING.openMost) return deny('too-many');
    const emailFolded = foldEmail(email);
    await memory.joining.ask({ id: world.newId(), name: name.text, email, emailFolded, words, language });
    return {};
  });
};

/** What goes to an address: a link where it is one of the school's, a word to who has an account already, nothing to others. */
const letterTo = async (
  world: World,
  email: string,
  language: Language,
  domains: SchoolPolicies['joiningDomains'],
): Promise<Letter | null> => {
  const emailFolded = foldEmail(email);
  if (!isOfSchool(email, domains) || world.quota('mail', emailFolded) !== null) return null;
  const { school } = await world.memory.accounts.installation();
  const known = await world.memory.accounts.forSignIn(emailFolded);
  if (known) {
    const record = known.disabled ? null : await world.memory.accounts.record(known.account);
    return (
      record && { to: record.email, name: record.name, language: record.language, school, matter: { kind: 'known' } }
    );
  }
  const { token, hash } = world.secrets.newToken();
  await world.memory.joining.prove({ hash, email, emailFolded, seconds: PROOF_SECONDS });
  const url = `${world.site.publicUrl}/nova-conta#${token}`;
  // Without a name: whoever asks could write anything there, to anybody at the school
  return { to: email, name: '', language, school, matter: { kind: 'join', url } };
};

/** Which address a link is for; used, expired and invented ones are alike. */
export const read = async (
  world: World,
  { token }: InputOf<typeof joining.read>,
  _caller: Caller,
): Promise<OutputOf<typeof joining.read> | Denial<'link-used'>> =>
  (await proofOf(world, world.secrets.hashToken(token))) ?? deny('link-used');

/** A proof that the school's rules of now still take. */
const proofOf = async (
  world: World,
  hash: string,
): Promise<{ readonly email: string; readonly expiresAt: string } | null> => {
  const proof = await world.memory.joining.readProof(hash);
  const { policies } = await world.memory.school.read();
  const isTaken =
    joiningNow(policies, world.mail !== null) === 'domain' && isOfSchool(proof?.email ?? '', policies.joiningDomains);
  return isTaken ? proof : null;
};

/** The account of who has shown an address. What can be refused for name or password is refused before, so that the link can be tried again. */
export const enter = async (
  world: World,
  input: InputOf<typeof joining.enter>,
  caller: Caller,
): Promise<WithSession<OutputOf<typeof joining.enter>> | Denial<'link-used' | 'weak-password' | 'bad-text'>> => {
  const hash = world.secrets.hashToken(input.token);
  const proof = await proofOf(world, hash);
  if (!proof) return deny('link-used');
  const name = cleanName(input.name);
  if (isDenial(name)) return name;
  if (isWeakPassword(input.password, { name: name.text, email: proof.email })) return deny('weak-password');
  const phc = await world.secrets.hashPassword(input.password);
  return await world.transact(async (memory) => {
    await memory.accounts.lock('emails');
    const { languages, policies } = await memory.school.read();
    if (resembling(await memory.accounts.staff())(name.text))
      return deny('bad-text', { detail: 'the name looks like that of somebody of the staff' });
    // The account that was invited meanwhile is its owner's to open, by the link that was handed over
    if ((await memory.accounts.emailsTaken([foldEmail(proof.email)])).size > 0) return deny('link-used');
    if (!(await memory.joining.takeProof(hash))) return deny('link-used');
    const { email } = proof;
    const language =
      input.language !== undefined && languages.offered.includes(input.language) ? input.language : languages.default;
    const id = await newStudent(world, memory, { name, email, language }, policies);
    await memory.accounts.setPassword(id, phc);
    await memory.audit.write({ actor: id, act: 'joining.enter', target: id });
    return await openSession(world, memory, id, caller, 'cookie');
  });
};
