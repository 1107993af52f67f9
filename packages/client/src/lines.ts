/** The rooms' queues as they are shown: each in the order written, each array the same as long as nothing in it changes. */
import type { Pending } from './intention.ts';

/** Queues by room. Every change is told by `onChange`. */
export interface Lines {
  of(room: string): readonly Pending[];
  rooms(): readonly string[];
  all(): readonly Pending[];
  find(clientId: string): Pending | undefined;
  /** Puts one in its place: by its order where it is known, behind those otherwise. */
  place(pending: Pending): void;
  /** Changes one that is there. */
  change(clientId: string, changed: Partial<Pick<Pending, 'state' | 'order' | 'isKept'>>): void;
  drop(clientId: string): void;
  clear(): void;
}

const nothing: readonly Pending[] = [];

const byOrder = (a: Pending, b: Pending): number => {
  const [first, second] = [a.order ?? Number.POSITIVE_INFINITY, b.order ?? Number.POSITIVE_INFINITY];
  return first === second ? 0 : first - second;
};

/** Lays the queues. */
export const createLines = (onChange: (room: string) => void): Lines => {
  const lines = new Map<string, readonly Pending[]>();
  const all = (): Pending[] => [...lines.values()].flat();
  const find = (clientId: string): Pending | undefined => all().find((one) => one.clientId === clientId);
  const set = (room: string, line: readonly Pending[]): void => {
    if (line.length === 0) lines.delete(room);
    else lines.set(room, [...line].sort(byOrder)); // stable: those without an order stay as written
    onChange(room);
  };
  const of = (room: string): readonly Pending[] => lines.get(room) ?? nothing;
  return {
    of,
    rooms: () => [...lines.keys()],
    all,
    find,
    place(pending) {
      const { room, clientId } = pending;
      set(room, [...of(room).filter((one) => one.clientId !== clientId), pending]);
    },
    change(clientId, changed) {
      const one = find(clientId);
      if (one === undefined) return;
      set(
        one.room,
        of(one.room).map((other) => (other.clientId === clientId ? { ...other, ...changed } : other)),
      );
    },
    drop(clientId) {
      const one = find(clientId);
      if (one === undefined) return;
      set(
        one.room,
        of(one.room).filter((other) => other.clientId !== clientId),
      );
    },
    clear() {
      const rooms = [...lines.keys()];
      lines.clear();
      for (const room of rooms) onChange(room);
    },
  };
};
