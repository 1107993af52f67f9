/** Of a service worker's world what ours uses; the names of pages and of workers cannot be known to one compiler run together. */

/** An event that lasts as long as what it is given. */
interface Lasting extends Event {
  waitUntil(work: Promise<unknown>): void;
}

/** A push (Push API §9). */
export interface PushEvent extends Lasting {
  readonly data: { json(): unknown } | null;
}

/** A press on a notification or one of its buttons (Notifications API §2.8). */
export interface NotificationEvent extends Lasting {
  readonly notification: Notification & { readonly data: unknown };
  readonly action: string;
}

/** A request of a page (Service Workers §4.6). */
export interface FetchEvent extends Lasting {
  readonly request: Request;
  readonly preloadResponse: Promise<Response | undefined>;
  respondWith(answer: Promise<Response>): void;
}

/** A word of a page. */
export interface WordEvent extends Lasting {
  readonly data: unknown;
}

/** The browser has changed a subscription by itself (Push API §10.3). */
export interface SubscriptionEvent extends Lasting {
  readonly oldSubscription?: PushSubscription | null;
  readonly newSubscription?: PushSubscription | null;
}

/** A page of ours. */
export interface Client {
  readonly url: string;
  readonly visibilityState: DocumentVisibilityState;
  readonly focused: boolean;
  focus(): Promise<Client>;
  postMessage(word: unknown, transfer: readonly Transferable[]): void;
}

interface Events {
  install: Lasting;
  activate: Lasting;
  push: PushEvent;
  notificationclick: NotificationEvent;
  pushsubscriptionchange: SubscriptionEvent;
  fetch: FetchEvent;
  message: WordEvent;
}

/** What `self` is. */
export interface WorkerScope {
  addEventListener<K extends keyof Events>(name: K, hear: (event: Events[K]) => void): void;
  skipWaiting(): Promise<void>;
  readonly registration: ServiceWorkerRegistration;
  readonly location: Location;
  readonly navigator: Navigator;
  readonly clients: {
    claim(): Promise<void>;
    matchAll(of: { readonly type: 'window'; readonly includeUncontrolled: boolean }): Promise<readonly Client[]>;
    openWindow(href: string): Promise<Client | null>;
  };
}
