import type { Plugin } from 'vite';

type Sentences = Readonly<Record<string, unknown>>;

/** Without the sentences that say just what they are called: who finds none under a name says the name. */
export const lightWords = (sentences: Sentences): Sentences =>
  Object.fromEntries(
    Object.entries(sentences).filter(
      ([name, said]) => said !== name && JSON.stringify(said) !== JSON.stringify([name]),
    ),
  );

/**
 * Sentences are called by what they say in Portuguese, so four fifths of the Portuguese catalogue are names that say themselves.
 * They were 9 kB of the first load (performance P9); a build leaves them out.
 */
export function lightCatalogue(): Plugin {
  return {
    name: 'recreio:light-words',
    apply: 'build',
    enforce: 'pre',
    transform(code, id) {
      if (!id.endsWith('/packages/ui/src/i18n/locales/pt-BR.ts')) return undefined;
      const written = /JSON\.parse\(("(?:[^"\\]|\\.)*")\)/.exec(code)?.[1];
      if (written === undefined) throw new Error('the Portuguese catalogue is not written as lingui compiles it');
      const sentences = JSON.parse(JSON.parse(written) as string) as Sentences;
      return { code: `export const messages = ${JSON.stringify(lightWords(sentences))};`, map: null };
    },
  };
}
