/** Administrators answer those who ask to come in (docs/protocol.md R91). */
import type { InputOf, joining, OutputOf } from '@recreio/protocol';
import { cleanName } from '../accounts/administer.ts';
import { resembling } from '../accounts/likeness.ts';
import { makeLink } from '../accounts/links.ts';
import { actorOf, mayAdminister } from '../accounts/policy.ts';
import type { Call } from '../handler.ts';
import { deny, type Denial, isDenial } from '../verdict.ts';
import type { World } from '../world.ts';
import { newStudent } from './newcomer.ts';

/** Who waits for an answer. */
export const asks = async (
  world: World,
  _input: InputOf<typeof joining.asks>,
  { alive }: Call,
): Promise<OutputOf<typeof joining.asks> | Denial<'not-allowed'>> =>
  mayAdminister(alive.me.role) ? { asks: [...(await world.memory.joining.asks())] } : deny('not-allowed');

/** One account and one link for each ask, however many answer it at once. The address is shown to be theirs when they use the link. */
export const admit = async (
  world: World,
  input: InputOf<typeof joining.admit>,
  { alive }: Call,
): Promise<OutputOf<typeof joining.admit> | Denial<'not-allowed' | 'not-found' | 'already-taken' | 'bad-text'>> => {
  if (!mayAdminister(alive.me.role)) return deny('not-allowed');
  const given = input.name === undefined ? undefined : cleanName(input.name);
  if (isDenial(given)) return given;
  const admitted = await world.transact(async (memory) => {
    await memory.accounts.lock('emails');
    const ask = await memory.joining.hold(input.ask);
    if (!ask) return deny('not-found');
    const name = given ?? cleanName(ask.name);
    if (isDenial(name)) return name;
    if ((await memory.accounts.emailsTaken([ask.emailFolded])).size > 0)
      return deny('already-taken', { detail: 'email' });
    if (resembling(await memory.accounts.staff())(name.text))
      return deny('bad-text', { detail: 'the name looks like that of somebody of the staff' });
    const { policies } = await memory.school.read();
    const id = await newStudent(world, memory, { name, email: ask.email, language: ask.language }, policies);
    await memory.joining.forget(ask.id);
    await memory.audit.write({ actor: actorOf(alive), act: 'joining.admit', target: id });
    const link = await makeLink(world, memory, 'invitation', id);
    const account = await memory.accounts.record(id);
    if (!account) throw new Error('an account that was just made is there');
    const { school } = await memory.accounts.installation();
    return { account, link, school };
  });
  if (isDenial(admitted)) return admitted;
  const { account, link, school } = admitted;
  world.mail?.post(() =>
    Promise.resolve({
      to: account.email,
      name: account.name,
      language: account.language,
      school,
      matter: { kind: 'admitted', url: link.url },
    }),
  );
  return { account, link, isMailed: world.mail !== null };
};

/** Nobody is told: the address may not be theirs. */
export const decline = async (
  world: World,
  { ask }: InputOf<typeof joining.decline>,
  { alive }: Call,
): Promise<OutputOf<typeof joining.decline> | Denial<'not-allowed' | 'not-found'>> => {
  if (!mayAdminister(alive.me.role)) return deny('not-allowed');
  return await world.transact(async (memory) => {
    if (!(await memory.joining.decline(ask))) return deny('not-found');
    await memory.audit.write({ actor: actorOf(alive), act: 'joining.decline', target: ask });
    return {};
  });
};
