/**
 * The service worker: shows what is pushed, and opens the app where there is no network. It imports nothing, so that it is one
 * file that the browser compares with the newest at each visit; it keeps no answer of the API and nothing of anybody.
 */
import type { PushNote } from '@recreio/protocol';
import type { Client, PushEvent, WorkerScope } from './scope.ts';

const scope = self as unknown as WorkerScope;
const { origin } = scope.location;

/** What a page and this say to each other: `keep` files of the app, `open` an address, `pushed` a notification with this tag. */
type Word = { readonly keep: readonly string[] } | { readonly open: string } | { readonly pushed: string };

/** Where a notification leads. */
interface Leads {
  readonly room: string;
  readonly thread?: string;
  readonly seq: number;
}

const CACHE = 'recreio-app';
const PAGE = '/';
const ASSETS = '/assets/';
/** A file of the app that no page has used for so long is of an old release, in ms. */
const OLD_MS = 30 * 24 * 3_600_000;
/** What is added to a conversation that is shown already sounds again only after so long, in ms. */
const APART_MS = 10 * 60_000;

const WORDS = {
  'pt-BR': { reply: 'Responder', read: 'Marcar como lida', title: 'Recreio', body: 'Há algo novo' },
  en: { reply: 'Reply', read: 'Mark as read', title: 'Recreio', body: 'There is something new' },
  es: { reply: 'Responder', read: 'Marcar como leído', title: 'Recreio', body: 'Hay algo nuevo' },
} as const;

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

/** What was pushed; null where it is of a form of another release. */
function noteOf(data: PushEvent['data']): PushNote | null {
  let note: unknown;
  try {
    note = data?.json();
  } catch {
    return null;
  }
  return isObject(note) && note['v'] === 1 && typeof note['tag'] === 'string' && typeof note['room'] === 'string'
    ? (note as unknown as PushNote)
    : null;
}

const leadsOf = (data: unknown): Leads | null =>
  isObject(data) && typeof data['room'] === 'string' && typeof data['seq'] === 'number'
    ? (data as unknown as Leads)
    : null;

/** `isReply`: the box is to answer what it was told of. */
const hrefOf = ({ room, thread, seq }: Leads, isReply: boolean): string =>
  thread === undefined ? `/sala/${room}?m=${seq}${isReply ? '&responder' : ''}` : `/sala/${room}/fio/${thread}`;

const pages = (): Promise<readonly Client[]> => scope.clients.matchAll({ type: 'window', includeUncontrolled: true });

const tell = (page: Client, word: Word): void => page.postMessage(word, []);

/**
 * Whether a push may show nothing. Chromium and Firefox let it where a page of ours is seen. Apple's counts it all the same, and takes
 * the address away after three; and pages of an iPhone say that they are seen while they sleep.
 */
async function mayShowNothing(): Promise<boolean> {
  const { endpoint = '' } = (await scope.registration.pushManager.getSubscription()) ?? {};
  return !endpoint.includes('.push.apple.com/');
}

/** Shows one notification for a conversation. */
async function show(data: PushEvent['data']): Promise<void> {
  const note = noteOf(data);
  if (note === null) {
    const { title, body } = WORDS['pt-BR'];
    return await scope.registration.showNotification(title, { body, tag: 'recreio', icon: '/icon-192.png' });
  }
  for (const tag of note.read) await close(tag);
  const open = await pages();
  const isSeen = open.some(({ visibilityState }) => visibilityState === 'visible');
  const [before] = await scope.registration.getNotifications({ tag: note.tag });
  // Who looks at a page of ours here sees it there, but for what is urgent, whose room may be hushed; and what was put away here does not come back because something was read elsewhere
  const isSeenThere = isSeen && (note.urgent !== true || note.quiet === true);
  const isSuperfluous = isSeenThere || (note.quiet === true && before === undefined);
  if (!isSuperfluous || !(await mayShowNothing())) {
    await scope.registration.showNotification(note.title, optionsOf(note, before, isSuperfluous));
    if (isSuperfluous && note.quiet) await close(note.tag);
  }
  if (isSeen) return;
  // A page behind has shown its own, which is the same
  if (!note.quiet) for (const page of open) tell(page, { pushed: note.tag });
  if ('setAppBadge' in scope.navigator) await scope.navigator.setAppBadge(note.calls).catch(() => undefined);
}

async function close(tag: string): Promise<void> {
  for (const shown of await scope.registration.getNotifications({ tag })) shown.close();
}

/** How it is shown, after what was shown of the conversation before. */
function optionsOf(note: PushNote, before: Notification | undefined, isSuperfluous: boolean) {
  const leads: Leads = { room: note.room, ...(note.thread ? { thread: note.thread } : {}), seq: note.seq };
  const at = Date.parse(note.at);
  const words = WORDS[note.language] ?? WORDS['pt-BR'];
  const shownAt = isObject(before?.data) && typeof before.data['at'] === 'number' ? before.data['at'] : undefined;
  const isSilent = isSuperfluous || note.quiet === true;
  return {
    body: note.body,
    tag: note.tag,
    lang: note.language,
    icon: '/icon-192.png',
    badge: '/badge-96.png',
    timestamp: at,
    silent: isSilent,
    renotify: !isSilent && shownAt !== undefined && at - shownAt > APART_MS,
    data: { ...leads, at },
    actions: [
      { action: 'reply', title: words.reply },
      { action: 'read', title: words.read },
    ],
  };
}

