/** Newest positions of the rooms that a connection has not open: at most once a second, latest wins (contract D34). */
import type { Connection } from './connection.ts';
import { encodeText } from './frames.ts';

/** Where a room stands, as the hub has applied it. */
export interface RoomHead {
  readonly room: string;
  readonly applied: number;
  readonly ordinal: number;
  readonly at: string;
}

/** Heads are told at most this often to one connection (contract D34). */
const HEADS_MS = 1_000;
const NONE: readonly number[] = [];

/** Makes the heads of a node; `standing` is asked when they are told, `told` is called when they were. */
export const makeHeads = (
  monotonic: () => number,
  standing: (room: string) => RoomHead | undefined,
  told: (connection: Connection, room: string) => void,
) => {
  const due = new Set<Connection>();
  let soon = false;

  /** Tells those whose last ones are a second old; the others wait for the next tick. */
  const send = (): void => {
    const now = monotonic();
    const shared = new Map<string, string>();
    for (const connection of due) {
      if (connection.closed) {
        due.delete(connection);
        continue;
      }
      if (now - connection.lastHeadsAt < HEADS_MS || connection.outbound.isFull) continue;
      due.delete(connection);
      const rows: string[] = [];
      for (const [room, removed] of connection.dirtyHeads) {
        const head = standing(room);
        if (!head) continue;
        const row = { room, head: head.applied, ordinal: head.ordinal, at: head.at };
        let json = removed.length > 0 ? JSON.stringify({ ...row, removed }) : shared.get(room);
        if (json === undefined) shared.set(room, (json = JSON.stringify(row)));
        rows.push(json);
      }
      const names = [...connection.dirtyHeads.keys()];
      connection.dirtyHeads.clear();
      for (const room of names) told(connection, room);
      if (rows.length === 0) continue;
      connection.lastHeadsAt = now;
      connection.outbound.push(encodeText(`{"t":"heads","heads":[${rows.join(',')}]}`));
    }
  };

  return {
    /** A room stands further on; `removed` are the ordinals taken away since this connection was told last. */
    mark: (connection: Connection, room: string, removed: readonly number[] = NONE): void => {
      const before = connection.dirtyHeads.get(room) ?? NONE;
      connection.dirtyHeads.set(room, removed.length > 0 ? [...before, ...removed] : before);
      due.add(connection);
      if (soon) return;
      soon = true;
      setImmediate(() => {
        soon = false;
        send();
      });
    },
    send,
    /** The connection is gone. */
    forget: (connection: Connection): void => void due.delete(connection),
  };
};
