/**
 * Ids for what is made by a press, one for each title until that one is made: where an answer was lost and the button is pressed
 * again, the server finds what the first press made ([R107]). Pure.
 */
export function idsByTitle(newId: () => string) {
  const ids = new Map<string, string>();
  return {
    of(title: string): string {
      const id = ids.get(title) ?? newId();
      ids.set(title, id);
      return id;
    },
    /** The next one of this title is another. */
    made: (title: string) => void ids.delete(title),
  };
}
