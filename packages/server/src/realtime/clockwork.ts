/** What happens every second on a node: heads, slow readers, presence, the poll that makes the bus a mere hint, and revocations. */
import { CLOSE } from '@recreio/protocol';
import type { Hub } from './hub.ts';
import type { Here } from './presence.ts';

/** What ended and where to read it. */
export interface Ended {
  readonly id: number;
  readonly account: string;
  readonly session: string | null;
}

/** What the clockwork drives. */
export interface ClockworkParts {
  readonly hub: Pick<Hub, 'tick' | 'poll' | 'connections' | 'connectionsOf'>;
  readonly here: Pick<Here, 'tick'>;
  /** What ended within the last ms. */
  readonly revocations: (withinMs: number) => Promise<readonly Ended[]>;
  readonly monotonic: () => number;
  readonly trouble: (where: string, error: unknown) => void;
}

const TICK_MS = 1_000;

/** Longer than any transaction that ends a session: none is missed, however late it commits. */
const LATE_MS = 45_000;
/** Revocations are kept longer than this (see jobs/purge.ts): who has not looked for so long cannot know all of them. */
const BLIND_MS = 30 * 60_000;

/** Starts it. */
export const clockwork = ({ hub, here, revocations, monotonic, trouble }: ClockworkParts) => {
  const seen = new Set<number>();
  /** When the last look that succeeded began. */
  let lookedAt = monotonic();
  let checking: Promise<boolean> | null = null;
  let polling = false;

  /** Closes the sockets of sessions that ended; nothing more is written to them (contract D27). True when all are closed. */
  const checkRevocations = (): Promise<boolean> =>
    (checking ??= look().finally(() => {
      checking = null;
    }));

  const look = async (): Promise<boolean> => {
    const began = monotonic();
    try {
      // As far back as nobody has looked: a process may have stood still, or the database been away
      const recent = await revocations(began - lookedAt + LATE_MS);
      if (began - lookedAt > BLIND_MS)
        for (const connection of hub.connections()) connection.end(CLOSE.restart, 'resume', false);
      lookedAt = began;
      for (const { id, account, session } of recent) {
        if (seen.has(id)) continue;
        seen.add(id);
        for (const connection of hub.connectionsOf(account)) {
          if (session === null || connection.actor.session === session)
            connection.end(CLOSE.signedOut, 'signed out', false);
        }
      }
      // Those that the window has passed are not coming back
      const current = new Set(recent.map(({ id }) => id));
      for (const id of seen) if (!current.has(id)) seen.delete(id);
      return true;
    } catch (error) {
      trouble('revocations', error);
      return false;
    }
  };

  const poll = async (): Promise<void> => {
    if (polling) return;
    polling = true;
    try {
      await hub.poll();
    } catch (error) {
      trouble('poll', error);
    } finally {
      polling = false;
    }
  };

  let inFlight: Promise<unknown> = Promise.resolve();
  const timer = setInterval(() => {
    try {
      hub.tick();
      here.tick();
    } catch (error) {
      // One turn is lost, not the process (security S66)
      trouble('tick', error);
    }
    // Without what came of them: else each second would hold on to the one before
    inFlight = Promise.all([inFlight, poll(), checkRevocations()]).then(() => undefined);
  }, TICK_MS);

  return {
    /** At once instead of within the second: a doorbell said that something is there. */
    checkRevocations,
    poll,
    /** Resolves when nothing of it asks the database any more. */
    stop: async (): Promise<void> => {
      clearInterval(timer);
      await inFlight;
    },
  };
};
