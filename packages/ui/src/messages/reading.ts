import { useEffect, useState } from 'react';

/** A message counts as read when it was on a visible, focused screen this long. */
export const readMs = 1000;

/** Tells of the newest row that stood on a visible, focused screen for `readMs`. */
export function useReading(key: string | undefined, onSeen: (key: string) => void) {
  const [looking, setLooking] = useState(() => document.visibilityState === 'visible' && document.hasFocus());
  useEffect(() => {
    const look = () => setLooking(document.visibilityState === 'visible' && document.hasFocus());
    const events = [
      [document, 'visibilitychange'],
      [window, 'focus'],
      [window, 'blur'],
    ] as const;
    for (const [on, name] of events) on.addEventListener(name, look);
    return () => {
      for (const [on, name] of events) on.removeEventListener(name, look);
    };
  }, []);
  useEffect(() => {
    if (key === undefined || !looking) return undefined;
    const timer = setTimeout(() => onSeen(key), readMs);
    return () => clearTimeout(timer);
  }, [key, looking, onSeen]);
}
