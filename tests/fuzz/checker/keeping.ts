/** Whether rooms are kept as their logs say: put away, owned by somebody, with what is pinned on the board ([R61], [R65], [R66]). */
import type { WireEvent } from '../../raw/wire.ts';
import type { Attempt, History, Reading, Violation } from '../history.ts';
import { effectOf, effectsOf } from './effects.ts';
import { messageOf, type RoomLog } from './log.ts';
import { shownTo } from './spans.ts';

type Logs = ReadonlyMap<string, RoomLog>;

/** Everything about how rooms are kept. */
export function checkKeeping(history: History, logs: Logs): Violation[] {
  return [
    ...[...logs.values()].flatMap((log) => [
      ...checkArchive(log),
      ...checkArchivedRefusals(history, log),
      ...checkOwners(log),
      ...checkBoardSize(log),
    ]),
    ...history.readings.flatMap((reading) => {
      const log = logs.get(reading.room);
      return log && reading.kind === 'pins' && reading.status === 200 ? checkBoard(history, reading, log) : [];
    }),
  ];
}

type Wrong = (breach: Violation['breach'], rule: string, says: string, at?: { seq?: number; n?: number }) => Violation;
const wrongIn =
  ({ room }: RoomLog): Wrong =>
  (breach, rule, says, at = {}) => ({ breach, rule, room: room.id, says, ...at });

/** What does not happen in a room that is put away. */
const STILL = /^(message[.](sent|edited|pinned|unpinned)|reaction[.](added|removed)|room[.]changed)$/;

/** Between `room.archived` and `room.reopened` nothing is said and nothing changes. */
function checkArchive(log: RoomLog): Violation[] {
  const wrong = wrongIn(log);
  const violations: Violation[] = [];
  let since: number | null = null;
  for (let seq = 1; seq <= log.head; seq++) {
    const event = log.events.get(seq);
    if (event?.type === 'room.archived' || event?.type === 'room.reopened') {
      const isArchived = event.type === 'room.archived';
      if (isArchived === (since !== null))
        violations.push(wrong('archive-exact', 'R65', `${event.type} at ${seq} changes nothing`, { seq }));
      since = isArchived ? seq : null;
    } else if (event && since !== null && STILL.test(event.type))
      violations.push(
        wrong('archive-exact', 'R65', `${event.type} of ${event.actor} in a room put away since ${since}`, { seq }),
      );
  }
  return violations;
}

/** Whoever was refused because the room was put away: it may have been so while they waited for the answer. */
function checkArchivedRefusals(history: History, log: RoomLog): Violation[] {
  const archives = history.attempts.filter(
    ({ command, input }) => command === 'rooms.archive' && input.room === log.room.id,
  );
  const spans = archivedSpans(log, archives);
  return history.attempts.flatMap(({ command, input, person, outcome, sentN, endN }) => {
    if (input.room !== log.room.id || outcome.kind !== 'refused' || outcome.code !== 'archived') return [];
    return spans.some(({ fromN, toN }) => fromN <= endN && sentN <= toN)
      ? []
      : [
          wrongIn(log)('archive-exact', 'R65', `${command} of ${person} was refused as if the room were put away`, {
            n: sentN,
          }),
        ];
  });
}

/** From when at the earliest, and until when at the latest, a room was put away. */
function archivedSpans(log: RoomLog, archives: readonly Attempt[]): { fromN: number; toN: number }[] {
  const spans: { fromN: number; toN: number }[] = [];
  const triesOf = (event: WireEvent) =>
    archives.filter((attempt) => effectsOf(attempt).includes(effectOf(log.room.id, event) ?? ''));
  const answered = (event: WireEvent) => ({
    earliestN: Math.min(
      ...triesOf(event)
        .filter(
          ({ outcome }) => outcome.kind === 'unknown' || (outcome.kind === 'done' && outcome.output.seq === event.seq),
        )
        .map(({ sentN }) => sentN),
    ),
    latestN: Math.min(
      ...triesOf(event).map(({ outcome, endN }) =>
        outcome.kind === 'done' && outcome.output.seq === event.seq ? endN : Number.POSITIVE_INFINITY,
      ),
    ),
  });
  for (let seq = 1; seq <= log.head; seq++) {
    const event = log.events.get(seq);
    if (event?.type === 'room.archived')
      spans.push({ fromN: answered(event).earliestN, toN: Number.POSITIVE_INFINITY });
    const last = spans.at(-1);
    if (event?.type === 'room.reopened' && last) last.toN = answered(event).latestN;
  }
  return spans;
}

