/**
 * The mail of what was missed (docs/protocol.md R116): rooms' logs are looked through behind a durable cursor, what speaks to
 * somebody is noted in the same transaction, and at the moment of sending everything is asked again (contract D28).
 */
import type { MailPace, SchoolPolicies } from '@recreio/protocol';
import type { Letter, Mail, MissedTalk, Posted } from '../accounts/mail.ts';
import type { World } from '../world.ts';
import type { DigestSettled, DigestSpan, DueDigest } from './digest-port.ts';
import { againAfter, attentionAway, eachApart, spansOf } from './heard.ts';
import type { Heard, MessageAt } from './heard-port.ts';
import { wordsOf } from './push-words.ts';

/** What mailing needs of the world, and of the node. */
export interface DigestParts {
  readonly world: Pick<World, 'memory' | 'transact' | 'site' | 'leaving'> & { readonly mail: Pick<Mail, 'hand'> };
  /** Ms since the Unix epoch. */
  readonly now: () => number;
  /** What became of one, for the counters. */
  readonly counted: (outcome: Posted['outcome'] | 'done' | 'given-up') => void;
  readonly trouble: (error: unknown) => void;
}

const HOUR_MS = 3_600_000;
/** The least time between two mails to one person. */
const PACE_MS: Readonly<Record<Exclude<MailPace, 'never'>, number>> = { hours: 4 * HOUR_MS, day: 24 * HOUR_MS };
/** What was said before that is not mailed: the server was away for long, or they did not want to be disturbed. */
const STALE_MS = 3 * 24 * HOUR_MS;
/** What comes in a time of silence is looked at again this often, in seconds; so is what an urgent mail on its way may tell. */
const QUIET_S = 300;
/** Who is not to be mailed yet is looked at again after at most so many seconds: they may choose another pace meanwhile. */
const PACED_S = 3_600;
/** Conversations that are looked at for one mail, and those that are listed in it; the others are counted. */
const LOOKED_AT = 50;
const LISTED = 12;

const digestOf = (heard: Heard, policies: SchoolPolicies, now: number) =>
  attentionAway(heard, policies, now)?.digest ?? 'none';

/** What of it somebody is to be mailed, now or when the calm is over; what is urgent is told by mail once. */
const missedOf = (heard: readonly Heard[], policies: SchoolPolicies, now: number): readonly Heard[] =>
  heard.filter(
    (one) => !one.isMailed && Date.parse(one.at) > now - STALE_MS && digestOf(one, policies, now) !== 'none',
  );

/**
 * Whether the mail of something urgent among it is on its way. Then all waits until that is settled: told here besides, it might be told
 * by mail twice, and left out it would be lost where that mail never goes.
 */
const isBeingMailed = (heard: readonly Heard[]): boolean => heard.some((one) => one.isBeingMailed);

const urgentOf = (heard: readonly Heard[]): readonly MessageAt[] => heard.filter(({ isUrgent }) => isUrgent);

/** Looks these rooms through: what of it speaks to somebody is noted, for when it has stayed unread long enough. */
export const gatherMissed = async ({ world, now }: DigestParts, rooms: readonly string[]): Promise<void> => {
  const { policies } = await world.memory.school.read();
  if (policies.digest === 'off') return;
  await world.transact(async (memory) => {
    const missed = missedOf(await memory.digest.lookThrough(rooms), policies, now());
    const notices = missed.filter(({ call }) => call === 'notice');
    const others = missed.filter(({ call }) => call !== 'notice');
    const noted = (some: readonly Heard[], isNotice: boolean) =>
      spansOf(some).map(({ at, ...span }) => ({ ...span, isNotice, dueAt: Date.parse(at) + policies.digestAfterMs }));
    const spans = [...noted(others, false), ...notices.flatMap((one) => noted([one], true))];
    if (spans.length > 0) await memory.digest.note(spans);
  });
};

/** Mails those for whom it is time, each decided again. Answers with how many there were. */
export const mailMissed = async (parts: DigestParts, most: number, isOver: () => boolean): Promise<number> => {
  const due = await parts.world.memory.digest.due(most);
  await eachApart(due, { isOver, trouble: parts.trouble }, (one) => mailOne(parts, one));
  return due.length;
};

/** A conversation in which something speaks to the person, unread. */
interface Missed {
  /** As it was noted; never empty. */
  readonly spans: readonly DigestSpan[];
  /** In the order of the log; never empty. */
  readonly calling: readonly Heard[];
}

