/** Mails people what they missed, as long as the school wants it: there is time, so no bell is heard, and all nodes share the work. */
import { type DigestParts, type Digests, gatherMissed, type Mail, mailMissed } from '@recreio/core';
import { every } from './every.ts';

/** What it is made with, besides what mailing needs. */
export interface MailingJobParts extends DigestParts {
  readonly world: DigestParts['world'] & { readonly mail: Pick<Mail, 'atOnce'> };
  /** Whether the school has people mailed, as this node has heard; asked of the database before anything is sent. */
  readonly isOn: () => boolean;
  /** How often, in ms, and at what moment of it (every.ts); left out: every twenty seconds. */
  readonly everyMs?: number;
  readonly random?: () => number;
}

/** How often logs are looked through, and whose time has come is looked for, in ms. */
const BEAT_MS = 20_000;
/** Rooms in one transaction. */
const ROOMS = 50;
/** Rooms that one beat takes at once. */
const SWEPT = 500;

const NOTHING: Digests = { waiting: 0, lateSeconds: 0 };

/** Begins. */
export const mailDigests = (parts: MailingJobParts) => {
  const { isOn, trouble, world, everyMs = BEAT_MS, random } = parts;
  let standing = NOTHING;
  /** Rooms that were looked through in vain: one of each such chunk is at fault, and next time each has a transaction of its own. */
  let alone: ReadonlySet<string> = new Set();

  const look = async (rooms: readonly string[], isOver: () => boolean): Promise<void> => {
    const together = rooms.filter((room) => !alone.has(room));
    const chunks = rooms.filter((room) => alone.has(room)).map((room) => [room]);
    for (let at = 0; at < together.length; at += ROOMS) chunks.push(together.slice(at, at + ROOMS));
    const failed = new Set<string>();
    for (const chunk of chunks) {
      if (isOver()) return;
      try {
        await gatherMissed(parts, chunk);
      } catch (error) {
        // The other rooms, and those whose mail it is time for, do not wait for these
        trouble(error);
        for (const room of chunk) failed.add(room);
      }
    }
    alone = failed;
  };

  const work = async (isOver: () => boolean): Promise<void> => {
    if (!isOn()) {
      standing = NOTHING;
      return;
    }
    await look(await world.memory.digest.behind(SWEPT), isOver);
    const { atOnce } = world.mail;
    while (!isOver() && (await mailMissed(parts, atOnce, isOver)) === atOnce);
    standing = await world.memory.digest.tidy();
  };
  const job = every({ work, everyMs, trouble, ...(random ? { random } : {}) });
  return {
    /** As the last beat left it. */
    standing: (): Digests => standing,
    stop: job.stop,
  };
};
