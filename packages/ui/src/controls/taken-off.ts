import { type RefObject, useEffect, useRef } from 'react';

/**
 * What one takes off a list had the focus, and takes it along: then it goes to the button that stands there now, or the last of them.
 * `count` is how many the list has, `buttons` a selector of the buttons that take off, one for each. Where none is left the focus
 * goes to what `otherwise` finds, in the list's own element or anywhere. What could not be taken off leaves the focus where it is,
 * also when something is put on the list later.
 */
export function useTakenOff(
  count: number,
  buttons: string,
  otherwise: (list: HTMLElement | null) => HTMLElement | null | undefined,
): { list: RefObject<HTMLDivElement | null>; takes: (nth: number) => void } {
  const list = useRef<HTMLDivElement>(null);
  const taken = useRef<{ nth: number; of: number }>(undefined);
  const last = useRef(otherwise);
  useEffect(() => {
    last.current = otherwise;
  });
  useEffect(() => {
    if (taken.current === undefined || taken.current.of === count) return;
    const { nth, of } = taken.current;
    taken.current = undefined;
    if (count > of) return;
    const left = list.current?.querySelectorAll<HTMLElement>(buttons) ?? [];
    (left[Math.min(nth, left.length - 1)] ?? last.current(list.current))?.focus();
  }, [count, buttons]);
  return { list, takes: (nth) => void (taken.current = { nth, of: count }) };
}
