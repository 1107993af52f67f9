/** Threads: who follows one because of what is said in it; threads.follow, unfollow, markRead and mine. */
import type { InputOf, OutputOf, threads } from '@recreio/protocol';
import type { Call } from '../handler.ts';
import { covers, type Facts, key, type MessageFact, type RoomFact } from '../streams/facts.ts';
import { deny, type Denial } from '../verdict.ts';
import type { World } from '../world.ts';
import type { ThreadMoved } from './port.ts';

/** What of a reply calls people. */
interface Calling {
  readonly replyTo: string | null;
  readonly mentions: readonly string[];
  /** Those whose words are in it. */
  readonly hearers: readonly string[];
}

/**
 * Who follows a thread from a reply on: its author, those it mentions and the one it answers; and, unless they have said
 * otherwise before, the author of the message that the thread hangs from, who asked to be told of a word in it, and everybody of a
 * private conversation. Nobody who does not see that message, and nobody who has blocked the author.
 */
export const followsOf = (
  facts: Facts,
  room: RoomFact,
  actor: string,
  root: MessageFact,
  { replyTo, mentions, hearers }: Calling,
): readonly string[] => {
  const said = facts.threads.get(root.id)?.follows;
  const target = replyTo === null ? undefined : facts.messages.get(replyTo);
  const called = [...mentions, ...(target && !target.removed ? [target.author] : [])];
  const few = room.pair ?? facts.circles.get(room.id)?.members ?? [];
  const first = [root.author, ...hearers, ...few].filter((account) => said?.has(account) !== true);
  const follows = [...called, ...first].filter(
    (account) =>
      // Who follows already has a marker of their own
      said?.get(account) !== true &&
      covers(facts.members.get(key(room.id, account)), root.seq) &&
      !facts.blocks.has(key(account, actor)),
  );
  return [...new Set([actor, ...follows])];
};

type Standing = OutputOf<typeof threads.follow>;

/** The person's other devices are told; a thread that they may not see is not there (docs/protocol.md R5). */
const answer = (world: World, { alive }: Call, moved: ThreadMoved | null): Standing | Denial<'not-found'> => {
  if (!moved) return deny('not-found');
  const { standing, revision } = moved;
  if (revision !== null) world.presence.thread(alive.account, standing, revision);
  const { room: _room, thread: _thread, ...mine } = standing;
  return mine;
};

const setFollowing =
  (following: boolean) =>
  async (
    world: World,
    { room, thread }: InputOf<typeof threads.follow>,
    call: Call,
  ): Promise<Standing | Denial<'not-found'>> =>
    answer(
      world,
      call,
      await world.transact((memory) => memory.threads.follow(call.alive.account, room, thread, following)),
    );

/** From now on told of replies. */
export const follow = setFollowing(true);

/** No more. */
export const unfollow = setFollowing(false);

/** Forward only ([D33]). */
export const markRead = async (
  world: World,
  { room, thread, seq }: InputOf<typeof threads.markRead>,
  call: Call,
): Promise<Standing | Denial<'not-found'>> =>
  answer(world, call, await world.transact((memory) => memory.threads.markRead(call.alive.account, room, thread, seq)));

/** Those that I follow. */
export const mine = async (
  world: World,
  { limit }: InputOf<typeof threads.mine>,
  { alive }: Call,
): Promise<OutputOf<typeof threads.mine>> => {
  const found = await world.memory.threads.mine(alive.account, limit ?? 50);
  return { threads: [...found.threads], unread: found.unread, more: found.more };
};
