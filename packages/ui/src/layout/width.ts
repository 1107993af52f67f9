import { useSyncExternalStore } from 'react';

/** The widths at which the house changes its shape (the theme's layout.css says the same), in px. */
export const widths = {
  /** One column below. */ phone: 760,
  /** Below, the right panel is a view of its own. */ panel: 1180,
} as const;

/** Whether the window is at most `px` wide; follows it as it changes. */
export function useAtMost(px: number): boolean {
  const query = `(max-width: ${px}px)`;
  return useSyncExternalStore(
    (changed) => {
      const list = matchMedia(query);
      list.addEventListener('change', changed);
      return () => list.removeEventListener('change', changed);
    },
    () => matchMedia(query).matches,
    () => false,
  );
}
