/** What is pinned in a room, as far as it needs no question: how many, and whether it has changed. */
import type { RoomEvent } from '@recreio/protocol';

/** The board of a room that is open here. */
export interface Board {
  /** A page of history said how many there are, at a seq. */
  told(pins: number, at: number): void;
  take(events: readonly RoomEvent[]): void;
  /** Nothing is known any more. */
  clear(): void;
  count(): number;
  version(): number;
}

/** Lays a board. Messages are known to be pinned where an event said so; of others that change the board is read again, which is harmless. */
export const createBoard = (): Board => {
  let pins = 0;
  let at = 0;
  let version = 0;

  const step = (event: RoomEvent): void => {
    if (event.seq <= at) return;
    switch (event.type) {
      case 'message.pinned':
        pins += 1;
        version += 1;
        break;
      case 'message.unpinned':
        pins = Math.max(0, pins - 1);
        version += 1;
        break;
      case 'message.edited':
      case 'message.removed':
        if (pins > 0) version += 1;
    }
    at = event.seq;
  };

  return {
    told(next, seq) {
      if (seq < at) return;
      if (next !== pins) version += 1;
      pins = next;
      at = seq;
    },
    take: (events) => events.forEach(step),
    clear() {
      pins = 0;
      at = 0;
      version += 1;
    },
    count: () => pins,
    version: () => version,
  };
};
