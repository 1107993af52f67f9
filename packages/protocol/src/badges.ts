/** How loud a room is, and what the list of rooms shows of it: the sum of the one function of attention (attention.ts). Pure. */
import type { Level, RoomTuning } from './calm.ts';
import type { AnyRoom, MyRoom, RoomRole } from './rooms.ts';

/** From so many members on a room calls only those it speaks to, unless they say otherwise or look after it. */
export const BIG_ROOM = 50;

/** Of a room what decides how loud it is. */
export interface Place {
  readonly kind: AnyRoom['kind'];
  /** An announcement room: only those who moderate it speak. */
  readonly announces: boolean;
  readonly members: number;
  readonly role: RoomRole;
}

/** Of one of my rooms what decides how loud it is. */
export const placeOf = ({ room, mine }: MyRoom): Place => ({
  kind: room.kind,
  announces: 'posting' in room && room.posting === 'moderators',
  // Of a private conversation it does not matter
  members: 'members' in room ? room.members : 2,
  role: mine.role,
});

/** What a room does for who has said nothing: loud where little is said or it is for them, mentions only where many talk ([R94]). */
export const levelOf = ({ kind, announces, members, role }: Place): Level => {
  const looksAfter = role === 'owner' || role === 'moderator';
  if (kind === 'direct' || kind === 'group' || announces || looksAfter) return 'everything';
  return members >= BIG_ROOM ? 'mentions' : 'everything';
};

/** What a person has said about a room. */
export type Tuning = Readonly<RoomTuning>;

/** Whether everything that is said there speaks to everybody. */
const isPrivate = ({ kind }: Place): boolean => kind === 'direct' || kind === 'group';

/** The level that holds. In a private conversation everything speaks to one: "mentions" is everything there. */
export const levelIn = (place: Place, { level = levelOf(place) }: Tuning): Level =>
  level === 'mentions' && isPrivate(place) ? 'everything' : level;

/** Whether a hush still holds; `now` in ms. */
export const isHushed = ({ hushed }: Tuning, now: number): boolean =>
  hushed !== undefined && (hushed.until === null || Date.parse(hushed.until) > now);

/** What the list of rooms and the title show of a room. */
export interface RoomBadge {
  /** The name is in bold. */
  readonly isNew: boolean;
  /** The number that is shown. */
  readonly count: number;
  /** Of these, how many speak to me; what the title counts. */
  readonly calls: number;
  readonly isHushed: boolean;
}

/**
 * The sum of what the one function says of everything unread in a room's own conversation: `calls` of `unread` messages speak to
 * the person, the others were said. Where everything does, `calls` is not asked.
 */
export const badgeOf = (
  { unread, calls }: { readonly unread: number; readonly calls: number },
  place: Place,
  tuning: Tuning,
  now: number,
): RoomBadge => {
  if (isHushed(tuning, now)) return { isNew: false, count: 0, calls: 0, isHushed: true };
  const level = levelIn(place, tuning);
  if (level === 'nothing') return { isNew: false, count: 0, calls: 0, isHushed: false };
  const called = isPrivate(place) || (place.announces && level === 'everything') ? unread : calls;
  return { isNew: unread > 0, count: level === 'everything' ? unread : called, calls: called, isHushed: false };
};
