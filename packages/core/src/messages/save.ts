/** messages.save, unsave, saved and tidySaved: a person's own list of things to come back to (docs/protocol.md R85). */
import { type InputOf, type OutputOf, type saved as words, SAVED } from '@recreio/protocol';
import type { Call } from '../handler.ts';
import { deny, type Denial } from '../verdict.ts';
import type { World } from '../world.ts';

/** The person's other devices hear that the list is another; nothing where nothing has changed. */
const tell = (world: World, { alive }: Call, revision: number | null): void => {
  if (revision !== null) world.presence.saved(alive.account, revision);
};

/** Puts one on it; what is there already stays where it is. */
export const save = async (
  world: World,
  { room, message }: InputOf<typeof words.save>,
  call: Call,
): Promise<OutputOf<typeof words.save> | Denial<'not-found' | 'removed' | 'too-many'>> => {
  const { account } = call.alive;
  const done = await world.transact(async (memory) => {
    // Else two at once would both find the last place free
    await memory.rooms.lock(`saved ${account}`);
    const found = await memory.saved.find(account, room, message);
    if (!found) return deny('not-found');
    if (found.removed) return deny('removed');
    if (found.isSaved) return null;
    if (found.count >= SAVED) return deny('too-many', { detail: `at most ${SAVED} messages are saved` });
    return await memory.saved.put(account, message, world.newId());
  });
  if (done !== null && typeof done !== 'number') return done;
  tell(world, call, done);
  return {};
};

/** Takes one off it. */
export const unsave = async (
  world: World,
  { message }: InputOf<typeof words.unsave>,
  call: Call,
): Promise<OutputOf<typeof words.unsave>> => {
  tell(world, call, await world.transact((memory) => memory.saved.drop(call.alive.account, message)));
  return {};
};

/** The list, a page at a time; with the first also what all is on it. */
export const saved = async (
  world: World,
  { after, limit }: InputOf<typeof words.saved>,
  { alive }: Call,
): Promise<OutputOf<typeof words.saved>> => {
  const most = limit ?? 50;
  const page = await world.memory.saved.page(alive.account, after ?? null, most + 1);
  const shown = page.slice(0, most);
  const next = page.length > most ? (shown.at(-1)?.id ?? null) : null;
  if (after !== undefined) return { saved: shown, next };
  const all = await world.memory.saved.all(alive.account);
  return {
    saved: shown,
    next,
    ids: all.map(({ message }) => message),
    unseen: all.filter(({ isSeen }) => !isSeen).length,
  };
};

/** Takes off it what is not shown any more. */
export const tidySaved = async (
  world: World,
  _: InputOf<typeof words.tidySaved>,
  call: Call,
): Promise<OutputOf<typeof words.tidySaved>> => {
  const { gone, revision } = await world.transact((memory) => memory.saved.dropUnseen(call.alive.account));
  tell(world, call, revision);
  return { gone };
};