/** Moves the person's marker there. False where that was not possible. */
async function markRead({ room, thread, seq }: Leads): Promise<boolean> {
  const path = thread === undefined ? `/api/rooms/${room}/read` : `/api/rooms/${room}/threads/${thread}/read`;
  try {
    const headers = { 'content-type': 'application/json' };
    return (await fetch(path, { method: 'PUT', headers, body: JSON.stringify({ seq }) })).ok;
  } catch {
    return false; // no network: the page that is opened instead says so
  }
}

async function open(href: string): Promise<void> {
  const [page] = [...(await pages())].sort((a, b) => Number(b.focused) - Number(a.focused));
  if (!page) return void (await scope.clients.openWindow(href));
  // Not every browser lets a worker bring a page to the front; it goes there all the same
  await page.focus().catch(() => undefined);
  tell(page, { open: href });
}

async function press(notification: Notification, action: string): Promise<void> {
  notification.close();
  const leads = leadsOf(notification.data);
  if (leads !== null && action === 'read' && (await markRead(leads))) return;
  await open(leads === null ? PAGE : hrefOf(leads, action === 'reply'));
}

/** The browser was given another address: told where this device is known. Who is signed out is refused, and called no more. */
async function renew(subscription: PushSubscription): Promise<void> {
  const { endpoint, keys } = subscription.toJSON();
  const body = JSON.stringify({ endpoint, p256dh: keys?.['p256dh'], auth: keys?.['auth'] });
  await fetch('/api/me/push', { method: 'PUT', headers: { 'content-type': 'application/json' }, body });
}

/** The page from the network; without one, as it was last: it says by itself that nobody answers. */
async function page(request: Request, preloaded: Promise<Response | undefined>): Promise<Response> {
  const cache = await caches.open(CACHE);
  try {
    const answer = (await preloaded) ?? (await fetch(request));
    const isPage = answer.headers.get('content-type')?.startsWith('text/html') === true;
    if (answer.ok && !answer.redirected && isPage) await cache.put(PAGE, answer.clone());
    return answer;
  } catch (error) {
    const kept = await cache.match(PAGE);
    if (kept) return kept;
    throw error;
  }
}

/** A file whose name says what is in it: once had, it is never asked for again. */
async function asset(request: Request): Promise<Response> {
  const cache = await caches.open(CACHE);
  const kept = await cache.match(request);
  if (kept) return kept;
  const answer = await fetch(request);
  if (answer.ok) await cache.put(request, answer.clone());
  return answer;
}

/** Keeps what a page has loaded before this was there, and forgets what no page uses any more. */
async function keep(files: readonly string[]): Promise<void> {
  const cache = await caches.open(CACHE);
  const used = new Set(files.filter((file) => file.startsWith(`${origin}${ASSETS}`)));
  for (const request of await cache.keys()) {
    if (used.delete(request.url) || request.url === `${origin}${PAGE}`) continue;
    const date = Date.parse((await cache.match(request))?.headers.get('date') ?? '');
    if (Date.now() - date > OLD_MS) await cache.delete(request);
  }
  for (const file of [...used, ...((await cache.match(PAGE)) ? [] : [PAGE])]) await cache.add(file);
}

// A new worker takes over at once: what the one before has kept is as right for it, since files are named by what is in them
scope.addEventListener('install', (event) => event.waitUntil(scope.skipWaiting()));
scope.addEventListener('activate', (event) => {
  event.waitUntil(Promise.all([scope.clients.claim(), scope.registration.navigationPreload?.enable()]));
});
scope.addEventListener('push', (event) => event.waitUntil(show(event.data)));
scope.addEventListener('notificationclick', (event) => event.waitUntil(press(event.notification, event.action)));
scope.addEventListener('pushsubscriptionchange', (event) => {
  const options = event.oldSubscription?.options;
  const next = event.newSubscription ?? (options && scope.registration.pushManager.subscribe(options));
  event.waitUntil(Promise.resolve(next).then((subscription) => subscription && renew(subscription)));
});
scope.addEventListener('message', (event) => {
  const word = event.data;
  if (isObject(word) && Array.isArray(word['keep']))
    event.waitUntil(keep(word['keep'].filter((file) => typeof file === 'string')));
});
scope.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== origin) return;
  if (request.mode === 'navigate' && !url.pathname.startsWith('/api/'))
    event.respondWith(page(request, event.preloadResponse));
  else if (url.pathname.startsWith(ASSETS)) event.respondWith(asset(request));
});
