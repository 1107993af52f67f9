import { matchesText } from '../i18n/fold.ts';
import type { PersonView } from '../people/person.ts';

/** The `@…` being written at the caret: where it starts in the text, and what stands after the `@`. */
export type MentionQuery = { start: number; query: string };

// After the start, a space or a bracket, so that an e-mail address opens nothing; two words at most, as names are searched
const atCaret = /(?:^|[\s(])@([^\s@]{0,40}(?: [^\s@]{0,40})?)$/u;

/** What is being mentioned at `caret`, if anything. */
export function mentionAt(text: string, caret: number): MentionQuery | undefined {
  const found = atCaret.exec(text.slice(0, caret));
  return found?.[1] === undefined ? undefined : { start: caret - found[1].length - 1, query: found[1] };
}

/** People whose name matches, accent-blind, never oneself; at most `most`. */
export function mentionCandidates(people: readonly PersonView[], query: string, most = 6): PersonView[] {
  const found: PersonView[] = [];
  for (const person of people) {
    if (found.length === most) break;
    if (!person.isYou && !person.disabled && matchesText(person.name, query)) found.push(person);
  }
  return found;
}

/** The text with the mention put in its place, and where the caret goes. */
export function insertMention(
  text: string,
  mention: MentionQuery,
  caret: number,
  name: string,
): { text: string; caret: number } {
  const after = text.slice(caret);
  const put = `@${name}${after.startsWith(' ') ? '' : ' '}`;
  return {
    text: text.slice(0, mention.start) + put + after,
    caret: mention.start + put.length + (after.startsWith(' ') ? 1 : 0),
  };
}

/**
 * The ids of the people that a text mentions by `@Nome`. The longest name wins. Of two people with one name, the one who was
 * chosen from the list (`picked`, name to id) is meant, else the first.
 */
export function mentionedIn(
  text: string,
  people: readonly PersonView[],
  picked: ReadonlyMap<string, string> = new Map(),
): string[] {
  if (!text.includes('@')) return [];
  const byLength = [...people].sort((a, b) => b.name.length - a.name.length);
  const ids = new Set<string>();
  for (let at = text.indexOf('@'); at !== -1; at = text.indexOf('@', at + 1)) {
    const rest = text.slice(at + 1);
    const person = byLength.find(
      ({ name }) => rest.startsWith(name) && !/^[\p{L}\p{N}]/u.test(rest.slice(name.length)),
    );
    if (person && !person.isYou) ids.add(picked.get(person.name) ?? person.id);
  }
  return [...ids];
}
