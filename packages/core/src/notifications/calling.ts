/**
 * Calling devices (contract D28): rooms' logs are looked through behind a durable cursor, what calls somebody is noted in the
 * same transaction, and at the moment of sending everything is asked again. At least once; one tag, so that one is seen.
 */
import type { SchoolPolicies } from '@recreio/protocol';
import type { World } from '../world.ts';
import { identityOf } from './push.ts';
import { STALE_MS } from './escalating.ts';
import { backoff, spansOf, TRIES, triesOf } from './heard.ts';
import { planOf, type Waiting } from './pacing.ts';
import { callingOf, callingWords, noteOf, pushOf } from './push-note.ts';
import type { Heard } from './heard-port.ts';
import type { DueSpan, Handed, Settled, Subscription } from './push-port.ts';
import { overOn } from './taking-away.ts';

/** What calling needs of the world, and of the node. */
export interface CallingParts {
  readonly world: Pick<World, 'memory' | 'transact' | 'push' | 'site'>;
  /** Whether the person is connected anywhere. */
  readonly isHere: (account: string) => boolean;
  /** Whether a page of this session is connected to this node. */
  readonly isOpen: (account: string, session: string) => boolean;
  /** Of what a device of theirs shows something calls no more: those that show it are told soon (taking-away.ts). */
  readonly read: (account: string) => void;
  /** Ms since the Unix epoch. */
  readonly now: () => number;
  /** What became of one, for the counters. */
  readonly counted: (outcome: Handed['outcome'] | 'done' | 'given-up' | 'taken-away') => void;
  readonly trouble: (error: unknown) => void;
}

/** What calls waits a little: several messages become one notification, and who is reading has read it by then. In seconds. */
const PAUSE_S = 3;
/** Somebody who has a page open somewhere is given time to look at it. */
const PAUSE_HERE_S = 15;
/** What comes in a time of silence is looked at again this often, in seconds. */
const QUIET_S = 300;
/** A service that wants to be left alone for longer is asked again all the same. */
const LATEST_S = 24 * 3_600;
/** Pushes to one device in a turn of it: what else calls it comes after the others whose time has come. More than three seldom do. */
const A_TURN = 4;

/** Looks these rooms through: whom what was said calls, or will when it is not quiet any more, has it noted. */
export const lookThrough = async ({ world, isHere, now }: CallingParts, rooms: readonly string[]): Promise<void> => {
  const { policies } = await world.memory.school.read();
  if (policies.push === 'off') return;
  await world.transact(async (memory) => {
    const heard = await memory.push.lookThrough(rooms);
    const spans = spansOf(callingOf(heard, policies, now())).map((span) => ({
      ...span,
      urgent: null,
      inSeconds: isHere(span.account) ? PAUSE_HERE_S : PAUSE_S,
    }));
    if (spans.length > 0) await memory.push.note(spans);
  });
};

/** Calls one device: sends all that waits for it, each decided again when its turn has come. */
export const callDevice = async (parts: CallingParts, spans: readonly DueSpan[]): Promise<void> => {
  const { world, counted } = parts;
  const { push: memory } = world.memory;
  const [first] = spans;
  if (first === undefined) return;
  const { device, subscription } = first;
  if (subscription === null) {
    counted('gone');
    return await memory.gone(device);
  }
  let left = spans;
  for (let nth = 1; ; nth += 1) {
    const { waiting, policies, now } = await stillCalling(parts, left);
    const { ringing, along } = planOf(waiting, policies, now);
    const [one, ...next] = ringing;
    if (one === undefined) {
      for (const { span, until } of along)
        await memory.settle(span, { againInSeconds: Math.ceil((until - now) / 1000) });
      return;
    }
    const isLast = nth === A_TURN || next.length === 0;
    const others = isLast ? along.map(({ span }) => span) : [];
    // A service that is slow may have taken longer than a lease lasts: another node calls it then. Or the session has ended meanwhile
    if (!(await memory.renew(one.span))) return;
    const after = await sendOne(parts, { ...one, others, subscription, policies, now });
    if (after === 'gone') return;
    // Who does not answer now would not answer to the others either
    if (after !== 'next') return await letRest(parts, first, [...ringing, ...along], after.afterSeconds);
    if (isLast) {
      for (const { span } of next) await memory.settle(span, { againInSeconds: 0 });
      return;
    }
    // The service may have taken its time: what is left is asked about and planned anew
    left = [...next, ...along].map(({ span }) => (one.counts ? { ...span, rang: [...span.rang, now] } : span));
  }
};

