/** The emojis used last, on this page only. */

/** How many of those used last are at hand: two rows. */
const mostRecent = 16;
let recent: readonly string[] = [];

/** Those chosen last, the newest first. Only while the page stands: a computer of the school is used by many. */
export const recentEmojis = (): readonly string[] => recent;

/** Puts an emoji at hand. */
export function rememberEmoji(char: string): void {
  recent = [char, ...recent.filter((one) => one !== char)].slice(0, mostRecent);
}

/** Forgets what was chosen: another person comes. */
export function forgetEmojis(): void {
  recent = [];
}
