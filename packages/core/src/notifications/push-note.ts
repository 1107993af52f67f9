/** What a push says: put together for the pushes that call and for those that take away. */
import {
  type Attention,
  type Pace,
  pushTag,
  urgentTag,
  type Push,
  type PushNote,
  type SchoolPolicies,
} from '@recreio/protocol';
import type { World } from '../world.ts';
import { appNumber } from './app-number.ts';
import { attentionAway } from './heard.ts';
import type { Heard } from './heard-port.ts';
import type { PushSpan } from './push-port.ts';
import { type PushWords, urgentWordsOf, wordsOf } from './push-words.ts';

/** The tag of its notifications. */
export const tagOf = ({ room, thread, to, urgent }: PushSpan): string => {
  const of = { room, thread: thread ?? undefined };
  return urgent === null ? pushTag(of) : urgentTag(of, to);
};

/** Of which notification it is asked, that of a conversation where nothing is said; and what the device was called for. */
interface Of {
  readonly span?: Pick<PushSpan, 'urgent'>;
  readonly pace?: Pace;
}

/** What a message does on a device without a page, where it is of this pace. `now` in ms. */
export const pushOf = (
  heard: Heard,
  policies: Pick<SchoolPolicies, 'quietHours'>,
  now: number,
  { span, pace }: Of = {},
): Attention['push'] => {
  const attention = attentionAway(heard, policies, now, pace);
  return (span?.urgent ? attention?.escalation : attention?.push) ?? 'none';
};

/** What of a conversation calls the person, now or when the quiet is over, in the order of the log. */
export const callingOf = (
  heard: readonly Heard[],
  policies: Pick<SchoolPolicies, 'quietHours'>,
  now: number,
  span?: Pick<PushSpan, 'urgent'>,
): readonly Heard[] => heard.filter((one) => pushOf(one, policies, now, span ? { span } : {}) !== 'none');

/** The words for what calls, in the order of the log and never empty; `others`: conversations that are told along. */
export const callingWords = async (
  { memory }: Pick<World, 'memory'>,
  span: Pick<PushSpan, 'urgent'>,
  calling: readonly Heard[],
  push: Exclude<Push, 'off'>,
  others = 0,
): Promise<PushWords> => {
  const newest = calling.at(-1);
  if (newest === undefined) throw new Error('nothing is said of what does not call');
  const text = push === 'words' ? await memory.push.words(newest.room, newest.seq) : null;
  return span.urgent === null
    ? wordsOf(newest, calling, push, text, others)
    : urgentWordsOf(newest, push, text, others);
};

/** The note of a notification that leads to `newest`. `read`: tags of what goes. `now` in ms: when what it says was asked, at the latest. */
export const noteOf = async (
  { memory }: Pick<World, 'memory'>,
  span: PushSpan,
  newest: Heard,
  { title, body }: PushWords,
  read: readonly PushSpan[],
  now: number,
): Promise<PushNote> => ({
  v: 1,
  tag: tagOf(span),
  title,
  body,
  language: newest.language,
  room: newest.room,
  ...(newest.thread === null ? {} : { thread: newest.thread }),
  ...(span.urgent === null ? {} : { urgent: true as const }),
  seq: newest.seq,
  at: newest.at,
  asOf: new Date(now).toISOString(),
  read: read.map(tagOf),
  calls: appNumber(await memory.rooms.mine(newest.account), await memory.push.aside(newest.account), now),
});
