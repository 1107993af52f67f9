/** What a browser tells a client of the world around it; Node tells nothing. */

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
  // What is sealed takes a moment more than a page has that is on its way out already
  window.addEventListener('beforeunload', leaving);
  document.addEventListener('visibilitychange', seen);
  return () => {
    window.removeEventListener('online', online);
    window.removeEventListener('offline', offline);
    window.removeEventListener('pagehide', leaving);
    window.removeEventListener('beforeunload', leaving);
    document.removeEventListener('visibilitychange', seen);
  };
};
