import { type RefObject, useCallback, useLayoutEffect, useRef } from 'react';

/**
 * Puts the focus on messages by their key. One that is drawn has it at once, so that the next key press finds it there; one that the
 * list still has to draw has it in the turn that draws it. Never a frame later: by then the person may be somewhere else.
 */
export function useMessageFocus(scroller: RefObject<HTMLElement | null>): {
  /** To a message, drawn or about to be. */
  focusOn: (key: string) => void;
  /** To a message once what lies over the list (a dialog) is gone: in the next drawing. */
  focusNext: (key: string) => void;
  /** The person went elsewhere by themselves: what was waited for is given up. */
  giveUp: () => void;
} {
  const wanted = useRef<string>(undefined);
  const find = useCallback(
    (key: string) => scroller.current?.querySelector<HTMLElement>(`[data-message="${CSS.escape(key)}"]`),
    [scroller],
  );
  useLayoutEffect(() => {
    const found = wanted.current === undefined ? undefined : find(wanted.current);
    if (!found) return;
    wanted.current = undefined;
    found.focus({ preventScroll: true });
  });
  const focusNext = useCallback((key: string) => {
    wanted.current = key;
  }, []);
  const focusOn = useCallback(
    (key: string) => {
      const found = find(key);
      if (found) found.focus({ preventScroll: true });
      else wanted.current = key;
    },
    [find],
  );
  const giveUp = useCallback(() => {
    wanted.current = undefined;
  }, []);
  return { focusOn, focusNext, giveUp };
}
