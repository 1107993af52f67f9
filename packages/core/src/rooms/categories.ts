/** rooms.categories and setCategories: what the school sorts its rooms by, besides their kinds. */
import type { Category, InputOf, OutputOf, rooms } from '@recreio/protocol';
import { mayAdminister } from '../accounts/policy.ts';
import type { Call } from '../handler.ts';
import { cleanLine, foldText, isEmoji } from '../text.ts';
import { deny, type Denial, isDenial } from '../verdict.ts';
import type { World } from '../world.ts';

/** In the order that administrators gave them. */
export const categories = async (
  world: World,
  _input: InputOf<typeof rooms.categories>,
  _call: Call,
): Promise<OutputOf<typeof rooms.categories>> => ({ categories: [...(await world.memory.rooms.categories())] });

/** The whole list at once: adding, renaming, moving and taking away are one intention, and a repeat changes nothing (docs/protocol.md R68). */
export const setCategories = async (
  world: World,
  input: InputOf<typeof rooms.setCategories>,
  { alive: { me } }: Call,
): Promise<OutputOf<typeof rooms.setCategories> | Denial<'not-allowed' | 'bad-text' | 'already-taken'>> => {
  if (!mayAdminister(me.role)) return deny('not-allowed');
  const clean: Category[] = [];
  const taken = new Set<string>();
  for (const { id, name: given, emoji } of input.categories) {
    const name = cleanLine(given);
    if (isDenial(name)) return deny('bad-text', { detail: 'name' });
    if (emoji !== '' && !isEmoji(emoji)) return deny('bad-text', { detail: 'emoji' });
    if (taken.has(id) || taken.has(foldText(name))) return deny('already-taken', { detail: 'name' });
    taken.add(id).add(foldText(name));
    clean.push({ id, name, emoji });
  }
  return await world.transact(async (memory) => {
    await memory.rooms.lock('categories');
    await memory.rooms.setCategories(clean);
    return { categories: clean };
  });
};
