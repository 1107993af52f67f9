/** A forgotten password and another address, by mail (docs/protocol.md R77, R78). */
import type { InputOf, OutputOf, recovery } from '@recreio/protocol';
import type { Caller } from '../actor.ts';
import type { Call } from '../handler.ts';
import { deny, type Denial } from '../verdict.ts';
import type { World } from '../world.ts';
import { cleanEmail, foldEmail } from './email.ts';
import { makeLink } from './links.ts';
import type { Letter } from './mail.ts';

/** A mailed link waits in a box that others may come to see: an hour, not a day. */
const PASSWORD_SECONDS = 60 * 60;
const EMAIL_SECONDS = 24 * 60 * 60;

/** The letter for who has that address; null where nobody has, the account is disabled, or enough was sent lately. */
const forgotten = async (world: World, email: string): Promise<Letter | null> => {
  const record = await world.memory.accounts.forSignIn(foldEmail(email));
  if (!record || world.quota('mail', record.account) !== null) return null;
  return await world.transact(async (memory) => {
    const held = await memory.accounts.hold(record.account);
    const to = await memory.accounts.record(record.account);
    if (!held || held.disabled || !to) return null;
    // Beside what was handed over: a stranger who asks must not make an administrator's link stop working
    const link = await makeLink(world, memory, held.password === null ? 'invitation' : 'password', record.account, {
      beside: true,
      seconds: PASSWORD_SECONDS,
    });
    const { school } = await memory.accounts.installation();
    return { to: to.email, name: to.name, language: to.language, school, matter: { kind: 'password', url: link.url } };
  });
};

/** Says nothing of whether there is such an account: all that would differ happens after the answer (security S33). */
export const forgotPassword = async (
  world: World,
  { email }: InputOf<typeof recovery.forgotPassword>,
  _caller: Caller,
): Promise<OutputOf<typeof recovery.forgotPassword>> => {
  world.mail?.post(() => forgotten(world, email));
  return {};
};

/** Without mail nobody could show that an address is theirs: then it stays. */
export const changeEmail = async (
  world: World,
  input: InputOf<typeof recovery.changeEmail>,
  { alive }: Call,
): Promise<OutputOf<typeof recovery.changeEmail> | Denial<'bad-text' | 'not-allowed'>> => {
  const { mail } = world;
  if (!mail) return deny('not-allowed', { detail: 'the school sends no mail' });
  const email = cleanEmail(input.email);
  if (email === null) return deny('bad-text', { detail: 'email' });
  const { name, language } = alive.me;
  mail.post(async () => {
    if ((await world.memory.accounts.emailsTaken([foldEmail(email)])).size > 0) return null;
    const { token, hash } = world.secrets.newToken();
    await world.transact((memory) =>
      memory.accounts.beginEmailChange({
        hash,
        account: alive.account,
        email,
        emailFolded: foldEmail(email),
        seconds: EMAIL_SECONDS,
      }),
    );
    const { school } = await world.memory.accounts.installation();
    const url = `${world.site.publicUrl}/email#${token}`;
    return { to: email, name, language, school, matter: { kind: 'confirm-email', url } };
  });
  return {};
};

/** Links that went to the old address end with it; a second who took the address meanwhile keeps it. */
export const confirmEmail = async (
  world: World,
  { token }: InputOf<typeof recovery.confirmEmail>,
  _caller: Caller,
): Promise<OutputOf<typeof recovery.confirmEmail> | Denial<'link-used'>> => {
  const hash = world.secrets.hashToken(token);
  const changed = await world.transact(async (memory) => {
    await memory.accounts.lock('emails');
    const wanted = await memory.accounts.takeEmailChange(hash);
    if (wanted === null) return null;
    const held = await memory.accounts.hold(wanted.account);
    const before = await memory.accounts.record(wanted.account);
    if (!held || held.disabled || !before) return null;
    if ((await memory.accounts.emailsTaken([wanted.emailFolded])).size > 0) return null;
    await memory.accounts.changeEmail(wanted.account, wanted);
    await memory.accounts.endLinks(wanted.account);
    const { school } = await memory.accounts.installation();
    return { before, school, email: wanted.email };
  });
  if (changed === null) return deny('link-used');
  const { before, school, email } = changed;
  world.presence.me(before.id);
  world.mail?.post(() =>
    Promise.resolve({
      to: before.email,
      name: before.name,
      language: before.language,
      school,
      matter: { kind: 'email-changed' },
    }),
  );
  return { email };
};
