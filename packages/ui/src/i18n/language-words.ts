import type { I18n } from '@lingui/core';
import type { Language } from './languages.ts';

/** The name of a language in the one that is spoken; one that is not known is said by its tag. */
export function languageWords(i18n: I18n, language: Language): string {
  switch (language) {
    case 'pt-BR':
      return i18n._('Português');
    case 'en':
      return i18n._('Inglês');
    case 'es':
      return i18n._('Espanhol');
    default:
      return language;
  }
}
