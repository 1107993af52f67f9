import type { Virtualizer } from '@tanstack/react-virtual';
import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef } from 'react';
import type { TalkItem, TalkRow } from './talk.ts';

/**
 * Where the list goes by itself: on opening to the first unread, else to the present; to the present when one has said something, or
 * asked for it. Returns how to ask; what has to be loaded for it is gone to when it is there.
 */
export function usePlaces(
  virtual: Virtualizer<HTMLDivElement, HTMLLIElement>,
  {
    room,
    rows,
    items,
    hasAfter,
  }: { room: string; rows: readonly TalkRow[]; items: readonly TalkItem[]; hasAfter: boolean },
): () => void {
  const opened = useRef<string>(undefined);
  useLayoutEffect(
    () => () => {
      opened.current = undefined;
    },
    [],
  );
  useLayoutEffect(() => {
    if (rows.length === 0 || opened.current === room) return;
    opened.current = room;
    const fresh = rows.findIndex((row) => row.type === 'fresh');
    // Near the top, so that what is new fills the screen, with the end of what was known above it
    if (fresh > 0) virtual.scrollToIndex(fresh, { align: 'start' });
    else virtual.scrollToEnd();
  }, [room, rows, virtual]);

  const wantsPresent = useRef(false);
  useLayoutEffect(() => {
    if (!wantsPresent.current || hasAfter) return;
    wantsPresent.current = false;
    virtual.scrollToEnd();
  }, [hasAfter, virtual]);

  // One's own words are always in sight
  const lastItem = items[items.length - 1];
  const ownLast =
    lastItem?.kind === 'message' && lastItem.author.isYou === true && lastItem.delivery.kind !== 'sent'
      ? lastItem.key
      : undefined;
  useEffect(() => {
    if (ownLast !== undefined && !hasAfter) virtual.scrollToEnd();
  }, [ownLast, hasAfter, virtual]);

  return useCallback(() => {
    wantsPresent.current = hasAfter;
    if (!hasAfter) virtual.scrollToEnd();
  }, [hasAfter, virtual]);
}

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
