/** The tabs of one browser as one client: one of them connects for all and sends what is written in any. A port; `browser-tabs.ts` is that of browsers. */
import type { Call } from './call.ts';
import type { OutboxNews } from './news.ts';
import type { SocketConstructor, SocketLike } from './socket.ts';

/** What a client is told by the others. */
export interface TabsListener {
  /** This tab leads now, or another one does. */
  onLed(): void;
  onNews(news: OutboxNews): void;
  /** Commands of the person, for what the one connection of all tabs needs to know. */
  readonly call: Call;
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
  /** Sockets that share one real one, in the tab that leads; they behave like real ones of the same person. */
  share(real: SocketConstructor): SocketConstructor;
  /** Somebody else has signed in in this browser: every tab connects anew. */
  renew(): void;
}

/** No other tabs: a program, or a browser that cannot let tabs know of each other. Messages still go once, by their client ids. */
export const alone: Tabs = {
  leads: () => true,
  join: () => undefined,
  leave: () => undefined,
  tell: () => undefined,
  share: (real) => real,
  renew: () => undefined,
};

type SocketListener = Parameters<SocketLike['addEventListener']>;

/** A socket that is made once it is known how. */
const lateSocket = (making: Promise<SocketConstructor>): SocketConstructor =>
  class {
    readonly #listeners: SocketListener[] = [];
    #there: SocketLike | undefined;
    #isClosed = false;
    constructor(url: string, protocols: string[]) {
      void this.#make(url, protocols);
    }
    async #make(url: string, protocols: string[]): Promise<void> {
      const Made = await making;
      if (this.#isClosed) return;
      const there = new Made(url, protocols);
      this.#there = there;
      for (const [type, listener] of this.#listeners) there.addEventListener(type, listener);
    }
    addEventListener(...listener: SocketListener): void {
      if (this.#there === undefined) this.#listeners.push(listener);
      else this.#there.addEventListener(...listener);
    }
    send(text: string): void {
      this.#there?.send(text); // nothing is sent before `open`
    }
    close(code?: number): void {
      this.#isClosed = true;
      this.#there?.close(code);
    }
  };

/** Tabs whose code is still on its way; where it does not come, each tab is alone. */
export const lateTabs = (load: () => Promise<Tabs>): Tabs => {
  let tabs: Tabs | undefined;
  let joined: TabsListener | undefined;
  let isFetching = false;
  let loaded: (tabs: Tabs) => void = () => undefined;
  const loading = new Promise<Tabs>((resolve) => {
    loaded = resolve;
  });
  const fetchThem = async (): Promise<void> => {
    const there = await load().catch(() => alone);
    tabs = there;
    if (joined !== undefined) there.join(joined);
    loaded(there);
    if (joined === undefined) return;
    if (there.leads()) joined.onLed();
  };
  return {
    leads: () => tabs?.leads() ?? false,
    join(listener) {
      joined = listener;
      if (tabs !== undefined) tabs.join(listener);
      if (isFetching) return;
      // Once, also for a page that leaves and joins meanwhile: as two tabs, one would connect and the other think that it sends
      isFetching = true;
      void fetchThem();
    },
    leave() {
      joined = undefined;
      tabs?.leave();
    },
    tell: (news) => tabs?.tell(news),
    share: (real) => lateSocket(loading.then((there) => there.share(real))),
    renew: () => tabs?.renew(),
  };
};
