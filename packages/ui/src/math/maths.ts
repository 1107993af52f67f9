/** Formulas in messages: fetched late, when a message has one. */
import { useEffect, useState } from 'react';
import { late } from '../controls/late.ts';

/** The part, fetched once. */
export const maths = late(() => import('./Formula.tsx'));

/** Whether a body may have a formula: a quick look, the rules decide. */
const mayHave = /\$[^\s][^$]*\$|\\[([]/;

/** The part that draws formulas, once a body wants it and it is there; without a network they stay as they were written. */
export function useMaths(body: string): Awaited<ReturnType<typeof maths.fetch>> | undefined {
  const [part, setPart] = useState(maths.fetched);
  const isWanted = mayHave.test(body);
  useEffect(() => {
    if (isWanted && part === undefined) maths.fetch().then(setPart, () => undefined);
  }, [isWanted, part]);
  return isWanted ? part : undefined;
}
