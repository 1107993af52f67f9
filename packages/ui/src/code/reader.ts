/** Asks another thread what is what in a piece of code, one piece at a time, and not for long. Fetched late. */
import { runnable } from '../runnable.ts';
import type { Run } from './runs.ts';
// oxlint-disable-next-line import/default -- by this ending the build gives the address of the thread's file
import address from './worker.ts?worker&url';
import type { Question, Saying } from './worker.ts';

/** What becomes of a question. */
export interface Answering {
  /** The thread is there, and reads. */
  begun(): void;
  answered(runs: Run[] | null): void;
  broken(): void;
}

/** The other thread: it answers one question at a time. */
export interface Thread {
  ask(question: Question, answering: Answering): void;
  end(): void;
}

/** What a page of code takes is some milliseconds; what takes longer was made to. */
const MOST_MS = 1_000;
/** The thread is a file to be fetched first, on whatever network there is. */
const FETCH_MS = 30_000;
/** So many pieces are remembered: those of a long conversation, as one scrolls through it. */
const MOST_KEPT = 100;

/** Reads code. `open` begins a thread, `after` calls back so many milliseconds later and gives back how to call that off. */
export function makeReader(
  open: () => Thread,
  after: (ms: number, call: () => void) => () => void,
): (code: string, language: string) => Promise<Run[] | null> {
  const answers = new Map<string, Promise<Run[] | null>>();
  let thread: Thread | undefined;
  let last: Promise<unknown> = Promise.resolve();

  const ask = (question: string, code: string, language: string): Promise<Run[] | null> =>
    new Promise((resolve) => {
      const used = (thread ??= open());
      const lose = (): void => {
        callOff();
        used.end();
        thread = undefined;
        resolve(null);
      };
      // Nothing is known of the piece where there was nobody to read it
      const miss = (): void => {
        answers.delete(question);
        lose();
      };
      let broken = miss;
      let callOff = after(FETCH_MS, miss);
      used.ask(
        { code, language },
        {
          begun() {
            broken = lose;
            callOff();
            callOff = after(MOST_MS, lose);
          },
          answered(runs) {
            callOff();
            resolve(runs);
          },
          broken: () => broken(),
        },
      );
    });

  return (code, language) => {
    const question = `${language}\n${code}`;
    const known = answers.get(question);
    if (known) return known;
    const answer = last.then(() => ask(question, code, language));
    last = answer;
    answers.set(question, answer);
    const [oldest] = answers.keys();
    if (answers.size > MOST_KEPT && oldest !== undefined) answers.delete(oldest);
    return answer;
  };
}

/** A thread of the browser's. What it would answer to a question that was given up, its end takes along. */
function openThread(): Thread {
  const worker = new Worker(runnable(address), { type: 'module' });
  let asked: Answering | undefined;
  worker.addEventListener('message', ({ data }: MessageEvent<Saying>) =>
    data === 'begun' ? asked?.begun() : asked?.answered(data),
  );
  worker.addEventListener('error', () => asked?.broken());
  return {
    ask(question, answering) {
      asked = answering;
      worker.postMessage(question, []);
    },
    end: () => worker.terminate(),
  };
}

/** The page's own. */
export const readCode = makeReader(openThread, (ms, call) => {
  const timer = setTimeout(call, ms);
  return () => clearTimeout(timer);
});
