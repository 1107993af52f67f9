/**
 * Which of several tabs of one browser leads: whoever holds the lock (Web Locks). It goes with the tab that holds it, however
 * that ends. A leader that hangs keeps it, and is silent: after two seconds of that another tab takes it away.
 */
import type { Clock, Timer } from './clock.ts';

/** What tabs tell each other of who leads. `from` is a tab's name for itself. */
export type LeaderNews = { readonly from: string } & (
  | { readonly t: 'leads' }
  | { readonly t: 'ping' }
  | { readonly t: 'pong' }
);

/** The part of `navigator.locks` that is used. */
export type Locks = Pick<LockManager, 'request'>;

/** What leadership needs. */
export interface LeadershipOptions {
  readonly locks: Locks;
  /** The lock's name. */
  readonly name: string;
  /** This tab's name for itself. */
  readonly me: string;
  readonly clock: Clock;
  /** 0 ≤ random < 1: two tabs do not take a lock away in the same instant. */
  readonly random: () => number;
  tell(news: LeaderNews): void;
  /** Somebody else leads now, or this tab does. */
  onChange(): void;
}

/** Whether this tab leads, and its part in finding out who does. */
export interface Leadership {
  isLeading(): boolean;
  /** Whoever was heard to lead last; this tab when it leads. */
  leader(): string | undefined;
  /** Wants to lead, and waits its turn. */
  start(): void;
  /** Wants no more, and lets another lead. */
  stop(): void;
  hear(news: LeaderNews): void;
}

/** How often a leader is asked whether it is there. */
export const PING_MS = 1_000;
/** A leader that left so many pings in a row without an answer has been silent for two seconds. */
const MOST_SILENT = 2;

/** Lays the leadership; nobody is asked before `start`. */
export const createLeadership = (options: LeadershipOptions): Leadership => {
  const { locks, clock, me } = options;
  let isLeading = false;
  let leader: string | undefined;
  /** Raised with each request, so that what earlier ones come to changes nothing. */
  let round = 0;
  let release: () => void = () => undefined;
  let timer: Timer;
  let isAnswered = true;
  let silent = 0;

  const hold = (mine: number): Promise<void> | undefined => {
    if (mine !== round) return undefined; // not wanted any more
    isLeading = true;
    leader = me;
    clock.cancel(timer);
    options.tell({ t: 'leads', from: me });
    options.onChange();
    return new Promise((resolve) => {
      release = resolve;
    });
  };

  const request = (isStealing: boolean): void => {
    round += 1;
    const mine = round;
    const stop = new AbortController();
    release = () => stop.abort();
    const asked = isStealing ? { steal: true } : { signal: stop.signal };
    locks
      .request(options.name, asked, () => hold(mine))
      .catch(() => {
        // Taken away by a tab that heard nothing from this one; what this one thinks of itself is over
        if (mine !== round) return;
        isLeading = false;
        leader = undefined;
        options.onChange();
        request(false);
        watch();
      });
  };

  /** Asks who leads, again and again; what is silent too long loses the lock. */
  const watch = (): void => {
    clock.cancel(timer);
    silent = 0;
    isAnswered = true;
    const tick = (): void => {
      silent = isAnswered ? 0 : silent + 1;
      if (silent >= MOST_SILENT) {
        release();
        request(true);
        watch();
        return;
      }
      isAnswered = false;
      options.tell({ t: 'ping', from: me });
      timer = clock.after(PING_MS, tick);
    };
    options.tell({ t: 'ping', from: me }); // whoever leads says so at once
    timer = clock.after(PING_MS * options.random(), tick);
  };

  return {
    isLeading: () => isLeading,
    leader: () => leader,
    start() {
      request(false);
      watch();
    },
    stop() {
      round += 1;
      clock.cancel(timer);
      isLeading = false;
      leader = undefined;
      release();
      release = () => undefined;
    },
    hear(news) {
      if (news.t === 'ping') {
        if (isLeading) options.tell({ t: 'pong', from: me });
        return;
      }
      isAnswered = true;
      if (isLeading || leader === news.from) return;
      leader = news.from;
      options.onChange();
    },
  };
};
