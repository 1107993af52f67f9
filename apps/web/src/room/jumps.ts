import type { Item, TalkHandle, TalkView } from '@recreio/client';
import { useEffect, useRef, useState } from 'react';

/** Going to a message that may lie outside what is loaded, and back. */
export interface Jumps {
  /** What the list is to show and mark. */
  readonly target: { key: string } | undefined;
  /** To the message of this server id, answered by one of the list. */
  away(messageId: string): void;
  /** To an item that was left by such a jump. */
  back(key: string): void;
}

const seqOf = (item: Item): number | undefined =>
  item.kind === 'message' ? item.message.seq : item.kind === 'line' ? item.event.seq : undefined;

/** Loads around a seq, and answers which item stands there. */
async function reach(room: TalkHandle, seq: number): Promise<{ key: string } | undefined> {
  await room.jumpTo(seq);
  const { items } = room.getSnapshot();
  // What stands there may be no message, or none for me: the nearest one before, else the first
  const found =
    items.findLast((item) => item.kind === 'message' && item.message.seq <= seq) ??
    items.find((item) => item.kind === 'message');
  // A new object each time: the same message can be jumped to again
  return found && { key: found.key };
}

/** Jumps in an open room. `to` is the seq that the address asks for; it is gone to once the room is loaded. */
export function useJumps(room: TalkHandle, view: TalkView, to: number | undefined): Jumps {
  const [target, setTarget] = useState<{ key: string }>();
  const left = useRef(new Map<string, number>());
  const isLoaded = view.status === 'live' || view.status === 'stale';

  useEffect(() => {
    if (to === undefined || !isLoaded) return undefined;
    let isWanted = true;
    void reach(room, to).then((found) => {
      if (isWanted && found !== undefined) setTarget(found);
      return found;
    });
    return () => {
      isWanted = false;
    };
  }, [room, to, isLoaded]);

  const go = async (seq: number): Promise<void> => {
    const found = await reach(room, seq);
    if (found !== undefined) setTarget(found);
  };

  return {
    target,
    away(messageId) {
      const { items, quotes } = room.getSnapshot();
      const quoted = quotes.get(messageId);
      if (quoted === undefined) return;
      for (const item of items) {
        const seq = seqOf(item);
        if (seq !== undefined) left.current.set(item.key, seq);
      }
      void go(quoted.seq);
    },
    back(key) {
      const seq = left.current.get(key);
      if (seq !== undefined) void go(seq);
    },
  };
}
