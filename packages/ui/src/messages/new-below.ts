import { useState } from 'react';
import { countAfter, type TalkItem } from './talk.ts';

/** How far one has been: the index of the last item that was in sight, or lies before what was new on opening, whichever is later. */
export function furthest(
  items: readonly TalkItem[],
  been: { seen: string | undefined; inSight: string | undefined; freshFrom: string | undefined },
): number {
  const at = (key: string | undefined) => (key === undefined ? -1 : items.findIndex((item) => item.key === key));
  return Math.max(at(been.seen), at(been.inSight), at(been.freshFrom) - 1);
}

/**
 * How many messages of others wait below: not yet in sight in this visit, and new (what was read before lies there too when one has
 * jumped back). `newer` are those below what is loaded.
 */
export function useNewBelow(
  items: readonly TalkItem[],
  {
    inSight,
    freshFrom,
    hasAfter,
    newer,
  }: { inSight: string | undefined; freshFrom: string | undefined; hasAfter: boolean; newer: number },
): number {
  const [been, setBeen] = useState<{ seen: string | undefined; hadAfter: boolean }>({
    seen: undefined,
    hadAfter: hasAfter,
  });
  const reached = furthest(items, { seen: been.seen, inSight, freshFrom });
  // What a page on the way from the past to the present brings is no news
  const isHistory = freshFrom === undefined && (hasAfter || been.hadAfter);
  const seen = items[isHistory ? items.length - 1 : reached]?.key ?? been.seen;
  if (seen !== been.seen || hasAfter !== been.hadAfter) setBeen({ seen, hadAfter: hasAfter });
  return newer + (isHistory ? 0 : countAfter(items, items[reached]?.key));
}
