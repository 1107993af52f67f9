/** What went wrong lately, by where and by class: enough to see that something does, and never a word of content. */

/** One class of faults. */
export interface Fault {
  /** Which part met it: `database`, `door`, `bus`. */
  readonly where: string;
  /** The name of the error's class, or the system's code. */
  readonly kind: string;
  readonly count: number;
  /** ms since the Unix epoch. */
  readonly lastAt: number;
}

/** More classes than this are not told apart. */
const MOST = 50;

/** Counts faults since the start. */
export const countFaults = (now: () => number) => {
  const faults = new Map<string, Fault>();
  return {
    /** Something went wrong. The error's message stays where it is: it may quote what somebody wrote. */
    met: (where: string, error: unknown): void => {
      const kind = kindOf(error);
      const key = `${where} ${kind}`;
      if (!faults.has(key) && faults.size >= MOST) return;
      faults.set(key, { where, kind, count: (faults.get(key)?.count ?? 0) + 1, lastAt: now() });
    },
    /** The newest first. */
    list: (): readonly Fault[] => [...faults.values()].toSorted((a, b) => b.lastAt - a.lastAt),
  };
};

const kindOf = (error: unknown): string => {
  if (!(error instanceof Error)) return typeof error;
  return 'code' in error && typeof error.code === 'string' && /^\w{1,40}$/u.test(error.code) ? error.code : error.name;
};
