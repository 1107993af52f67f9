/** Who of a browser's tabs calls, and when: one of them, and none for what is read before another. */
import { readMs } from '@recreio/ui';

/** What was read elsewhere is known here so long after it was, at the latest; who is further away is called. */
const ROUND_TRIP_MS = 800;

/** What is read on another device, or in another tab, within this time calls nobody here. */
export const PAUSE_MS = readMs + ROUND_TRIP_MS;

/** So long the tab that called, or before which it is read, keeps the word to itself: the others hear the same news. */
const HELD_MS = PAUSE_MS + 3_000;

/** Whether this tab is the one of the browser to call for something, named alike in all. Browsers without locks have one tab, or call in each. */
export async function isFirst(name: string): Promise<boolean> {
  if (!('locks' in navigator)) return true;
  return await new Promise((resolve) => {
    void navigator.locks.request(`recreio ${name}`, { ifAvailable: true }, async (lock) => {
      resolve(lock !== null);
      if (lock !== null) await new Promise((over) => setTimeout(over, HELD_MS));
    });
  });
}
