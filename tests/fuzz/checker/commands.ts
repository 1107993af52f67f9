/** Whether every answer was true and every event was asked for ([D1], [D3], [D4], [D8], [D9], [D12]). */
import type { Attempt, History, Violation } from '../history.ts';
import { effectOf, effectsOf, stateHolds } from './effects.ts';
import { foundingOf, mayLeadTo } from './founding.ts';
import { messageOf, type RoomLog, roomOf } from './log.ts';

type Logs = ReadonlyMap<string, RoomLog>;

/** Tries of one intention: the same person, command, room and client id. */
const intentions = (history: History): Map<string, Attempt[]> => {
  const found = new Map<string, Attempt[]>();
  for (const attempt of history.attempts) {
    const { clientId, room } = attempt.input;
    if (clientId === undefined || room === undefined) continue;
    const scope = attempt.command === 'messages.send' ? room : '';
    const key = `${attempt.person} ${clientId} ${scope}`;
    const tries = found.get(key);
    if (tries) tries.push(attempt);
    else found.set(key, [attempt]);
  }
  return found;
};

const payload = ({ command, input }: Attempt): string =>
  JSON.stringify([command, Object.entries(input).sort(([a], [b]) => (a < b ? -1 : 1))]);

/** Everything about answers. */
export function checkCommands(history: History, logs: Logs): Violation[] {
  const intended = intentions(history);
  return [
    ...[...intended.values()].flatMap((tries) => checkIntention(tries, logs)),
    ...checkNothingInvented(history, logs),
    ...checkTrueAnswers(history, logs),
    ...checkRealTime(history, intended, logs),
    ...checkPipelines(history, intended, logs),
  ];
}

/** One result per client id ([D3], [D12]); refused ones never happened ([D4]). */
function checkIntention(tries: readonly Attempt[], logs: Logs): Violation[] {
  const [first] = tries;
  const room = first?.input.room;
  const log = room === undefined ? undefined : logs.get(room);
  if (!first || !log) return [];
  const breach = (says: string, n: number, rule = 'D12'): Violation => ({
    breach: 'duplicate',
    rule,
    room: log.room.id,
    n,
    says,
  });
  const violations: Violation[] = [];
  const answers = tries.flatMap((tried) =>
    tried.outcome.kind === 'done' ? [{ tried, output: tried.outcome.output }] : [],
  );
  const [one] = answers;
  for (const { tried, output } of answers) {
    const differs = output.id !== one?.output.id || output.seq !== one?.output.seq;
    if (differs)
      violations.push(
        breach(
          `${tried.command} ${tried.input.clientId} was answered with seq ${one?.output.seq} and with ${output.seq}`,
          tried.endN,
        ),
      );
    const other = one && payload(tried) !== payload(one.tried) && !output.removed && !one.output.removed;
    if (other) violations.push(breach(`${tried.input.clientId} was taken with two payloads`, tried.endN));
  }
  const fresh = answers.filter(({ output }) => !output.duplicate);
  if (fresh.length > 1)
    violations.push(
      breach(
        `${first.command} ${first.input.clientId} took effect ${fresh.length} times`,
        fresh.at(-1)?.tried.endN ?? 0,
        'D3',
      ),
    );
  // An id is its author's: only they can have used it for something else
  const conflict = tries.find(({ outcome }) => outcome.kind === 'refused' && outcome.code === 'idempotency-conflict');
  if (conflict && tries.every((tried) => payload(tried) === payload(first)))
    violations.push(
      breach(`${first.input.clientId} met a conflict, and was used for one thing only`, conflict.endN, 'D11'),
    );
  if (first.command !== 'messages.send') return violations;

  const event = [...log.events.values()].find(
    (candidate) =>
      candidate.type === 'message.sent' &&
      candidate.actor === first.person &&
      messageOf(candidate)?.clientId === first.input.clientId,
  );
  if (event && tries.every(({ outcome }) => outcome.kind === 'refused'))
    violations.push({
      breach: 'phantom',
      rule: 'D4',
      room: log.room.id,
      seq: event.seq,
      n: first.sentN,
      says: `${first.input.clientId} was refused each time (${tries.map(({ outcome }) => (outcome.kind === 'refused' ? outcome.code : '')).join(', ')}) and stands at ${event.seq}`,
    });
  return violations;
}

