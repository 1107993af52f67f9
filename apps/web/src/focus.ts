import { useEffect, useLayoutEffect, useRef } from 'react';

/**
 * After going to another page the focus goes to its heading, which a reader says; not on the first page, whose title is read anyway.
 * A page that is still coming gets it when its heading is there. Who has gone on to something else meanwhile stays there: a
 * heading that took the focus from a box would take the Enter, too, with which its words were to be sent.
 */
export function useFocusOnArrival(path: string): void {
  const before = useRef(path);
  const arrival = useRef<{ readonly start: Element | null; hasActed: boolean }>({ start: null, hasActed: false });
  useLayoutEffect(() => {
    const mine = { start: document.activeElement, hasActed: false };
    arrival.current = mine;
    const act = (event: Event): void => {
      // A key that is still down is the one that led here
      if (!(event instanceof KeyboardEvent && event.repeat)) mine.hasActed = true;
    };
    const listening = { capture: true, passive: true };
    for (const type of ['keydown', 'pointerdown']) window.addEventListener(type, act, listening);
    return () => {
      for (const type of ['keydown', 'pointerdown']) window.removeEventListener(type, act, listening);
    };
    // oxlint-disable-next-line react/exhaustive-effect-dependencies -- it looks anew with each arrival
  }, [path]);
  useEffect(() => {
    if (before.current === path) return undefined;
    before.current = path;
    // An address that leads on to another by itself is where the page begins, with its skip link
    if (!navigator.userActivation.hasBeenActive) return undefined;
    const start = document.activeElement;
    const isAwayFrom = (place: Element | null): boolean =>
      document.activeElement !== place && document.activeElement !== document.body;
    const arrive = (): boolean => {
      const heading = [...document.querySelectorAll<HTMLElement>('h1')].find(
        // One without words stands for a page that is still coming
        (one) => one.textContent !== '' && one.checkVisibility(),
      );
      if (heading === undefined) return false;
      heading.tabIndex = -1;
      heading.focus({ preventScroll: true });
      return true;
    };
    let isOver = false;
    const watch = new MutationObserver(() => {
      if (isOver || isAwayFrom(start) || arrive()) watch.disconnect();
    });
    // The next frame: dialogs that close with the page give the focus back first
    const frame = requestAnimationFrame(() => {
      // On a slow device a frame is long enough to begin to write in
      const { start: atFirst, hasActed } = arrival.current;
      if (hasActed && isAwayFrom(atFirst)) return;
      const isInDialog = document.querySelector('dialog[open]') !== null;
      if (!isInDialog && !arrive()) watch.observe(document.body, { childList: true, subtree: true });
    });
    return () => {
      isOver = true;
      cancelAnimationFrame(frame);
      watch.disconnect();
    };
  }, [path]);
}
