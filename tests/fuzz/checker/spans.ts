/** Who was in a room between which seqs, and since when somebody could know ([D18], [D26]). */
import type { Attempt, History } from '../history.ts';
import { foundingOf, mayLeadTo } from './founding.ts';
import type { RoomLog } from './log.ts';

/** A stay in a room: from the seq of the event that began it to the one that ended it. */
export interface Stay {
  readonly from: number;
  /** Infinity while it lasts. */
  to: number;
  /** Nobody can have been in again before this moment: the first try that may have begun the stay. */
  readonly possibleFromN: number;
  /** The end was acknowledged to whoever asked for it at this moment; Infinity if nobody got an answer. */
  endKnownN: number;
}

/** What somebody does for themselves to be in a room; opening a group into which one was asked is saying yes. */
const COMING = new Set(['members.join', 'invitations.redeem', 'rooms.openGroup']);
const begins = ({ command, person, input }: Attempt, account: string): boolean =>
  (COMING.has(command) && person === account) || (command === 'members.add' && input.account === account);
const ends = ({ command, person, input }: Attempt, account: string): boolean =>
  (command === 'members.leave' && person === account) ||
  ((command === 'members.remove' || command === 'members.ban') && input.account === account);

const answeredAt = (attempt: Attempt): number | null =>
  attempt.outcome.kind === 'done' ? (attempt.outcome.output.seq ?? null) : null;

/**
 * The first moment at which the event at this seq can have come about: a try that was answered with it, under the same client id,
 * or one that nobody ever answered. A try without a client id may be answered with a later head: a server that lost the answer to
 * its COMMIT does it again, and finds the person in.
 */
const firstTry = (attempts: readonly Attempt[], seq: number): number => {
  const seqs = new Map<string, number>();
  for (const attempt of attempts) {
    const answer = answeredAt(attempt);
    if (attempt.input.clientId !== undefined && answer !== null) seqs.set(attempt.input.clientId, answer);
  }
  const mayHaveBegunIt = (attempt: Attempt): boolean => {
    if (attempt.command === 'rooms.openGroup') return true; // it names no seq, and comes first or finds the person in
    const { clientId } = attempt.input;
    const answer = clientId === undefined ? answeredAt(attempt) : (seqs.get(clientId) ?? null);
    if (answer === null) return attempt.outcome.kind === 'unknown';
    return clientId === undefined ? answer >= seq : answer === seq;
  };
  return Math.min(...attempts.filter(mayHaveBegunIt).map(({ sentN }) => sentN));
};

const known = new WeakMap<RoomLog, Map<string, Stay[]>>();

/** The stays of everybody in a room. Of one log always the same. */
export function staysIn(history: History, log: RoomLog): Map<string, Stay[]> {
  const there = known.get(log) ?? findStays(history, log);
  known.set(log, there);
  return there;
}

function findStays(history: History, log: RoomLog): Map<string, Stay[]> {
  const stays = new Map<string, Stay[]>();
  const founding = foundingOf(history, log);
  const here = history.attempts.filter(
    (attempt) =>
      (attempt.input.room === log.room.id && /^(members|invitations)[.]/.test(attempt.command)) ||
      (log.room.kind === 'group' && mayLeadTo(attempt, log.room.id)),
  );
  for (let seq = 1; seq <= log.head; seq++) {
    const event = log.events.get(seq);
    const account = event?.data.account;
    if (!event || account === undefined) continue;
    const mine = stays.get(account) ?? [];
    stays.set(account, mine);
    if (event.type === 'member.joined') {
      const tries = here.filter((attempt) => begins(attempt, account));
      // The founder is in from the beginning, by no command of the story; a group begins with several
      const isFounder = log.room.kind === 'room' && seq <= 2 && account === log.room.owner;
      const isFirst = founding !== null && seq <= founding.last;
      mine.push({
        from: isFounder || isFirst ? 1 : seq,
        to: Number.POSITIVE_INFINITY,
        possibleFromN: isFounder ? 0 : isFirst ? founding.fromN : firstTry(tries, seq),
        endKnownN: Number.POSITIVE_INFINITY,
      });
    } else if (event.type === 'member.left' || event.type === 'member.removed') {
      const last = mine.at(-1);
      if (!last) continue;
      last.to = seq;
      const answers = here.filter((attempt) => ends(attempt, account) && answeredAt(attempt) === seq);
      last.endKnownN = Math.min(...answers.map(({ endN }) => endN));
    }
  }
  return stays;
}

/** Whether a person could see an event at a moment, at the latest `n`. */
export function maySee(past: 'all' | 'since-joining', stays: readonly Stay[], seq: number, n: number): boolean {
  return stays.some(
    ({ from, to, possibleFromN }) => possibleFromN <= n && seq <= to && (past === 'all' || seq >= from),
  );
}

/** Whether an event had to be shown: the person was in at its seq, or had not come yet and the room shows its past. */
export function mustSee(past: 'all' | 'since-joining', stays: readonly Stay[], seq: number): boolean {
  const first = stays[0];
  if (!first) return false;
  const wasIn = stays.some(({ from, to }) => from <= seq && seq <= to);
  // Between two stays both answers keep the rule: the room shows its past, or the person was not there
  return wasIn || (past === 'all' && seq < first.from);
}

/** Which seqs of a room a person is shown who reads it when its head is `at`. */
export function shownTo(history: History, log: RoomLog, person: string, at: number): (seq: number) => boolean {
  if (log.room.past === 'all') return () => true;
  const stays = (staysIn(history, log).get(person) ?? []).filter(({ from }) => from <= at);
  return (seq) => stays.some(({ from, to }) => from <= seq && seq <= to);
}
