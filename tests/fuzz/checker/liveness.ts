/** Whether all went on when nothing was hurt any more: answers, connections, streams ([D3], [D17], [D30]). Heads: streams.ts. */
import type { Attempt, History, Quiet, Violation } from '../history.ts';
import { type RoomLog, roomOf } from './log.ts';
import { staysIn } from './spans.ts';

type Logs = ReadonlyMap<string, RoomLog>;

/** So long may recovery take, and an answer, in ms (D30). */
const RECOVERY_MS = 10_000;

/** Everything that must have come to a good end. */
export function checkLiveness(history: History, logs: Logs): Violation[] {
  const { quiet } = history;
  return quiet === null
    ? []
    : [...checkAnswered(history, quiet), ...checkRecovered(history, quiet), ...checkConnected(history, quiet, logs)];
}

const wrong = (rule: string, says: string, more: { room?: string | undefined; n: number }): Violation => ({
  breach: 'liveness',
  rule,
  says,
  n: more.n,
  ...(more.room === undefined ? {} : { room: more.room }),
});

/** Whoever asked again until the end was told at last whether it had happened. */
function checkAnswered(history: History, { clients }: Quiet): Violation[] {
  const staying = new Set(clients.map(({ person }) => person));
  const last = new Map<string, Attempt>();
  for (const attempt of history.attempts) {
    const { command, person, input } = attempt;
    if (input.clientId === undefined || !staying.has(person)) continue;
    const key = `${person} ${input.clientId} ${command === 'messages.send' ? input.room : ''}`;
    if (last.get(key)?.outcome.kind === undefined || last.get(key)?.outcome.kind === 'unknown') last.set(key, attempt);
  }
  return [...last.values()]
    .filter(({ outcome }) => outcome.kind === 'unknown')
    .map(({ command, person, input, sentN }) =>
      wrong('D3', `${command} ${input.clientId} of ${person} was never answered, however often it was sent`, {
        room: input.room,
        n: sentN,
      }),
    );
}

/** What is sent later than recovery may take is answered, and not with: later. */
function checkRecovered({ attempts }: History, { fromMs }: Quiet): Violation[] {
  return attempts.flatMap(({ command, person, input, outcome, sentMs, sentN, endMs }) => {
    if (sentMs <= fromMs + RECOVERY_MS) return [];
    const isAway = outcome.kind === 'refused' && outcome.code === 'unavailable';
    if (outcome.kind !== 'unknown' && !isAway && endMs - sentMs <= RECOVERY_MS) return [];
    const what =
      outcome.kind === 'unknown' ? 'had no answer' : isAway ? 'was put off' : `took ${Math.round(endMs - sentMs)} ms`;
    const since = Math.round(sentMs - fromMs);
    return [
      wrong('D30', `${command} of ${person}, sent ${since} ms after the last fault, ${what}`, {
        room: input.room,
        n: sentN,
      }),
    ];
  });
}

/** Every client is connected in the end, and follows each room that it is in and wants. */
function checkConnected(history: History, { clients }: Quiet, logs: Logs): Violation[] {
  return clients.flatMap(({ name, person, session, rooms }) => {
    const connection = history.connections.findLast(
      ({ session: its, closedN }) => its === session && closedN === Number.POSITIVE_INFINITY,
    );
    if (!connection) return [wrong('D30', `${name} is not connected in the end`, { n: history.quiet?.fromN ?? 0 })];
    const open = new Set<string>();
    for (const { connection: id, frame } of history.deliveries) {
      const room = id === connection.id ? roomOf(frame.stream) : null;
      if (room !== null && frame.t === 'subscribed') open.add(room);
      if (room !== null && frame.t === 'unsubscribed') open.delete(room);
    }
    return rooms.flatMap((room) => {
      const log = logs.get(room);
      const isIn = log && staysIn(history, log).get(person)?.at(-1)?.to === Number.POSITIVE_INFINITY;
      return isIn && !open.has(room)
        ? [wrong('D17', `${name} is in the room and does not follow it in the end`, { room, n: connection.openedN })]
        : [];
    });
  });
}
