/**
 * The one function of attention (docs/decisions/0047-attention.md): what something that was said does on each surface. Pure, and here
 * because every client needs the same answer: badges, titles, sounds, notifications of the desktop, pushes, mails and the list of
 * what speaks to one are derived from it, and from nothing else.
 */
import { type Calm, isQuiet, type Level, type QuietHours, type RoomTuning } from './calm.ts';
import type { AnyRoom, MyRoom, RoomRole } from './rooms.ts';

/** From so many members on a room calls only those it speaks to, unless they say otherwise or look after it. */
export const BIG_ROOM = 50;

/** How something speaks to somebody; the weakest is that it was said at all. */
export type Call = 'notice' | 'direct' | 'mention' | 'reply' | 'everyone' | 'thread' | 'announcement' | 'said';

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

const isPrivate = ({ kind }: Place): boolean => kind === 'direct' || kind === 'group';

/** The level that holds. In a private conversation everything speaks to one: "mentions" is everything there. */
const levelIn = (place: Place, { level = levelOf(place) }: Tuning): Level =>
  level === 'mentions' && isPrivate(place) ? 'everything' : level;

/** Whether a hush still holds; `now` in ms. */
export const isHushed = ({ hushed }: Tuning, now: number): boolean =>
  hushed !== undefined && (hushed.until === null || Date.parse(hushed.until) > now);

/** Something that was said, as it concerns one person. */
export interface Said {
  readonly call: Call;
  /** The person said it themselves. */
  readonly isOwn: boolean;
  /** An edit: whoever is named in it now was not called when it was said. */
  readonly isEdit: boolean;
  readonly isRemoved: boolean;
  /** The person has blocked who said it. */
  readonly isBlocked: boolean;
  /** Said in a thread: it counts there, and in no room. */
  readonly isInThread: boolean;
  /** Their marker, of the room or of the thread it is in, has passed it. */
  readonly isRead: boolean;
}

/** Where a person is: before this very room, on the page, with the page in the background, or on no device. */
export type Whereabouts = 'looking' | 'present' | 'behind' | 'away';

/** Who hears. */
export interface Listener {
  /** In the room, and it covers what was said; who was removed hears nothing more. */
  readonly isMember: boolean;
  readonly place: Place;
  readonly tuning: Tuning;
  readonly calm: Pick<Calm, 'doNotDisturb'>;
  /** Those that hold (`quietHoursOf`). */
  readonly quietHours: QuietHours | null;
  /** IANA name, for quiet hours. */
  readonly timeZone: string;
  readonly where: Whereabouts;
  /** In ms. */
  readonly now: number;
}

/** What each surface does. */
export interface Attention {
  /** In the list of rooms: nothing, a name in bold, a number, a number that says it speaks to me. */
  readonly badge: 'none' | 'dot' | 'count' | 'call';
  /** Counted in the page's title, its icon, and the badge of the app. */
  readonly title: boolean;
  /** In the list of what speaks to me: not at all, or there, counted as new or not. */
  readonly inbox: 'none' | 'listed' | 'new';
  readonly sound: boolean;
  /** A notification of the desktop. */
  readonly desktop: boolean;
  /** To devices without a page: at once, when the quiet is over, or never. */
  readonly push: 'none' | 'now' | 'later';
  /** In the mail of what was missed. */
  readonly digest: boolean;
}

/** Nothing, anywhere. */
const NOTHING: Attention = {
  badge: 'none',
  title: false,
  inbox: 'none',
  sound: false,
  desktop: false,
  push: 'none',
  digest: false,
};

/** What is kept in the list of what speaks to me. Private conversations have a place of their own, and so has what is only said. */
const isListed = (call: Call): boolean => call !== 'direct' && call !== 'announcement' && call !== 'said';

/** What a message is for somebody with this level: an announcement calls only those who want everything. */
const callAt = (level: Level, { call, isBlocked }: Said): Call =>
  // Who is blocked is still counted among what was said; they call nobody
  isBlocked || (call === 'announcement' && level !== 'everything') ? 'said' : call;

/** The badge in the list of rooms. */
const badgeAt = (level: Level, call: Call): Attention['badge'] => {
  if (call !== 'said' && level !== 'nothing') return 'call';
  return level === 'everything' ? 'count' : level === 'mentions' ? 'dot' : 'none';
};

/** The answer for everything that may be asked: table in attention.test.ts ([R95]). */
export const attentionTo = (said: Said, listener: Listener): Attention => {
  const { place, tuning, where, now } = listener;
  if (!listener.isMember || said.isOwn || said.isRemoved || said.isEdit) return NOTHING;
  const isNotice = said.call === 'notice' && !said.isBlocked;
  // A notice has to be read: no level takes it out of sight, and a hush takes only its noise
  const level = isNotice ? 'everything' : levelIn(place, tuning);
  const call = callAt(level, said);
  if (said.isRead) return { ...NOTHING, inbox: isListed(call) ? 'listed' : 'none' };
  const hushed = isHushed(tuning, now);
  const isSeen = (!hushed || isNotice) && level !== 'nothing';
  const badge = isSeen && !said.isInThread ? badgeAt(level, call) : 'none';
  const isCalled = isSeen && call !== 'said';
  // What is merely said is heard by who has asked for everything, not by default
  const isHeard = !hushed && (isCalled || (call === 'said' && tuning.level === 'everything')) && where !== 'looking';
  const isAudible = isHeard && !isResting(listener.calm, now) && !isQuiet(listener.quietHours, listener.timeZone, now);
  const isMissed = where === 'away' && (isHeard || isCalled);
  return {
    badge,
    title: isCalled,
    inbox: isListed(call) ? (isCalled ? 'new' : 'listed') : 'none',
    sound: isAudible && where !== 'away',
    desktop: isAudible && where === 'behind',
    push: isMissed ? (isAudible ? 'now' : 'later') : 'none',
    digest: isMissed && isCalled,
  };
};

/** Whether somebody wants not to be disturbed at `now`, in ms. */
export const isResting = ({ doNotDisturb }: Pick<Calm, 'doNotDisturb'>, now: number): boolean =>
  doNotDisturb !== null && (doNotDisturb.until === null || Date.parse(doNotDisturb.until) > now);

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