const mailOne = async (parts: DigestParts, due: DueDigest): Promise<void> => {
  const { world, counted, trouble } = parts;
  const { digest: memory } = world.memory;
  const now = parts.now();
  const settle = (settled: DigestSettled) => world.transact(({ digest }) => digest.settle(due, settled));
  const again = (ms: number, most = Number.POSITIVE_INFINITY) =>
    settle({ againInSeconds: Math.min(Math.ceil(ms / 1000), most), failed: false });
  // Asked now, for the last time before it goes: the school, the person, membership, marker, hush, level, calm (contract D28)
  const { name: school, policies } = await world.memory.school.read();
  const { digest, digestAfterMs } = policies;
  const { pace, sentAt } = due;
  const done = async (told: readonly DigestSpan[]): Promise<void> => {
    counted('done');
    await settle({ told, sent: null });
  };
  const spans = await memory.spans(due.account, LOOKED_AT);
  if (digest === 'off' || pace === 'never' || !due.isThere) return await done(spans);
  const soonest = sentAt === null ? 0 : sentAt + PACE_MS[pace];
  if (now < soonest) return await again(soonest - now, PACED_S);
  const read = await readAgain(world, spans, policies, now);
  const unread = callingIn(read);
  if (unread.length === 0) return await done(spans);
  if (unread.every((one) => digestOf(one, policies, now) === 'later')) return await again(QUIET_S * 1000);
  // Read elsewhere meanwhile: what is left has time of its own
  const ripe = Math.min(...unread.map(({ at }) => Date.parse(at))) + digestAfterMs;
  if (now < ripe) return await again(ripe - now);
  if (isBeingMailed(unread)) return await again(QUIET_S * 1000);

  // What comes from here on is for the next mail: of two with one name only one is seen
  const named = read.flatMap((talk) => talk.spans);
  if (!(await world.transact((inside) => inside.digest.name(due, named)))) return;
  // Under its name nothing urgent begins to be mailed by itself any more; what was meanwhile is left out
  const missed = urgentOf(unread).length > 0 ? await readAgain(world, named, policies, now) : read;
  const toTell = callingIn(missed);
  if (toTell.length === 0) return await done(spans);
  if (isBeingMailed(toTell)) return await again(QUIET_S * 1000);
  const listed: Listed[] = [];
  for (const { calling } of missed.slice(0, LISTED)) {
    const newest = lastOf(calling);
    listed.push({ calling, newest, text: digest === 'words' ? await memory.words(newest.room, newest.seq) : null });
  }
  let posted: Posted;
  try {
    const talks = listed.map(({ calling, newest, text }) => ({
      ...wordsOf(newest, calling, digest, text),
      url: `${world.site.publicUrl}${pathOf(calling)}`,
    }));
    const more = missed.length - talks.length;
    posted = await world.mail.hand(letterTo(world, due, school, { messages: toTell.length, talks, more, pace }));
  } catch (error) {
    // A fault of our own, told as it is: tried again it would be the same
    trouble(error);
    counted('refused');
    return await settle({ told: spans, sent: null });
  }
  const told = urgentOf(listed.flatMap(({ calling }) => calling));
  await settleAs(parts, due, { told: spans, sent: told }, posted);
};

const callingIn = (missed: readonly Missed[]): readonly Heard[] => missed.flatMap(({ calling }) => calling);

/** A conversation that has a line in the mail. */
interface Listed {
  readonly calling: readonly Heard[];
  readonly newest: Heard;
  readonly text: string | null;
}

/** What of these conversations still speaks to the person, the newest first. */
const readAgain = async (
  { memory }: DigestParts['world'],
  spans: readonly DigestSpan[],
  policies: SchoolPolicies,
  now: number,
): Promise<Missed[]> => {
  const read = await memory.digest.heard(spans);
  const noted = spans
    .map((span, nth) => ({ span, calling: missedOf(read[nth] ?? [], policies, now) }))
    .filter(({ calling }) => calling.length > 0);
  return [...Map.groupBy(noted, ({ span }) => span.thread ?? span.room).values()]
    .map((parts) => ({
      spans: parts.map(({ span }) => span),
      calling: inOrder(parts.flatMap(({ calling }) => calling)),
    }))
    .sort((a, b) => Date.parse(lastOf(b.calling).at) - Date.parse(lastOf(a.calling).at));
};

/** Each once, as the log has them. */
const inOrder = (calling: readonly Heard[]): readonly Heard[] =>
  [...new Map(calling.map((one) => [one.seq, one])).values()].sort((a, b) => a.seq - b.seq);

const lastOf = (calling: readonly Heard[]): Heard => {
  const last = calling.at(-1);
  if (last === undefined) throw new Error('a conversation in which nothing calls is not mailed');
  return last;
};

/** Where one begins to read: at the first that calls, or in the thread. */
export const pathOf = ([first]: readonly Heard[]): string =>
  first?.thread ? `/sala/${first.room}/fio/${first.thread}` : `/sala/${first?.room ?? ''}?m=${first?.seq ?? ''}`;

const letterTo = (
  world: DigestParts['world'],
  { account, letter, email, name, language }: DueDigest,
  school: string,
  what: {
    readonly messages: number;
    readonly talks: readonly MissedTalk[];
    readonly more: number;
    readonly pace: Exclude<MailPace, 'never'>;
  },
): Letter => ({
  to: email,
  name,
  language,
  school,
  matter: { kind: 'missed', letter, ...what, ...leadsOf(world, account) },
});

/** Where it is changed how often such mails come, and how they are left: by hand, and by a mail program. */
export const leadsOf = ({ site, leaving }: Pick<DigestParts['world'], 'site' | 'leaving'>, account: string) => {
  const token = leaving.tokenOf(account);
  return {
    settingsUrl: `${site.publicUrl}/conta/notificacoes`,
    // Behind the number sign it reaches no server's log
    leaveUrl: `${site.publicUrl}/sem-emails#${token}`,
    oneClickUrl: `${site.publicUrl}/api/digest/leave/${token}`,
  };
};

const settleAs = async (
  { world, counted, trouble, now }: DigestParts,
  due: DueDigest,
  done: Extract<DigestSettled, { readonly told: unknown }>,
  posted: Posted,
): Promise<void> => {
  const unsent = { ...done, sent: null };
  const settle = (settled: DigestSettled) => world.transact(({ digest }) => digest.settle(due, settled));
  counted(posted.outcome);
  switch (posted.outcome) {
    case 'sent':
      return await settle(done);
    case 'refused':
      trouble(new Error(`the mail of what was missed was refused: ${posted.why}`));
      return await settle(unsent);
    case 'later': {
      trouble(new Error(`the mail of what was missed could not be handed over: ${posted.why}`));
      const again = againAfter(due.tries, now());
      if (again !== null) return await settle(again);
      counted('given-up');
      return await settle(unsent);
    }
  }
};
