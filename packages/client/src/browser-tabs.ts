/** The tabs of a browser, joined by a lock and a channel. */
import { type Clock, systemClock } from './clock.ts';
import { createLeadership, type LeaderNews, type Locks } from './leadership.ts';
import type { OutboxNews } from './outbox.ts';
import { alone, type Tabs, type TabsListener } from './tabs.ts';

/** A channel to the other tabs. */
export interface Channel {
  post(message: unknown): void;
  close(): void;
}

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

type News = { readonly of: 'leader'; readonly news: LeaderNews } | { readonly of: 'outbox'; readonly news: OutboxNews };

/** The tabs of this browser, or `alone` where it has no locks or channels (pages without HTTPS have none). */
export const browserTabs = (options?: BrowserTabsOptions): Tabs => {
  const { locks, channel: open, clock = systemClock, random = Math.random } = options ?? ofThisBrowser();
  if (locks === undefined) return alone;
  let listener: TabsListener | undefined;
  let channel: Channel | undefined;
  const post = (message: News): void => channel?.post(message);
  const leadership = createLeadership({
    locks,
    name: NAME,
    me: crypto.randomUUID(),
    clock,
    random,
    tell: (news) => post({ of: 'leader', news }),
    onChange: () => listener?.onLed(),
  });
  return {
    leads: leadership.isLeading,
    join(next) {
      if (channel !== undefined) return;
      listener = next;
      let isOpen = true;
      const joined = open(NAME, (message) => {
        if (!isOpen) return;
        const told = message as News; // only pages of this origin speak here
        if (told.of === 'leader') leadership.hear(told.news);
        else listener?.onNews(told.news);
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
      leadership.stop();
      channel?.close();
      channel = undefined;
    },
    tell: (news) => post({ of: 'outbox', news }),
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
