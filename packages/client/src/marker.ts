/** My read marker in one room on its way to the server: the furthest wanted, one request at a time, never back ([R37]). */
import type { Call, CallOutput } from './call.ts';

/** Moves the marker. */
export interface Marker {
  /** Everything up to `seq` was read; `known` is where the marker stands. */
  want(seq: number, known: number): void;
  /** Says again what had no answer: the connection is back. */
  again(): void;
}

/** Lays the marker of a room; `onMarked` is told the counts that follow. */
export const createMarker = (
  room: string,
  call: Call,
  onMarked: (marked: CallOutput<'messages.markRead'>) => void,
): Marker => {
  let wanted = 0;
  let said = 0;
  let isUnderWay = false;

  const say = async (): Promise<void> => {
    if (isUnderWay || wanted <= said) return;
    isUnderWay = true;
    const seq = wanted;
    try {
      onMarked(await call('messages.markRead', { room, seq }));
      said = seq;
    } catch {
      return; // nobody waits for it; the next want or welcome says it again
    } finally {
      isUnderWay = false;
    }
    await say();
  };

  return {
    want(seq, known) {
      if (seq <= known || seq <= wanted) {
        if (wanted <= said) return;
      } else wanted = seq;
      void say();
    },
    again: () => void say(),
  };
};
