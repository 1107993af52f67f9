import { type RefObject, useEffect, useState } from 'react';

/** A scroll this soon after a hand was at work is the hand's, with its momentum. */
export const momentumMs = 400;
/** The day stays this long after the list stands still. */
const restMs = 900;

/** By what a person moves a list. */
export const hands = ['wheel', 'touchmove', 'keydown', 'pointerdown'] as const;

/** Whether a person is scrolling the list, and a moment after. What the list does by itself (opening, following the present) does not count. */
export function useScrolledByHand(scroller: RefObject<HTMLElement | null>): boolean {
  const [scrolling, setScrolling] = useState(false);
  useEffect(() => {
    const element = scroller.current;
    if (!element) return undefined;
    let handAt = Number.NEGATIVE_INFINITY;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const hand = (event: Event) => {
      handAt = event.timeStamp;
    };
    const scroll = (event: Event) => {
      if (event.timeStamp - handAt > momentumMs) return;
      handAt = event.timeStamp;
      setScrolling(true);
      clearTimeout(timer);
      timer = setTimeout(() => setScrolling(false), restMs);
    };
    for (const name of hands) element.addEventListener(name, hand, { passive: true });
    element.addEventListener('scroll', scroll, { passive: true });
    return () => {
      clearTimeout(timer);
      for (const name of hands) element.removeEventListener(name, hand);
      element.removeEventListener('scroll', scroll);
    };
  }, [scroller]);
  return scrolling;
}
