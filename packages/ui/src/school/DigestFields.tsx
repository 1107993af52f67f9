import { useLingui } from '@lingui/react';
import { Choice } from '../controls/Choices.tsx';
import { SelectField } from '../controls/Field.tsx';
import { Banner } from '../controls/Notice.tsx';
import { waitWords } from '../i18n/waits.ts';

type Digest = 'off' | 'places' | 'words';

const minute = 60_000;
const hour = 60 * minute;
/** How long something may stay unread before it is mailed, in ms; a value from elsewhere is added to the list. */
const waits = [15 * minute, hour, 4 * hour, 12 * hour, 24 * hour];

/** Whether people are mailed what they missed, after how long, and with which words. */
export function DigestFields({
  digest,
  afterMs,
  sendsMail,
  onChange,
}: {
  digest: Digest;
  afterMs: number;
  sendsMail: boolean;
  onChange: (change: { digest: Digest } | { digestAfterMs: number }) => void;
}) {
  const { i18n } = useLingui();
  return (
    <>
      <Choice
        legend={i18n._('E-mails com o que ficou sem ler')}
        value={digest}
        onChange={(next) => onChange({ digest: next })}
        options={[
          { value: 'off', label: i18n._('Não há'), hint: i18n._('O que esperava para ser mandado é esquecido.') },
          {
            value: 'places',
            label: i18n._('Dizem em que sala, nunca o que foi dito'),
            hint: i18n._(
              'Um e-mail junta tudo, no máximo a cada quatro horas. Cada pessoa pode querer menos, ou nenhum.',
            ),
          },
          {
            value: 'words',
            label: i18n._('Mostram quem escreveu e o começo da mensagem'),
            hint: i18n._('O texto sai desta instalação e fica em caixas de e-mail, onde a escola não o apaga mais.'),
          },
        ]}
      />
      {digest !== 'off' && (
        <>
          <SelectField
            label={i18n._('Mandar o que ficar sem ler por')}
            value={String(afterMs)}
            options={[...new Set([...waits, afterMs])]
              .sort((a, b) => a - b)
              .map((ms) => ({ value: String(ms), label: waitWords(i18n, ms) }))}
            onChange={(event) => onChange({ digestAfterMs: Number(event.target.value) })}
          />
          {!sendsMail && (
            <Banner tone="marker" icon="triangle-alert" role="status">
              {i18n._(
                'A escola não manda e-mail: enquanto for assim, nada disto sai. Quem opera o servidor liga o e-mail com SMTP_URL e MAIL_FROM.',
              )}
            </Banner>
          )}
        </>
      )}
    </>
  );
}
