import { useEffect, useRef, useState } from 'react';
import { useAct } from './acting.ts';

/** What is chosen still where some of it was refused; what was chosen otherwise since, stays. */
const without = <T extends object>(chosen: Partial<T>, refused: Partial<T>): Partial<T> =>
  Object.fromEntries(
    Object.entries(chosen).filter(([name, value]) => refused[name as keyof T] !== value),
  ) as Partial<T>;

/**
 * Choices that take effect as soon as they are made. What was chosen is shown at once (`chosen`, over what is kept), and what is
 * chosen while the last is still on its way follows it. What is refused is shown no more, with the reason in `error` until
 * more is kept. `saved` is
 * what is known to be kept: with news of it the page shows that alone.
 */
export function useChosen<T extends object>(
  saved: unknown,
  keep: (chosen: Partial<T>) => Promise<unknown>,
): { chosen: Partial<T>; choose: (more: Partial<T>) => void; error: string | undefined } {
  const act = useAct();
  const [chosen, setChosen] = useState<Partial<T>>({});
  const waiting = useRef<Partial<T>>({});
  const isUnderWay = useRef(false);
  useEffect(() => {
    if (!isUnderWay.current) setChosen({});
    // oxlint-disable-next-line react/exhaustive-effect-dependencies -- it looks anew with each news
  }, [saved]);
  const choose = async (more: Partial<T>): Promise<void> => {
    setChosen((before) => ({ ...before, ...more }));
    waiting.current = { ...waiting.current, ...more };
    if (isUnderWay.current) return;
    isUnderWay.current = true;
    while (Object.keys(waiting.current).length > 0) {
      const next = waiting.current;
      waiting.current = {};
      if (await act.run(() => keep(next))) continue;
      setChosen((before) => without(before, next));
    }
    isUnderWay.current = false;
  };
  return { chosen, choose: (more) => void choose(more), error: act.error };
}
