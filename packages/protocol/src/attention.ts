/**
 * The one function of attention (docs/decisions/0047-attention.md): what something that was said does on each surface. Pure, and here
 * because every client needs the same answer: badges, titles, sounds, notifications of the desktop, pushes, mails and the list of
 * what speaks to one are derived from it, and from nothing else.
 */
import { isHushed, levelIn, type Place, type Tuning } from './badges.ts';
import { type Calm, isQuiet, type Level, type QuietHours } from './calm.ts';
import { mayRingAt, type Pace } from './pace.ts';

/** How something speaks to somebody; the weakest is that it was said at all. */
export type Call =
  | 'notice'
  | 'direct'
  | 'mention'
  | 'reply'
  | 'keyword'
  | 'everyone'
  | 'thread'
  | 'announcement'
  | 'said';

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
  /** It names them, and is urgent ([R120]). */
  readonly isUrgent?: boolean;
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
  readonly quietHours: readonly QuietHours[];
  /** IANA name, for quiet hours. */
  readonly timeZone: string;
  readonly where: Whereabouts;
  /** What the device that may be pushed was called for lately; left out where nothing is pushed. */
  readonly pace?: Pace;
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
  /** To devices without a page: at once, when the quiet is over or they were left alone for long enough, or never. */
  readonly push: 'none' | 'now' | 'later';
  /** In the mail of what was missed: at its time, when the calm is over, or never. */
  readonly digest: 'none' | 'now' | 'later';
  /**
   * Once it has stayed unread for as long as the school says ([R120]): told once more, or when the calm is over, or never. Level, hush
   * and pace do not hold it, and no open page counts as having read it.
   */
  readonly escalation: 'none' | 'now' | 'later';
}

/** Nothing, anywhere. */
const NOTHING: Attention = {
  badge: 'none',
  title: false,
  inbox: 'none',
  sound: false,
  desktop: false,
  push: 'none',
  digest: 'none',
  escalation: 'none',
};

/** What is kept in the list of what speaks to me. Private conversations have a place of their own, and so has what is only said. */
const isListed = (call: Call): boolean => call !== 'direct' && call !== 'announcement' && call !== 'said';

/** What a message is for somebody with this level: an announcement calls only those who want everything. */
const callAt = (level: Level, { call, isBlocked }: Said): Call => {
  // It is those who look after the room who ask, whoever wrote it: no block takes a notice away
  if (call === 'notice') return call;
  // Who is blocked is still counted among what was said; they call nobody
  return isBlocked || (call === 'announcement' && level !== 'everything') ? 'said' : call;
};

/** The badge in the list of rooms. */
const badgeAt = (level: Level, call: Call): Attention['badge'] => {
  // What was said has its own; that it has to be read stays when the marker has passed it, and is counted beside the rooms
  if (call === 'notice') return 'none';
  if (call !== 'said' && level !== 'nothing') return 'call';
  return level === 'everything' ? 'count' : level === 'mentions' ? 'dot' : 'none';
};

/** The answer for everything that may be asked: table in attention.test.ts ([R95]). */
export const attentionTo = (said: Said, listener: Listener): Attention => {
  const { place, tuning, where, now, pace } = listener;
  if (!listener.isMember || said.isOwn || said.isRemoved || said.isEdit) return NOTHING;
  const isNotice = said.call === 'notice';
  // A notice has to be read: no level takes it out of sight, and a hush takes only its noise
  const level = isNotice ? 'everything' : levelIn(place, tuning);
  const call = callAt(level, said);
  if (said.isRead) return { ...NOTHING, inbox: isListed(call) ? 'listed' : 'none' };
  const hushed = isHushed(tuning, now);
  const isSeen = (!hushed || isNotice) && level !== 'nothing';
  const badge = isSeen && !said.isInThread ? badgeAt(level, call) : 'none';
  const isCalled = isSeen && call !== 'said';
  // What is merely said is heard by who has asked for everything, not by default; and nobody hears whom they have blocked
  const isWanted = call === 'said' && tuning.level === 'everything' && !said.isBlocked;
  const isHeard = !hushed && (isCalled || isWanted) && where !== 'looking';
  const isCalm = isResting(listener.calm, now) || isQuiet(listener.quietHours, listener.timeZone, now);
  const isAudible = isHeard && !isCalm;
  const isMissed = where === 'away' && (isHeard || isCalled);
  // Who has said of a room that they want everything is called as it comes
  const isTime = pace === undefined || tuning.level === 'everything' || mayRingAt(call, pace, now) <= now;
  return {
    badge,
    title: isCalled,
    inbox: isListed(call) ? (isCalled ? 'new' : 'listed') : 'none',
    sound: isAudible && where !== 'away',
    desktop: isAudible && where === 'behind',
    push: isMissed ? (isAudible && isTime ? 'now' : 'later') : 'none',
    digest: isMissed && isCalled ? (isCalm ? 'later' : 'now') : 'none',
    escalation: said.isUrgent === true && !said.isBlocked ? (isCalm ? 'later' : 'now') : 'none',
  };
};

/** Whether somebody wants not to be disturbed at `now`, in ms. */
export const isResting = ({ doNotDisturb }: Pick<Calm, 'doNotDisturb'>, now: number): boolean =>
  doNotDisturb !== null && (doNotDisturb.until === null || Date.parse(doNotDisturb.until) > now);
