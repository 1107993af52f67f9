/** rooms.get, mine, askings and directory; lessons.courses: what a person can find. */
import type { InputOf, Me, OutputOf, rooms, lessons } from '@recreio/protocol';
import type { Call } from '../handler.ts';
import { foldText } from '../text.ts';
import { deny, type Denial } from '../verdict.ts';
import type { World } from '../world.ts';
import type { Finding } from './port.ts';

/** Guardians find nothing beyond the rooms they were added to; administrators find the rooms of every course (R51). */
export const findingOf = (me: Me): Finding => ({
  account: me.id,
  everyCourse: me.role === 'administrator',
  openRooms: me.role !== 'guardian',
});

/** One room, found or joined. */
export const get = async (
  world: World,
  { room }: InputOf<typeof rooms.get>,
  { alive }: Call,
): Promise<OutputOf<typeof rooms.get> | Denial<'not-found'>> =>
  (await world.memory.rooms.get(findingOf(alive.me), room)) ?? deny('not-found');

/** All of mine. */
export const mine = async (
  world: World,
  _input: InputOf<typeof rooms.mine>,
  { alive }: Call,
): Promise<OutputOf<typeof rooms.mine>> => ({
  epoch: await world.memory.streams.epoch(),
  rooms: [...(await world.memory.rooms.mine(alive.account))],
});

/** Those that wait for my answer. */
export const askings = async (
  world: World,
  _input: InputOf<typeof rooms.askings>,
  { alive }: Call,
): Promise<OutputOf<typeof rooms.askings>> => ({ askings: [...(await world.memory.rooms.askings(alive.account))] });

/** The directory, in pages. */
export const directory = async (
  world: World,
  input: InputOf<typeof rooms.directory>,
  { alive }: Call,
): Promise<OutputOf<typeof rooms.directory>> => {
  const page = await world.memory.rooms.directory(findingOf(alive.me), {
    folded: foldText(input.text ?? ''),
    kind: input.kind ?? null,
    course: input.course ?? null,
    category: input.category ?? null,
    archived: input.archived ?? false,
    recent: input.order === 'recent',
    since: input.since ?? null,
    after: input.after ?? null,
    limit: input.limit ?? 50,
  });
  return { rooms: [...page.rooms], next: page.next };
};

/** Own courses; administrators see all. */
export const courses = async (
  world: World,
  _input: InputOf<typeof lessons.courses>,
  { alive }: Call,
): Promise<OutputOf<typeof lessons.courses>> => ({
  courses: [...(await world.memory.rooms.courses(alive.account, alive.me.role === 'administrator'))],
});
