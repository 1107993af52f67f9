import { defineConfig } from '@lingui/conf';
import { formatter } from '@lingui/format-po';

/** Portuguese is the source: a message's id is its Portuguese sentence. One catalog for the components and the web app. */
export default defineConfig({
  sourceLocale: 'pt-BR',
  locales: ['pt-BR', 'en', 'es'],
  rootDir: '../..',
  catalogs: [
    {
      path: '<rootDir>/packages/ui/src/i18n/locales/{locale}',
      include: ['<rootDir>/packages/ui/src', '<rootDir>/apps/web/src'],
      exclude: ['**/*.test.*', '**/gallery/**', '**/locales/**'],
    },
  ],
  format: formatter({ origins: false, lineNumbers: false }),
  compileNamespace: 'ts',
  orderBy: 'messageId',
});