/** Every event was asked for by its actor, as often as it stands there; every text is one that its author wrote. */
function checkNothingInvented(history: History, logs: Logs): Violation[] {
  const violations: Violation[] = [];
  const asked = new Map<string, Set<string>>();
  const wrote = new Map<string, Set<string>>();
  for (const attempt of history.attempts) {
    const groups = [...logs.values()].filter(({ room }) => room.kind === 'group' && mayLeadTo(attempt, room.id));
    // Who was asked, and opens the group themselves, says yes
    const yes = groups.map(({ room }) => `${room.id} ${attempt.person} joined ${attempt.person}`);
    for (const effect of [...effectsOf(attempt), ...yes]) {
      const intents = asked.get(effect) ?? new Set();
      asked.set(effect, intents.add(attempt.input.clientId ?? String(attempt.sentN)));
    }
    const { clientId, message, body } = attempt.input;
    if (body !== undefined) {
      const place = `${attempt.person} ${attempt.command === 'messages.edit' ? message : clientId}`;
      wrote.set(place, (wrote.get(place) ?? new Set()).add(body));
    }
  }
  for (const log of logs.values()) {
    const stands = new Map<string, number>();
    for (const event of log.events.values()) {
      const effect = effectOf(log.room.id, event);
      if (effect === null || event.seq <= (foundingOf(history, log)?.last ?? 2)) continue;
      const count = (stands.get(effect) ?? 0) + 1;
      stands.set(effect, count);
      if (count > (asked.get(effect)?.size ?? 0))
        violations.push({
          breach: 'phantom',
          rule: 'D3',
          room: log.room.id,
          seq: event.seq,
          says: `${effect} stands there ${count} times and was asked for ${asked.get(effect)?.size ?? 0} times`,
        });
      const message = messageOf(event);
      if (!message || message.body === undefined) continue;
      const texts = [message.clientId, message.id].flatMap((place) => [
        ...(wrote.get(`${event.type === 'message.removed' ? '' : event.actor} ${place}`) ?? []),
      ]);
      if (!texts.includes(message.body))
        violations.push({
          breach: 'divergence',
          rule: 'D6',
          room: log.room.id,
          seq: event.seq,
          says: `the text at ${event.seq} is not one that its author wrote`,
        });
    }
  }
  return violations;
}

/** What was answered stands in the log at its seq ([D1]); commands that may change nothing point at a seq that there is. */
function checkTrueAnswers(history: History, logs: Logs): Violation[] {
  const violations: Violation[] = [];
  for (const attempt of history.attempts) {
    const { command, input, person, outcome, endN } = attempt;
    const log = input.room === undefined ? undefined : logs.get(input.room);
    if (outcome.kind !== 'done' || !log || outcome.output.seq === undefined) continue;
    const { seq, id, ordinal, at } = outcome.output;
    const event = log.events.get(seq);
    const lost = (why: string) =>
      violations.push({
        breach: 'lost',
        rule: 'D1',
        room: log.room.id,
        seq,
        n: endN,
        says: `${command} of ${person} was answered with seq ${seq}: ${why}`,
      });
    if (!event) {
      if (effectsOf(attempt).length > 0) lost('nobody can read an event there');
      continue;
    }
    const mayChangeNothing = command !== 'messages.send' && command !== 'messages.edit';
    const isThere = effectsOf(attempt).includes(effectOf(log.room.id, event) ?? '');
    if (!isThere && !mayChangeNothing) lost(`there stands ${event.type} of ${event.actor}`);
    const message = messageOf(event);
    if (command === 'messages.send' && message && (message.id !== id || message.ordinal !== ordinal || event.at !== at))
      lost(`id, ordinal or time differ: ${message.id} ${message.ordinal} ${event.at}`);
    if (!isThere && mayChangeNothing && !stateHolds(log, attempt, seq))
      lost('nothing was written, and what was asked for does not hold');
  }
  return violations;
}

/** The seq an intention got, from an answer or else from the log. */
function seqOf(tries: readonly Attempt[], log: RoomLog, byClientId: ReadonlyMap<string, number>): number | null {
  for (const { outcome } of tries)
    if (outcome.kind === 'done' && outcome.output.seq !== undefined) return outcome.output.seq;
  const [first] = tries;
  return first?.command === 'messages.send'
    ? (byClientId.get(`${log.room.id} ${first.person} ${first.input.clientId}`) ?? null)
    : null;
}

