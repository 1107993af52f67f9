/** What is being written at the caret that a list can complete: a person, a place, an emoji. Pure. */
import { findEmojis } from '../emoji/emoji.ts';
import { foldText, matchesText } from '../i18n/fold.ts';
import type { PersonView } from '../people/person.ts';
import type { PlaceView } from './references.ts';

/** The sign that asks, where it stands in the text, and what was written behind it. */
export type Asking = { sign: '@' | '#' | ':'; start: number; query: string };

// After the start, a space or a bracket, so that an e-mail address, a colour and an hour open nothing; a few words at most, as names
// are searched. Of an emoji two letters, so that `:)` is left alone
const atCaret = /(?:^|[\s(])(?:([@#])([^\s@#]{0,40}(?: [^\s@#]{0,40}){0,1})|(:)(\p{L}[\p{L}\p{N}_-]{1,30}:?))$/u;

/** What is being asked for at `caret`, if anything. */
export function askingAt(text: string, caret: number): Asking | undefined {
  const found = atCaret.exec(text.slice(0, caret));
  if (!found) return undefined;
  const sign = (found[1] ?? found[3]) as Asking['sign'];
  const query = found[2] ?? found[4] ?? '';
  return { sign, query, start: caret - query.length - 1 };
}

/** The text with words put in the place of what was asked, one space behind them, and where the caret goes. */
export function answered(text: string, asking: Asking, caret: number, words: string): { text: string; caret: number } {
  const after = text.slice(caret);
  const put = words + (after.startsWith(' ') ? '' : ' ');
  return {
    text: text.slice(0, asking.start) + put + after,
    caret: asking.start + put.length + (after.startsWith(' ') ? 1 : 0),
  };
}

/** People whose name matches, accent-blind, never oneself; at most `most`. */
export function peopleLike(people: readonly PersonView[], query: string, most = 6): PersonView[] {
  const found: PersonView[] = [];
  for (const person of people) {
    if (found.length === most) break;
    if (!person.isYou && !person.disabled && matchesText(person.name, query)) found.push(person);
  }
  return found;
}

/** Rooms and lessons that match, accent-blind: those whose name begins so, then those with such a word, then by what else is said of them. */
export function placesLike(places: readonly PlaceView[], query: string, most = 6): PlaceView[] {
  const rank = ({ name, note, also }: PlaceView): number => {
    if (foldText(name).startsWith(foldText(query))) return 3;
    if (matchesText(name, query)) return 2;
    return matchesText(`${name} ${also} ${note}`, query) ? 1 : 0;
  };
  return places
    .map((place) => ({ place, rank: rank(place) }))
    .filter(({ rank: found }) => found > 0)
    .sort((a, b) => b.rank - a.rank)
    .slice(0, most)
    .map(({ place }) => place);
}

/** Emojis by their names in either language; `_` stands for a space, as in `:polegar_para_cima:`. */
export function emojisLike(query: string, most = 7): { char: string }[] {
  return findEmojis(query.replaceAll('_', ' ')).slice(0, most);
}
