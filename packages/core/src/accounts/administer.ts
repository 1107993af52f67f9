/** What administrators do with accounts. */
import type { AccountRecord, administer, InputOf, OutputOf } from '@recreio/protocol';
import { TEXT } from '@recreio/protocol';
import type { Call } from '../handler.ts';
import { cleanLine, foldText } from '../text.ts';
import { deny, type Denial, isDenial } from '../verdict.ts';
import type { Memory, World } from '../world.ts';
import { cleanEmail, foldEmail } from './email.ts';
import { resembling } from './likeness.ts';
import { makeLink } from './links.ts';
import { actorOf, isStaff, mayAdminister, minorByDefault, toneOf } from './policy.ts';

export { importPeople } from './import.ts';

/** A name as it is kept, and its folded form. */
export const cleanName = (text: string): { readonly text: string; readonly folded: string } | Denial<'bad-text'> => {
  const name = cleanLine(text);
  if (isDenial(name)) return name;
  return name.length > TEXT.name ? deny('bad-text', { detail: 'name' }) : { text: name, folded: foldText(name) };
};

/** The record of an account that this transaction has just held or made. */
const recordOf = async (memory: Memory, account: string): Promise<AccountRecord> => {
  const record = await memory.accounts.record(account);
  if (!record) throw new Error('an account that was held is there');
  return record;
};

/** Everyone, in pages. */
export const list = async (
  world: World,
  input: InputOf<typeof administer.list>,
  { alive }: Call,
): Promise<OutputOf<typeof administer.list> | Denial<'not-allowed'>> => {
  if (!mayAdminister(alive.me.role)) return deny('not-allowed');
  const page = await world.memory.accounts.list({
    folded: foldText(input.text ?? ''),
    role: input.role ?? null,
    state: input.state ?? null,
    course: input.course ?? null,
    after: input.after ?? null,
    limit: input.limit ?? 50,
  });
  return { people: [...page.people], total: page.total, next: page.next };
};

/**
 * The account takes the client id as its id: a repeat finds what the first made, on any node, and gets a fresh link, because
 * the token of the first is kept nowhere. Another e-mail, name or role under the same id is a conflict (contract D12).
 */
export const invite = async (
  world: World,
  input: InputOf<typeof administer.invite>,
  { alive }: Call,
): Promise<
  | OutputOf<typeof administer.invite>
  | Denial<'not-allowed' | 'already-taken' | 'bad-text' | 'idempotency-conflict' | 'not-found'>
> => {
  if (!mayAdminister(alive.me.role)) return deny('not-allowed');
  const name = cleanName(input.name);
  if (isDenial(name)) return name;
  const email = cleanEmail(input.email);
  if (email === null) return deny('bad-text', { detail: 'email' });
  const { clientId: id, role, courses = [] } = input;
  return await world.transact(async (memory) => {
    const { languages, policies } = await memory.school.read();
    const minor = input.minor ?? minorByDefault(role, policies.minorByDefault);
    await memory.accounts.lock('emails');
    const before = (await memory.accounts.hold(id)) && (await recordOf(memory, id));
    if (before) {
      const same =
        before.email === email &&
        before.name === name.text &&
        before.role === role &&
        (input.minor ?? before.minor) === before.minor;
      if (!same) return deny('idempotency-conflict');
    } else {
      if ((await memory.accounts.emailsTaken([foldEmail(email)])).size > 0)
        return deny('already-taken', { detail: 'email' });
      if (resembling(await memory.accounts.staff())(name.text))
        return deny('bad-text', { detail: 'the name looks like that of somebody of the staff' });
      const known = courses.length === 0 ? [] : await memory.accounts.courses();
      if (!courses.every((course) => known.some((there) => there.id === course)))
        return deny('not-found', { detail: 'course' });
      const made = await memory.accounts.create([
        {
          id,
          name: name.text,
          nameFolded: name.folded,
          email,
          emailFolded: foldEmail(email),
          role,
          minor,
          language: languages.default,
          tone: toneOf(id),
          courses,
          staff: isStaff(role),
        },
      ]);
      if (!made) throw new Error('an e-mail that was free under the lock was taken');
      await memory.audit.write({ actor: actorOf(alive), act: 'accounts.invite', target: id, detail: { role } });
    }
    const link = await makeLink(world, memory, before && before.state !== 'invited' ? 'password' : 'invitation', id);
    return { account: await recordOf(memory, id), link };
  });
};

/** A new role is a new session (security S5), another address is not; the last administrator stays one. */
export const update = async (
  world: World,
  input: InputOf<typeof administer.update>,
  { alive }: Call,
): Promise<
  OutputOf<typeof administer.update> | Denial<'not-allowed' | 'not-found' | 'bad-text' | 'last-owner' | 'already-taken'>
