/** Names that look like the name of somebody who is trusted (security S44). */
import { foldText } from '../text.ts';

/** Letters of other scripts, and digits, that are drawn like Latin ones; after UTS #39, those a name is faked with. */
const LOOKALIKES: Readonly<Record<string, string>> = {
  а: 'a',
  в: 'b',
  с: 'c',
  ԁ: 'd',
  е: 'e',
  ѐ: 'e',
  һ: 'h',
  н: 'h',
  і: 'l',
  ӏ: 'l',
  ј: 'j',
  к: 'k',
  м: 'm',
  о: 'o',
  р: 'p',
  ԛ: 'q',
  ѕ: 's',
  т: 't',
  у: 'y',
  ѵ: 'v',
  ԝ: 'w',
  х: 'x',
  α: 'a',
  β: 'b',
  ε: 'e',
  η: 'n',
  ι: 'l',
  κ: 'k',
  ν: 'v',
  ο: 'o',
  ρ: 'p',
  τ: 't',
  υ: 'u',
  χ: 'x',
  γ: 'y',
  ζ: 'z',
  ı: 'l',
  ɑ: 'a',
  ɡ: 'g',
  ƅ: 'b',
  ո: 'n',
  օ: 'o',
  ս: 'u',
  հ: 'h',
  '0': 'o',
  '1': 'l',
  '3': 'e',
  '5': 's',
  '|': 'l',
  '!': 'l',
  i: 'l',
};

/** What the eye sees of a name, roughly: compatibility forms, marks, case and look-alikes made one, no signs between letters. */
export const skeleton = (name: string): string =>
  [...foldText(name.normalize('NFKD').replace(/\p{Default_Ignorable_Code_Point}/gu, ''))]
    .map((sign) => LOOKALIKES[sign] ?? sign)
    .join('')
    .replace(/[^\p{L}\p{N}]+/gu, '');

/** How a name is written by someone who has nothing to hide: accents aside, letter for letter. Marks that no letter is made with stay. */
const plain = (name: string): string =>
  foldText(name.normalize('NFC').replace(/\p{M}/gu, (mark) => `<${mark.codePointAt(0)}>`));

/**
 * Says of names whether they pass for one of these without being it. A namesake is no impostor: the same name in the same
 * letters is let be. Made once for many names, because a file of people holds thousands against the whole staff.
 */
export const resembling = (staff: readonly { readonly name: string }[]): ((name: string) => boolean) => {
  const written = new Map<string, string[]>();
  for (const { name } of staff) {
    const seen = skeleton(name);
    written.set(seen, [...(written.get(seen) ?? []), plain(name)]);
  }
  return (name) => {
    const alike = written.get(skeleton(name)) ?? [];
    return alike.length > 0 && !alike.includes(plain(name));
  };
};
