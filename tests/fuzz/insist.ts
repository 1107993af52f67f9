import { setTimeout as pause } from 'node:timers/promises';

/** Tries until it works, for half a minute: parts are down on purpose. */
export async function insist<T>(work: () => Promise<T>): Promise<T> {
  const lateMs = performance.now() + 30_000;
  while (true) {
    try {
      return await work();
    } catch (error) {
      if (performance.now() > lateMs) throw error;
      await pause(100);
    }
  }
}
