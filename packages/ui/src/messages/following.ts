import type { Virtualizer } from '@tanstack/react-virtual';
import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef } from 'react';
import { hands, momentumMs } from './by-hand.ts';

/** How far a scroller is from its end, in pixels; nothing is said of one that is not shown (on a phone a thread lies over its room). */
const fromEnd = ({ scrollHeight, clientHeight, scrollTop }: HTMLElement): number =>
  clientHeight === 0 ? Number.NaN : scrollHeight - clientHeight - scrollTop;

/**
 * Keeps who is at the present there. To follow is what somebody does, not where the list stands: what comes faster than it is drawn,
 * rows that turn out taller than was thought and a window that shrinks leave the list short of its end for a while, and nobody has gone
 * anywhere. It ends where somebody moves up, and begins where they come within `withinPx` of the end, which is the present unless
 * more comes after it (`hasAfter`). Returns how the list says that it goes to the end itself (true), or elsewhere (false).
 */
export function useFollowing(
  virtual: Virtualizer<HTMLDivElement, HTMLLIElement>,
  {
    scroller,
    rows,
    hasAfter,
    withinPx,
  }: {
    scroller: RefObject<HTMLElement | null>;
    rows: readonly unknown[];
    hasAfter: boolean;
    withinPx: number;
  },
): (isFollowing: boolean) => void {
  const following = useRef(true);
  const isPresent = useRef(!hasAfter);
  /** When a hand was at work last, on the clock of events, and what there was then. */
  const hand = useRef({ at: Number.NEGATIVE_INFINITY, rows });
  const known = useRef(rows);
  const total = virtual.getTotalSize();
  useLayoutEffect(() => {
    isPresent.current = !hasAfter;
    known.current = rows;
    // Drawn for the first time under a hand that moves up, or made longer by its press: not to be pulled against it
    const isByHand = hand.current.rows === rows && performance.now() - hand.current.at <= momentumMs;
    const px = scroller.current === null ? Number.NaN : fromEnd(scroller.current);
    if (hasAfter || rows.length === 0 || Number.isNaN(px)) return;
    // Where nothing was to come any more, one may have been at the end before that was known
    if (px <= 1) following.current = true;
    else if (isByHand) following.current &&= px <= withinPx;
    else if (following.current) virtual.scrollToEnd();
    // oxlint-disable-next-line react/exhaustive-effect-dependencies -- rows that are measured make the list longer
  }, [virtual, scroller, rows, total, hasAfter, withinPx]);

  useEffect(() => {
    const element = scroller.current;
    if (!element) return undefined;
    let { scrollTop: top, scrollHeight: height } = element;
    /** How far it was from the end of what it has, before its window changes. */
    let before = fromEnd(element);
    const touch = (event: Event) => {
      hand.current = { at: event.timeStamp, rows: known.current };
    };
    const look = (event: Event) => {
      const px = fromEnd(element);
      if (Number.isNaN(px)) return;
      // A list that grew may have moved by itself; what a screen reader moves, no hand has touched
      const wasMoved = event.timeStamp - hand.current.at <= momentumMs || element.scrollHeight === height;
      if (px <= withinPx) following.current = isPresent.current;
      else if (wasMoved && element.scrollTop < top - 1) following.current = false;
      ({ scrollTop: top, scrollHeight: height } = element);
      before = px;
    };
    // The composer takes a line, a banner comes, a keyboard of glass rises
    const observer = new ResizeObserver(() => {
      if (element.clientHeight === 0) return;
      const wasAtEnd = before <= withinPx && element.scrollHeight === height;
      if (wasAtEnd || (following.current && isPresent.current)) element.scrollTop = element.scrollHeight;
    });
    for (const name of hands) element.addEventListener(name, touch, { passive: true });
    element.addEventListener('scroll', look, { passive: true });
    observer.observe(element);
    return () => {
      for (const name of hands) element.removeEventListener(name, touch);
      element.removeEventListener('scroll', look);
      observer.disconnect();
    };
  }, [scroller, withinPx]);

  return useCallback(
    (isFollowing: boolean) => {
      following.current = isFollowing;
      if (isFollowing) return;
      // Where it goes to may be at the end, too, and nothing moves
      requestAnimationFrame(() => {
        const element = scroller.current;
        if (element && isPresent.current && fromEnd(element) <= withinPx) following.current = true;
      });
    },
    [scroller, withinPx],
  );
}
