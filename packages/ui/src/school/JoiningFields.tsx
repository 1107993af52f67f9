import { useLingui } from '@lingui/react';
import { useState } from 'react';
import { Choice } from '../controls/Choices.tsx';
import { TextArea } from '../controls/Field.tsx';
import { Banner } from '../controls/Notice.tsx';

type Joining = 'closed' | 'domain' | 'approval';

const domain = /^(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z0-9](?:[a-z0-9-]*[a-z0-9])$/;

/** Whether these can be the domains of a school: one at least, and each of the form of one. */
export const areDomains = (domains: readonly string[]): boolean =>
  domains.length > 0 && domains.every((one) => domain.test(one));

/** Domains as one writes them: a line each, with the at sign or without, in whatever letters. */
const read = (text: string): string[] => [
  ...new Set(
    text
      .split(/[\s,;]+/)
      .map((one) => one.replace(/^@/, '').toLowerCase())
      .filter((one) => one !== ''),
  ),
];

/** How people come into the school uninvited. */
export function JoiningFields({
  joining,
  domains,
  sendsMail,
  onChange,
}: {
  joining: Joining;
  domains: readonly string[];
  sendsMail: boolean;
  onChange: (change: { joining: Joining } | { joiningDomains: readonly string[] }) => void;
}) {
  const { i18n } = useLingui();
  const [text, setText] = useState(domains.join('\n'));
  return (
    <section className="school-part" aria-labelledby="school-joining">
      <h2 id="school-joining">{i18n._('Quem pode entrar')}</h2>
      <Choice
        legend={i18n._('Quem pode entrar na escola')}
        value={joining}
        onChange={(next) => onChange({ joining: next })}
        options={[
          { value: 'closed', label: i18n._('Só quem recebe convite') },
          {
            value: 'domain',
            label: i18n._('Quem tem e-mail da escola'),
            hint: i18n._('Um link vai para o endereço, e quem o abre faz a própria conta, de estudante.'),
          },
          {
            value: 'approval',
            label: i18n._('Quem pedir e for aceito'),
            hint: i18n._('Os pedidos aparecem em Pessoas. A conta é de estudante.'),
          },
        ]}
      />
      {joining === 'domain' && (
        <>
          <TextArea
            label={i18n._('Domínios da escola')}
            hint={i18n._('Um por linha, como escola.example. Só vale o domínio exato.')}
            rows={3}
            value={text}
            error={
              domains.length === 0
                ? i18n._('Falta ao menos um domínio.')
                : areDomains(domains)
                  ? undefined
                  : i18n._('Confira os domínios: cada linha é como escola.example.')
            }
            onChange={(event) => {
              setText(event.target.value);
              onChange({ joiningDomains: read(event.target.value) });
            }}
          />
          {!sendsMail && (
            <Banner tone="marker" icon="triangle-alert" role="status">
              {i18n._(
                'A escola não manda e-mail: enquanto for assim, ninguém entra por este caminho. Quem opera o servidor liga o e-mail com SMTP_URL e MAIL_FROM.',
              )}
            </Banner>
          )}
        </>
      )}
    </section>
  );
}
