/** Views that React and others can read: immutable snapshots, listeners told once for what happens together. */

/** Something that can be read and listened to; fits `useSyncExternalStore`. */
export interface Readable<T> {
  /** The present state; the same object as long as nothing has changed. */
  getSnapshot(): T;
  /** Tells of changes, at most once per microtask turn. The answer ends it. */
  subscribe(listener: () => void): () => void;
}

/** A readable that computes its state when it is asked for it. */
export interface View<T> extends Readable<T> {
  /** Says that what the state is computed from has changed. */
  invalidate(): void;
}

/** Lays a view over `compute`, which runs at most once per change, and only when someone looks. */
export const createView = <T>(compute: () => T): View<T> => {
  const listeners = new Set<() => void>();
  let isStale = true;
  let isTelling = false;
  let snapshot: T;
  return {
    getSnapshot() {
      if (isStale) {
        isStale = false;
        snapshot = compute();
      }
      return snapshot;
    },
    subscribe(listener) {
      // A wrapper of its own for each subscription, so that the same function may listen twice
      const entry = () => listener();
      listeners.add(entry);
      return () => {
        listeners.delete(entry);
      };
    },
    invalidate() {
      isStale = true;
      if (isTelling) return;
      isTelling = true;
      queueMicrotask(() => {
        isTelling = false;
        for (const listener of Array.from(listeners)) listener();
      });
    },
  };
};

/** A view over one value that is put in from outside. */
export interface Value<T> extends Readable<T> {
  set(next: T): void;
}

/** Holds a value; setting what is there already tells nobody. */
export const createValue = <T>(initial: T): Value<T> => {
  let value = initial;
  const view = createView(() => value);
  return {
    getSnapshot: view.getSnapshot,
    subscribe: view.subscribe,
    set(next) {
      if (Object.is(next, value)) return;
      value = next;
      view.invalidate();
    },
  };
};
