import type { I18n } from '@lingui/core';
import { useLingui } from '@lingui/react';
import type { AuditEntry } from '@recreio/protocol';
import { fullTime } from '@recreio/ui';
import { useAsked } from '../../asked.ts';

/** How many of the newest acts are shown. */
const SHOWN = 10;

/** Who changed what of the school lately, from the record of privileged acts. */
export function SchoolActs() {
  const { i18n } = useLingui();
  const { data } = useAsked('audit.list', { act: 'school.', limit: SHOWN });
  if (!data || data.entries.length === 0) return null;
  return (
    <section aria-labelledby="school-acts">
      <h2 className="acts-head" id="school-acts">
        {i18n._('Últimas mudanças')}
      </h2>
      <ul className="acts">
        {data.entries.map((entry) => (
          <li key={entry.number}>
            <span>
              <b dir="auto">{entry.actor?.name ?? i18n._('Quem opera o servidor')}</b>{' '}
              <time className="small muted" dateTime={entry.at}>
                {fullTime(Date.parse(entry.at), i18n.locale)}
              </time>
            </span>
            <span className="small soft">{changeWords(i18n, entry)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Which settings were changed. What a newer release records has its own name. */
function changeWords(i18n: I18n, { detail }: AuditEntry): string {
  const words: Readonly<Record<string, string>> = {
    name: i18n._('Nome da escola'),
    accent: i18n._('Cor da escola'),
    logo: i18n._('Figura da escola'),
    languages: i18n._('Idiomas'),
    privateTalk: i18n._('Quem pode conversar em particular'),
    receipts: i18n._('Onde se vê quem leu'),
    receiptsWithMinors: i18n._('Quem leu, onde há menores de idade'),
    minorByDefault: i18n._('Quem é menor de idade quando ninguém disse'),
    joining: i18n._('Quem pode entrar na escola'),
    joiningDomains: i18n._('Domínios da escola'),
    quietHours: i18n._('Horas de silêncio para menores de idade'),
    push: i18n._('Avisos em aparelhos com o Recreio fechado'),
    digest: i18n._('E-mails com o que ficou sem ler'),
    digestAfterMs: i18n._('Quando mandar o que ficou sem ler'),
    urgentAfterMs: i18n._('Quando avisar mais uma vez do que é urgente'),
    lateAfterMs: i18n._('Quando perguntar pelo que ficou na fila'),
  };
  return Object.keys(detail)
    .map((name) => words[name] ?? name)
    .join(' · ');
}
