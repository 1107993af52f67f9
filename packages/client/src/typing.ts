/** Who is writing in a room: notices that end by themselves, never replayed ([R38]). */
import type { Clock, Timer } from './clock.ts';

/** Said again at most this often while a person writes (`presence.typing`). */
const REPEAT_MS = 3_000;
const nobody: readonly string[] = [];

/** Who is writing in one room. */
export interface Typing {
  /** Others who write now, in the order they began; the same array as long as nothing changes. */
  now(): readonly string[];
  /** A notice has come. */
  heard(account: string): void;
  /** The person has sent, or is no more here. */
  ended(account: string): void;
  /** I am writing: whether that is to be told now. */
  mayTell(): boolean;
  /** I have sent: the next key is news again. */
  told(): void;
  clear(): void;
}

/** Keeps who writes; `livesMs` is `limits.typingMs`. */
export const createTyping = (clock: Clock, livesMs: () => number, onChange: () => void): Typing => {
  const timers = new Map<string, Timer>();
  let accounts = nobody;
  let toldAt = Number.NEGATIVE_INFINITY;

  const changed = (): void => {
    accounts = [...timers.keys()];
    onChange();
  };

  const ended = (account: string): void => {
    if (!timers.has(account)) return;
    clock.cancel(timers.get(account));
    timers.delete(account);
    changed();
  };

  return {
    now: () => accounts,
    heard(account) {
      const isNew = !timers.has(account);
      clock.cancel(timers.get(account));
      timers.set(
        account,
        clock.after(livesMs(), () => ended(account)),
      );
      if (isNew) changed();
    },
    ended,
    mayTell() {
      if (clock.now() - toldAt < REPEAT_MS) return false;
      toldAt = clock.now();
      return true;
    },
    told() {
      toldAt = Number.NEGATIVE_INFINITY;
    },
    clear() {
      for (const timer of timers.values()) clock.cancel(timer);
      if (timers.size === 0) return;
      timers.clear();
      changed();
    },
  };
};
