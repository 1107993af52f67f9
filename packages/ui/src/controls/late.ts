import { cloneElement, useEffect, useState, type KeyboardEvent, type MouseEvent, type ReactElement } from 'react';

/** A part that is fetched when it is about to be used, not with the page. Made once, outside of what draws. */
export type Late<T> = { fetched: () => T | undefined; fetch: () => Promise<T>; fetchSoon: () => void };

/** Long after the first paint of a slow phone, and well before most people press anything. */
const soonMs = 2000;

/** A failed fetch is forgotten, so the next press tries again. */
export function late<T>(load: () => Promise<T>): Late<T> {
  let part: T | undefined;
  let under: Promise<T> | undefined;
  let isPlanned = false;
  const fetch = () => {
    under ??= load().then(
      (found) => (part = found),
      (error: unknown) => {
        under = undefined;
        throw error;
      },
    );
    return under;
  };
  return {
    fetched: () => part,
    fetch,
    fetchSoon() {
      if (isPlanned) return;
      isPlanned = true;
      // Only ahead of time: whoever presses asks again, and is told
      setTimeout(() => fetch().catch(() => undefined), soonMs);
    },
  };
}

/** How what floats was asked for: by keyboard its first line has the focus. */
export type Asked = { byKeyboard: boolean };

type Touched = {
  onClick?: (event: MouseEvent) => void;
  onKeyDown?: (event: KeyboardEvent) => void;
  onPointerEnter?: (event: never) => void;
};

/**
 * What floats at a trigger, fetched late. Until it is there `trigger` stands in its place, looking and named the same; pressed, it
 * fetches, and `part` is returned with how it was asked for. Throws while drawing if it cannot be fetched.
 */
export function useLate<T extends object>(
  source: Late<T>,
  plain: ReactElement,
  kind: 'menu' | 'dialog',
): { part: T | undefined; asked: Asked | undefined; trigger: ReactElement } {
  const [part, setPart] = useState(source.fetched);
  const [asked, setAsked] = useState<Asked>();
  const [failure, setFailure] = useState<{ error: unknown }>();
  useEffect(() => source.fetchSoon(), [source]);
  if (failure) throw failure.error;
  const ask = (byKeyboard: boolean) => {
    setAsked({ byKeyboard });
    source.fetch().then(setPart, (error: unknown) => setFailure({ error }));
  };
  const { onClick, onKeyDown } = plain.props as Touched;
  const touched = {
    'aria-haspopup': kind,
    'aria-expanded': false,
    'aria-busy': asked !== undefined || undefined,
    onClick(event: MouseEvent) {
      onClick?.(event);
      ask(event.detail === 0);
    },
    onKeyDown(event: KeyboardEvent) {
      onKeyDown?.(event);
      if (kind !== 'menu' || event.key !== 'ArrowDown') return;
      event.preventDefault();
      ask(true);
    },
  };
  return { part, asked, trigger: cloneElement(plain, touched) };
}
