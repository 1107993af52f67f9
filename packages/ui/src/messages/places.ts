import type { Virtualizer } from '@tanstack/react-virtual';
import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef } from 'react';
import { hands } from './by-hand.ts';
import type { TalkItem, TalkRow } from './talk.ts';

/**
 * Where the list goes by itself: on opening to the first unread, else to the present; to the first unread also where that comes only
 * after what an earlier visit left; to the present when one has said something, or asked for it. Returns how to ask, where what has to
 * be loaded is gone to when it is there, and how to go to a row by its key.
 */
export function usePlaces(
  virtual: Virtualizer<HTMLDivElement, HTMLLIElement>,
  {
    room,
    rows,
    items,
    hasAfter,
    scroller,
    height,
    follow,
  }: {
    room: string;
    rows: readonly TalkRow[];
    items: readonly TalkItem[];
    hasAfter: boolean;
    scroller: RefObject<HTMLElement | null>;
    /** Of the scroller, in pixels; 0 while it is not shown. */
    height: number;
    /** Is told where the list goes: to the end, and stays there, or elsewhere. */
    follow: (isFollowing: boolean) => void;
  },
): { toPresent: () => void; toRow: (key: string, align: 'start' | 'center' | 'auto') => boolean } {
  // A command to go somewhere is under way for some frames, and goes by the place in the list: where older rows come in above
  // meanwhile, another row stands in that place. It is given again for the row that was meant.
  const goal = useRef<{ key: string; index: number; align: 'start' | 'center' | 'auto' }>(undefined);
  const known = useRef(rows);
  useLayoutEffect(() => {
    known.current = rows;
  });
  // Opened at the end of what was known: what was said since the last visit may still come
  const isCatchingUp = useRef(false);
  const toRow = useCallback(
    (key: string, align: 'start' | 'center' | 'auto') => {
      isCatchingUp.current = false;
      const index = known.current.findIndex((row) => row.key === key);
      if (index === -1) return false;
      goal.current = { key, index, align };
      follow(false);
      virtual.scrollToIndex(index, { align });
      return true;
    },
    [virtual, follow],
  );
  const toEnd = useCallback(() => {
    isCatchingUp.current = false;
    goal.current = undefined;
    follow(true);
    virtual.scrollToEnd();
  }, [virtual, follow]);
  useLayoutEffect(() => {
    const before = goal.current;
    if (before === undefined || rows[before.index]?.key === before.key) return;
    toRow(before.key, before.align);
  }, [rows, toRow]);
  // Who takes hold of the list is not pulled back
  useEffect(() => {
    const element = scroller.current;
    const forget = () => {
      isCatchingUp.current = false;
      goal.current = undefined;
    };
    for (const name of hands) element?.addEventListener(name, forget, { passive: true });
    return () => {
      for (const name of hands) element?.removeEventListener(name, forget);
    };
  }, [scroller]);

  const opened = useRef<string>(undefined);
  useLayoutEffect(
    () => () => {
      opened.current = undefined;
    },
    [],
  );
  useLayoutEffect(() => {
    // A list that is not shown yet (on a phone a thread lies over its room) opens when it is
    const isOpening = opened.current !== room;
    if (rows.length === 0 || !(isOpening || isCatchingUp.current) || scroller.current?.clientHeight === 0) return;
    opened.current = room;
    const fresh = rows.find((row, index) => index > 0 && row.type === 'fresh');
    // Near the top, so that what is new fills the screen, with the end of what was known above it
    if (fresh !== undefined) toRow(fresh.key, 'start');
    else if (isOpening) {
      toEnd();
      isCatchingUp.current = true;
    }
    // oxlint-disable-next-line react/exhaustive-effect-dependencies -- `height` says that it is shown
  }, [room, rows, toRow, toEnd, scroller, height]);

  const wantsPresent = useRef(false);
  useLayoutEffect(() => {
    if (!wantsPresent.current || hasAfter) return;
    wantsPresent.current = false;
    toEnd();
  }, [hasAfter, toEnd]);

  // One's own words are always in sight
  const lastItem = items[items.length - 1];
  const ownLast =
    lastItem?.kind === 'message' && lastItem.author.isYou === true && lastItem.delivery.kind !== 'sent'
      ? lastItem.key
      : undefined;
  useEffect(() => {
    if (ownLast !== undefined && !hasAfter) toEnd();
  }, [ownLast, hasAfter, toEnd]);

  const toPresent = useCallback(() => {
    wantsPresent.current = hasAfter;
    if (!hasAfter) toEnd();
  }, [hasAfter, toEnd]);
  return { toPresent, toRow };
}