const sentByClientId = (logs: Logs): Map<string, number> => {
  const found = new Map<string, number>();
  for (const log of logs.values())
    for (const event of log.events.values())
      if (event.type === 'message.sent')
        found.set(`${log.room.id} ${event.actor} ${messageOf(event)?.clientId}`, event.seq);
  return found;
};

/** What anybody knew of a room when a command was sent lies before it ([D8]). */
function checkRealTime(history: History, intended: ReadonlyMap<string, Attempt[]>, logs: Logs): Violation[] {
  const known: { n: number; room: string; seq: number }[] = [];
  for (const { n, frame } of history.deliveries) {
    const room = roomOf(frame.stream);
    if (room !== null && frame.t === 'events') known.push({ n, room, seq: frame.events?.at(-1)?.seq ?? 0 });
  }
  for (const { endN, input, outcome } of history.attempts)
    if (outcome.kind === 'done' && input.room !== undefined)
      known.push({ n: endN, room: input.room, seq: outcome.output.seq ?? 0 });
  known.sort((a, b) => a.n - b.n);

  const byClientId = sentByClientId(logs);
  const starts = [...intended.values()].flatMap((tries) => {
    const [first] = tries;
    const log = first?.input.room === undefined ? undefined : logs.get(first.input.room);
    const seq = log && seqOf(tries, log, byClientId);
    const isNew = tries.every(({ outcome }) => outcome.kind !== 'done' || outcome.output.duplicate)
      ? first?.command === 'messages.send'
      : true;
    return first && log && seq !== null && seq !== undefined && isNew
      ? [{ n: Math.min(...tries.map(({ sentN }) => sentN)), room: log.room.id, seq, first, log }]
      : [];
  });
  starts.sort((a, b) => a.n - b.n);
  const floors = new Map<string, number>();
  const meantAt = new Map<string, number>();
  for (const attempt of history.attempts)
    for (const effect of effectsOf(attempt))
      meantAt.set(effect, Math.min(meantAt.get(effect) ?? Number.POSITIVE_INFINITY, attempt.sentN));
  const violations: Violation[] = [];
  let next = 0;
  for (const { n, room, seq, first, log } of starts) {
    for (let fact = known[next]; fact && fact.n < n; fact = known[++next])
      floors.set(fact.room, Math.max(floors.get(fact.room) ?? 0, fact.seq));
    const floor = floors.get(room) ?? 0;
    const event = log.events.get(seq);
    const [effect = ''] = effectsOf(first);
    const alwaysWrites = first.command === 'messages.send' || first.command === 'messages.edit';
    // What somebody meant to do before may be what stands there, and then this one found nothing to write
    const isFirstToMeanIt = alwaysWrites || (meantAt.get(effect) ?? 0) >= n;
    const isItsOwn = isFirstToMeanIt && event !== undefined && effectsOf(first).includes(effectOf(room, event) ?? '');
    if (isItsOwn ? seq <= floor : seq < floor)
      violations.push({
        breach: 'order',
        rule: 'D8',
        room,
        seq,
        n,
        says: `${first.command} of ${first.person} was sent when ${floor} was known, and stands at ${seq}`,
      });
  }
  return violations;
}

/** Commands of one connection to one room stand in the order sent ([D9]). */
function checkPipelines(history: History, intended: ReadonlyMap<string, Attempt[]>, logs: Logs): Violation[] {
  const violations: Violation[] = [];
  const byClientId = sentByClientId(logs);
  const last = new Map<string, { seq: number; attempt: Attempt }>();
  const once = [...intended.values()]
    .flatMap((tries) => (tries.length === 1 ? tries : []))
    .sort((a, b) => a.sentN - b.sentN);
  for (const attempt of once) {
    const { command, input, via } = attempt;
    const log = input.room === undefined ? undefined : logs.get(input.room);
    if (!log || (command !== 'messages.send' && command !== 'messages.edit')) continue;
    const seq = seqOf([attempt], log, byClientId);
    if (seq === null) continue;
    const lane = `${via} ${log.room.id}`;
    const before = last.get(lane);
    if (before && seq <= before.seq)
      violations.push({
        breach: 'order',
        rule: 'D9',
        room: log.room.id,
        seq,
        n: attempt.sentN,
        says: `on ${via}, ${before.attempt.input.clientId} was sent first and stands at ${before.seq}, after ${seq}`,
      });
    last.set(lane, { seq, attempt });
  }
  return violations;
}