/** A themed room has an owner at each seq; who hands it over stands behind the new owner in the same step. */
function checkOwners(log: RoomLog): Violation[] {
  if (log.room.kind === 'group') return [];
  const wrong = wrongIn(log);
  const violations: Violation[] = [];
  const owners = new Set<string>();
  for (let seq = 1; seq <= log.head; seq++) {
    const event = log.events.get(seq);
    const account = event?.data.account;
    if (!event || account === undefined) continue;
    const { type, data, actor } = event;
    if (type === 'member.joined' || type === 'member.role-changed') {
      if (data.role === 'owner') owners.add(account);
      else owners.delete(account);
    }
    if (type === 'member.left' || type === 'member.removed') owners.delete(account);
    if (owners.size === 0 && seq > 1)
      violations.push(wrong('ownerless', 'R66', `with ${type} of ${account} nobody owns the room`, { seq }));
    // Here nobody makes anybody an owner but by handing over
    const next = log.events.get(seq + 1);
    const isHandedOver = type === 'member.role-changed' && data.role === 'owner' && actor !== account;
    if (isHandedOver && !(next?.type === 'member.role-changed' && next.data.account === actor && next.actor === actor))
      violations.push(wrong('ownerless', 'R66', `${actor} made ${account} an owner and did not step back`, { seq }));
  }
  return violations;
}

/** Most that a board holds. */
const BOARD = 50;

/** What is pinned at a seq, in the order in which it was. */
export function boardAt({ events }: RoomLog, at: number): Map<string, WireEvent> {
  const board = new Map<string, WireEvent>();
  for (let seq = 1; seq <= at; seq++) {
    const event = events.get(seq);
    if (!event) continue;
    const id = messageOf(event)?.id ?? (typeof event.data.message === 'string' ? event.data.message : '');
    if (event.type === 'message.pinned') board.set(id, event);
    if (event.type === 'message.unpinned' || event.type === 'message.removed') board.delete(id);
  }
  return board;
}

function checkBoardSize(log: RoomLog): Violation[] {
  const pinned = [...log.events.values()].filter(({ type }) => type === 'message.pinned');
  return pinned.length > BOARD && boardAt(log, log.head).size > BOARD
    ? [wrongIn(log)('board', 'R61', `more than ${BOARD} messages are pinned`, { seq: log.head })]
    : [];
}

/**
 * A board that was read is the fold of the log up to its `at`, without what the reader may not see: what was pinned last first,
 * and of two within one millisecond the later message.
 */
function checkBoard(history: History, { person, output, endN }: Reading, log: RoomLog): Violation[] {
  const { at, messages = [] } = output;
  const wrong = (says: string) => [
    wrongIn(log)('board', 'R61', `the board at ${at} for ${person}: ${says}`, { n: endN }),
  ];
  if (typeof at !== 'number') return wrong('it has no at');
  const isShown = shownTo(history, log, person, at);
  const seqOf = (id: string) => log.sentAt.get(id) ?? 0;
  const pinned = [...boardAt(log, at)]
    .filter(([id]) => isShown(seqOf(id)))
    .sort(([a, one], [b, other]) => (one.at === other.at ? seqOf(b) - seqOf(a) : one.at < other.at ? 1 : -1));
  const ids = messages.map(({ id }) => id).join(' ');
  if (ids !== pinned.map(([id]) => id).join(' '))
    return wrong(`there is ${ids || 'nothing'}, and ${pinned.map(([id]) => id).join(' ') || 'nothing'} in the log`);
  const other = messages.find((message) => {
    const event = pinned.find(([id]) => id === message.id)?.[1];
    return message.pinned?.by !== event?.actor || message.pinned?.at !== event?.at;
  });
  return other ? wrong(`${other.id} was pinned by somebody else, or at another time`) : [];
}
