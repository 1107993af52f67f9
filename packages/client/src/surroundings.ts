/** What a browser tells a client of the world around it; Node tells nothing. */
import type { DraftStorage } from './drafts.ts';

/** What can happen around a client. */
export type Surrounding = 'online' | 'offline' | 'visible' | 'leaving';

/** Listens to the network, to the page being seen again, and to its end. The answer ends it. */
export const watchSurroundings = (onHappen: (what: Surrounding) => void): (() => void) => {
  if (typeof window === 'undefined' || typeof document === 'undefined') return () => undefined;
  const online = () => onHappen('online');
  const offline = () => onHappen('offline');
  const leaving = () => onHappen('leaving');
  // Phones end hidden pages without another word, so hiding is also a moment to keep what is not kept
  const seen = () => onHappen(document.visibilityState === 'visible' ? 'visible' : 'leaving');
  window.addEventListener('online', online);
  window.addEventListener('offline', offline);
  window.addEventListener('pagehide', leaving);
  document.addEventListener('visibilitychange', seen);
  return () => {
    window.removeEventListener('online', online);
    window.removeEventListener('offline', offline);
    window.removeEventListener('pagehide', leaving);
    document.removeEventListener('visibilitychange', seen);
  };
};

/** The browser's `localStorage`, where there is one and it may be used. */
export const browserStorage = (): DraftStorage | undefined => {
  if (typeof window === 'undefined') return undefined;
  try {
    return window.localStorage;
  } catch {
    return undefined; // the browser forbids it: drafts live in memory, as documented
  }
};
