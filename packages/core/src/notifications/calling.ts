/**
 * Calling devices (contract D28): rooms' logs are looked through behind a durable cursor, what calls somebody is noted in the
 * same transaction, and at the moment of sending everything is asked again. At least once; one tag, so that one is seen.
 */
import { badgeOf, type MyRoom, placeOf, pushTag } from '@recreio/protocol';
import type { World } from '../world.ts';
import { identityOf } from './push.ts';
import type { DueSpan, Handed, Heard, PushSpan } from './push-port.ts';
import { pushOf, wordsOf } from './push-words.ts';

/** What calling needs of the world, and of the node. */
export interface CallingParts {
  readonly world: Pick<World, 'memory' | 'transact' | 'push' | 'site'>;
  /** Whether the person is connected anywhere. */
  readonly isHere: (account: string) => boolean;
  /** Ms since the Unix epoch. */
  readonly now: () => number;
  /** What became of one, for the counters. */
  readonly counted: (outcome: Handed['outcome'] | 'done' | 'given-up') => void;
  readonly trouble: (error: unknown) => void;
}

/** What calls waits a little: several messages become one notification, and who is reading has read it by then. In seconds. */
const PAUSE_S = 3;
/** Somebody who has a page open somewhere is given time to look at it. */
const PAUSE_HERE_S = 15;
/** What comes in a time of silence is looked at again this often, in seconds. */
const QUIET_S = 300;
/** What could not be handed over with so many tries, which take most of a day, is old news. */
const TRIES = 24;
/** The first pause after a failure, in seconds; each is twice as long as the one before. */
const BACKOFF_S = 15;
const LONGEST_S = 3_600;
/** A service that wants to be left alone for longer is asked again all the same. */
const LATEST_S = 24 * 3_600;

/** After so many tries. Some jitter, so that a service that was away is not asked by all at once. */
const backoff = (tries: number, random: number): number =>
  Math.ceil(Math.min(BACKOFF_S * 2 ** tries, LONGEST_S) * (0.75 + random / 2));

/** One span for each person and conversation. */
const spansOf = (heard: readonly Heard[]): PushSpan[] => {
  const spans = new Map<string, PushSpan>();
  for (const { account, room, thread, seq } of heard) {
    const name = `${account} ${thread ?? room}`;
    const known = spans.get(name);
    spans.set(name, { account, room, thread, from: known?.from ?? seq, to: seq });
  }
  return [...spans.values()];
};

/** Looks these rooms through: whom what was said calls, or will when it is not quiet any more, has it noted. */
export const lookThrough = async ({ world, isHere, now }: CallingParts, rooms: readonly string[]): Promise<void> => {
  const { policies } = await world.memory.school.read();
  if (policies.push === 'off') return;
  await world.transact(async (memory) => {
    const heard = await memory.push.lookThrough(rooms);
    const calling = heard.filter((one) => pushOf(one, policies, now()) !== 'none');
    const spans = spansOf(calling).map((span) => ({
      ...span,
      inSeconds: isHere(span.account) ? PAUSE_HERE_S : PAUSE_S,
    }));
    if (spans.length > 0) await memory.push.note(spans);
  });
};

/** The number that the app wears: what speaks to the person, as every page of theirs counts it. */
const callsOf = (mine: readonly MyRoom[], now: number): number =>
  mine.reduce(
    (sum, my) => sum + badgeOf({ unread: my.mine.unread, calls: my.mine.mentions }, placeOf(my), my.mine, now).calls,
    0,
  );

/** Sends what is due, each decided again. Answers with how many there were. */
export const sendDue = async (parts: CallingParts, most: number, isOver: () => boolean): Promise<number> => {
  const { world, trouble } = parts;
  const due = await world.memory.push.due(most);
  await Promise.all(
    due.map(async (span) => {
      // What is not sent is free again in a minute
      if (isOver()) return;
      try {
        await sendOne(parts, span);
      } catch (error) {
        trouble(error);
      }
    }),
  );
  return due.length;
};

const sendOne = async (parts: CallingParts, span: DueSpan): Promise<void> => {
  const { world, counted } = parts;
  const { push: memory } = world.memory;
  const { subscription } = span;
  if (subscription === null) {
    counted('gone');
    return await memory.gone(span.device);
  }
  // Asked now, for the last time before it goes: membership, marker, hush, level, calm, the school (contract D28)
  const { policies } = await world.memory.school.read();
  if (policies.push === 'off') return await memory.settle(span, 'dropped');
  const now = parts.now();
  const heard = (await memory.heard(span)).map((one) => ({ one, push: pushOf(one, policies, now) }));
  const calling = heard.filter(({ push }) => push !== 'none');
  const newest = calling.at(-1)?.one;
  if (newest === undefined) {
    counted('done');
    return await memory.settle(span, 'done');
  }
  if (calling.every(({ push }) => push === 'later'))
    return await memory.settle(span, { againInSeconds: QUIET_S, failed: false });

  const text = policies.push === 'words' ? await memory.words(newest.room, newest.seq) : null;
  const read = await memory.read(span.device);
  const handed = await world.push.hand(
    subscription,
    {
      v: 1,
      tag: pushTag({ room: span.room, thread: span.thread ?? undefined }),
      ...wordsOf(newest, calling.length, policies.push, text),
      language: newest.language,
      room: span.room,
      ...(span.thread === null ? {} : { thread: span.thread }),
      seq: newest.seq,
      at: newest.at,
      read: [...read],
      calls: callsOf(await world.memory.rooms.mine(span.account), now),
    },
    await identityOf(world),
    world.site.publicUrl,
  );
  counted(handed.outcome);
  switch (handed.outcome) {
    case 'sent':
      return await memory.settle(span, 'sent');
    case 'gone':
      return await memory.gone(span.device);
    case 'refused':
      parts.trouble(new Error(`a push service refused: ${handed.why}`));
      return await memory.settle(span, 'dropped');
    case 'later': {
      if (span.tries >= TRIES) {
        counted('given-up');
        return await memory.settle(span, 'dropped');
      }
      const pause = backoff(span.tries, (now % 1000) / 1000);
      return await memory.settle(span, {
        againInSeconds: Math.max(pause, Math.min(handed.afterSeconds ?? 0, LATEST_S)),
        failed: true,
      });
    }
  }
};
