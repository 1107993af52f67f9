/** The tabs of a browser, joined by a lock and a channel. */
import { type Clock, systemClock } from './clock.ts';
import { createHub, type Hub } from './hub.ts';
import { createLeadership, type LeaderNews, type Locks } from './leadership.ts';
import type { OutboxNews } from './news.ts';
import { attachLine, type Channel, type SocketWay, sharedSocket } from './shared-socket.ts';
import type { SocketConstructor } from './socket.ts';
import { alone, type Tabs, type TabsListener } from './tabs.ts';

/** What the tabs of a browser are joined by. */
export interface BrowserTabsOptions {
  readonly locks: Locks;
  /** Opens the channel of this name; `hear` is told what other tabs post there. */
  channel(name: string, hear: (message: unknown) => void): Channel;
  readonly clock?: Clock;
  readonly random?: () => number;
}

/** The name of lock and channel. The number is that of what tabs say to each other: tabs that do not understand each other do not meet. */
const NAME = 'recreio 1';

type News =
  | { readonly of: 'leader'; readonly news: LeaderNews }
  | { readonly of: 'outbox'; readonly news: OutboxNews }
  /** To the tab `to`: this one connects, by the channel and under the lock `line`. */
  | {
      readonly of: 'line';
      readonly to: string;
      readonly line: string;
      readonly url: string;
      readonly protocols: string[];
    }
  /** To whoever leads: somebody else has signed in. */
  | { readonly of: 'renewal' };

/** The tabs of this browser, or `alone` where it has no locks or channels (pages without HTTPS have none). */
export const browserTabs = (options?: BrowserTabsOptions): Tabs => {
  const { locks, channel: open, clock = systemClock, random = Math.random } = options ?? ofThisBrowser();
  if (locks === undefined) return alone;
  const me = crypto.randomUUID();
  /** Sockets of this tab; each looks after the leader it is connected through. */
  const sockets = new Set<{ led(): void }>();
  let listener: TabsListener | undefined;
  let channel: Channel | undefined;
  let hub: Hub | undefined;
  let Real: SocketConstructor | undefined;

  const post = (message: News): void => channel?.post(message);
  const leadership = createLeadership({
    locks,
    name: NAME,
    me,
    clock,
    random,
    tell: (news) => post({ of: 'leader', news }),
    onChange() {
      if (!leadership.isLeading()) endHub();
      for (const socket of Array.from(sockets)) socket.led();
      listener?.onLed();
    },
  });

  const endHub = (): void => {
    hub?.end();
    hub = undefined;
  };

  const hubFor = (url: string, protocols: string[]): Hub | undefined => {
    const [call, Socket] = [listener?.call, Real];
    if (!leadership.isLeading() || call === undefined || Socket === undefined) return undefined;
    hub ??= createHub({ dial: () => new Socket(url, protocols), call, clock });
    return hub;
  };

  const hear = (message: News): void => {
    switch (message.of) {
      case 'leader':
        leadership.hear(message.news);
        return;
      case 'outbox':
        listener?.onNews(message.news);
        return;
      case 'line': {
        const there = message.to === me ? hubFor(message.url, message.protocols) : undefined;
        if (there !== undefined) attachLine(there, message.line, { locks, open });
        return;
      }
      case 'renewal':
        endHub();
    }
  };

  const way: SocketWay = {
    locks,
    open,
    leader: leadership.leader,
    hub: hubFor,
    call: (to, line, url, protocols) => post({ of: 'line', to, line, url, protocols }),
    enter(socket) {
      sockets.add(socket);
      return () => void sockets.delete(socket);
    },
  };

  return {
    leads: leadership.isLeading,
    join(next) {
      if (channel !== undefined) return;
      listener = next;
      let isOpen = true;
      const joined = open(NAME, (message) => {
        if (isOpen) hear(message as News); // only pages of this origin speak here
      });
      channel = {
        post: joined.post,
        close() {
          isOpen = false;
          joined.close();
        },
      };
      leadership.start();
    },
    leave() {
      endHub();
      leadership.stop();
      channel?.close();
      channel = undefined;
    },
    tell: (news) => post({ of: 'outbox', news }),
    share(real) {
      Real = real;
      return sharedSocket(way);
    },
    renew() {
      endHub();
      post({ of: 'renewal' });
    },
  };
};

const ofThisBrowser = (): Partial<BrowserTabsOptions> & Pick<BrowserTabsOptions, 'channel'> => {
  const channel = (name: string, hear: (message: unknown) => void): Channel => {
    const there = new BroadcastChannel(name);
    there.addEventListener('message', ({ data }) => hear(data));
    return {
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel speaks to its own origin only
      post: (message) => there.postMessage(message),
      close: () => there.close(),
    };
  };
  // Not every page has them, whatever the types say
  const locks: Locks | undefined = typeof navigator === 'undefined' ? undefined : navigator.locks;
  return locks === undefined || typeof BroadcastChannel === 'undefined' ? { channel } : { locks, channel };
};
