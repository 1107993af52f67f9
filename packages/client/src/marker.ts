/** A read marker of mine on its way to the server: the furthest wanted, one request at a time, never back ([R37]). */
/** Moves the marker. */
export interface Marker {
  /** Everything up to `seq` was read; `known` is where the marker stands. */
  want(seq: number, known: number): void;
  /** Says again what had no answer: the connection is back. */
  again(): void;
}

/** Lays a marker; `move` takes it to the server. */
export const createMarker = (move: (seq: number) => Promise<void>): Marker => {
  let wanted = 0;
  let said = 0;
  let isUnderWay = false;

  const say = async (): Promise<void> => {
    if (isUnderWay || wanted <= said) return;
    isUnderWay = true;
    const seq = wanted;
    try {
      await move(seq);
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
