/**
 * Words that call a person wherever they are said in a room of theirs ([R119]): what may be one, and where one stands in a text.
 * Here because the server, which calls, and a client, which says why, must find the same. Pure; nobody's regular expression runs.
 */
import Type, { type Static } from 'typebox';
import { foldText } from './fold.ts';
import { KEYWORD } from './limits.ts';

/** A word or a short phrase, as the person wrote it. */
export const Keyword = Type.String({ minLength: 1, maxLength: KEYWORD.length });
export type Keyword = Static<typeof Keyword>;

/** Letters and numbers of any script; what stands between two of these is no word's border. */
const WORD = /[\p{L}\p{N}]+/gu;
const BEGINS = /^[\p{L}\p{N}]/u;
const ENDS = /[\p{L}\p{N}]$/u;

/** As it is compared: accents, case and the kind of apostrophe do not count. */
const compared = (text: string): string => foldText(text).replaceAll(/[’ʼ]/gu, "'");

/** Why a word cannot be one that calls; null where it can. A single letter would call for everything. */
export const faultOfKeyword = (word: string): 'begins' | 'short' | null => {
  const folded = compared(word);
  if (!BEGINS.test(folded)) return 'begins';
  return [...folded].length < KEYWORD.shortest ? 'short' : null;
};

/** Each word once, as it was written first: "Prova" and "prová" call for the same. */
export const distinctKeywords = (words: readonly string[]): string[] => {
  const known = new Set<string>();
  return words.filter((word) => known.size < known.add(compared(word)).size);
};

/** Whether two lists call for the same, in whatever order and however they are written. */
export const callForSame = (one: readonly string[], other: readonly string[]): boolean => {
  const [ones, others] = [new Set(one.map(compared)), new Set(other.map(compared))];
  return ones.size === others.size && [...ones].every((word) => others.has(word));
};

/** The words that begin alike. */
interface Alike<T> {
  /** The lengths that there are, with how many words have it: 40 at most, however many the words. */
  readonly lengths: Map<number, number>;
  readonly whose: Map<string, Set<T>>;
}

/** What somebody listens for, by what stands in a text: what a look costs follows the length of the text, however many the words. */
export interface Listening<T> {
  /** Says what somebody listens for, in the place of what they did; what it costs follows these words alone. */
  readonly set: (whose: T, words: readonly string[]) => void;
  /** For each word that stands in the text as a whole one, who listens for it. "prova" is not in "aprovado", and is in "Prova!". */
  readonly heardIn: (text: string) => readonly ReadonlySet<T>[];
}

/** Listens for nothing yet. */
export const listening = <T>(): Listening<T> => {
  /** By the first run of letters and numbers. */
  const byFirst = new Map<string, Alike<T>>();
  const known = new Map<T, ReadonlySet<string>>();

  const drop = (whose: T, word: string): void => {
    const first = firstOf(word);
    const alike = byFirst.get(first);
    const others = alike?.whose.get(word);
    if (!alike || !others?.delete(whose) || others.size > 0) return;
    alike.whose.delete(word);
    const left = (alike.lengths.get(word.length) ?? 0) - 1;
    if (left > 0) alike.lengths.set(word.length, left);
    else alike.lengths.delete(word.length);
    if (alike.whose.size === 0) byFirst.delete(first);
  };
  const add = (whose: T, word: string): void => {
    const first = firstOf(word);
    const alike = byFirst.get(first) ?? { lengths: new Map<number, number>(), whose: new Map<string, Set<T>>() };
    byFirst.set(first, alike);
    const others = alike.whose.get(word);
    if (others) others.add(whose);
    else {
      alike.whose.set(word, new Set([whose]));
      alike.lengths.set(word.length, (alike.lengths.get(word.length) ?? 0) + 1);
    }
  };

  return {
    set: (whose, words) => {
      const before = known.get(whose);
      const now = new Set(words.map(compared).filter((word) => BEGINS.test(word)));
      for (const word of before ?? []) if (!now.has(word)) drop(whose, word);
      for (const word of now) if (before?.has(word) !== true) add(whose, word);
      if (now.size > 0) known.set(whose, now);
      else known.delete(whose);
    },
    heardIn: (text) => {
      const found = new Map<string, ReadonlySet<T>>();
      if (byFirst.size === 0) return [];
      const body = compared(text);
      for (const { 0: run, index } of body.matchAll(WORD)) {
        const alike = byFirst.get(run);
        for (const length of alike?.lengths.keys() ?? []) {
          const word = body.slice(index, index + length);
          const whose = alike?.whose.get(word);
          if (whose === undefined || found.has(word) || goesOn(body, word, index + length)) continue;
          found.set(word, whose);
        }
      }
      return [...found.values()];
    },
  };
};

/** The first letters and numbers of what begins with one. */
const firstOf = (word: string): string => word.match(WORD)?.[0] ?? '';

/** Whether the word that ends there goes on; what ends with a sign, as "C++", does not. */
const goesOn = (body: string, word: string, end: number): boolean =>
  ENDS.test(word) && BEGINS.test(body.slice(end, end + 2));

/** Which of these words stand in a text, in the order of the list. */
export const wordsIn = (words: readonly string[]): ((text: string) => string[]) => {
  const heard = listening<string>();
  for (const word of words) heard.set(word, [word]);
  return (text) => {
    const found = new Set(heard.heardIn(text).flatMap((whose) => [...whose]));
    return words.filter((word) => found.has(word));
  };
};
