/** What people say of themselves beside their name: pronouns and time zone (docs/protocol.md R90). */
import { TEXT } from '@recreio/protocol';
import { cleanLine } from '../text.ts';
import { deny, type Denial, isDenial } from '../verdict.ts';
import { skeleton } from './likeness.ts';
import { isStaff } from './policy.ts';
import { ROLE_WORDS } from './role-words.ts';

/** Words that would pass for the badge of somebody who works at the school, as the eye sees them. */
const BADGES: ReadonlySet<string> = new Set(
  [...ROLE_WORDS].flatMap(([word, role]) => (isStaff(role) ? skeleton(word) : [])),
);

/** Pronouns as they are kept: a line like a name, and none of the words that the school gives out. */
export const cleanPronouns = (text: string): string | Denial<'bad-text'> => {
  const line = cleanLine(text);
  if (isDenial(line)) return line;
  if (line.length > TEXT.pronouns) return deny('bad-text', { detail: 'pronouns' });
  const words = line.split(/[^\p{L}\p{M}\p{N}|!]+/u);
  return words.some((word) => BADGES.has(skeleton(word)))
    ? deny('bad-text', { detail: 'a role at the school is no pronoun' })
    : line;
};

/** A time zone under the name by which it is known here; what is none is refused. */
export const cleanTimeZone = (name: string): string | Denial<'bad-text'> => {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone;
  } catch (error) {
    if (error instanceof RangeError) return deny('bad-text', { detail: 'no time zone has this name' });
    throw error;
  }
};
