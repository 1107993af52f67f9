/** The school's settings: read by everybody, changed by administrators, recorded, and told to every open page. */
import { type InputOf, type OutputOf, type ProblemCode, type School, type school, TEXT } from '@recreio/protocol';
import { actorOf, mayAdminister } from '../accounts/policy.ts';
import type { Call } from '../handler.ts';
import { cleanLine } from '../text.ts';
import { deny, type Denial, isDenial } from '../verdict.ts';
import type { Memory, World } from '../world.ts';
import { changesOf } from './policy.ts';

/** The settings. */
export const get = async (world: World): Promise<School> => await world.memory.school.read();

/** The picture, and its name. */
export const logo = async (world: World): Promise<OutputOf<typeof school.logo>> => {
  const picture = await world.memory.school.logo();
  return { png: picture?.png ?? null, logo: picture?.name ?? null };
};

/** What is changed is looked at again under the lock: who has seen an older version is told, and nothing is written. */
export const update = async (
  world: World,
  { version, name: given, languages, policies, ...rest }: InputOf<typeof school.update>,
  { alive }: Call,
): Promise<OutputOf<typeof school.update> | Denial<'not-allowed' | 'stale' | 'bad-text' | 'malformed'>> => {
  if (!mayAdminister(alive.me.role)) return deny('not-allowed');
  const name = given === undefined ? undefined : cleanLine(given);
  if (isDenial(name)) return name;
  if (name !== undefined && name.length > TEXT.name) return deny('bad-text', { detail: 'name' });
  if (languages && !languages.offered.includes(languages.default))
    return deny('malformed', { detail: 'the default is not among the languages that are offered' });
  return await change(world, actorOf(alive), 'school.update', version, (before) => {
    const decided = { ...before.policies, ...policies };
    if (decided.joining === 'domain' && decided.joiningDomains.length === 0)
      return deny('malformed', { detail: 'nobody has an address at no domain' });
    return {
      ...before,
      ...rest,
      ...(name === undefined ? {} : { name }),
      ...(languages ? { languages } : {}),
      policies: decided,
    };
  });
};

/** Only pixels are kept of a picture: what else was in the file is gone. */
export const setLogo = async (
  world: World,
  { version, png }: InputOf<typeof school.setLogo>,
  { alive }: Call,
): Promise<OutputOf<typeof school.setLogo> | Denial<'not-allowed' | 'stale' | 'bad-picture'>> => {
  if (!mayAdminister(alive.me.role)) return deny('not-allowed');
  const picture = png === null ? null : world.redraw(png);
  if (png !== null && picture === null) return deny('bad-picture');
  return await change(
    world,
    actorOf(alive),
    'school.setLogo',
    version,
    (before) => ({ ...before, logo: picture?.name ?? null }),
    { png: picture?.png ?? null },
  );
};

/** Devices are called, and what was missed is mailed, for what is said from now on, or forgotten, in the transaction of the decision. */
const switchWays = async ({ push, digest }: Memory, before: School, after: School): Promise<void> => {
  for (const [name, way] of [
    ['push', push],
    ['digest', digest],
  ] as const) {
    const [was, is] = [before.policies[name] !== 'off', after.policies[name] !== 'off'];
    if (is && !was) await way.begin();
    if (was && !is) await way.forgetAll();
  }
};

/** One change: nothing is written and nobody told where it changes nothing. */
const change = async <P extends ProblemCode = never>(
  world: World,
  actor: string | null,
  act: string,
  version: number,
  to: (before: School) => School | Denial<P>,
  picture?: { readonly png: string | null },
): Promise<School | Denial<'stale' | P>> => {
  const changed = await world.transact(async (memory) => {
    const before = await memory.school.hold();
    if (before.version !== version) return deny('stale');
    const after = to(before);
    if (isDenial(after)) return after;
    const detail = changesOf(before, after);
    if (Object.keys(detail).length === 0) return before;
    const next = { ...after, version: before.version + 1 };
    await memory.school.write(next);
    await switchWays(memory, before, next);
    if (picture) await memory.school.setLogo(picture.png);
    await memory.audit.write({ actor, act, detail });
    return next;
  });
  if (!isDenial(changed) && changed.version !== version) world.presence.school(changed);
  return changed;
};
