/** How the installation is. */
import type { health, InputOf, OutputOf } from '@recreio/protocol';
import { mayAdminister } from '../accounts/policy.ts';
import type { Call } from '../handler.ts';
import { deny, type Denial } from '../verdict.ts';
import type { World } from '../world.ts';

/** For administrators: what it says helps who would break in, too. */
export const get = async (
  world: World,
  _input: InputOf<typeof health.get>,
  { alive }: Call,
): Promise<OutputOf<typeof health.get> | Denial<'not-allowed'>> =>
  mayAdminister(alive.me.role) ? await world.health() : deny('not-allowed');
