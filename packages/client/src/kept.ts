/** How it stands with what is kept: for a person who should know whether a page may be closed. */
import { createView, type Readable } from './store.ts';

/** How it stands; immutable. */
export interface KeepingState {
  /** Whether what is written outlives the page. False in memory, and after the storage has refused (full, blocked, broken) until it takes something again. */
  readonly isDurable: boolean;
  /** One's own messages without an answer, those that failed included. */
  readonly unsent: number;
  /** Of those, how many would go with the page. */
  readonly unkept: number;
  /** Things kept earlier that cannot be read any more. */
  readonly unreadable: number;
}

/** The state with the side that feeds it. */
export interface KeepingView extends Readable<KeepingState> {
  /** Something was kept, or could not be (`cause`). */
  told(cause: unknown): void;
  unreadable(count: number): void;
  /** Something is written, sent, let go. */
  changed(): void;
}

/** Lays the view. `count` looks through the outbox; `onFailure` is told of each refusal of the storage. */
export const createKeepingView = (
  isDurable: boolean,
  count: () => Pick<KeepingState, 'unsent' | 'unkept'>,
  onFailure: (cause: unknown) => void,
): KeepingView => {
  let hasFailed = false;
  let unreadable = 0;
  let last: KeepingState | undefined;
  const view = createView<KeepingState>(() => {
    const next = { isDurable: isDurable && !hasFailed, ...count(), unreadable };
    const isSame =
      last !== undefined &&
      (Object.keys(next) as (keyof KeepingState)[]).every((member) => last?.[member] === next[member]);
    last = isSame && last !== undefined ? last : next;
    return last;
  });
  return {
    getSnapshot: view.getSnapshot,
    subscribe: view.subscribe,
    told(cause) {
      if (cause !== undefined) onFailure(cause);
      if (hasFailed === (cause !== undefined)) return;
      hasFailed = cause !== undefined;
      view.invalidate();
    },
    unreadable(found) {
      if (found === unreadable) return;
      unreadable = found;
      view.invalidate();
    },
    changed: view.invalidate,
  };
};
