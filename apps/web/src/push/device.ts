/** This device's subscription: asked of the browser, told to the school, and taken back. */
import type { Client } from '@recreio/client';
import { putWorker } from './worker.ts';

/** Whose wish it is that this device is called: another who signs in here has their own. */
const KEY = 'recreio.push';

/** Whether this browser can be called. On an iPhone only the installed app can. */
export const canBeCalled = (): boolean => 'PushManager' in window && 'Notification' in window;

/** An iPhone or iPad whose browser could be called if the app were installed. */
export const needsInstalling = (): boolean =>
  !canBeCalled() && 'standalone' in navigator && Reflect.get(navigator, 'standalone') === false;

const wish = {
  read: (): string | null => {
    try {
      return localStorage.getItem(KEY);
    } catch {
      return null;
    }
  },
  keep: (account: string | null): void => {
    try {
      if (account === null) localStorage.removeItem(KEY);
      else localStorage.setItem(KEY, account);
    } catch {
      // A browser that keeps nothing is called until its session ends
    }
  },
};

const bytes = (base64url: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(base64url.replaceAll('-', '+').replaceAll('_', '/')), (sign) => sign.charCodeAt(0));

const isSame = (key: ArrayBuffer | null | undefined, other: Uint8Array): boolean =>
  key !== null && key !== undefined && new Uint8Array(key).every((byte, at) => byte === other[at]);

/** Has this device called. Rejects where the browser or the school refuses. */
export async function callThisDevice(client: Client, account: string): Promise<void> {
  const registration = await putWorker();
  if (registration === undefined) throw new Error('this browser has no service worker');
  await navigator.serviceWorker.ready;
  const key = bytes((await client.call('push.key', {})).key);
  let subscription = await registration.pushManager.getSubscription();
  // For another school at this address, or from before its keys were made anew
  if (subscription && !isSame(subscription.options.applicationServerKey, key)) {
    await subscription.unsubscribe();
    subscription = null;
  }
  subscription ??= await registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key });
  const { endpoint, keys } = subscription.toJSON();
  if (endpoint === undefined || !keys?.['p256dh'] || !keys['auth']) throw new Error('a subscription has keys');
  await client.call('push.subscribe', { endpoint, p256dh: keys['p256dh'], auth: keys['auth'] });
  wish.keep(account);
}

/** Has it called no more. */
export async function leaveThisDevice(client: Client, device: string): Promise<void> {
  wish.keep(null);
  await client.call('push.unsubscribe', { device });
  const registration = await navigator.serviceWorker.getRegistration();
  await (await registration?.pushManager.getSubscription())?.unsubscribe();
}

/** What the person wished for on this device is told again: the school may have forgotten it, or the browser changed it. */
export async function renewDevice(client: Client, account: string): Promise<void> {
  if (!canBeCalled() || Notification.permission !== 'granted' || wish.read() !== account) return;
  try {
    await callThisDevice(client, account);
  } catch {
    // Tried at the next visit; the settings show how it stands
  }
}
