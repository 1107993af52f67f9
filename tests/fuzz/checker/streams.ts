/** Whether each subscription was whole: step by step, or a declared leap ([D7], [D13]–[D15], [D17], [D21], [D26]). */
import type { Delivery, History, StreamAsk, Violation } from '../history.ts';
import { type RoomLog, roomOf } from './log.ts';
import { staysIn } from './spans.ts';

type Logs = ReadonlyMap<string, RoomLog>;

/** One opened stream of one connection. */
interface Subscription {
  readonly ask: StreamAsk;
  readonly connection: string;
  readonly person: string;
  readonly log: RoomLog;
  /** The head that `subscribed` named. */
  head: number;
  /** The seq that comes next. */
  next: number;
  resets: string[];
  /** The seq at which the person's stay ended, if that was the last event sent. */
  over: number | null;
  isClosed: boolean;
}

/** Everything about streams. */
export function checkStreams(history: History, logs: Logs): Violation[] {
  const violations: Violation[] = [];
  const byConnection = Map.groupBy(history.deliveries, ({ connection }) => connection);
  for (const { id, person, closedN } of history.connections) {
    const asks = history.asks.filter(({ connection }) => connection === id);
    const open = new Map<string, Subscription>();
    const all: Subscription[] = [];
    for (const delivery of byConnection.get(id) ?? []) {
      const started = begin(delivery, asks, logs, person);
      if (started) {
        open.set(started.log.room.id, started);
        all.push(started);
      } else violations.push(...follow(history, delivery, open, asks));
    }
    for (const subscription of all)
      violations.push(...checkOutcome(history, subscription, closedN === Number.POSITIVE_INFINITY));
  }
  for (const reading of history.readings)
    if (reading.status === 200 && reading.kind === 'events') violations.push(...checkStretch(reading));
  return violations;
}

function begin(
  { connection, frame }: Delivery,
  asks: readonly StreamAsk[],
  logs: Logs,
  person: string,
): Subscription | null {
  if (frame.t !== 'subscribed') return null;
  const log = logs.get(roomOf(frame.stream) ?? '');
  const ask = asks.find(({ id, kind }) => kind === 'subscribe' && id === frame.id);
  if (!log || !ask) return null;
  const head = frame.head?.seq ?? 0;
  return {
    ask,
    connection,
    person,
    log,
    head,
    next: (ask.cursor?.seq ?? head) + 1,
    resets: [],
    over: null,
    isClosed: false,
  };
}

/** What a frame does to the stream it belongs to. */
function follow(
  history: History,
  { connection, frame, n }: Delivery,
  open: Map<string, Subscription>,
  asks: readonly StreamAsk[],
): Violation[] {
  const room = roomOf(frame.stream);
  if (room === null || !['events', 'gap', 'hidden', 'purged', 'reset', 'unsubscribed'].includes(frame.t)) return [];
  const subscription = open.get(room);
  const wrong = (breach: Violation['breach'], rule: string, says: string, seq?: number): Violation => ({
    breach,
    rule,
    room,
    n,
    says: `on ${connection}: ${says}`,
    ...(seq === undefined ? {} : { seq }),
  });
  if (!subscription)
    return frame.t === 'unsubscribed' && asks.some(({ kind, id }) => kind === 'unsubscribe' && id === frame.id)
      ? []
      : [wrong('leak', 'D7', `a ${frame.t} frame of a stream that is not open`)];
  if (frame.t === 'unsubscribed') {
    subscription.isClosed = true;
    open.delete(room);
    return [];
  }
  const { over, log, person } = subscription;
  // What is replayed may tell of an earlier stay; then a later one had begun
  const isBack =
    over !== null &&
    staysIn(history, log)
      .get(person)
      ?.some((stay) => stay.from > over && stay.possibleFromN <= n);
  if (over !== null && !isBack)
    return [wrong('removal-exact', 'D26', `a ${frame.t} frame followed the end of the person's stay at ${over}`, over)];
  if (frame.t === 'reset') {
    subscription.resets.push(frame.reason ?? '');
    subscription.next = (frame.head?.seq ?? 0) + 1;
    return [];
  }
  if (frame.t !== 'events') return leap(history, subscription, frame.t, frame.from ?? 0, frame.to ?? 0, wrong);
  for (const { seq, type, data } of frame.events ?? []) {
    const { next } = subscription;
    subscription.next = seq + 1;
    if (seq < next) return [wrong('duplicate', 'D13', `${seq} came again, ${next} was next`, seq)];
    if (seq > next) return [wrong('gap', 'D7', `${seq} came where ${next} was next`, next)];
    const isEnd = (type === 'member.left' || type === 'member.removed') && data.account === person;
    subscription.over = isEnd ? seq : null;
  }
  return [];
}

