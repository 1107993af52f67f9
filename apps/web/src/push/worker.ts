/** The page's side of the service worker: puts it there, goes where a notification leads, takes away those that were read. */
import { goesWith, pushTag } from '@recreio/protocol';
import { runnable } from '@recreio/ui';
import type { Where } from '../calling/desktop.ts';

/** Whether this browser has service workers here: it does over https and on this machine itself. */
export const canWork = (): boolean => 'serviceWorker' in navigator && import.meta.env.PROD;

/** Puts the worker there, unless it is; undefined where the browser has none or keeps nothing. */
export async function putWorker(): Promise<ServiceWorkerRegistration | undefined> {
  if (!canWork()) return undefined;
  try {
    return await navigator.serviceWorker.register(runnable('/sw.js'), { updateViaCache: 'none' });
  } catch {
    return undefined; // private windows and blocked storage have none: the app is the same without it
  }
}

/** The files of the app that this page has loaded: with them it opens where there is no network. */
const loaded = (): string[] =>
  performance
    .getEntriesByType('resource')
    .map(({ name }) => name)
    .filter((name) => name.startsWith(`${location.origin}/assets/`));

async function handOver(): Promise<void> {
  if ((await putWorker()) === undefined) return;
  const { active } = await navigator.serviceWorker.ready;
  active?.postMessage({ keep: loaded() }, []);
}

/** Puts the worker there and hears it, until the function that comes back is called. */
export function withWorker({ onOpen, onPushed }: { onOpen: (href: string) => void; onPushed: (tag: string) => void }) {
  if (!canWork()) return () => undefined;
  const hear = ({ data }: MessageEvent<unknown>) => {
    if (typeof data !== 'object' || data === null) return;
    if ('open' in data && typeof data.open === 'string' && /^\/(?!\/)/.test(data.open)) onOpen(data.open);
    if ('pushed' in data && typeof data.pushed === 'string') onPushed(data.pushed);
  };
  navigator.serviceWorker.addEventListener('message', hear);
  void handOver();
  return () => navigator.serviceWorker.removeEventListener('message', hear);
}

const isWhere = (data: unknown): data is Where =>
  typeof data === 'object' && data !== null && 'room' in data && 'seq' in data;

/** Takes away the notifications of conversations, and of urgent messages in them, in which nothing waits any more. */
export async function closePushed(waits: (where: Where, isUrgent: boolean) => boolean): Promise<void> {
  if (!canWork() || !('Notification' in window) || Notification.permission !== 'granted') return;
  const registration = await navigator.serviceWorker.getRegistration();
  for (const shown of (await registration?.getNotifications()) ?? []) {
    const where: unknown = shown.data;
    if (!isWhere(where)) continue;
    const tag = pushTag(where);
    if (goesWith(shown.tag, tag) && !waits(where, shown.tag !== tag)) shown.close();
  }
}
