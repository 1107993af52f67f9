/** The tabs of one browser as one client, of which one sends what is written in any: a port. `browser-tabs.ts` is that of browsers. */
import type { OutboxNews } from './outbox.ts';

/** What a client is told by the others. */
export interface TabsListener {
  /** This tab leads now, or another one does. */
  onLed(): void;
  onNews(news: OutboxNews): void;
}

/** The tabs, as one of them sees them. */
export interface Tabs {
  /** Whether this tab is the one that sends. */
  leads(): boolean;
  /** Begins to take part. */
  join(listener: TabsListener): void;
  /** Takes no part any more: another tab may lead. */
  leave(): void;
  tell(news: OutboxNews): void;
}

/** No other tabs: a program, or a browser that cannot let tabs know of each other. Messages still go once, by their client ids. */
export const alone: Tabs = {
  leads: () => true,
  join: () => undefined,
  leave: () => undefined,
  tell: () => undefined,
};

/** Tabs whose code is still on its way; where it does not come, each tab is alone. */
export const lateTabs = (load: () => Promise<Tabs>): Tabs => {
  let tabs: Tabs | undefined;
  let joined: TabsListener | undefined;
  const fetchThem = async (): Promise<void> => {
    const there = await load().catch(() => alone);
    tabs = there;
    if (joined === undefined) return;
    there.join(joined);
    if (there.leads()) joined.onLed();
  };
  return {
    leads: () => tabs?.leads() ?? false,
    join(listener) {
      const isFirst = joined === undefined && tabs === undefined;
      joined = listener;
      if (tabs !== undefined) tabs.join(listener);
      else if (isFirst) void fetchThem();
    },
    leave() {
      joined = undefined;
      tabs?.leave();
    },
    tell: (news) => tabs?.tell(news),
  };
};
