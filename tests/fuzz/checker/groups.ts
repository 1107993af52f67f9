/** Whether groups are what their people made them: one for the same people, and nobody in one before their yes ([R73]–[R75]). */
import type { Attempt, History, Violation } from '../history.ts';
import { askedFor, foundingOf, isSame, mayLeadTo } from './founding.ts';
import { type RoomLog, roomOf } from './log.ts';
import { staysIn } from './spans.ts';

type Logs = ReadonlyMap<string, RoomLog>;

/** Everything about groups. */
export function checkGroups(history: History, logs: Logs): Violation[] {
  const groups = [...logs.values()].filter(({ room }) => room.kind === 'group');
  return [
    ...groups.flatMap((log) => checkFounding(history, log)),
    ...checkTwins(history, groups),
    ...groups.flatMap((log) => checkConsent(history, log)),
    ...groups.flatMap((log) => checkSilence(history, log)),
  ];
}

const wrong = (breach: Violation['breach'], rule: string, log: RoomLog, says: string, at: Partial<Violation> = {}) => ({
  breach,
  rule,
  room: log.room.id,
  says,
  ...at,
});

/** Somebody opened it, and whoever was told that they opened it with certain people has it with those. */
function checkFounding(history: History, log: RoomLog): Violation[] {
  const founding = foundingOf(history, log);
  if (!founding) return [wrong('twin', 'R73', log, 'nobody has opened the group that the log begins with', { seq: 1 })];
  const sets = [...peopleOf(log).values()];
  return history.attempts.flatMap((attempt) => {
    if (attempt.outcome.kind !== 'done' || !mayLeadTo(attempt, log.room.id)) return [];
    const asked = askedFor(attempt);
    return sets.some((people) => isSame(people, asked))
      ? []
      : [
          wrong('twin', 'R73', log, `${attempt.person} opened it with people who were never all of it`, {
            n: attempt.endN,
          }),
        ];
  });
}

/** Who is in a group or asked, after each of its events. */
function peopleOf(log: RoomLog): Map<number, ReadonlySet<string>> {
  const people = new Set<string>();
  const found = new Map<number, ReadonlySet<string>>();
  for (let seq = 1; seq <= log.head; seq++) {
    const event = log.events.get(seq);
    const account = event?.data.account;
    if (!event || account === undefined) continue;
    if (event.type === 'member.joined' || event.type === 'asking.began') people.add(account);
    if (event.type === 'member.left' || event.type === 'asking.ended') people.delete(account);
    found.set(seq, new Set(people));
  }
  return found;
}

const CHANGES = new Set(['members.add', 'members.leave', 'members.remove']);

/** Two groups begun with the same people: who comes or goes in one must have come or gone before the other was there. */
function checkTwins(history: History, groups: readonly RoomLog[]): Violation[] {
  const begun = groups.flatMap((log) => {
    const founding = foundingOf(history, log);
    return founding ? [{ log, founding, changedN: firstChangeN(history.attempts, log) }] : [];
  });
  return begun.flatMap((one, nth) =>
    begun.slice(nth + 1).flatMap((other) => {
      if (!isSame(one.founding.people, other.founding.people)) return [];
      const mayBeLater = one.changedN < other.founding.byN || other.changedN < one.founding.byN;
      return mayBeLater
        ? []
        : [
            wrong('twin', 'R73', other.log, `the same people have ${one.log.room.id} as well`, {
              n: other.founding.byN,
            }),
          ];
    }),
  );
}

const firstChangeN = (attempts: readonly Attempt[], { room }: RoomLog): number =>
  Math.min(
    ...attempts.map(({ command, input, outcome, sentN }) =>
      CHANGES.has(command) && input.room === room.id && outcome.kind !== 'refused' ? sentN : Number.POSITIVE_INFINITY,
    ),
  );

/** People under age are in it by their own yes; no is no; and they are in it among themselves, for here nobody teaches anybody. */
function checkConsent(history: History, log: RoomLog): Violation[] {
  const violations: Violation[] = [];
  const young = new Set(history.young);
  const declined = new Set<string>();
  const opener = log.events.get(1)?.actor;
  const people = new Set<string>();
  for (let seq = 1; seq <= log.head; seq++) {
    const event = log.events.get(seq);
    const account = event?.data.account;
    if (!event || account === undefined) continue;
    const { type, actor } = event;
    if (type === 'member.joined') {
      people.add(account);
      if (young.has(account) && actor !== account && account !== opener)
        violations.push(wrong('consent', 'R74', log, `${account}, who is under age, was put in by ${actor}`, { seq }));
      if ([...people].some((id) => young.has(id)) && [...people].some((id) => !young.has(id)))
        violations.push(wrong('consent', 'R75', log, `with ${account} somebody under age is with an adult`, { seq }));
    }
    if (type === 'member.left') people.delete(account);
    if (type === 'asking.ended' && actor === account) declined.add(account);
    if ((type === 'asking.began' || type === 'member.joined') && declined.has(account))
      violations.push(wrong('consent', 'R74', log, `${account} had said no, and there is ${type}`, { seq }));
  }
  return violations;
}

/** Before they can have said yes nobody hears of it, but for the question: no head, no notification, no room in a welcome. */
function checkSilence(history: History, log: RoomLog): Violation[] {
  const persons = new Map(history.connections.map(({ id, person }) => [id, person]));
  const stays = staysIn(history, log);
  const { id } = log.room;
  return history.deliveries.flatMap(({ connection, frame, n }) => {
    const person = persons.get(connection) ?? '';
    const isIn = () => (stays.get(person) ?? []).some(({ possibleFromN }) => possibleFromN <= n);
    const told = [
      ...(roomOf(frame.stream) === id && frame.t !== 'refused' ? [frame.t] : []),
      ...(frame.heads ?? []).flatMap(({ room }) => (room === id ? ['heads'] : [])),
      ...(frame.t === 'welcome' ? (frame.rooms ?? []) : []).flatMap(({ room }) => (room.id === id ? ['welcome'] : [])),
      ...(frame.stream?.startsWith('user:') ? (frame.events ?? []) : []).flatMap(({ type, data }) =>
        data.room === id && !type.startsWith('asking.') ? [type] : [],
      ),
    ];
    return told.length > 0 && !isIn()
      ? [wrong('consent', 'R74', log, `${person}, who had not said yes, was told of it by ${told.join(', ')}`, { n })]
      : [];
  });
}
