import {
  createContext,
  use,
  useEffect,
  useRef,
  useState,
  type FocusEventHandler,
  type PointerEventHandler,
} from 'react';
import { createPortal } from 'react-dom';

/** Where what floats is hung: the open dialog, if one is; else the page. A modal dialog makes everything outside it inert. */
export const FloatRoot = createContext<HTMLElement | null>(null);

/** How long a pointer rests before the words come. */
const restMs = 500;
/** How long they stay once it has left, so that it can go over to them (WCAG 1.4.13). */
const leaveMs = 120;
/** Between a drawing and its words, and between the words and the edge of the screen, in px. */
const gap = 6;
const edge = 8;

/** What of a button a hint listens to; whatever else hears it, still does. */
type Heard = {
  onPointerEnter?: PointerEventHandler<HTMLButtonElement> | undefined;
  onPointerLeave?: PointerEventHandler<HTMLButtonElement> | undefined;
  onPointerDown?: PointerEventHandler<HTMLButtonElement> | undefined;
  onFocus?: FocusEventHandler<HTMLButtonElement> | undefined;
  onBlur?: FocusEventHandler<HTMLButtonElement> | undefined;
};

/** Puts the words above what they name, below where there is no room, and never outside the screen. */
function place(tip: HTMLElement, over: HTMLElement): void {
  const at = over.getBoundingClientRect();
  // What contains a fixed element may be moved itself (a dialog): measured, not supposed
  tip.style.translate = 'none';
  const own = tip.getBoundingClientRect();
  const middle = at.left + at.width / 2 - own.width / 2;
  const left = Math.max(edge, Math.min(middle, innerWidth - own.width - edge));
  const above = at.top - gap - own.height;
  const top = above < edge ? at.bottom + gap : above;
  tip.style.translate = `${left - own.left}px ${top - own.top}px`;
}

/**
 * The words of a drawing, shown on hover and on focus by keyboard, gone with Esc or a press. They repeat the name of the button, so
 * they are not read aloud. Give the button what `on` returns, and put `tip` beside it.
 */
export function useHint(words: string) {
  const container = use(FloatRoot);
  const [over, setOver] = useState<HTMLElement | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const later = (ms: number, next: HTMLElement | null) => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => setOver(next), ms);
  };
  const hide = () => {
    clearTimeout(timer.current);
    setOver(null);
  };
  useEffect(() => () => clearTimeout(timer.current), []);
  useEffect(() => {
    if (over === null) return undefined;
    const close = (event: KeyboardEvent) => {
      if (event.key === 'Escape') setOver(null);
    };
    document.addEventListener('keydown', close);
    return () => document.removeEventListener('keydown', close);
  }, [over]);
  const on = (heard: Heard): Heard => ({
    onPointerEnter(event) {
      heard.onPointerEnter?.(event);
      if (event.pointerType !== 'touch') later(restMs, event.currentTarget);
    },
    onPointerLeave(event) {
      heard.onPointerLeave?.(event);
      later(leaveMs, null);
    },
    onPointerDown(event) {
      heard.onPointerDown?.(event);
      hide();
    },
    onFocus(event) {
      heard.onFocus?.(event);
      if (event.currentTarget.matches(':focus-visible')) setOver(event.currentTarget);
    },
    onBlur(event) {
      heard.onBlur?.(event);
      hide();
    },
  });
  const tip =
    over === null
      ? null
      : createPortal(
          <span
            className="tip"
            aria-hidden="true"
            ref={(node) => {
              if (node) place(node, over);
            }}
            onPointerEnter={() => clearTimeout(timer.current)}
            onPointerLeave={() => later(leaveMs, null)}
          >
            {words}
          </span>,
          container ?? document.body,
        );
  return { on, tip };
}
