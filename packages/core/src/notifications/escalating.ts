/**
 * Telling somebody once more of an urgent message that names them and that they leave unread (docs/protocol.md R120): noted with the
 * message, looked at when the school's time has passed, and asked again of the one function at that moment (contract D28).
 */
import type { SchoolPolicies } from '@recreio/protocol';
import type { Mail, Posted } from '../accounts/mail.ts';
import type { World } from '../world.ts';
import { leadsOf, pathOf } from './digest.ts';
import type { DueEscalation, EscalationChoice, EscalationWay } from './escalation-port.ts';
import { againAfter, attentionAway, eachApart } from './heard.ts';
import type { Heard } from './heard-port.ts';
import { urgentWordsOf } from './push-words.ts';

/** What it needs of the world, and of the node. */
export interface EscalatingParts {
  readonly world: Pick<World, 'memory' | 'transact' | 'site' | 'leaving'> & {
    readonly mail: Pick<Mail, 'hand'> | null;
  };
  /** Ms since the Unix epoch. */
  readonly now: () => number;
  /** What became of one, for the counters. `done`: there was nothing more to tell; `limited`: they were told of enough. A push that reaches nobody may be mailed besides. */
  readonly counted: (outcome: 'pushed' | 'mailed' | 'done' | 'limited' | 'unreachable' | 'given-up') => void;
  readonly trouble: (error: unknown) => void;
}

/** What comes in a time of silence is looked at again this often, in seconds; so is what waits for a device. */
const QUIET_S = 300;
/** While a mail is handed over that may tell of it, in seconds: most are in less. */
const HANDED_S = 60;
/** What was urgent a day ago is not any more, in ms: it waits in the list, like all that speaks to somebody. */
export const STALE_MS = 24 * 3_600_000;

/**
 * How somebody is told: by what has not told them yet, a device before a mail; where both have, by a device once more; null: they have
 * nothing else. Who was mailed and has no device has had it where they look.
 */
export const wayOf = ({
  hasDevices,
  wasPushed,
  mayBeMailed,
  wasMailed,
}: Pick<DueEscalation, 'hasDevices' | 'wasPushed' | 'mayBeMailed' | 'wasMailed'>): EscalationWay | null => {
  if (hasDevices && !wasPushed) return 'push';
  if (mayBeMailed && !wasMailed) return 'mail';
  return hasDevices ? 'push' : null;
};

/** Tells those for whom it is time, each decided again. Answers with how many there were. */
export const escalate = async (parts: EscalatingParts, most: number, isOver: () => boolean): Promise<number> => {
  const { memory } = parts.world;
  const { urgentAfterMs } = (await memory.school.read()).policies;
  if (urgentAfterMs === null) {
    await memory.escalation.forgetAll();
    return 0;
  }
  const due = await memory.escalation.due(most, parts.now() - urgentAfterMs);
  await eachApart(due, { isOver, trouble: parts.trouble }, (one) => escalateOne(parts, one));
  return due.length;
};

const escalateOne = async (parts: EscalatingParts, due: DueEscalation): Promise<void> => {
  const { world, counted } = parts;
  const { escalation: memory } = world.memory;
  const now = parts.now();
  const over = async (outcome: Parameters<typeof counted>[0]): Promise<void> => {
    // What was pushed is counted as such already
    if (due.way !== 'push') counted(outcome);
    await memory.settle(due, 'over');
  };
  const later = (againInSeconds = QUIET_S) => memory.settle(due, { againInSeconds, failed: false });
  // Asked now, for the last time before it goes: the school, membership, marker, removal, edits, blocks, calm (contract D28)
  const { name: school, policies } = await world.memory.school.read();
  const [[heard] = []] = await world.memory.push.heard([due]);
  const when = heard === undefined ? 'none' : (attentionAway(heard, policies, now)?.escalation ?? 'none');
  if (heard === undefined || when === 'none' || due.at < now - STALE_MS) return await over('done');
  // What was handed over already is not held back by what begins now
  if (due.ownPush === 'sent') return await over('done');
  if (when === 'later' || due.ownPush === 'waiting') return await later();
  const way = wayNow(parts, due, policies);
  if (way === null) return await over('unreachable');
  const choice = due.way === 'mail' ? 'chosen' : await choose(world, due, way);
  if (choice === 'limited') return await over('limited');
  if (choice === 'waits') return await later(HANDED_S);
  if (way === 'push') return counted('pushed');
  await mailOne(parts, due, heard, school, policies);
};

/** A push is put in its queue in the same transaction; a mail keeps what is lent. */
const choose = (
  { transact }: EscalatingParts['world'],
  due: DueEscalation,
  way: EscalationWay,
): Promise<EscalationChoice> =>
  transact(async ({ escalation, push }) => {
    const choice = await escalation.choose(due, way, way === 'push' ? QUIET_S : null);
    const { account, room, thread, from, to } = due;
    if (choice === 'chosen' && way === 'push')
      await push.note([{ account, room, thread, from, to, urgent: due.id, inSeconds: 0 }]);
    return choice;
  });

/** By what they are told as things stand; a mail that was tried stays one, and a push that reached no device becomes one. */
const wayNow = (
  { world }: EscalatingParts,
  due: DueEscalation,
  { push, digest }: Pick<SchoolPolicies, 'push' | 'digest'>,
): EscalationWay | null => {
  const mayBeMailed = due.mayBeMailed && digest !== 'off' && world.mail !== null;
  if (due.way !== null) return mayBeMailed && !due.wasMailed ? 'mail' : null;
  return wayOf({ ...due, mayBeMailed, hasDevices: due.hasDevices && push !== 'off' });
};

const mailOne = async (
  { world, now, counted, trouble }: EscalatingParts,
  due: DueEscalation,
  heard: Heard,
  school: string,
  { digest }: SchoolPolicies,
): Promise<void> => {
  const { escalation: memory } = world.memory;
  if (world.mail === null || digest === 'off') throw new Error('a mail was chosen where the school sends none');
  const text = digest === 'words' ? await world.memory.digest.words(due.room, due.to) : null;
  let posted: Posted;
  try {
    posted = await world.mail.hand({
      to: due.email,
      name: due.name,
      language: due.language,
      school,
      matter: {
        kind: 'missed',
        letter: due.id,
        messages: 1,
        talks: [{ ...urgentWordsOf(heard, digest, text), url: `${world.site.publicUrl}${pathOf([heard])}` }],
        more: 0,
        pace: 'urgent',
        ...leadsOf(world, due.account),
      },
    });
  } catch (error) {
    // A fault of our own, told as it is: tried again it would be the same
    trouble(error);
    counted('given-up');
    return await memory.settle(due, 'over');
  }
  switch (posted.outcome) {
    case 'sent':
      counted('mailed');
      return await memory.settle(due, 'mailed');
    case 'refused':
      counted('given-up');
      trouble(new Error(`the mail of an urgent message was refused: ${posted.why}`));
      return await memory.settle(due, 'over');
    case 'later': {
      trouble(new Error(`the mail of an urgent message could not be handed over: ${posted.why}`));
      const again = againAfter(due.tries, now());
      if (again !== null) return await memory.settle(due, again);
      counted('given-up');
      return await memory.settle(due, 'over');
    }
  }
};
