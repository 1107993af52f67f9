/** The rooms of the school as administrators see them: that they are there and who looks after them, never what is said in them (R53). */
import type { InputOf, OutputOf, rooms } from '@recreio/protocol';
import { mayAdminister } from '../accounts/policy.ts';
import type { Call } from '../handler.ts';
import { foldText } from '../text.ts';
import { deny, type Denial } from '../verdict.ts';
import type { World } from '../world.ts';

/** Every themed room, in pages; private conversations are nobody's to list. */
export const all = async (
  world: World,
  input: InputOf<typeof rooms.all>,
  { alive }: Call,
): Promise<OutputOf<typeof rooms.all> | Denial<'not-allowed'>> => {
  if (!mayAdminister(alive.me.role)) return deny('not-allowed');
  const page = await world.memory.rooms.all({
    folded: foldText(input.text ?? ''),
    archived: input.archived ?? null,
    ownerless: input.ownerless === true,
    after: input.after ?? null,
    limit: input.limit ?? 50,
  });
  return {
    rooms: [...page.rooms],
    total: page.total,
    next: page.next,
    ...(input.after === undefined ? { ownerless: await world.memory.rooms.ownerless() } : {}),
  };
};
