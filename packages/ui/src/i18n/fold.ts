/** Text as a search sees it: no accents, no case, single spaces. `Conceição` and `conceicao` are one. */
export function foldText(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replace(/\s+/g, ' ').trim();
}

/** Whether every word of `query` begins some word of `text`, accent-blind. An empty query matches all. */
export function matchesText(text: string, query: string): boolean {
  const words = foldText(text).split(/[\s\-_.,:/]+/);
  return foldText(query)
    .split(' ')
    .every((wanted) => wanted === '' || words.some((word) => word.startsWith(wanted)));
}

/** A list as the language says it: `Ana, Kauã e Davi`. */
export function listWords(words: readonly string[], locale: string): string {
  return new Intl.ListFormat(locale, { type: 'conjunction' }).format(words);
}
