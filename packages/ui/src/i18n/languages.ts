import { setupI18n, type I18n, type Messages } from '@lingui/core';

/** The languages of the product, the first being the one it is written in. */
export const languages = ['pt-BR', 'en', 'es'] as const;

/** A BCP 47 tag of a language that every sentence exists in. */
export type Language = (typeof languages)[number];

/** What each language calls itself, so that one finds one's own whatever the page speaks. */
export const languageNames: Readonly<Record<Language, string>> = {
  'pt-BR': 'Português',
  en: 'English',
  es: 'Español',
};

const catalogs: Record<Language, () => Promise<{ messages: Messages }>> = {
  'pt-BR': () => import('./locales/pt-BR.ts'),
  en: () => import('./locales/en.ts'),
  es: () => import('./locales/es.ts'),
};

/** The language of that tag, if we speak it: a newer server, or a device's memory, may name one that this page does not know. */
export const knownLanguage = (tag: unknown): Language | undefined => languages.find((language) => language === tag);

/** The language a person's browser asks for: the first of `wanted` that we speak, else Portuguese. */
export function chooseLanguage(wanted: readonly string[]): Language {
  for (const tag of wanted) {
    const short = tag.toLowerCase().split('-')[0];
    const found = languages.find((language) => language.toLowerCase().split('-')[0] === short);
    if (found) return found;
  }
  return languages[0];
}

/** A sentence is called by what it says in Portuguese: a build leaves those out that say just their name (light-words.ts). */
const sayTheName = (_language: string, name: string): string => name;

/** A speaker of `language`, its sentences loaded. Rejects when the catalog cannot be fetched. */
export async function speak(language: Language): Promise<I18n> {
  const { messages } = await catalogs[language]();
  return setupI18n({ locale: language, messages: { [language]: messages }, missing: sayTheName });
}

/** Changes what `i18n` speaks, in place: everything on the screen follows. */
export async function changeLanguage(i18n: I18n, language: Language): Promise<void> {
  const { messages } = await catalogs[language]();
  i18n.loadAndActivate({ locale: language, messages });
}
