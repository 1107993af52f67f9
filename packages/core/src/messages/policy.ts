/** Who may speak, to whom, when. */
import { CALLS_TO_ALL, type Forward, type Role, type RoomKind, type RoomRole, URGENT } from '@recreio/protocol';
import { instant } from '../streams/draft.ts';
import { isStaff, mayGather, mayTalk } from '../accounts/policy.ts';
import { type Facts, key, restrictionOf, type RoomFact } from '../streams/facts.ts';
import { isPrivate, mayModerate, rankIn, rankOf } from '../rooms/policy.ts';
import { deny, type Denial } from '../verdict.ts';

/** Refusals of speech. */
export type SpeechDenial = Denial<
  'not-found' | 'not-a-member' | 'muted' | 'archived' | 'read-only' | 'blocked' | 'protected-minor'
>;

/** Whether a person is in a room; outsiders learn of open rooms only (docs/protocol.md R5). */
export const mustBeMember = (
  facts: Facts,
  room: RoomFact,
  account: string,
): Denial<'not-found' | 'not-a-member'> | null => {
  if (facts.members.has(key(room.id, account))) return null;
  const findsOpen = facts.accounts.get(account)?.role !== 'guardian';
  return findsOpen && room.settings?.access === 'open' && room.course === null
    ? deny('not-a-member')
    : deny('not-found');
};

/** Whether a member may answer with a sign: not in an archive (docs/protocol.md R65), not while silenced, nor where a private conversation is closed to them. */
export const mayReact = (facts: Facts, room: RoomFact, account: string, now: number): SpeechDenial | null => {
  const outsider = mustBeMember(facts, room, account);
  if (outsider) return outsider;
  if (room.archived) return deny('archived');
  const mute = restrictionOf(facts, room.id, account, 'mute', now);
  if (mute) return deny('muted', { until: mute.until === null ? null : instant(mute.until) });
  if (room.pair) return mayTalkIn(facts, room, room.pair);
  const circle = facts.circles.get(room.id);
  return circle ? mayGather(circle.members, [], facts.accounts, circle) : null;
};

/** Whether a member may post or change what they posted. */
export const mayPost = (facts: Facts, room: RoomFact, account: string, now: number): SpeechDenial | null => {
  const denied = mayReact(facts, room, account, now);
  if (denied) return denied;
  const rank = rankIn(facts, room, account);
  if (rank < rankOf('member') || facts.accounts.get(account)?.role === 'guardian') return deny('read-only');
  if (room.settings?.posting === 'moderators' && rank < rankOf('moderator'))
    return deny('read-only', { detail: 'only those who moderate the room post here' });
  return null;
};

/** Whether a person may change the room's board: who moderates the room; in a private conversation, each of the two. */
export const mayPin = (
  facts: Facts,
  room: RoomFact,
  account: string,
  now: number,
): SpeechDenial | Denial<'not-allowed'> | null =>
  isPrivate(room)
    ? mayPost(facts, room, account, now)
    : (mayReact(facts, room, account, now) ?? (mayModerate(facts, room, account) ? null : deny('not-allowed')));

const HOUR_MS = 3_600_000;

/**
 * Whether a person may call everybody in a room now ([R113]): who moderates it, and not again and again. Staff of the room's course
 * come into it as moderators; in private conversations all that is said speaks to all.
 */
export const mayCallAll = (
  facts: Facts,
  room: RoomFact,
  account: string,
  now: number,
): Denial<'not-allowed' | 'too-many'> | null => {
  if (!mayModerate(facts, room, account))
    return deny('not-allowed', { detail: 'only those who moderate the room call everybody' });
  const calls = facts.callsToAll.get(key(room.id, account)) ?? [];
  return calls.filter((at) => at > now - HOUR_MS).length >= CALLS_TO_ALL
    ? deny('too-many', { detail: `one person calls everybody in a room at most ${CALLS_TO_ALL} times an hour` })
    : null;
};

/**
 * Whether a person may say that a message is urgent for those whom it names ([R120]): the staff and who moderates the room, with
 * somebody named, and not again and again, in whichever rooms. In private conversations all that is said speaks to all already.
 */
export const mayBeUrgent = (
  facts: Facts,
  room: RoomFact,
  account: string,
  now: number,
  mentions: readonly string[],
  everyone: boolean,
): Denial<'not-allowed' | 'too-many'> | null => {
  const role = facts.accounts.get(account)?.role;
  const isTheirs = mayModerate(facts, room, account) || (role !== undefined && isStaff(role));
  if (isPrivate(room) || !isTheirs)
    return deny('not-allowed', { detail: 'the staff and those who moderate the room say that something is urgent' });
  if (everyone) return deny('not-allowed', { detail: 'what is urgent names people, and not everybody' });
  if (mentions.length === 0) return deny('not-allowed', { detail: 'what is urgent names somebody who is in the room' });
  if (mentions.length > URGENT.named)
    return deny('too-many', { detail: `what is urgent names at most ${URGENT.named} people` });
  const sent = facts.urgents.get(account) ?? [];
  return sent.filter((at) => at > now - HOUR_MS).length >= URGENT.anHour
    ? deny('too-many', { detail: `one person sends at most ${URGENT.anHour} urgent messages an hour` })
    : null;
};

/**
 * Whether a person may pass a message on, by its name ([R118]): one that they see, that stands, and that was not said in private.
 * Where it goes does not matter: nobody reads more of it there than where it is.
 */
export const mayForward = (
  facts: Facts,
  account: string,
  { room, message }: Forward,
): Denial<'not-found' | 'removed' | 'not-allowed'> | null => {
  const found = facts.forwards.get(key(account, room, message));
  if (!found) return deny('not-found', { detail: 'forward' });
  if (isPrivate(found)) return deny('not-allowed', { detail: 'what was said in private is not passed on' });
  return found.removed ? deny('removed', { detail: 'forward' }) : null;
};

/**
 * Whether somebody who sees a message may read what it said before: its author, and who moderates the room, so that nobody
 * writes something hurtful and edits it away unseen. In a private conversation there is only the author.
 */
export const mayReadPast = (
  message: { readonly author: string; readonly kind: RoomKind | 'direct' | 'group'; readonly role: RoomRole },
  reader: { readonly account: string; readonly role: Role },
): boolean =>
  message.author === reader.account ||
  (!isPrivate(message) &&
    (rankOf(message.role) >= rankOf('moderator') || reader.role === 'moderator' || reader.role === 'administrator'));

const mayTalkIn = (facts: Facts, room: RoomFact, pair: readonly [string, string]) => {
  const [a, b] = pair.map((id) => ({ id, account: facts.accounts.get(id) }));
  const between = facts.pairs.get(room.id);
  if (!a?.account || !b?.account || !between) return deny('blocked');
  return mayTalk({ id: a.id, ...a.account }, { id: b.id, ...b.account }, between);
};
