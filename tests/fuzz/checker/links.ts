/** Whether links let in as many as they say, and nobody once they are revoked ([R64]). */
import type { Attempt, History, Violation } from '../history.ts';
import type { RoomLog } from './log.ts';

type Logs = ReadonlyMap<string, RoomLog>;

/** A link of which somebody was told the secret. */
interface Link {
  readonly log: RoomLog;
  readonly id: string;
  readonly most: number;
  /** Tries to come by it. */
  readonly tries: readonly Attempt[];
  readonly revokes: readonly Attempt[];
}

/** What stands behind `#`. */
export const secretOf = (url: string | undefined): string => url?.split('#')[1] ?? '';

/** Everything about links. */
export function checkLinks(history: History, logs: Logs): Violation[] {
  return linksOf(history, logs).flatMap((link) => [
    ...checkMost(history, link),
    ...checkRevoked(history, link),
    ...checkFewest(history, link),
  ]);
}

function linksOf({ attempts }: History, logs: Logs): Link[] {
  return attempts.flatMap(({ command, input, outcome }) => {
    const log = logs.get(input.room ?? '');
    const made = outcome.kind === 'done' ? outcome.output : {};
    const { id } = made.invitation ?? {};
    if (command !== 'invitations.make' || !log || id === undefined) return [];
    const secret = secretOf(made.url);
    const about = (name: string, which: (input: Attempt['input']) => boolean) =>
      attempts.filter((attempt) => attempt.command === name && which(attempt.input));
    return [
      {
        log,
        id,
        most: input.most ?? 1,
        tries: about('invitations.redeem', (given) => given.secret === secret),
        revokes: about('invitations.revoke', (given) => given.invitation === id),
      },
    ];
  });
}

/** Whether the event at a seq is this person's coming in by themselves. */
const isComing = ({ events }: RoomLog, seq: number | undefined, person: string): boolean => {
  const event = events.get(seq ?? 0);
  return event?.type === 'member.joined' && event.actor === person && event.data.account === person;
};

/** The last coming of a person up to a seq; null where there is none. */
const lastComing = (log: RoomLog, upTo: number, person: string): number | null => {
  for (let seq = upTo; seq > 0; seq--) if (isComing(log, seq, person)) return seq;
  return null;
};

/**
 * The seqs at which people came in by this link and by nothing else that they tried. A try names no client id, so the one that
 * began a stay may be answered with a later head: a server that lost the answer to its COMMIT does it again, and finds the person in.
 */
function surelyCame({ attempts }: History, { log, tries }: Link): Map<number, Attempt> {
  const came = new Map<number, Attempt>();
  for (const tried of tries) {
    const { outcome, person, input } = tried;
    if (outcome.kind !== 'done' || !isComing(log, outcome.output.seq, person)) continue;
    const seq = outcome.output.seq ?? 0;
    const isInDoubt = attempts.some(
      (other) =>
        other.person === person &&
        other.input.room === log.room.id &&
        (other.command === 'members.join' ||
          (other.command === 'invitations.redeem' && other.input.secret !== input.secret)) &&
        (other.outcome.kind === 'unknown' || (other.outcome.kind === 'done' && (other.outcome.output.seq ?? 0) >= seq)),
    );
    if (!isInDoubt && !came.has(seq)) came.set(seq, tried);
  }
  return came;
}

const wrong = ({ log, id }: Link, says: string, at: { n?: number; seq?: number }): Violation => ({
  breach: 'uses',
  rule: 'R64',
  room: log.room.id,
  says: `the link ${id} ${says}`,
  ...at,
});

function checkMost(history: History, link: Link): Violation[] {
  const seqs = [...surelyCame(history, link).keys()].sort((a, b) => a - b);
  const tooMany = seqs[link.most];
  return tooMany === undefined
    ? []
    : [wrong(link, `lets in ${link.most}, and let in ${seqs.length}`, { seq: tooMany })];
}

/** Nobody comes by it whose try began after the answer to its being revoked. */
function checkRevoked(history: History, link: Link): Violation[] {
  const revokedN = Math.min(
    ...link.revokes.map(({ outcome, endN }) => (outcome.kind === 'done' ? endN : Number.POSITIVE_INFINITY)),
  );
  return [...surelyCame(history, link)].flatMap(([seq, { sentN, person }]) =>
    sentN > revokedN ? [wrong(link, `let ${person} in after it had been revoked`, { seq, n: sentN })] : [],
  );
}

/** Whoever is told that it is used up is told the truth: its makers moderate their rooms here until the end, and no term is over. */
function checkFewest(_history: History, link: Link): Violation[] {
  const { log, tries, most, revokes } = link;
  const denied = tries.find(
    ({ outcome, endN }) =>
      outcome.kind === 'refused' && outcome.code === 'link-used' && !revokes.some(({ sentN }) => sentN < endN),
  );
  if (!denied) return [];
  const mayHaveCome = new Set<string>();
  for (const { outcome, person } of tries) {
    if (outcome.kind === 'unknown') {
      for (const seq of log.events.keys()) if (isComing(log, seq, person)) mayHaveCome.add(`${person} ${seq}`);
    } else if (outcome.kind === 'done') {
      const seq = lastComing(log, outcome.output.seq ?? 0, person);
      if (seq !== null) mayHaveCome.add(`${person} ${seq}`);
    }
  }
  return mayHaveCome.size >= most
    ? []
    : [wrong(link, `lets in ${most}, and ${denied.person} was refused after ${mayHaveCome.size}`, { n: denied.endN })];
}
