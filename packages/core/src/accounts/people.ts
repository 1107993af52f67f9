/** Oneself and others: me, profiles, finding people, blocking. */
import type { accounts, InputOf, OutputOf } from '@recreio/protocol';
import type { Call } from '../handler.ts';
import { foldText } from '../text.ts';
import { deny, type Denial, isDenial } from '../verdict.ts';
import type { Memory, World } from '../world.ts';
import { cleanPronouns, cleanTimeZone } from './about.ts';

/** Who am I. */
export const me = async (
  _world: World,
  _input: InputOf<typeof accounts.me>,
  { alive }: Call,
): Promise<OutputOf<typeof accounts.me>> => alive.me;

/** Tells the person's other devices, too, and at once those who are shown something else of them now. */
export const updateMe = async (
  world: World,
  changes: InputOf<typeof accounts.updateMe>,
  { alive }: Call,
): Promise<OutputOf<typeof accounts.updateMe> | Denial<'not-allowed' | 'bad-text'>> => {
  const { languages } = await world.memory.school.read();
  if (changes.language !== undefined && !languages.offered.includes(changes.language))
    return deny('not-allowed', { detail: 'the school does not offer this language' });
  const pronouns = changes.pronouns ? cleanPronouns(changes.pronouns) : changes.pronouns;
  if (isDenial(pronouns)) return pronouns;
  const timeZone = changes.timeZone ? cleanTimeZone(changes.timeZone) : changes.timeZone;
  if (isDenial(timeZone)) return timeZone;
  const { language, privacy } = changes;
  const changed = await world.transact((memory) =>
    memory.accounts.changeMe(alive.account, {
      ...(language === undefined ? {} : { language }),
      ...(pronouns === undefined ? {} : { pronouns }),
      ...(timeZone === undefined ? {} : { timeZone }),
      ...(privacy === undefined ? {} : { privacy }),
    }),
  );
  world.presence.me(alive.account);
  return changed;
};

/** Of those one shares a room with; the others are left out like unknown ids (R5). */
export const profiles = async (
  world: World,
  { ids }: InputOf<typeof accounts.profiles>,
  { alive }: Call,
): Promise<OutputOf<typeof accounts.profiles>> => ({
  profiles: [...(await world.memory.accounts.profiles(alive.account, ids))],
});

/** A single letter is not a search: it would list the school (security S33). */
const LETTERS = 2;

/** Whom one may write to in private; without a text those of one's own courses first. */
export const find = async (
  world: World,
  { text, limit }: InputOf<typeof accounts.find>,
  { alive }: Call,
): Promise<OutputOf<typeof accounts.find>> => {
  const folded = foldText(text);
  if (folded !== '' && folded.length < LETTERS) return { people: [] };
  return { people: [...(await world.memory.accounts.talkable(alive.me, folded, limit ?? 20))] };
};

/** What the other has said calls no more, or again: every device of the person counts and lists anew. */
const tellCounts = async (
  world: World,
  account: string,
  other: string,
  change: (memory: Memory) => Promise<void>,
): Promise<void> => {
  const markers = await world.transact(async (memory) => {
    await change(memory);
    return await memory.rooms.recount(account, other);
  });
  for (const { revision, ...marker } of markers) world.presence.marker(account, marker, revision);
  world.presence.me(account);
};

/** Silent, and for both directions of private messages. */
export const block = async (
  world: World,
  { account }: InputOf<typeof accounts.block>,
  { alive }: Call,
): Promise<OutputOf<typeof accounts.block> | Denial<'not-found' | 'not-allowed'>> => {
  if (account === alive.account) return deny('not-allowed');
  const [known] = await world.memory.accounts.profiles(alive.account, [account]);
  if (!known) return deny('not-found');
  await tellCounts(world, alive.account, account, (memory) => memory.accounts.block(alive.account, account));
  return {};
};

/** Takes it back. */
export const unblock = async (
  world: World,
  { account }: InputOf<typeof accounts.unblock>,
  { alive }: Call,
): Promise<OutputOf<typeof accounts.unblock>> => {
  await tellCounts(world, alive.account, account, (memory) => memory.accounts.unblock(alive.account, account));
  return {};
};

/** Whom one has blocked. */
export const blocks = async (
  world: World,
  _input: InputOf<typeof accounts.blocks>,
  { alive }: Call,
): Promise<OutputOf<typeof accounts.blocks>> => ({
  blocked: [...(await world.memory.accounts.blocks(alive.account))],
});
