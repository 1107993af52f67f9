import { useRef, useState } from 'react';

/** What of somebody is on an element: the pointer, or the focus of the keyboard. */
type Hand = 'pointer' | 'focus';

/** What an element is given so that it is known whose hand is on it. */
export type Held = {
  onPointerEnter: () => void;
  onPointerLeave: () => void;
  onFocus: () => void;
  onBlur: () => void;
};

/**
 * What was there when somebody laid a hand on it, until they let go of it and of the menus that hang on it: a row that moves away
 * under a finger has another one pressed, and takes its open menu along. Gives what to show, and what the element around it needs.
 */
export function useHeld<T>(now: T): [shown: T, element: Held] {
  const [held, setHeld] = useState<{ value: T }>();
  const hands = useRef(new Set<Hand>());
  const lay = (hand: Hand) => {
    hands.current.add(hand);
    setHeld((before) => before ?? { value: now });
  };
  const lift = (hand: Hand) => {
    hands.current.delete(hand);
    // The focus may be on its way from a row into its menu
    setTimeout(() => {
      if (hands.current.size === 0) setHeld(undefined);
    });
  };
  return [
    held ? held.value : now,
    {
      onPointerEnter: () => lay('pointer'),
      onPointerLeave: () => lift('pointer'),
      onFocus: () => lay('focus'),
      onBlur: () => lift('focus'),
    },
  ];
}
