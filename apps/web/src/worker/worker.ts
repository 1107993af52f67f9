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

/** When what it shows was decided, in ms; where its push did not say, when it was said; 0 where nothing is known. */
function decidedAt({ data }: Notification): number {
  const at: unknown = isObject(data) ? (data['asOf'] ?? data['at']) : undefined;
  return typeof at === 'number' ? at : 0;
}

/**
 * Services do not keep pushes in order: what takes away waits until a phone wakes by itself, what calls wakes it. Of what was decided
 * later than `asOf` a push knows nothing, and takes none of it away. NaN, of servers that do not say it: it takes whatever it names.
 */
const isLater = (shown: Notification, asOf: number): boolean => decidedAt(shown) > asOf;

/** As of when the number on the app is, in ms, as far as this worker has lived to see it. */
let wornAsOf = 0;

/** The push before. */
let last: Promise<unknown> = Promise.resolve();

/** Pushes that come together, as to a phone that wakes, are shown one after the other: each looks at what is shown. */
function showInTurn(data: PushEvent['data']): Promise<void> {
  const shown = last.then(() => show(data));
  last = shown.catch(() => undefined);
  return shown;
}

/** Shows one notification for a conversation. */
async function show(data: PushEvent['data']): Promise<void> {
  const note = noteOf(data);
  if (note === null) {
    const { title, body } = WORDS['pt-BR'];
    return await scope.registration.showNotification(title, { body, tag: 'recreio', icon: '/icon-192.png' });
  }
  const asOf = Date.parse(note.asOf ?? '');
  const there = await scope.registration.getNotifications();
  const isNumberLate = Math.max(wornAsOf, ...there.map(decidedAt)) > asOf;
  for (const tag of note.read) await close(tag, asOf);
  const open = await pages();
  const isSeen = open.some(({ visibilityState }) => visibilityState === 'visible');
  const [before] = await scope.registration.getNotifications({ tag: note.tag });
  // Who looks at a page of ours here sees it there, but for what is urgent, whose room may be hushed; and what was put away here does not come back because something was read elsewhere
  const isSeenThere = isSeen && (note.urgent !== true || note.quiet === true);
  const isSuperfluous = isSeenThere || (note.quiet === true && before === undefined);
  if (!isSuperfluous || !(await mayShowNothing())) {
    const isLate = note.quiet === true && before !== undefined && isLater(before, asOf);
    // Something has to be shown: that is what stands there, once more
    const shows = isLate ? before : shownOf(note, asOf);
    const isSilent = isSuperfluous || note.quiet === true;
    await scope.registration.showNotification(shows.title, optionsOf(shows, before, isSilent));
    if (isSuperfluous && note.quiet) await close(note.tag, asOf);
  }
  if (!isNumberLate) wornAsOf = asOf || wornAsOf;
  // It wears its own
  if (isSeen) return;
  // A page behind has shown its own, which is the same
  if (!note.quiet) for (const page of open) tell(page, { pushed: note.tag });
  if (!isNumberLate && 'setAppBadge' in scope.navigator)
    await scope.navigator.setAppBadge(note.calls).catch(() => undefined);
}

/** Takes away what it shows, unless that was decided later. */
async function close(tag: string, asOf: number): Promise<void> {
  for (const shown of await scope.registration.getNotifications({ tag })) if (!isLater(shown, asOf)) shown.close();
}

/** What a notification says. */
type Says = Pick<Notification, 'title' | 'body' | 'tag' | 'lang' | 'data'>;

/** What is shown of a push. */
function shownOf({ title, body, tag, language, room, thread, seq, at }: PushNote, asOf: number): Says {
  const leads: Leads = { room, ...(thread ? { thread } : {}), seq };
  const data = { ...leads, at: Date.parse(at), ...(asOf ? { asOf } : {}) };
  return { title, body, tag, lang: language, data };
}

/** When it was said, in ms; undefined where that is not known. */
const saidAt = (data: unknown): number | undefined =>
  isObject(data) && typeof data['at'] === 'number' ? data['at'] : undefined;

/** How it is shown, after what was shown of the conversation before. */
function optionsOf({ body, tag, lang, data }: Says, before: Notification | undefined, isSilent: boolean) {
  const [at, shownAt] = [saidAt(data), saidAt(before?.data)];
  const words = WORDS[lang as keyof typeof WORDS] ?? WORDS['pt-BR'];
  return {
    body,
    tag,
    lang,
    icon: '/icon-192.png',
    badge: '/badge-96.png',
    ...(at === undefined ? {} : { timestamp: at }),
    silent: isSilent,
    renotify: !isSilent && at !== undefined && shownAt !== undefined && at - shownAt > APART_MS,
    data,
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
scope.addEventListener('push', (event) => event.waitUntil(showInTurn(event.data)));
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
