/** Tells people once more of urgent messages that they leave unread: there is time, so no bell is heard, and all nodes share the work. */
import { escalate, type EscalatingParts } from '@recreio/core';
import { every } from './every.ts';

/** How often those are looked for whose time has come, in ms: the school counts in minutes. */
const BEAT_MS = 15_000;
/** Told side by side. */
const TOLD = 10;

/** Begins. */
export const escalateUrgent = (parts: EscalatingParts) => {
  let waiting = 0;
  const work = async (isOver: () => boolean): Promise<void> => {
    while (!isOver() && (await escalate(parts, TOLD, isOver)) === TOLD);
    ({ waiting } = await parts.world.memory.escalation.tidy());
  };
  const job = every({ work, everyMs: BEAT_MS, trouble: parts.trouble });
  return {
    /** As the last beat left it. */
    waiting: (): number => waiting,
    stop: job.stop,
  };
};
