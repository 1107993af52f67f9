/** Reading the record of privileged acts. */
import type { audit, InputOf, OutputOf } from '@recreio/protocol';
import { mayAdminister } from '../accounts/policy.ts';
import type { Call } from '../handler.ts';
import { deny, type Denial } from '../verdict.ts';
import type { World } from '../world.ts';

/** For administrators, newest first. */
export const list = async (
  world: World,
  { act, before, limit = 50 }: InputOf<typeof audit.list>,
  { alive }: Call,
): Promise<OutputOf<typeof audit.list> | Denial<'not-allowed'>> => {
  if (!mayAdminister(alive.me.role)) return deny('not-allowed');
  const found = await world.memory.audit.list({ act: act ?? '', before: before ?? null, limit: limit + 1 });
  const entries = found.slice(0, limit);
  return { entries: [...entries], next: found.length > limit ? (entries.at(-1)?.number ?? null) : null };
};
