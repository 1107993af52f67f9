/** A line to something that may be away: opened again for ever, never waited for. */

/** An open line. */
export interface Line {
  /** Lets go of it, without waiting for the other side for long. */
  end(): Promise<void>;
}

/** What keeps a line. */
export interface KeepParts<L extends Line> {
  /** Opens it once; leaves nothing behind when it rejects. `lost` is called when it breaks, once or more often. */
  readonly open: (lost: (error: Error) => void) => Promise<L>;
  /** It is there, for the first time or again. */
  readonly up: () => void;
  /** It went away, or could not be opened: said once until it is there again. */
  readonly trouble: (error: Error) => void;
}

/** A line that is kept. */
export interface Kept<L extends Line> {
  /** The line, when there is one. */
  current(): L | null;
  close(): Promise<void>;
}

/**
 * The wait before a try is between `LEAST_MS` and twice the last one's, at most `MOST_MS`, drawn at random: nodes that lost the
 * same carrier do not come back to it in step.
 */
const LEAST_MS = 250;
const MOST_MS = 5_000;

/** Begins to keep a line, at once. */
export const keep = <L extends Line>({ open, up, trouble }: KeepParts<L>): Kept<L> => {
  let line: L | null = null;
  let isClosed = false;
  let isTold = false;
  let mostMs = LEAST_MS;
  let timer: NodeJS.Timeout | null = null;

  const again = (error: Error): void => {
    if (isClosed) return;
    if (!isTold) trouble(error);
    isTold = true;
    if (timer) return;
    mostMs = Math.min(MOST_MS, mostMs * 2);
    timer = setTimeout(() => void attempt(), LEAST_MS + Math.random() * (mostMs - LEAST_MS));
  };

  const attempt = async (): Promise<void> => {
    timer = null;
    const state: { opened: L | null; broke: Error | null } = { opened: null, broke: null };
    const lost = (error: Error): void => {
      if (state.broke) return;
      state.broke = error;
      if (!state.opened) return; // the attempt says so when it ends
      if (line === state.opened) line = null;
      void state.opened.end();
      again(error);
    };
    try {
      const opened = await open(lost);
      if (isClosed) return await opened.end();
      if (state.broke) {
        await opened.end();
        throw state.broke;
      }
      state.opened = opened;
      line = opened;
      isTold = false;
      mostMs = LEAST_MS;
      up();
    } catch (error) {
      again(state.broke ?? (error as Error));
    }
    return undefined;
  };

  void attempt();
  return {
    current: () => line,
    close: async () => {
      isClosed = true;
      if (timer) clearTimeout(timer);
      const open = line;
      line = null;
      await open?.end();
    },
  };
};
