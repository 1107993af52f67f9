/** Doing something by a press: one at a time, its pending state, and why it came to nothing, in words. */
import { useLingui } from '@lingui/react';
import { ProblemError } from '@recreio/client';
import { useEffect, useRef, useState } from 'react';
import { useClient } from './client.tsx';
import { type ProblemWords, troubleWords } from './problems.ts';
import { useProof } from './proof.ts';

/** An action in progress, failed, or at rest. */
export interface Act {
  readonly busy: boolean;
  /** Why the last try failed, in words; absent while one is under way. */
  readonly error: string | undefined;
  /** Does it, unless it is being done; does it once more when the server asked for a proof of who one is, and got it. Answers whether it was done. */
  run(work: () => Promise<unknown>, fitting?: ProblemWords): Promise<boolean>;
  /** Forgets the last failure: the dialog that showed it is closed. */
  clear(): void;
}

/** Holds the state of one kind of action. What is neither a refusal nor the network is a bug: it is said, and thrown on to be reported. */
export function useAct(): Act {
  const { i18n } = useLingui();
  const client = useClient();
  const prove = useProof();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string>();
  const running = useRef(false);
  return {
    busy,
    error,
    clear: () => setError(undefined),
    async run(work, fitting) {
      if (running.current) return false;
      running.current = true;
      setBusy(true);
      setError(undefined);
      try {
        try {
          await work();
        } catch (error) {
          // What was refused has changed nothing ([R4]), so all of it can be done again
          if (!asksProof(error) || !(await prove())) throw error;
          await work();
        }
        return true;
      } catch (error) {
        setError(troubleWords(i18n, error, client.serverNow(), fitting));
        if (!isExpected(error)) reportError(error);
        return false;
      } finally {
        running.current = false;
        setBusy(false);
      }
    },
  };
}

const asksProof = (error: unknown): boolean =>
  error instanceof ProblemError && error.problem.code === 'step-up-required';

const isExpected = (error: unknown): boolean =>
  error instanceof Error && (error.name === 'ProblemError' || error.name === 'NoAnswerError');

/** A text as it was when the person paused typing, `pauseMs` long: what is asked of the server. */
export function usePaused(text: string, pauseMs = 250): string {
  const [paused, setPaused] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setPaused(text), pauseMs);
    return () => clearTimeout(timer);
  }, [text, pauseMs]);
  return text === '' ? '' : paused;
}

const minuteMs = 60_000;

/** The server's time in ms, told anew each minute: enough for “há 3 min”. */
export function useServerNow(): number {
  const client = useClient();
  const [now, setNow] = useState(() => client.serverNow());
  useEffect(() => {
    const timer = setInterval(() => setNow(client.serverNow()), minuteMs);
    return () => clearInterval(timer);
  }, [client]);
  return now;
}
