/** Going through what is unread, room by room. Pure. */
import type { MyRoom } from '@recreio/protocol';
import { badgeOfRoom } from '../../calling/waiting.ts';

/** A room that was gone past in this round. */
export type Passed = {
  readonly room: string;
  /** Read up to this seq; or left for later, whatever comes. */
  readonly readTo: number | 'later';
  /** The first message that was unread, to which an undoing leads back; none was shown. */
  readonly first?: string | undefined;
};

/** A round: the room that is at hand with the seq that was read before, and those gone past, the last one last. */
export type Round = {
  readonly at?: { readonly room: string; readonly after: number } | undefined;
  readonly passed: readonly Passed[];
};

/** The seq up to which what was said is shown as read. */
const readSeqOf = ({ mine: { readSeq, unreadFrom } }: MyRoom): number =>
  unreadFrom === undefined ? readSeq : unreadFrom.seq - 1;

/**
 * The rooms that wait, as the one function of attention counts them: what speaks to the person first, else in the order given. What is
 * hushed, or calls for nothing, is not offered; nor is what was gone past, unless more has come since it was read. `now` in ms.
 */
export function queueOf(list: readonly MyRoom[], { passed }: Round, now: number): MyRoom[] {
  const past = new Map(passed.map(({ room, readTo }) => [room, readTo]));
  const isLeft = (my: MyRoom): boolean => {
    const to = past.get(my.room.id);
    return to === undefined || (to !== 'later' && readSeqOf(my) >= to);
  };
  const waiting = list
    .filter(isLeft)
    .map((my) => ({ my, badge: badgeOfRoom(my, now) }))
    .filter(({ badge }) => badge.isNew || badge.calls > 0);
  return [...waiting.filter(({ badge }) => badge.calls > 0), ...waiting.filter(({ badge }) => badge.calls === 0)].map(
    ({ my }) => my,
  );
}

/** The round with a room at hand, if one waits; one that is at hand stays so, whatever else calls meanwhile. */
export function settled(round: Round, list: readonly MyRoom[], now: number): Round {
  if (round.at !== undefined && list.some(({ room }) => room.id === round.at?.room)) return round;
  const [next] = queueOf(list, round, now);
  if (next === undefined) return round.at === undefined ? round : { passed: round.passed };
  return { passed: round.passed, at: { room: next.room.id, after: readSeqOf(next) } };
}

/** On, past the room that is at hand. */
export const pass = ({ at, passed }: Round, how: Omit<Passed, 'room'>): Round => ({
  passed: at === undefined ? passed : [...passed.filter(({ room }) => room !== at.room), { room: at.room, ...how }],
});

/** Back to the room that was gone past last, with what was unread in it. */
export function back({ passed }: Round, list: readonly MyRoom[], after?: number): Round {
  const last = passed.at(-1);
  const my = list.find(({ room }) => room.id === last?.room);
  if (last === undefined || my === undefined) return { passed: passed.slice(0, -1) };
  return { passed: passed.slice(0, -1), at: { room: last.room, after: after ?? readSeqOf(my) } };
}

/** Those that were left for later wait again. */
export const anew = ({ passed }: Round): Round => ({ passed: passed.filter(({ readTo }) => readTo !== 'later') });
