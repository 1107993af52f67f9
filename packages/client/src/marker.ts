/** A read marker of mine on its way to the server: the furthest wanted, one request at a time, never back ([R37]). */
/** Moves the marker. */
export interface Marker {
  /** Everything up to `seq` was read; `known` is where the marker stands. */
  want(seq: number, known: number): void;
  /** Says again what had no answer: the connection is back. */
  again(): void;
  /** Nothing is wanted any more, and what was read may be read again; resolves once nothing is on its way. */
  rest(): Promise<void>;
}

/** Lays a marker; `move` takes it to the server. */
export const createMarker = (move: (seq: number) => Promise<void>): Marker => {
  let wanted = 0;
  let said = 0;
  let isUnderWay = false;
  let underWay = Promise.resolve();
  /** Counts the rests: what was said before one says nothing of what is wanted after it. */
  let turn = 0;

  const say = async (): Promise<void> => {
    if (isUnderWay || wanted <= said) return;
    isUnderWay = true;
    const [seq, mine] = [wanted, turn];
    try {
      await move(seq);
      if (mine === turn) said = seq;
    } catch {
      return; // nobody waits for it; the next want or welcome says it again
    } finally {
      isUnderWay = false;
    }
    await say();
  };

  const go = (): Promise<void> => (isUnderWay ? underWay : (underWay = say()));

  return {
    want(seq, known) {
      if (seq <= known || seq <= wanted) {
        if (wanted <= said) return;
      } else wanted = seq;
      void go();
    },
    again: () => void go(),
    rest() {
      [wanted, said] = [0, 0];
      turn += 1;
      return underWay;
    },
  };
};
