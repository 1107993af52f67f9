import type { Client } from '@recreio/client';

/** The own stream tells of a membership within a second, or the connection is away and will tell of it when it is back. */
const PATIENCE_MS = 3_000;

/** Waits until a room that was just joined is among one's rooms, so that its screen does not first say that it is not. */
export function whenIn(rooms: Client['rooms'], room: string): Promise<void> {
  return new Promise((resolve) => {
    const look = () => {
      if (rooms.getSnapshot().byId.has(room)) done();
    };
    const end = rooms.subscribe(look);
    const timer = setTimeout(() => done(), PATIENCE_MS);
    function done() {
      clearTimeout(timer);
      end();
      resolve();
    }
    look();
  });
}
