/** Whether messages and replies are numbered as they follow each other, and threads stand as the log says ([R80]–[R82]). */
import type { WireMessage, WireStanding } from '../../raw/wire.ts';
import type { History, Reading, Violation } from '../history.ts';
import { messageOf, type RoomLog } from './log.ts';
import { shownTo, staysIn } from './spans.ts';

type Logs = ReadonlyMap<string, RoomLog>;

/** A reply as a log tells it. */
export interface Reply {
  readonly id: string;
  readonly clientId: string;
  readonly seq: number;
  readonly author: string;
  readonly at: string;
  isRemoved: boolean;
}

/** Everything about threads. */
export function checkThreads(history: History, logs: Logs): Violation[] {
  return [
    ...[...logs.values()].flatMap((log) => checkNumbers(log)),
    ...history.readings.flatMap((reading) => (reading.final ? checkStandings(history, reading, logs) : [])),
  ];
}

/** Messages of the room are 1, 2, 3, …; so are those of each thread, and these do not move the room's number. */
function checkNumbers(log: RoomLog): Violation[] {
  const violations: Violation[] = [];
  let ordinal = 0;
  const inThread = new Map<string, number>();
  for (let seq = 1; seq <= log.head; seq++) {
    const event = log.events.get(seq);
    const message = event?.type === 'message.sent' ? messageOf(event) : null;
    if (!message) continue;
    const { thread } = message;
    if (thread === undefined) ordinal += 1;
    const nth = (inThread.get(thread ?? '') ?? 0) + 1;
    if (thread !== undefined) inThread.set(thread, nth);
    const wrong = (says: string): void =>
      void violations.push({ breach: 'ordinal', rule: 'R80', room: log.room.id, seq, says: `at ${seq} ${says}` });
    if (message.ordinal !== ordinal)
      wrong(`the message says that it is the room’s ${message.ordinal}, and ${ordinal} follows`);
    if (thread !== undefined && message.threadOrdinal !== nth)
      wrong(`the reply says that it is the ${message.threadOrdinal} of its thread, and ${nth} follows`);
    if (thread !== undefined && !((log.sentAt.get(thread) ?? seq) < seq))
      wrong('a reply hangs from what does not stand before it');
  }
  return violations;
}

const whole = new WeakMap<RoomLog, Map<string, Reply[]>>();

/** The replies in each thread up to a seq, in order. Of one log and its head always the same. */
export function repliesIn(log: RoomLog, at: number): ReadonlyMap<string, readonly Reply[]> {
  if (at !== log.head) return gatherReplies(log, at);
  const there = whole.get(log) ?? gatherReplies(log, at);
  whole.set(log, there);
  return there;
}

function gatherReplies({ events }: RoomLog, at: number): Map<string, Reply[]> {
  const threads = new Map<string, Reply[]>();
  const byId = new Map<string, Reply>();
  for (let seq = 1; seq <= at; seq++) {
    const event = events.get(seq);
    const message = event && messageOf(event);
    if (!event || !message) continue;
    if (event.type === 'message.sent' && message.thread !== undefined) {
      const reply = {
        id: message.id,
        clientId: message.clientId,
        seq,
        author: event.actor ?? '',
        at: event.at,
        isRemoved: false,
      };
      byId.set(message.id, reply);
      const before = threads.get(message.thread);
      if (before) before.push(reply);
      else threads.set(message.thread, [reply]);
    }
    const reply = event.type === 'message.removed' ? byId.get(message.id) : undefined;
    if (reply) reply.isRemoved = true;
  }
  return threads;
}

/** Counts go so far. */
const MOST_COUNTED = 999;

function checkStandings(history: History, reading: Reading, logs: Logs): Violation[] {
  const { person, endN, room, asked, output, kind } = reading;
  if (reading.status !== 200) return [];
  const shown: { room: string; root: WireMessage; mine: WireStanding }[] =
    kind === 'threads'
      ? [...(output.threads ?? [])]
      : kind === 'page' && asked.thread !== undefined && output.thread
        ? [{ room, ...output.thread }]
        : [];
  const listed = new Set(shown.map(({ root }) => root.id));
  return [
    ...shown.flatMap(({ room: where, root, mine }) => {
      const log = logs.get(where);
      return log ? checkStanding(history, log, person, root.id, mine, endN) : [];
    }),
    // The list has all that somebody follows, unless it says that there are more
    ...(kind === 'threads' && output.more === false ? [...logs.values()] : []).flatMap((log) =>
      [...repliesIn(log, log.head).keys()].flatMap((root) =>
        !listed.has(root) && mustFollow(history, log, person, root)
          ? [wrongIn(log, 'R81', `${person} has answered in ${root} and does not follow it`, endN)]
          : [],
      ),
    ),
  ];
}

const wrongIn = ({ room }: RoomLog, rule: string, says: string, n: number): Violation => ({
  breach: 'standing',
  rule,
  room: room.id,
  n,
  says,
});

function checkStanding(
  history: History,
  log: RoomLog,
  person: string,
  root: string,
  mine: WireStanding,
  n: number,
): Violation[] {
  const isShown = shownTo(history, log, person, log.head);
  const replies = (repliesIn(log, log.head).get(root) ?? []).filter(({ seq }) => isShown(seq));
  const unread = replies.filter(({ seq, author, isRemoved }) => seq > mine.seq && author !== person && !isRemoved);
  const newest = replies.at(-1)?.seq ?? 0;
  const wrong = (rule: string, says: string) => [wrongIn(log, rule, `in ${root}, ${person} ${says}`, n)];
  return [
    ...(mine.unread === Math.min(unread.length, MOST_COUNTED)
      ? []
      : wrong('R82', `has ${mine.unread} unread after ${mine.seq}, and ${unread.length} stand in the log`)),
    ...(mine.newest === newest ? [] : wrong('R82', `is told of ${mine.newest} as the newest, and it is ${newest}`)),
    ...(mine.following || !mustFollow(history, log, person, root)
      ? []
      : wrong('R81', 'has answered and does not follow')),
  ];
}

/** Whether somebody follows for sure: they have answered since they came last, and have not tried to stop it after they began to. */
function mustFollow(history: History, log: RoomLog, person: string, root: string): boolean {
  const stay = staysIn(history, log).get(person)?.at(-1);
  if (!stay || stay.to !== Number.POSITIVE_INFINITY) return false;
  const own = (repliesIn(log, log.head).get(root) ?? []).filter(
    ({ author, seq }) => author === person && seq > stay.from,
  );
  const last = own.at(-1);
  if (!last || !shownTo(history, log, person, log.head)(log.sentAt.get(root) ?? 0)) return false;
  // It may have been written at the first of its tries, answered or not
  const tries = history.attempts.filter(
    ({ command, person: who, input }) =>
      command === 'messages.send' && who === person && input.room === log.room.id && input.clientId === last.clientId,
  );
  const beganN = Math.min(...tries.map(({ sentN }) => sentN));
  return (
    tries.length > 0 &&
    !history.attempts.some(
      ({ command, person: who, input, outcome, endN }) =>
        command === 'threads.unfollow' &&
        who === person &&
        input.thread === root &&
        outcome.kind !== 'refused' &&
        endN > beganN,
    )
  );
}