type Wrong = (breach: Violation['breach'], rule: string, says: string, seq?: number) => Violation;

function leap(
  { limits }: History,
  subscription: Subscription,
  kind: string,
  from: number,
  to: number,
  wrong: Wrong,
): Violation[] {
  const { next, ask } = subscription;
  if (from !== next || to < from)
    return [wrong(from < next ? 'order' : 'gap', 'D7', `${kind} ${from}…${to} came where ${next} was next`, next)];
  subscription.next = to + 1;
  const leastMissed = limits.resumeEvents - limits.gapEvents;
  if (kind === 'gap' && to - (ask.cursor?.seq ?? 0) <= leastMissed)
    return [
      wrong('resume', 'D15', `a gap ${from}…${to} where no more than ${limits.resumeEvents} events were missed`, from),
    ];
  return kind === 'purged'
    ? [wrong('lost', 'D1', `${from}…${to} were declared as purged, and nothing purges here`, from)]
    : [];
}

/** What became of a subscription: the reset that its cursor had to meet, and whether it reached the end of the log. */
function checkOutcome(history: History, subscription: Subscription, isLive: boolean): Violation[] {
  const { ask, log, resets, next, person, connection } = subscription;
  const room = log.room.id;
  const wrong: Wrong = (breach, rule, says, seq) => ({
    breach,
    rule,
    room,
    n: ask.n,
    says: `on ${connection}: ${says}`,
    ...(seq === undefined ? {} : { seq }),
  });
  if (ask.forged !== null)
    return isLive || resets.length > 0
      ? resets[0] === ask.forged || resets[0] === 'access'
        ? []
        : [wrong('resume', 'D15', `a cursor with a wrong ${ask.forged} met ${resets[0] ?? 'no reset'}`)]
      : [];
  const from = ask.cursor?.seq ?? subscription.head;
  for (const reason of resets) {
    const hasMoved = [...log.events.values()].some(
      ({ seq, type, data }) => seq > from && data.account === person && type.startsWith('member.'),
    );
    if (reason !== 'access' || !hasMoved)
      return [wrong('resume', 'D14', `a true cursor at ${from} met a reset: ${reason}`, from)];
  }
  if (!isLive || subscription.isClosed) return [];
  const last = (staysIn(history, log).get(person) ?? []).at(-1);
  if (last && last.to < Number.POSITIVE_INFINITY)
    return [wrong('removal-exact', 'D26', `the stream stayed open after ${person} had gone at ${last.to}`, last.to)];
  return next === log.head + 1
    ? []
    : [
        wrong(
          'liveness',
          'D17',
          `the stream stands at ${next - 1} when all is quiet, and the head is ${log.head}`,
          next,
        ),
      ];
}

/** A stretch over HTTP says something about each of its seqs, once. */
function checkStretch({ room, asked, output, endN }: History['readings'][number]): Violation[] {
  const pieces = [
    ...(output.events ?? []).map(({ seq }) => ({ from: seq, to: seq })),
    ...(output.hidden ?? []),
    ...(output.purged ?? []),
  ].sort((a, b) => a.from - b.from);
  let next = (asked.after ?? 0) + 1;
  const wrong = (says: string): Violation[] => [{ breach: 'gap', rule: 'D15', room, seq: next, n: endN, says }];
  for (const { from, to } of pieces) {
    if (from !== next) return wrong(`read after ${asked.after}: ${from} follows where ${next} was next`);
    next = to + 1;
  }
  return next === (output.to ?? 0) + 1 || (output.to ?? 0) <= (asked.after ?? 0)
    ? []
    : wrong(`read after ${asked.after} to ${output.to}: ends before ${next}`);
}
