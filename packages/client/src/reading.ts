/** How far the others of an open room have read, where it is shown ([R83]): asked once, then told. */
import type { RoomEvent } from '@recreio/protocol';
import type { Call } from './call.ts';

/** Who has read how far, with the side that feeds it. */
export interface Reading {
  /** By account; null where it is not shown. The same map as long as nothing changes. */
  now(): ReadonlyMap<string, number> | null;
  /** The room is open and the connection there. */
  ask(): void;
  hear(read: readonly { readonly account: string; readonly seq: number }[]): void;
  /** Who says something has read up to it. */
  take(events: readonly RoomEvent[]): void;
  clear(): void;
}

/** Lays it. Where there is no answer nothing is shown; the next connection asks again. */
export const createReading = (room: string, call: Call, changed: () => void): Reading => {
  let seqs: ReadonlyMap<string, number> | null = null;
  let asked = 0;

  const put = (
    read: readonly { readonly account: string; readonly seq: number }[],
    into: ReadonlyMap<string, number>,
  ) => {
    const further = read.filter(({ account, seq }) => seq > (into.get(account) ?? -1));
    if (seqs === into && further.length === 0) return;
    seqs = new Map([...into, ...further.map(({ account, seq }): [string, number] => [account, seq])]);
    changed();
  };

  const ask = async (): Promise<void> => {
    const mine = ++asked;
    try {
      const { isShown, read } = await call('presence.reading', { room });
      if (mine !== asked) return;
      if (isShown) put(read, new Map());
      else if (seqs !== null) {
        seqs = null;
        changed();
      }
    } catch {
      // It is a courtesy: that nobody can say who has read is not worth a word
    }
  };

  return {
    now: () => seqs,
    ask: () => void ask(),
    hear: (read) => put(read, seqs ?? new Map()),
    take(events) {
      if (seqs === null) return;
      const known = seqs;
      put(
        events.flatMap(({ type, actor, seq }) =>
          type === 'message.sent' && known.has(actor) ? [{ account: actor, seq }] : [],
        ),
        known,
      );
    },
    clear() {
      asked += 1;
      seqs = null;
    },
  };
};
