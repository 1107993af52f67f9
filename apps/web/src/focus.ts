import { useEffect, useRef } from 'react';

/**
 * After going to another page the focus goes to its heading, which a reader says; not on the first page, whose title is read anyway.
 * A page that is still coming gets it when its heading is there, unless the person has gone on to something else meanwhile.
 */
export function useFocusOnArrival(path: string): void {
  const before = useRef(path);
  useEffect(() => {
    if (before.current === path) return undefined;
    before.current = path;
    // An address that leads on to another by itself is where the page begins, with its skip link
    if (!navigator.userActivation.hasBeenActive) return undefined;
    const start = document.activeElement;
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
      const hasGoneOn = document.activeElement !== start && document.activeElement !== document.body;
      if (isOver || hasGoneOn || arrive()) watch.disconnect();
    });
    // The next frame: dialogs that close with the page give the focus back first
    const frame = requestAnimationFrame(() => {
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
