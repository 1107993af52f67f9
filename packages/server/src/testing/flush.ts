/** Standing between the rules and the log: flushes that are held, watched, or broken off. */
import { FlushBroken, type FlushTransaction, type LogMemory } from '@recreio/core';

/** Something that is awaited until it is let go. */
export interface Hold {
  readonly until: Promise<void>;
  go(): void;
}

/** Makes one. */
export const hold = (): Hold => {
  const { promise, resolve } = Promise.withResolvers<void>();
  return { until: promise, go: resolve };
};

/** A log whose steps a test watches and changes. */
export interface WatchedLog {
  readonly wrap: (log: LogMemory) => LogMemory;
  /** How often rooms were asked to be locked. */
  locks: number;
  /** How many flushes stand before their COMMIT. */
  committing: number;
  /** Runs in the place of the next COMMITs, with the real one at hand. */
  commit:
    | ((
        real: () => ReturnType<FlushTransaction['commit']>,
        tx: FlushTransaction,
      ) => ReturnType<FlushTransaction['commit']>)
    | null;
}

/** Makes one that changes nothing yet. */
export const watchedLog = (): WatchedLog => {
  const watched: WatchedLog = {
    locks: 0,
    committing: 0,
    commit: null,
    wrap: (log) => ({
      begin: async () => {
        const tx = await log.begin();
        return {
          read: (requests) => {
            watched.locks += 1;
            return tx.read(requests);
          },
          commit: async (written) => {
            watched.committing += 1;
            try {
              const real = () => tx.commit(written);
              return await (watched.commit ? watched.commit(real, tx) : real());
            } finally {
              watched.committing -= 1;
            }
          },
          rollback: () => tx.rollback(),
        };
      },
    }),
  };
  return watched;
};

/** The answer to COMMIT is lost: it happened, or it did not, and nobody here can tell. */
export const answerLost =
  (happened: boolean): NonNullable<WatchedLog['commit']> =>
  async (real, tx) => {
    await (happened ? real() : tx.rollback());
    throw new FlushBroken(true, new Error('Connection terminated unexpectedly'));
  };
