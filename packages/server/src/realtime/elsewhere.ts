/** People on other nodes, as those told of them last. By node: who leaves one may still be on another. */
import type { Visibility } from '@recreio/core';

/** A person on another node is taken to be gone when nothing was heard of them for this long, in ms. */
const SILENT_MS = 45_000;
/** Silence is looked for this often, in ms. */
const LOOK_MS = 5_000;

/** A person on one node. */
interface Told {
  /** When each room was last named: one that is named no more was left. */
  readonly rooms: Map<string, number>;
  readonly who: Visibility;
  readonly heardAt: number;
}

const isSame = (one: Visibility, other: Visibility): boolean => JSON.stringify(one) === JSON.stringify(other);

/** Remembers them; `changed` is told of each room in which somebody came, went, or is to be shown to others than before. */
export const makeElsewhere = (monotonic: () => number, changed: (room: string) => void) => {
  const people = new Map<string, Map<string, Told>>();
  /** Who is in a room, on how many nodes. */
  const inRooms = new Map<string, Map<string, number>>();
  let lookedAt = monotonic();

  const enter = (account: string, room: string): void => {
    const there = inRooms.get(room) ?? new Map<string, number>();
    inRooms.set(room, there);
    there.set(account, (there.get(account) ?? 0) + 1);
    changed(room);
  };
  const leave = (account: string, room: string): void => {
    const there = inRooms.get(room);
    const left = (there?.get(account) ?? 1) - 1;
    if (left > 0) there?.set(account, left);
    else there?.delete(account);
    if (there?.size === 0) inRooms.delete(room);
    changed(room);
  };
  const gone = (account: string, node: string): void => {
    const nodes = people.get(account);
    for (const room of nodes?.get(node)?.rooms.keys() ?? []) leave(account, room);
    nodes?.delete(node);
    if (nodes?.size === 0) people.delete(account);
  };

  return {
    /** A person is on a node, in these rooms among others. */
    here: (account: string, node: string, named: readonly string[], who: Visibility): void => {
      const nodes = people.get(account) ?? new Map<string, Told>();
      people.set(account, nodes);
      const before = nodes.get(node);
      const rooms = before?.rooms ?? new Map<string, number>();
      const heardAt = monotonic();
      if (before && !isSame(before.who, who)) for (const room of rooms.keys()) changed(room);
      for (const room of named) {
        if (!rooms.has(room)) enter(account, room);
        rooms.set(room, heardAt);
      }
      nodes.set(node, { rooms, who, heardAt });
    },
    /** A person is on a node no more. */
    gone,
    /** What is known of a person, of several nodes what was heard last; null of somebody who is on none. */
    whoOf: (account: string): Visibility | null => {
      let last: Told | null = null;
      for (const told of people.get(account)?.values() ?? []) if (!last || told.heardAt >= last.heardAt) last = told;
      return last?.who ?? null;
    },
    inRoom: (room: string): Iterable<string> => inRooms.get(room)?.keys() ?? [],
    /** Forgets those who fell silent; a node may have died without a word. */
    tick: (): void => {
      const now = monotonic();
      if (now - lookedAt < LOOK_MS) return;
      lookedAt = now;
      for (const [account, nodes] of people) {
        for (const [node, { rooms, heardAt }] of nodes) {
          for (const [room, namedAt] of rooms) {
            if (now - namedAt < SILENT_MS) continue;
            rooms.delete(room);
            leave(account, room);
          }
          if (now - heardAt >= SILENT_MS) gone(account, node);
        }
      }
    },
  };
};
