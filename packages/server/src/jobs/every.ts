/** Work that is done again and again, by whichever node comes to it. */

/** What is done, and how often. */
export interface EveryParts {
  /** Done piece by piece, it ends early once `isOver`. */
  readonly work: (isOver: () => boolean) => Promise<unknown>;
  readonly everyMs: number;
  readonly trouble: (error: unknown) => void;
  /** 0 ≤ x < 1: nodes that start together do not work together. */
  readonly random?: () => number;
}

/** Begins; the first time comes within the first tenth of the time. `stop` waits for what is under way. */
export const every = ({ work, everyMs, trouble, random = Math.random }: EveryParts): { stop(): Promise<void> } => {
  let timer: NodeJS.Timeout | undefined;
  let underWay: Promise<void> = Promise.resolve();
  let isOver = false;
  const run = async (): Promise<void> => {
    try {
      await work(() => isOver);
    } catch (error) {
      trouble(error);
    }
    if (!isOver) wait(everyMs);
  };
  const wait = (ms: number): void => {
    timer = setTimeout(() => {
      underWay = run();
    }, ms);
    timer.unref();
  };
  wait((everyMs / 10) * random());
  return {
    stop: async () => {
      isOver = true;
      clearTimeout(timer);
      await underWay;
    },
  };
};