> => {
  if (!mayAdminister(alive.me.role)) return deny('not-allowed');
  const name = input.name === undefined ? undefined : cleanName(input.name);
  if (isDenial(name)) return name;
  const email = input.email === undefined ? undefined : cleanEmail(input.email);
  if (email === null) return deny('bad-text', { detail: 'email' });
  const { account, role, minor } = input;
  const done = await world.transact(async (memory) => {
    if (role !== undefined) await memory.accounts.lock('administrators');
    if (email !== undefined) await memory.accounts.lock('emails');
    if (!(await memory.accounts.hold(account))) return deny('not-found');
    const before = await recordOf(memory, account);
    const renamed = name !== undefined && name.text !== before.name;
    const moved = role !== undefined && role !== before.role;
    if (renamed) {
      const others = (await memory.accounts.staff()).filter(({ id }) => id !== account);
      if (resembling(others)(name.text))
        return deny('bad-text', { detail: 'the name looks like that of somebody of the staff' });
    }
    if (moved && before.role === 'administrator' && (await memory.accounts.otherAdministrators(account)) === 0) {
      return deny('last-owner', { detail: 'the school needs an administrator' });
    }
    const readdressed = email !== undefined && email !== before.email;
    if (readdressed) {
      const emailFolded = foldEmail(email);
      // Another spelling of the same address is the person's own
      const isTaken =
        emailFolded !== foldEmail(before.email) && (await memory.accounts.emailsTaken([emailFolded])).size > 0;
      if (isTaken) return deny('already-taken', { detail: 'email' });
      await memory.accounts.changeEmail(account, { email, emailFolded });
      await memory.accounts.endLinks(account);
    }
    const aged = minor !== undefined && minor !== before.minor;
    if (renamed || moved || aged)
      await memory.accounts.change(account, {
        ...(renamed ? { name } : {}),
        ...(moved ? { role: { role, staff: isStaff(role) } } : {}),
        ...(aged ? { minor } : {}),
      });
    if (moved) await memory.accounts.endSessions(account, {});
    const after = await recordOf(memory, account);
    const detail = differences(before, after);
    if (Object.keys(detail).length > 0)
      await memory.audit.write({ actor: actorOf(alive), act: 'accounts.update', target: account, detail });
    const { school } = await memory.accounts.installation();
    return { before, after, school };
  });
  if (isDenial(done)) return done;
  const { before, after, school } = done;
  world.presence.me(account);
  // Where nobody ever entered, the address may be a stranger's by mistake: they are told nothing. Nor does it learn a name
  if (after.email !== before.email && before.lastSeenAt !== null) {
    const { email: to, language } = before;
    world.mail?.post(() => Promise.resolve({ to, name: '', language, school, matter: { kind: 'email-changed' } }));
  }
  return after;
};

/** What of an account administrators changed. No names and no addresses: the record is for good, and erasure does not reach it. */
const differences = (before: AccountRecord, after: AccountRecord) =>
  Object.fromEntries([
    ...(['role', 'minor'] as const)
      .filter((member) => before[member] !== after[member])
      .map((member) => [member, { from: before[member], to: after[member] }]),
    ...(['name', 'email'] as const)
      .filter((member) => before[member] !== after[member])
      .map((member) => [member, 'changed']),
  ]);

/** For who has lost the password, or never chose one. Not for a disabled account: it must not come back by a link (security S7). */
export const resetLink = async (
  world: World,
  { account }: InputOf<typeof administer.resetLink>,
  { alive }: Call,
): Promise<OutputOf<typeof administer.resetLink> | Denial<'not-allowed' | 'not-found'>> => {
  if (!mayAdminister(alive.me.role)) return deny('not-allowed');
  return await world.transact(async (memory) => {
    const held = await memory.accounts.hold(account);
    if (!held) return deny('not-found');
    if (held.disabled) return deny('not-allowed', { detail: 'the account is disabled' });
    await memory.audit.write({ actor: actorOf(alive), act: 'accounts.resetLink', target: account });
    return await makeLink(world, memory, held.password === null ? 'invitation' : 'password', account);
  });
};

/** Nobody disables themselves, nor the last administrator: somebody must be able to take it back. */
export const disable = async (
  world: World,
  { account, reason }: InputOf<typeof administer.disable>,
  { alive }: Call,
): Promise<AccountRecord | Denial<'not-allowed' | 'not-found' | 'last-owner'>> => {
  if (!mayAdminister(alive.me.role) || account === alive.account) return deny('not-allowed');
  return await world.transact(async (memory) => {
    await memory.accounts.lock('administrators');
    const held = await memory.accounts.hold(account);
    if (!held) return deny('not-found');
    if (held.disabled) return await recordOf(memory, account);
    if (
      (await recordOf(memory, account)).role === 'administrator' &&
      (await memory.accounts.otherAdministrators(account)) === 0
    )
      return deny('last-owner');
    await memory.audit.write({ actor: actorOf(alive), act: 'accounts.disable', target: account, detail: { reason } });
    await memory.accounts.setDisabled(account, true, reason);
    return await recordOf(memory, account);
  });
};

/** The old sessions and links stay ended. */
export const enable = async (
  world: World,
  { account }: InputOf<typeof administer.enable>,
  { alive }: Call,
): Promise<OutputOf<typeof administer.enable> | Denial<'not-allowed' | 'not-found'>> => {
  if (!mayAdminister(alive.me.role)) return deny('not-allowed');
  return await world.transact(async (memory) => {
    const held = await memory.accounts.hold(account);
    if (!held) return deny('not-found');
    if (held.disabled) {
      await memory.accounts.setDisabled(account, false, null);
      await memory.audit.write({ actor: actorOf(alive), act: 'accounts.enable', target: account });
    }
    return await recordOf(memory, account);
  });
};
