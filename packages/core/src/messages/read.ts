/** messages.page, get, markRead and markUnread; streams.read and readMine: reading what was said. Membership is asked in the same statement. */
import type { InputOf, messages, OutputOf, streams } from '@recreio/protocol';
import type { Call } from '../handler.ts';
import { deny, type Denial } from '../verdict.ts';
import type { World } from '../world.ts';
import { mayReadPast } from './policy.ts';

/** A page of history, folded up to its `at`. */
export const page = async (
  world: World,
  input: InputOf<typeof messages.page>,
  { alive }: Call,
): Promise<OutputOf<typeof messages.page> | Denial<'not-found'>> => {
  const { room, limit, ...where } = input;
  const found = await world.memory.streams.page(alive.account, room, { ...where, limit: limit ?? 50 });
  if (!found) return deny('not-found');
  return {
    epoch: await world.memory.streams.epoch(),
    ...found,
    messages: [...found.messages],
    hidden: [...found.hidden],
  };
};

/** Some messages, for quotes. */
export const get = async (
  world: World,
  { room, ids }: InputOf<typeof messages.get>,
  { alive }: Call,
): Promise<OutputOf<typeof messages.get> | Denial<'not-found'>> => {
  const found = await world.memory.streams.byIds(alive.account, room, ids);
  return found ? { at: found.at, messages: [...found.messages] } : deny('not-found');
};

/** Where a day begins. */
export const locate = async (
  world: World,
  { room, from }: InputOf<typeof messages.locate>,
  { alive }: Call,
): Promise<OutputOf<typeof messages.locate> | Denial<'not-found'>> => {
  // The form allows the 31st of February and the 25th hour; there is no such time
  if (Number.isNaN(Date.parse(from))) return deny('not-found', { detail: 'there is no such time' });
  const located = await world.memory.streams.locate(alive.account, room, new Date(from).toISOString());
  return located ? { message: located.found } : deny('not-found');
};

/** The room's board. */
export const pins = async (
  world: World,
  { room }: InputOf<typeof messages.pins>,
  { alive }: Call,
): Promise<OutputOf<typeof messages.pins> | Denial<'not-found'>> => {
  const found = await world.memory.streams.pins(alive.account, room);
  return found ? { at: found.at, messages: [...found.messages] } : deny('not-found');
};

/** What a message said before, for those who may know. */
export const history = async (
  world: World,
  { room, message }: InputOf<typeof messages.history>,
  { alive }: Call,
): Promise<OutputOf<typeof messages.history> | Denial<'not-found' | 'not-allowed' | 'removed'>> => {
  const past = await world.memory.streams.past(alive.account, room, message);
  if (!past) return deny('not-found');
  if (!mayReadPast(past, { account: alive.account, role: alive.me.role })) return deny('not-allowed');
  // Also where it was removed between the two readings
  const revisions = past.removed ? [] : await past.revisions();
  return revisions.length === 0 ? deny('removed') : { revisions: [...revisions] };
};

type Moved = Awaited<ReturnType<World['memory']['rooms']['markRead']>>;

const answer = (
  world: World,
  { alive }: Call,
  marked: Moved,
): OutputOf<typeof messages.markRead> | Denial<'not-found'> => {
  if (!marked) return deny('not-found');
  if (marked.moved) world.presence.marker(alive.account, marked.marker, marked.revision);
  const { room: _, ...marker } = marked.marker;
  return marker;
};

/** Forward only ([D33]); the person's other devices are told. */
export const markRead = async (
  world: World,
  { room, seq }: InputOf<typeof messages.markRead>,
  call: Call,
): Promise<OutputOf<typeof messages.markRead> | Denial<'not-found'>> =>
  answer(world, call, await world.transact((memory) => memory.rooms.markRead(call.alive.account, room, seq)));

/** From a message on it is shown as unread again (docs/protocol.md R86). */
export const markUnread = async (
  world: World,
  { room, message }: InputOf<typeof messages.markUnread>,
  call: Call,
): Promise<OutputOf<typeof messages.markUnread> | Denial<'not-found'>> =>
  answer(world, call, await world.transact((memory) => memory.rooms.markUnread(call.alive.account, room, message)));

/** A stretch of events, for gaps and for programs without a socket. */
export const read = async (
  world: World,
  { room, after, limit }: InputOf<typeof streams.read>,
  { alive }: Call,
): Promise<OutputOf<typeof streams.read> | Denial<'not-found'>> => {
  const found = await world.memory.streams.read(alive.account, room, after, limit ?? 200);
  if (!found) return deny('not-found');
  return {
    epoch: await world.memory.streams.epoch(),
    head: found.head,
    to: found.to,
    events: [...found.events],
    hidden: [...found.hidden],
    purged: [...found.purged],
  };
};

/** The caller's own stream. */
export const readMine = async (
  world: World,
  { after, limit }: InputOf<typeof streams.readMine>,
  { alive }: Call,
): Promise<OutputOf<typeof streams.readMine>> => {
  const found = await world.memory.streams.userRead(alive.account, after, limit ?? 200);
  const first = found.events[0]?.seq ?? found.head + 1;
  return {
    epoch: await world.memory.streams.epoch(),
    head: found.head,
    to: found.events.at(-1)?.seq ?? Math.max(after, found.head),
    events: [...found.events],
    purged: first > after + 1 && after < found.head ? [{ from: after + 1, to: first - 1 }] : [],
  };
};
