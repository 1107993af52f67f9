/** How a group came to be: who opened it with whom, and when at the earliest and at the latest ([R73]). */
import type { Attempt, History } from '../history.ts';
import type { RoomLog } from './log.ts';

/** The beginning of a group. */
export interface Founding {
  /** Who was to be in it, whoever opened it among them. */
  readonly people: ReadonlySet<string>;
  /** The seq of the last event that came with it. */
  readonly last: number;
  /** It cannot have been there before this moment. */
  readonly fromN: number;
  /** It was there at this moment; Infinity where nobody was told. */
  readonly byN: number;
}

/** Everybody who was to be in the group that a try asked for. */
export const askedFor = ({ person, input }: Attempt): ReadonlySet<string> =>
  new Set([person, ...(input.accounts ?? [])]);

/** Whether two are the same people. */
export const isSame = (one: ReadonlySet<string>, other: ReadonlySet<string>): boolean =>
  one.size === other.size && [...one].every((person) => other.has(person));

/** Whether a try of opening a group may have led to this one. */
export const mayLeadTo = ({ command, outcome }: Attempt, room: string): boolean =>
  command === 'rooms.openGroup' &&
  (outcome.kind === 'unknown' || (outcome.kind === 'done' && outcome.output.room?.id === room));

const known = new WeakMap<RoomLog, Founding | null>();

/** The beginning of a group; null where nobody has asked for it, and for rooms. Of one log always the same. */
export function foundingOf(history: History, log: RoomLog): Founding | null {
  const there = known.get(log);
  if (there !== undefined) return there;
  const found = log.room.kind === 'group' ? find(history, log) : null;
  known.set(log, found);
  return found;
}

function find({ attempts }: History, log: RoomLog): Founding | null {
  const tries = attempts.filter((attempt) => attempt.command === 'rooms.openGroup');
  const opener = log.events.get(1)?.actor;
  // Who opens one of three and one of four, whose people are among these: the larger is what both begin with
  for (const tried of tries.toSorted((a, b) => askedFor(b).size - askedFor(a).size)) {
    const people = askedFor(tried);
    if (tried.person !== opener || !isBegunWith(log, opener, people)) continue;
    const alike = tries.filter((other) => isSame(askedFor(other), people));
    return {
      people,
      last: people.size + 1,
      fromN: Math.min(...alike.map(({ sentN }) => sentN)),
      byN: Math.min(
        ...tries.map(({ outcome, endN }) =>
          outcome.kind === 'done' && outcome.output.room?.id === log.room.id ? endN : Number.POSITIVE_INFINITY,
        ),
      ),
    };
  }
  return null;
}

/** Whether a log begins with each of these people, in it or asked, once and in one step. */
function isBegunWith({ events }: RoomLog, opener: string, people: ReadonlySet<string>): boolean {
  const left = new Set(people);
  const first = events.get(1);
  for (let seq = 2; seq <= people.size + 1; seq++) {
    const event = events.get(seq);
    const isComing = event?.type === 'member.joined' || event?.type === 'asking.began';
    if (!isComing || event.at !== first?.at || event.actor !== opener || !left.delete(event.data.account ?? ''))
      return false;
  }
  return first?.type === 'room.created';
}
