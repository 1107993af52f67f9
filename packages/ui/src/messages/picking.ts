import { useCallback, useMemo, useState } from 'react';
import type { MessageView, TalkItem } from './talk.ts';

/** At most so many are chosen at a time: each is an act of its own, and nobody looks through more. */
export const mostPicked = 100;

/** Several messages chosen to do something with. */
export type Picking = {
  /** Whether messages are being chosen; none may be for the moment. */
  isOn: boolean;
  /** What is chosen, by key. */
  picked: ReadonlyMap<string, MessageView>;
  /** Chooses one, or no more; with `isRange` all from the one before up to it. Begins where nothing was being chosen. */
  pick: (message: MessageView, isRange: boolean) => void;
  leave: () => void;
};

type Picked = { readonly anchor: string; readonly picked: ReadonlyMap<string, MessageView> };

/** Whether a message can be chosen: it is there for good, and not taken away. */
export const mayPick = (message: MessageView): boolean => message.id !== undefined && !message.removed;

/** What is chosen after a press on a message. A range goes from the last press to this one, and takes nothing away. */
export function pickedWith(
  before: Picked | undefined,
  message: MessageView,
  isRange: boolean,
  items: readonly TalkItem[],
): Picked {
  const picked = new Map(before?.picked);
  const from = isRange ? items.findIndex((item) => item.key === before?.anchor) : -1;
  const to = items.findIndex((item) => item.key === message.key);
  if (from !== -1 && to !== -1) {
    // From the last press on, so that the limit cuts off what is farthest from it
    const between = items.slice(Math.min(from, to), Math.max(from, to) + 1);
    for (const item of from > to ? between.toReversed() : between)
      if (item.kind === 'message' && mayPick(item) && picked.size < mostPicked) picked.set(item.key, item);
  } else if (!picked.delete(message.key) && mayPick(message) && picked.size < mostPicked)
    picked.set(message.key, message);
  return { anchor: message.key, picked };
}

/** Chooses among the messages of a talk. What is taken away meanwhile is chosen no more. */
export function usePicking(items: readonly TalkItem[]): Picking {
  const [state, setState] = useState<Picked>();
  const pick = useCallback(
    (message: MessageView, isRange: boolean) => setState((before) => pickedWith(before, message, isRange, items)),
    [items],
  );
  const leave = useCallback(() => setState(undefined), []);
  const picked = useMemo(() => {
    const gone = new Set(items.flatMap((item) => (item.kind === 'message' && item.removed ? [item.key] : [])));
    return new Map([...(state?.picked ?? [])].filter(([key]) => !gone.has(key)));
  }, [state, items]);
  return { isOn: state !== undefined, picked, pick, leave };
}
