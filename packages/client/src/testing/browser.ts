/** A browser in memory: tabs that share locks, channels and what is kept, and that can be killed or hang. */
import type { Client, ClientOptions } from '../api.ts';
import { createClient } from '../client.ts';
import type { Clock } from '../clock.ts';
import { type Keeping, memoryKeeping } from '../keeping.ts';
import type { Locks } from '../leadership.ts';
import type { SocketConstructor, SocketLike } from '../socket.ts';
import { browserTabs } from '../browser-tabs.ts';
import type { Channel } from '../shared-socket.ts';
import type { School } from './school.ts';

/** One tab. */
export interface Tab {
  readonly client: Client;
  /** Its process ends: no goodbye, and its locks are free. */
  kill(): void;
  /** It does nothing any more, and keeps its locks. */
  hang(): void;
  /** It goes on: what came meanwhile comes now. */
  wake(): void;
}

/** A browser. */
export interface Browser {
  readonly keeping: Keeping;
  tab(options?: ClientOptions): Tab;
}

/** A tab's life: what happens to it waits while it hangs, and is lost when it is dead. */
interface Life {
  isDead: boolean;
  isHanging: boolean;
  readonly waiting: (() => void)[];
}

interface Held {
  readonly life: Life;
  readonly give: (error?: Error) => void;
}

const happen = (life: Life, run: () => void): void => {
  if (life.isDead) return;
  if (life.isHanging) life.waiting.push(run);
  else run();
};

/** Opens a browser with a school in front of it. */
export const openBrowser = (school: School, clock: Clock): Browser => {
  const keeping: Keeping = { ...memoryKeeping(), isDurable: true };
  const channels = new Set<{ readonly life: Life; readonly name: string; readonly hear: (data: unknown) => void }>();
  const locks = new Map<string, { held: Held | undefined; queue: (() => void)[] }>();
  const lockOf = (name: string) => {
    const lock = locks.get(name) ?? { held: undefined, queue: [] };
    locks.set(name, lock);
    return lock;
  };

  const locksOf = (life: Life): Locks => ({
    request: ((name: string, ...rest: [LockGrantedCallback<unknown>] | [LockOptions, LockGrantedCallback<unknown>]) => {
      const [options, granted] = rest.length === 1 ? [{} as LockOptions, rest[0]] : rest;
      const lock = lockOf(name);
      const next = (): void => {
        if (lock.held === undefined) lock.queue.shift()?.();
      };
      return new Promise<void>((resolve, reject) => {
        const hold = (): void => {
          if (life.isDead) return next();
          let isOver = false;
          const mine: Held = {
            life,
            give: (error) => {
              if (isOver) return;
              isOver = true;
              if (lock.held === mine) lock.held = undefined;
              happen(life, () => (error === undefined ? resolve() : reject(error)));
            },
          };
          lock.held = mine;
          const last = async (): Promise<void> => {
            await granted(null);
            mine.give();
            next();
          };
          happen(life, () => void last());
        };
        options.signal?.addEventListener('abort', () => {
          lock.queue = lock.queue.filter((one) => one !== hold);
          happen(life, () => reject(new DOMException('given up', 'AbortError')));
        });
        if (options.steal) {
          lock.held?.give(new DOMException('stolen', 'AbortError'));
          hold();
        } else {
          lock.queue.push(hold);
          queueMicrotask(next);
        }
      });
    }) as Locks['request'],
  });

  const channelOf =
    (life: Life) =>
    (name: string, hear: (message: unknown) => void): Channel => {
      const mine = { life, name, hear };
      channels.add(mine);
      return {
        post(message) {
          if (life.isDead) return;
          const copy = structuredClone(message);
          for (const other of channels)
            if (other !== mine && other.name === name) queueMicrotask(() => happen(other.life, () => other.hear(copy)));
        },
        close: () => void channels.delete(mine),
      };
    };

  const clockOf = (life: Life): Clock => ({
    now: clock.now,
    after: (ms, run) => clock.after(ms, () => happen(life, run)),
    cancel: clock.cancel,
  });

  const socketOf = (life: Life, sockets: Set<SocketLike>): SocketConstructor =>
    class {
      readonly #real: SocketLike;
      constructor(url: string, protocols: string[]) {
        this.#real = new school.WebSocket(url, protocols);
        sockets.add(this.#real);
      }
      addEventListener: SocketLike['addEventListener'] = (type, listener) =>
        this.#real.addEventListener(type, (event) => happen(life, () => listener(event)));
      send(text: string): void {
        if (!life.isDead) this.#real.send(text);
      }
      close(code?: number): void {
        this.#real.close(code);
      }
    };

  return {
    keeping,
    tab(options = {}) {
      const life: Life = { isDead: false, isHanging: false, waiting: [] };
      const sockets = new Set<SocketLike>();
      const mine = clockOf(life);
      const client = createClient({
        url: 'https://chat.example',
        fetch: school.fetch,
        WebSocket: socketOf(life, sockets),
        auth: 'cookie',
        clock: mine,
        random: () => 0.5,
        keeping,
        tabs: browserTabs({ locks: locksOf(life), channel: channelOf(life), clock: mine, random: () => 0.5 }),
        ...options,
      });
      return {
        client,
        kill() {
          life.isDead = true;
          for (const socket of sockets) socket.close();
          for (const lock of locks.values()) {
            if (lock.held?.life === life) lock.held = undefined;
            if (lock.held === undefined) lock.queue.shift()?.();
          }
        },
        hang() {
          life.isHanging = true;
        },
        wake() {
          life.isHanging = false;
          for (const run of life.waiting.splice(0)) happen(life, run);
        },
      };
    },
  };
};
