/** Tells people once more of urgent messages that they leave unread: there is time, so no bell is heard, and all nodes share the work. */
import { escalate, type EscalatingParts, type Mail } from '@recreio/core';
import { every } from './every.ts';

/** What it is made with, besides what telling needs. */
export interface EscalatingJobParts extends EscalatingParts {
  readonly world: EscalatingParts['world'] & { readonly mail: Pick<Mail, 'atOnce'> | null };
  /** How often, in ms, and at what moment of it (every.ts); left out: every fifteen seconds. */
  readonly everyMs?: number;
  readonly random?: () => number;
}

/** How often those are looked for whose time has come, in ms: the school counts in minutes. */
const BEAT_MS = 15_000;
/** Told side by side where no mail is sent; else as many as are handed over beside one another: in line the time of a letter would pass. */
const TOLD = 10;

/** Begins. */
export const escalateUrgent = (parts: EscalatingJobParts) => {
  const { world, trouble, everyMs = BEAT_MS, random } = parts;
  const most = world.mail?.atOnce ?? TOLD;
  let waiting = 0;
  const work = async (isOver: () => boolean): Promise<void> => {
    while (!isOver() && (await escalate(parts, most, isOver)) === most);
    ({ waiting } = await world.memory.escalation.tidy());
  };
  const job = every({ work, everyMs, trouble, ...(random ? { random } : {}) });
  return {
    /** As the last beat left it. */
    waiting: (): number => waiting,
    stop: job.stop,
  };
};
