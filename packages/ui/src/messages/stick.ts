import { type RefObject, useEffect } from 'react';

/**
 * Keeps a scroller at its end when its window shrinks or grows: the composer takes a line, a banner comes, a keyboard of glass rises.
 * The virtual list follows what is appended; that its window changes it does not see as a reason to move.
 */
export function useStickToEnd(scroller: RefObject<HTMLElement | null>, withinPx: number): void {
  useEffect(() => {
    const element = scroller.current;
    if (!element) return undefined;
    let stuck = true;
    const look = () => {
      stuck = element.scrollHeight - element.clientHeight - element.scrollTop <= withinPx;
    };
    const observer = new ResizeObserver(() => {
      if (stuck) element.scrollTop = element.scrollHeight;
    });
    look();
    element.addEventListener('scroll', look, { passive: true });
    observer.observe(element);
    return () => {
      element.removeEventListener('scroll', look);
      observer.disconnect();
    };
  }, [scroller, withinPx]);
}
