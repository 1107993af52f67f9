/** Whether people saw what they may and nothing else, and restrictions held to the event ([D18], [D25], [D26], [D27], [R44]). */
import type { Attempt, Delivery, History, Violation } from '../history.ts';
import { messageOf, messagesIn, type RoomLog, roomOf, sightings } from './log.ts';
import { maySee, mustSee, type Stay, staysIn } from './spans.ts';

type Logs = ReadonlyMap<string, RoomLog>;

/** Everything about who may see and do. */
export function checkAccess(history: History, logs: Logs): Violation[] {
  const stays = new Map([...logs.values()].map((log) => [log.room.id, staysIn(history, log)]));
  return [
    ...checkSeen(history, logs, stays),
    ...checkHidden(history, logs, stays),
    ...checkDoors(history, logs, stays),
    ...[...logs.values()].flatMap((log) => checkMutes(history, log)),
    ...checkRevocations(history),
    ...checkTombstones(history, logs),
  ];
}

type AllStays = ReadonlyMap<string, ReadonlyMap<string, readonly Stay[]>>;

const staysOf = (all: AllStays, room: string, person: string): readonly Stay[] => all.get(room)?.get(person) ?? [];

/** Nothing after one's removal, nothing before one's joining where the room says so. */
function checkSeen(history: History, logs: Logs, all: AllStays): Violation[] {
  const violations: Violation[] = [];
  for (const { event, room, person, n } of sightings(history)) {
    const log = logs.get(room);
    if (!log) continue;
    const stays = staysOf(all, room, person);
    if (maySee(log.room.past, stays, event.seq, n)) continue;
    const isAfterEnd = stays.some(({ to }) => to < event.seq);
    violations.push({
      breach: isAfterEnd ? 'removal-exact' : 'leak',
      rule: isAfterEnd ? 'D26' : 'D18',
      room,
      seq: event.seq,
      n,
      says: `${person} was sent ${event.type} at ${event.seq}; their stays: ${stays.map(({ from, to }) => `${from}…${to}`).join(', ') || 'none'}`,
    });
  }
  return violations;
}

/** What is declared as hidden is not something the person may see. */
function checkHidden(history: History, logs: Logs, all: AllStays): Violation[] {
  const persons = new Map(history.connections.map(({ id, person }) => [id, person]));
  const declared = [
    ...history.deliveries.flatMap(({ connection, frame, n }) => {
      const room = roomOf(frame.stream);
      const range = { from: frame.from ?? 0, to: frame.to ?? 0 };
      return frame.t === 'hidden' && room !== null ? [{ room, person: persons.get(connection) ?? '', range, n }] : [];
    }),
    ...history.readings.flatMap(({ room, person, output, endN }) =>
      (output.hidden ?? []).map((range) => ({ room, person, range, n: endN })),
    ),
  ];
  return declared.flatMap(({ room, person, range, n }): Violation[] => {
    const log = logs.get(room);
    if (!log) return [];
    const stays = staysOf(all, room, person);
    for (let seq = range.from; seq <= Math.min(range.to, log.head); seq++)
      if (mustSee(log.room.past, stays, seq))
        return [
          {
            breach: 'hidden',
            rule: 'D18',
            room,
            seq,
            n,
            says: `${range.from}…${range.to} was hidden from ${person}, who may see ${seq}`,
          },
        ];
    return [];
  });
}

/** No reading is answered that started after the end of a stay was known, and before the next could begin. */
function checkDoors(history: History, logs: Logs, all: AllStays): Violation[] {
  const violations: Violation[] = [];
  const open = (room: string, person: string, sentN: number, endN: number): boolean =>
    staysOf(all, room, person).some(({ possibleFromN, endKnownN }) => possibleFromN <= endN && sentN < endKnownN);
  for (const { room, person, status, sentN, endN } of history.readings)
    if (status === 200 && logs.has(room) && !open(room, person, sentN, endN))
      violations.push({
        breach: 'removal-exact',
        rule: 'D26',
        room,
        n: sentN,
        says: `${person} read the room over HTTP after their removal was known`,
      });
  for (const { command, input, person, outcome, sentN, endN } of history.attempts) {
    if (outcome.kind !== 'done' || !/^(messages|threads)[.]/.test(command) || outcome.output.duplicate) continue;
    if (input.room !== undefined && logs.has(input.room) && !open(input.room, person, sentN, endN))
      violations.push({
        breach: 'removal-exact',
        rule: 'D26',
        room: input.room,
        n: sentN,
        says: `${command} of ${person} was done after their removal was known`,
      });
  }
  return violations;
}

