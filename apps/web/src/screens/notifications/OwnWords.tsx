import { useLingui } from '@lingui/react';
import { faultOfKeyword, KEYWORD } from '@recreio/protocol';
import { Keywords } from '@recreio/ui';
import { useAct } from '../../acting.ts';
import { useAnswers } from '../../asked.ts';
import { useClient } from '../../client.tsx';
import { useKeywords } from '../../keywords.ts';
import { troubleWords } from '../../problems.ts';

/** The words that call the reader, and how to change them. */
export default function OwnWords() {
  const { i18n } = useLingui();
  const client = useClient();
  const answers = useAnswers();
  const act = useAct();
  const asked = useKeywords();
  const faults = {
    begins: i18n._('Comece com uma letra ou um número.'),
    short: i18n._('Com uma letra só, tudo chamaria. Escreva pelo menos duas.'),
  };
  const save = (words: readonly string[]): Promise<boolean> =>
    act.run(
      async () => {
        await client.call('notifications.setKeywords', { words: [...words] });
        await answers.again('notifications.keywords');
      },
      { 'bad-text': i18n._('Uma das palavras tem letras que não se podem ler.') },
    );
  return (
    <Keywords
      words={asked.data?.words}
      most={KEYWORD.most}
      longest={KEYWORD.length}
      busy={act.busy}
      error={act.error ?? (asked.isError ? troubleWords(i18n, asked.error, client.serverNow()) : undefined)}
      faultOf={(word) => {
        const fault = faultOfKeyword(word);
        return fault === null ? undefined : faults[fault];
      }}
      onWords={save}
    />
  );
}
