/** What a story must have had in it, so that a judge who finds nothing has looked at something. */
import { KILLS_AND_PAUSES } from './harm.ts';
import type { History } from './history.ts';
import type { Told } from './story.ts';

/** Counted from the history: what happened, whoever wanted it. */
export interface Premises {
  readonly clients: number;
  readonly rooms: number;
  readonly operations: number;
  readonly killsAndPauses: number;
  readonly commitsHurt: number;
  readonly busLies: number;
  /** Connections that were closed because their reader was too slow. */
  readonly closedAsSlow: number;
  readonly lostAnswers: number;
  readonly repeats: number;
  readonly duplicates: number;
  readonly conflicts: number;
  readonly resumes: number;
  readonly gaps: number;
  readonly hidden: number;
  readonly resets: number;
  readonly mutes: number;
  readonly refusedWhileMuted: number;
  readonly removals: number;
  readonly revocations: number;
  /** Messages that were sent into threads, and people's own words on following one. */
  readonly replies: number;
  readonly follows: number;
  /** Threads whose page or place in somebody's list was read when all was quiet. */
  readonly threadsRead: number;
  readonly pins: number;
  /** Rooms put away and opened again, and what was refused meanwhile. */
  readonly archives: number;
  readonly refusedAsArchived: number;
  readonly transfers: number;
  readonly links: number;
  readonly cameByLink: number;
  readonly refusedByLink: number;
  readonly groups: number;
  /** How often somebody was given a group that they opened, and said yes to one. */
  readonly groupsOpened: number;
  readonly yeses: number;
  readonly events: number;
  readonly frames: number;
  readonly internal: number;
  /** Commands sent after the last fault that were answered. */
  readonly lastWords: number;
}

/** Counts them. */
export function premisesOf(told: Told): Premises {
  const { history, operations, repeats, resumes, faults, commitsHurt, busLies } = told;
  const done = (command: string) =>
    history.attempts.filter((attempt) => attempt.command === command && attempt.outcome.kind === 'done').length;
  const refused = (code: string) =>
    history.attempts.filter(({ outcome }) => outcome.kind === 'refused' && outcome.code === code).length;
  const frames = (t: string) => history.deliveries.filter(({ frame }) => frame.t === t).length;
  const groups = new Set<string | undefined>(history.rooms.flatMap(({ kind, id }) => (kind === 'group' ? [id] : [])));
  return {
    clients: new Set(history.connections.map(({ person }) => person)).size,
    rooms: history.rooms.length - groups.size,
    operations,
    killsAndPauses: KILLS_AND_PAUSES.reduce((sum, kind) => sum + faults[kind], 0),
    commitsHurt,
    busLies,
    closedAsSlow: history.connections.filter(({ code }) => code === 4008).length,
    lostAnswers: history.attempts.filter(({ outcome }) => outcome.kind === 'unknown').length,
    repeats,
    duplicates: history.attempts.filter(({ outcome }) => outcome.kind === 'done' && outcome.output.duplicate === true)
      .length,
    conflicts: refused('idempotency-conflict'),
    resumes,
    gaps: frames('gap'),
    hidden: frames('hidden'),
    resets: frames('reset'),
    mutes: done('members.mute'),
    refusedWhileMuted: refused('muted'),
    removals: done('members.remove') + done('members.ban') + done('members.leave'),
    revocations: revoked(history).size,
    replies: history.attempts.filter(
      ({ command, input, outcome }) =>
        command === 'messages.send' && input.thread !== undefined && outcome.kind === 'done',
    ).length,
    follows: done('threads.follow') + done('threads.unfollow') + done('threads.markRead'),
    threadsRead: history.readings.reduce(
      (sum, { final, output }) => sum + (final ? (output.threads?.length ?? 0) + (output.thread ? 1 : 0) : 0),
      0,
    ),
    pins: done('messages.pin'),
    archives: done('rooms.archive'),
    refusedAsArchived: refused('archived'),
    transfers: done('members.transfer'),
    links: done('invitations.make'),
    cameByLink: done('invitations.redeem'),
    refusedByLink: refused('link-used'),
    groups: history.rooms.filter(({ kind }) => kind === 'group').length,
    groupsOpened: done('rooms.openGroup'),
    yeses: history.attempts.filter(
      ({ command, input, outcome }) => command === 'members.join' && outcome.kind === 'done' && groups.has(input.room),
    ).length,
    events: history.readings.reduce((most, { output }) => Math.max(most, output.head ?? 0), 0),
    frames: history.deliveries.length,
    internal: refused('internal'),
    lastWords: history.attempts.filter(
      ({ sentN, endN }) =>
        sentN > (history.quiet?.fromN ?? Number.POSITIVE_INFINITY) && endN < Number.POSITIVE_INFINITY,
    ).length,
  };
}

/** Sessions that were ended: said once, or found ended already by who had lost the answer and asked again. */
const revoked = ({ attempts }: History): Set<string> =>
  new Set(
    attempts.flatMap(({ command, input, outcome }) =>
      command === 'accounts.revokeSession' &&
      (outcome.kind === 'done' || (outcome.kind === 'refused' && outcome.code === 'not-found'))
        ? [String(input.session)]
        : [],
    ),
  );

/** Of several stories as of one: what was counted in each, added up; of sizes the largest. */
export const premisesOfAll = (stories: readonly Premises[]): Premises => {
  const sizes = new Set(['clients', 'rooms', 'events']);
  const [first, ...more] = stories;
  if (!first) throw new Error('no story was told');
  return more.reduce((sum, one) => {
    const added = Object.entries(one).map(([name, count]) => {
      const before = sum[name as keyof Premises];
      return [name, sizes.has(name) ? Math.max(before, count) : before + count];
    });
    return Object.fromEntries(added) as unknown as Premises;
  }, first);
};

/** Those that stay below what is asked, as sentences. */
export const lacking = (premises: Premises, least: Partial<Premises>): string[] =>
  Object.entries(least).flatMap(([name, count]) => {
    const there = premises[name as keyof Premises];
    return there >= count ? [] : [`${name}: ${there}, and ${count} were asked for`];
  });
