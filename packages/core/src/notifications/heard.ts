/** Whom a message calls who is away, whichever way they are told. Pure. */
import {
  attentionTo,
  type Attention,
  type Call,
  isQuiet,
  isResting,
  mayRingAt,
  type Pace,
  quietHoursOf,
  type SchoolPolicies,
} from '@recreio/protocol';
import type { Heard, TalkSpan } from './heard-port.ts';

/** Where somebody lives of whom no time zone is known. */
const HOME = 'America/Sao_Paulo';

/** How something may call that is not for all who are there; a new one does not compile before it is here. */
const CALLS: Readonly<Record<Exclude<Call, 'announcement' | 'said'>, true>> = {
  notice: true,
  direct: true,
  mention: true,
  reply: true,
  keyword: true,
  everyone: true,
  thread: true,
};
const isCall = (call: string): call is keyof typeof CALLS => Object.hasOwn(CALLS, call);

/** As what it concerns them; null: it is a thread's reply that is not for them. */
const callOf = ({ call, thread, place }: Heard): Call | null => {
  if (call !== null && isCall(call)) return call;
  if (thread !== null) return null;
  return place.announces ? 'announcement' : 'said';
};

/**
 * What the one function of attention says of it, for somebody on no device (docs/protocol.md R95); null: it is not for them. `now` in
 * ms; `pace`: what the device was called for that is asked about.
 */
export const attentionAway = (
  heard: Heard,
  policies: Pick<SchoolPolicies, 'quietHours'>,
  now: number,
  pace?: Pace,
): Attention | null => {
  const call = callOf(heard);
  if (call === null) return null;
  const calm = calmOf(heard);
  return attentionTo(
    {
      call,
      isOwn: heard.author === heard.account,
      isEdit: false,
      isRemoved: false,
      isBlocked: heard.isBlocked,
      isInThread: heard.thread !== null,
      isUrgent: heard.isUrgent,
      isRead: heard.isRead,
    },
    {
      isMember: true,
      place: heard.place,
      tuning: heard.tuning,
      calm,
      quietHours: quietHoursOf(calm, heard.minor, policies),
      timeZone: heard.timeZone ?? HOME,
      where: 'away',
      now,
      ...(pace ? { pace } : {}),
    },
  );
};

const calmOf = ({ resting, quietHours }: Heard) => ({
  doNotDisturb: resting,
  ...(quietHours === undefined ? {} : { quietHours }),
});

/** Whether its person does not want to be disturbed, or has quiet hours. `now` in ms. */
export const isCalm = (heard: Heard, policies: Pick<SchoolPolicies, 'quietHours'>, now: number): boolean => {
  const calm = calmOf(heard);
  return isResting(calm, now) || isQuiet(quietHoursOf(calm, heard.minor, policies), heard.timeZone ?? HOME, now);
};

/** From when on a device with this pace may be called for it, in ms. */
export const pacedUntil = (heard: Heard, pace: Pace, now: number): number =>
  mayRingAt(callOf(heard) ?? 'said', pace, now);

/** One span for each person and conversation, with when the first of it was said. */
export const spansOf = (heard: readonly Heard[]): (TalkSpan & { readonly at: string })[] => {
  const spans = new Map<string, TalkSpan & { readonly at: string }>();
  for (const { account, room, thread, seq, at } of heard) {
    const name = `${account} ${thread ?? room}`;
    const known = spans.get(name) ?? { account, room, thread, from: seq, to: seq, at };
    spans.set(name, { ...known, from: Math.min(known.from, seq), to: Math.max(known.to, seq) });
  }
  return [...spans.values()];
};

/** The first pause after a failure, in seconds; each is twice as long as the one before. */
const BACKOFF_S = 15;
const LONGEST_S = 3_600;

/** The pause after so many tries, in seconds. Some jitter, so that what was away is not asked by all at once. `random` 0 ≤ x < 1. */
export const backoff = (tries: number, random: number): number =>
  Math.ceil(Math.min(BACKOFF_S * 2 ** tries, LONGEST_S) * (0.75 + random / 2));

/** What could not be handed over with so many tries, which take most of a day, is old news. */
export const TRIES = 24;

/** As how many tries a pause counts, in seconds: one, and what wants to be left alone for hours is not asked for longer in all. */
export const triesOf = (pause: number): number => Math.max(1, Math.floor(pause / LONGEST_S));

/** When something that could not be handed over is tried again after so many tries; null: it is old news. `now` in ms, for the jitter. */
export const againAfter = (
  tries: number,
  now: number,
): { readonly againInSeconds: number; readonly failed: true } | null =>
  tries < TRIES ? { againInSeconds: backoff(tries, (now % 1000) / 1000), failed: true } : null;

/** Each of what was lent, side by side. What fails keeps no other waiting; what it does not come to is free again when its lease ends. */
export const eachApart = async <T>(
  lent: readonly T[],
  { isOver, trouble }: { readonly isOver: () => boolean; readonly trouble: (error: unknown) => void },
  work: (one: T) => Promise<void>,
): Promise<void> => {
  await Promise.all(
    lent.map(async (one) => {
      if (isOver()) return;
      try {
        await work(one);
      } catch (error) {
        trouble(error);
      }
    }),
  );
};
