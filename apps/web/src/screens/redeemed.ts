import { knownLanguage, type Language, languages } from '@recreio/ui';

/** The language to keep with a new account: the one the page speaks. */
export const languageOf = (locale: string): Language => knownLanguage(locale) ?? languages[0];

/** After a link is used up: enters with the new session, and leaves nothing of whoever was here before in memory. */
export const enterAnew = (): void => location.assign('/');
