import { useLingui } from '@lingui/react';
import { Choice } from '../controls/Choices.tsx';
import { waitWords } from '../i18n/waits.ts';

/** How often at most the reader is mailed. */
export type MailPaceChoice = 'hours' | 'day' | 'never';

/** How often one is mailed what was missed. */
export function MailPaces({
  pace,
  email,
  afterMs,
  saysWords,
  onPace,
}: {
  pace: MailPaceChoice;
  /** Where it goes. */
  email: string;
  /** How long something stays unread before it is mailed, as the school has it; null: the school sends no such mails. */
  afterMs: number | null;
  /** The school lets them say who wrote what. */
  saysWords: boolean;
  onPace: (pace: MailPaceChoice) => void;
}) {
  const { i18n } = useLingui();
  return (
    <section className="shelf" aria-labelledby="por-email">
      <h2 id="por-email">{i18n._('Por e-mail')}</h2>
      {afterMs === null ? (
        <p className="soft">{i18n._('A escola não manda e-mails com o que ficou sem ler.')}</p>
      ) : (
        <div className="stack">
          <p className="soft">
            {i18n._('Quando algo que fala com você fica {time} sem ler, um só e-mail para {email} junta tudo.', {
              time: waitWords(i18n, afterMs),
              email,
            })}{' '}
            {saysWords
              ? i18n._('Mostra quem escreveu e o começo da mensagem.')
              : i18n._('Diz em que sala, nunca o que foi dito.')}
          </p>
          <Choice
            legend={i18n._('No máximo')}
            value={pace}
            onChange={onPace}
            options={[
              { value: 'hours', label: i18n._('Um a cada quatro horas') },
              { value: 'day', label: i18n._('Um por dia') },
              { value: 'never', label: i18n._('Nenhum') },
            ]}
          />
        </div>
      )}
    </section>
  );
}