/** Nothing of a silenced person stands between the mute and its end ([D25]). */
function checkMutes(history: History, log: RoomLog): Violation[] {
  const violations: Violation[] = [];
  const muted = new Map<string, { from: number; untilMs: number }>();
  const mutes = history.attempts.filter(
    ({ command, input }) => command === 'members.mute' && input.room === log.room.id,
  );
  for (let seq = 1; seq <= log.head; seq++) {
    const event = log.events.get(seq);
    if (!event) continue;
    const { type, data, actor, at } = event;
    const atMs = Date.parse(at);
    if (type === 'restriction.began' && data.kind === 'mute' && data.account !== undefined) {
      muted.set(data.account, { from: seq, untilMs: atMs + lengthMs(mutes, event.seq, actor, data.account) });
    } else if (type === 'restriction.ended' && data.kind === 'mute' && data.account !== undefined) {
      muted.delete(data.account);
    } else if (actor !== undefined && /^(message[.](sent|edited)|reaction[.]added)$/.test(type)) {
      const mute = muted.get(actor);
      if (mute && atMs < mute.untilMs)
        violations.push({
          breach: 'mute-exact',
          rule: 'D25',
          room: log.room.id,
          seq,
          says: `${type} of ${actor}, who is silenced from ${mute.from} on`,
        });
    }
  }
  return violations;
}

/** How long a mute was asked for; of several that may be it, the shortest. */
function lengthMs(mutes: readonly Attempt[], seq: number, actor: string | undefined, account: string): number {
  const about = mutes.filter(({ person, input }) => person === actor && input.account === account);
  const own = about.filter(({ outcome }) => outcome.kind === 'done' && outcome.output.seq === seq);
  const candidates = own.length > 0 ? own : about.filter(({ outcome }) => outcome.kind === 'unknown');
  return Math.min(...candidates.map(({ input }) => (input.seconds ?? Number.POSITIVE_INFINITY) * 1000));
}

/** Sockets of an ended session are silent after this long, in ms; paused processes get their pause on top. */
const REVOCATION_MS = 5_000;

/** An ended session does nothing more, and soon hears nothing more ([D27]). */
function checkRevocations(history: History): Violation[] {
  const violations: Violation[] = [];
  for (const { command, input, outcome, endN, endMs } of history.attempts) {
    const ends = command === 'accounts.revokeSession' || command === 'accounts.disable';
    if (outcome.kind !== 'done' || !ends) continue;
    const isOver = (session: string, person: string, n: number): boolean => {
      if (command === 'accounts.revokeSession') return session === input.session;
      if (command !== 'accounts.disable' || person !== input.account) return false;
      // An account that is enabled again starts with new sessions; those opened later are not meant
      return (
        history.connections.some((connection) => connection.session === session && connection.openedN < endN) &&
        n > endN
      );
    };
    const deadlineMs = endMs + REVOCATION_MS + outageMs(history, endMs);
    for (const tried of history.attempts)
      if (tried.sentN > endN && tried.outcome.kind === 'done' && isOver(tried.session, tried.person, tried.sentN))
        violations.push({
          breach: 'revocation-exact',
          rule: 'D27',
          n: tried.sentN,
          says: `${tried.command} of ${tried.person} was done after the session had ended`,
        });
    for (const reading of history.readings)
      if (reading.sentN > endN && reading.status === 200 && isOver(reading.session, reading.person, reading.sentN))
        violations.push({
          breach: 'revocation-exact',
          rule: 'D27',
          n: reading.sentN,
          says: `${reading.person} read after the session had ended`,
        });
    const deaf = new Set(
      history.connections
        .filter(({ session, person, openedN }) => openedN < endN && isOver(session, person, endN + 1))
        .map(({ id }) => id),
    );
    const late = history.deliveries.find(
      ({ connection, ms, frame }: Delivery) => ms > deadlineMs && deaf.has(connection) && frame.t !== 'problem',
    );
    if (late)
      violations.push({
        breach: 'revocation-exact',
        rule: 'D27',
        n: late.n,
        says: `a ${late.frame.t} frame came ${Math.round(late.ms - endMs)} ms after the session had ended`,
      });
  }
  return violations;
}

/** How long parts were stopped around a moment: that much later may they act on it. */
const outageMs = ({ outages }: History, ms: number): number =>
  outages.reduce(
    (sum, { fromMs, toMs }) => (toMs < ms || fromMs > ms + REVOCATION_MS ? sum : sum + (toMs - fromMs)),
    0,
  );

/** A text whose removal was answered is in no read that starts later ([R44]). */
function checkTombstones(history: History, logs: Logs): Violation[] {
  const goneAt = new Map<string, number>();
  for (const { command, input, outcome, endN } of history.attempts)
    if (command === 'messages.remove' && outcome.kind === 'done' && input.message !== undefined)
      goneAt.set(input.message, Math.min(goneAt.get(input.message) ?? Number.POSITIVE_INFINITY, endN));
  const violations: Violation[] = [];
  const look = (message: { id: string; body?: string } | null, room: string, n: number) => {
    if (message?.body !== undefined && n > (goneAt.get(message.id) ?? Number.POSITIVE_INFINITY) && logs.has(room))
      violations.push({
        breach: 'leak',
        rule: 'D6',
        room,
        n,
        says: `the text of ${message.id} was read after its removal had been answered`,
      });
  };
  for (const { room, sentN, status, output } of history.readings) {
    if (status !== 200) continue;
    for (const event of output.events ?? []) look(messageOf(event), room, sentN);
    for (const message of messagesIn(output)) look(message, room, sentN);
  }
  return violations;
}
