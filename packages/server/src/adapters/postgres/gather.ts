/**
 * Asked one by one, read together. What is asked while a read is out goes with the next, so a read never answers a question that
 * was put after it began; nobody waits when nobody else asks. After a mass reconnect it is one statement for hundreds
 * (docs/decisions/0040-read-together.md).
 */
import { Unavailable } from '@recreio/core/ports.ts';
import { isAway } from './connect.ts';

/** More than so many questions of one kind would be answered too late to be of use (contract, "Overload"). */
const MOST_WAITING = 10_000;

interface Asked<Q, A> {
  readonly question: Q;
  readonly resolve: (answer: A) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Gathers questions for `read`, which answers them in their order, at most `most` at a time. An error that is no outage is the
 * fault of one question: the others of its batch are asked again alone. Rejects with `Unavailable` when too many wait.
 */
export const gather = <Q, A>(
  read: (questions: readonly Q[]) => Promise<readonly A[]>,
  most: number,
): ((question: Q) => Promise<A>) => {
  let waiting: Asked<Q, A>[] = [];
  let isReading = false;

  const answer = async (batch: readonly Asked<Q, A>[]): Promise<void> => {
    let answers: readonly A[];
    try {
      answers = await read(batch.map(({ question }) => question));
      if (answers.length !== batch.length) throw new Error(`${batch.length} were asked, ${answers.length} answered`);
    } catch (error) {
      if (batch.length === 1 || error instanceof Unavailable || isAway(error))
        for (const { reject } of batch) reject(error);
      else for (const alone of batch) await answer([alone]);
      return;
    }
    for (const [nth, { resolve }] of batch.entries()) resolve(answers[nth] as A);
  };

  const run = async (): Promise<void> => {
    isReading = true;
    // What else this turn asks goes along
    await Promise.resolve();
    while (waiting.length > 0) {
      const batch = waiting.slice(0, most);
      waiting = waiting.slice(most);
      await answer(batch);
    }
    isReading = false;
  };

  return (question) =>
    new Promise<A>((resolve, reject) => {
      if (waiting.length >= MOST_WAITING) {
        reject(new Unavailable('too many wait for the same kind of read'));
        return;
      }
      waiting.push({ question, resolve, reject });
      if (!isReading) void run();
    });
};

/** Answers in the order of the questions, from rows that say in `nth` (from 1) which of them they answer; null for the others. */
export const inOrderOf = <R extends { readonly nth: number }, A>(
  count: number,
  rows: readonly R[],
  answerOf: (row: R) => A,
): (A | null)[] => {
  const answers = Array.from<A | null>({ length: count }).fill(null);
  for (const row of rows) answers[row.nth - 1] = answerOf(row);
  return answers;
};