/** What of these calls their device now; the others are settled. */
const stillCalling = async (
  { world, counted, read, now: clock }: CallingParts,
  spans: readonly DueSpan[],
): Promise<{ readonly waiting: readonly Waiting[]; readonly policies: SchoolPolicies; readonly now: number }> => {
  const { push: memory } = world.memory;
  // Asked now, for the last time before it goes: membership, marker, hush, level, calm, pace, the school (contract D28)
  const { policies } = await world.memory.school.read();
  const now = clock();
  const heard = policies.push === 'off' ? [] : await memory.heard(spans);
  const waiting: Waiting[] = [];
  for (const [nth, span] of spans.entries()) {
    if (policies.push === 'off') {
      await memory.settle(span, 'dropped');
      continue;
    }
    const calling = callingOf(heard[nth] ?? [], policies, now, span).filter((one) => !isStale(span, one, now));
    if (calling.length === 0) {
      counted('done');
      await memory.settle(span, 'done');
      // Who looked when it was read found that something waits there
      if (span.sent !== null) read(span.account);
    } else if (calling.every((one) => pushOf(one, policies, now, { span }) === 'later')) {
      await memory.settle(span, { againInSeconds: QUIET_S });
    } else waiting.push({ span, calling });
  }
  return { waiting, policies, now };
};

/** A push service does not take what waits for its device: it was tried, all of it, and what was for a day is old news. */
const letRest = async (
  { world, now, counted }: CallingParts,
  first: DueSpan,
  waiting: readonly Waiting[],
  afterSeconds: number,
): Promise<void> => {
  const { push: memory } = world.memory;
  const tries = Math.max(...waiting.map(({ span }) => span.tries));
  const seconds = Math.max(backoff(tries, (now() % 1000) / 1000), Math.min(afterSeconds, LATEST_S));
  for (const { span } of waiting) {
    if (span.tries < TRIES) continue;
    counted('given-up');
    await memory.settle(span, 'dropped');
  }
  await memory.rest(first, seconds, triesOf(seconds));
};

/** Whether it was urgent a day ago, and is not any more (docs/protocol.md R120). */
const isStale = ({ urgent }: DueSpan, { at }: Heard, now: number): boolean =>
  urgent !== null && Date.parse(at) < now - STALE_MS;

/** What one push is of. */
interface Sending extends Waiting {
  readonly counts: boolean;
  /** Conversations that are told along. */
  readonly others: readonly DueSpan[];
  readonly subscription: Subscription;
  readonly policies: SchoolPolicies;
  readonly now: number;
}

/** How a device goes on after a push: with the next; not, since it is none any more; or later, at the earliest when its service wants it. */
type After = 'next' | 'gone' | { readonly afterSeconds: number };

const sendOne = async (
  parts: CallingParts,
  { span, calling, counts, others, subscription, policies, now }: Sending,
): Promise<After> => {
  const { world, counted } = parts;
  const { push: memory } = world.memory;
  const newest = calling.at(-1);
  if (newest === undefined || policies.push === 'off') throw new Error('nothing is sent of which nothing calls');
  const words = await callingWords(world, span, calling, policies.push, others.length);
  const over = await overOn(world, span, policies, now);
  const note = await noteOf(world, span, newest, words, over, now);
  const handed = await world.push.hand(subscription, note, await identityOf(world), world.site.publicUrl);
  counted(handed.outcome);
  const settle = async (mine: Settled, theirs: Settled): Promise<After> => {
    await memory.settle(span, mine);
    for (const other of others) await memory.settle(other, theirs);
    return 'next';
  };
  switch (handed.outcome) {
    case 'sent':
      await settle(counts ? 'rang' : 'sent', 'told');
      await memory.tookAway(span.device, over, null);
      return 'next';
    case 'gone':
      await memory.gone(span.device);
      return 'gone';
    case 'refused':
      parts.trouble(new Error(`a push service refused: ${handed.why}`));
      return await settle('dropped', 'dropped');
    case 'later':
      return { afterSeconds: handed.afterSeconds ?? 0 };
  }
};
