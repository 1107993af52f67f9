/** A thing that a text may speak of by its name. */
export type Named = { readonly id: string; readonly name: string };

/** Where a name stands in a text: from its sign on, to behind its last letter. */
export type NameAt<T extends Named> = { readonly named: T; readonly start: number; readonly end: number };

/** The names that stand in a text behind `sign` (`@`, `#`), in order. The longest name wins, and a name ends where its word does. */
export function namesIn<T extends Named>(text: string, sign: string, things: readonly T[]): NameAt<T>[] {
  const found: NameAt<T>[] = [];
  if (things.length === 0 || !text.includes(sign)) return found;
  const byLength = [...things].sort((a, b) => b.name.length - a.name.length);
  for (let start = text.indexOf(sign); start !== -1; ) {
    const rest = text.slice(start + 1);
    const named = byLength.find(({ name }) => rest.startsWith(name) && !/^[\p{L}\p{N}]/u.test(rest.slice(name.length)));
    const end = start + 1 + (named?.name.length ?? 0);
    if (named) found.push({ named, start, end });
    start = text.indexOf(sign, end);
  }
  return found;
}

/** What was chosen from the list, by its sign and name: of two with one name, the one that is meant. */
export type Picked = Map<string, string>;

/** The ids of the people that a text mentions by `@Nome`, each once. Of two with one name the one picked is meant, else the first. */
export function mentionedIn(
  text: string,
  people: readonly (Named & { isYou?: boolean | undefined })[],
  picked: Picked = new Map(),
): string[] {
  const meant = namesIn(text, '@', people).filter(({ named }) => !named.isYou);
  return [...new Set(meant.map(({ named }) => picked.get(`@${named.name}`) ?? named.id))];
}
