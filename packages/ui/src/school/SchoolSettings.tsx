import { useLingui } from '@lingui/react';
import { useState, type FormEvent } from 'react';
import { Button } from '../controls/Button.tsx';
import { Choice } from '../controls/Choices.tsx';
import { Check, SelectField, TextField } from '../controls/Field.tsx';
import { FileField } from '../controls/FileField.tsx';
import { Banner } from '../controls/Notice.tsx';
import { type Language, languageNames, languages } from '../i18n/languages.ts';
import { waitWords } from '../i18n/waits.ts';
import { HoursFields, type QuietHoursView } from '../notifications/CalmSettings.tsx';
import { AccentField } from './AccentField.tsx';
import { DigestFields } from './DigestFields.tsx';
import { UrgentField } from './UrgentField.tsx';
import { areDomains, JoiningFields } from './JoiningFields.tsx';

/** What a school decides, as the form holds it. */
export type SchoolDraft = {
  name: string;
  accent: string | null;
  languages: { offered: readonly Language[]; default: Language };
  privateTalk: 'everyone' | 'with-staff' | 'nobody';
  receipts: 'off' | 'private' | 'small';
  receiptsWithMinors: boolean;
  minorByDefault: 'students' | 'nobody';
  lateAfterMs: number;
  quietHours: QuietHoursView | null;
  push: 'off' | 'places' | 'words';
  digest: 'off' | 'places' | 'words';
  digestAfterMs: number;
  urgentAfterMs: number | null;
  joining: 'closed' | 'domain' | 'approval';
  joiningDomains: readonly string[];
};

/** What a school begins with that wants quiet hours. */
const night: QuietHoursView = { from: 21 * 60, to: 6 * 60 + 30, days: [1, 2, 3, 4, 5, 6, 7] };

const minute = 60_000;
const hour = 60 * minute;
/** How long a message may wait before it is asked about, in ms; a value from elsewhere is added to the list. */
const waits = [15 * minute, hour, 4 * hour, 12 * hour, 24 * hour, 72 * hour];

/** The settings of the school. It opens with what is, and saves only what was changed. */
export function SchoolSettings({
  school,
  logo,
  sendsMail,
  busy,
  busyLogo,
  error,
  errorLogo,
  onSave,
  onLogo,
}: {
  school: SchoolDraft;
  /** Address of the picture there is. */
  logo: string | undefined;
  /** Whether the school sends mail, without which nobody can show an address to be theirs, or be mailed what they missed. */
  sendsMail: boolean;
  busy?: boolean;
  busyLogo?: boolean;
  error?: string | undefined;
  errorLogo?: string | undefined;
  onSave: (changed: Partial<SchoolDraft>) => void;
  /** Null takes it away. */
  onLogo: (picture: File | null) => void;
}) {
  const { i18n } = useLingui();
  const [draft, setDraft] = useState<Partial<SchoolDraft>>({});
  const shown = { ...school, ...draft };
  const put = (change: Partial<SchoolDraft>) => setDraft((before) => ({ ...before, ...change }));
  const changed = Object.fromEntries(
    Object.entries(draft).filter(
      ([name, value]) => JSON.stringify(value) !== JSON.stringify(school[name as keyof SchoolDraft]),
    ),
  ) as Partial<SchoolDraft>;
  const isChanged = Object.keys(changed).length > 0;
  const isNamed = shown.name.trim() !== '';
  const isWhole = isNamed && (shown.joining !== 'domain' || areDomains(shown.joiningDomains));
  const { offered } = shown.languages;
  function offer(language: Language, isOffered: boolean) {
    const next = languages.filter((one) => (one === language ? isOffered : offered.includes(one)));
    const [first] = next;
    if (first === undefined) return;
    put({
      languages: {
        offered: next,
        default: next.includes(shown.languages.default) ? shown.languages.default : first,
      },
    });
  }
  function submit(event: FormEvent) {
    event.preventDefault();
    if (isChanged && isWhole) onSave(changed);
  }
  return (
    <form className="school-form" onSubmit={submit}>
      <section className="school-part" aria-labelledby="school-look">
        <h2 id="school-look">{i18n._('Como a escola aparece')}</h2>
        <TextField
          label={i18n._('Nome da escola')}
          value={shown.name}
          maxLength={80}
          required
          onChange={(event) => put({ name: event.target.value })}
          error={isNamed ? undefined : i18n._('Falta preencher.')}
        />
        <div className="school-logo">
          {logo !== undefined && <img src={logo} alt={i18n._('Figura de agora')} width={64} height={64} />}
          <div className="school-file">
            <p className="label" aria-hidden="true">
              {i18n._('Figura da escola')}
            </p>
            <FileField
              label={i18n._('Figura da escola')}
              accept="image/*"
              hint={i18n._('Um desenho simples e quadrado; aparece pequeno.')}
              onFile={onLogo}
            />
          </div>
          {logo !== undefined && (
            <Button small busy={busyLogo} onClick={() => onLogo(null)}>
              {i18n._('Tirar a figura')}
            </Button>
          )}
        </div>
        {errorLogo !== undefined && (
          <Banner tone="danger" icon="triangle-alert" role="alert">
            {errorLogo}
          </Banner>
        )}
        <AccentField value={shown.accent} onChange={(accent) => put({ accent })} />
      </section>
      <section className="school-part" aria-labelledby="school-languages">
        <h2 id="school-languages">{i18n._('Idiomas')}</h2>
        <fieldset className="school-checks">
          <legend className="label">{i18n._('Quais a escola oferece')}</legend>
          {languages.map((language) => (
            <Check
              key={language}
              label={<span lang={language}>{languageNames[language]}</span>}
              checked={offered.includes(language)}
              disabled={offered.length === 1 && offered.includes(language)}
              onChange={(event) => offer(language, event.target.checked)}
            />
          ))}
        </fieldset>
        <SelectField
          label={i18n._('Para contas novas')}
          value={shown.languages.default}
          options={offered.map((value) => ({ value, label: languageNames[value] }))}
          onChange={(event) => put({ languages: { offered, default: event.target.value as Language } })}
        />
      </section>
      <JoiningFields joining={shown.joining} domains={shown.joiningDomains} sendsMail={sendsMail} onChange={put} />
      <section className="school-part" aria-labelledby="school-rules">
        <h2 id="school-rules">{i18n._('Regras da conversa')}</h2>
        <Choice
          legend={i18n._('Quem pode conversar em particular')}
          value={shown.privateTalk}
          onChange={(privateTalk) => put({ privateTalk })}
          options={[
            {
              value: 'everyone',
              label: i18n._('Quem divide uma sala'),
              hint: i18n._('Menores de idade e adultos, só quando o adulto ensina um curso deles.'),
            },
            {
              value: 'with-staff',
              label: i18n._('Só com alguém da equipe'),
              hint: i18n._('Estudantes escrevem a quem ensina, não uns aos outros.'),
            },
            {
              value: 'nobody',
              label: i18n._('Ninguém'),
              hint: i18n._('As conversas que já existem podem ser lidas, e não continuam.'),
            },
          ]}
        />
        <Choice
          legend={i18n._('Onde se vê quem leu')}
          value={shown.receipts}
          onChange={(receipts) => put({ receipts })}
          options={[
            { value: 'off', label: i18n._('Em lugar nenhum') },
            { value: 'private', label: i18n._('Em conversas privadas e grupos') },
            { value: 'small', label: i18n._('Também em salas de até 30 pessoas') },
          ]}
        />
        <Check
          label={i18n._('Também onde há menores de idade')}
          checked={shown.receiptsWithMinors}
          disabled={shown.receipts === 'off'}
          onChange={(event) => put({ receiptsWithMinors: event.target.checked })}
        />
        <Choice
          legend={i18n._('Quem é menor de idade quando ninguém disse')}
          value={shown.minorByDefault}
          onChange={(minorByDefault) => put({ minorByDefault })}
          options={[
            { value: 'students', label: i18n._('Estudantes') },
            { value: 'nobody', label: i18n._('Ninguém: é uma escola de adultos') },
          ]}
        />
        <Check
          label={i18n._('Horas de silêncio para menores de idade')}
          hint={i18n._('Nelas nada toca. Cada pessoa pode acrescentar horas suas, e não tirar estas.')}
          checked={shown.quietHours !== null}
          onChange={(event) => put({ quietHours: event.target.checked ? (school.quietHours ?? night) : null })}
        />
        {shown.quietHours !== null && (
          <HoursFields hours={shown.quietHours} onChange={(quietHours) => put({ quietHours })} />
        )}
        <Choice
          legend={i18n._('Avisos em aparelhos com o Recreio fechado')}
          value={shown.push}
          onChange={(push) => put({ push })}
          options={[
            {
              value: 'off',
              label: i18n._('Não há'),
              hint: i18n._('Nada sai desta instalação. Quem já tinha ligado é esquecido.'),
            },
            {
              value: 'places',
              label: i18n._('Dizem em que sala, nunca o que foi dito'),
              hint: i18n._(
                'Passam, cifrados, pelo serviço de quem fez o navegador, que fica sabendo só que um aparelho recebeu um aviso, e quando.',
              ),
            },
            {
              value: 'words',
              label: i18n._('Mostram quem escreveu e o começo da mensagem'),
              hint: i18n._('Também com a tela bloqueada, à vista de quem estiver perto.'),
            },
          ]}
        />
        <DigestFields digest={shown.digest} afterMs={shown.digestAfterMs} sendsMail={sendsMail} onChange={put} />
        <UrgentField afterMs={shown.urgentAfterMs} ofSchool={school.urgentAfterMs} onChange={put} />
        <SelectField
          label={i18n._('Perguntar antes de enviar o que ficou na fila por mais de')}
          value={String(shown.lateAfterMs)}
          options={[...new Set([...waits, school.lateAfterMs])]
            .sort((a, b) => a - b)
            .map((ms) => ({ value: String(ms), label: waitWords(i18n, ms) }))}
          onChange={(event) => put({ lateAfterMs: Number(event.target.value) })}
        />
      </section>
      {error !== undefined && (
        <Banner tone="danger" icon="triangle-alert" role="alert">
          {error}
        </Banner>
      )}
      <div className="school-save">
        <Button emphasis="pen" type="submit" busy={busy} disabled={!isChanged || !isWhole}>
          {i18n._('Salvar')}
        </Button>
        {isChanged && (
          <Button emphasis="quiet" onClick={() => setDraft({})}>
            {i18n._('Desfazer')}
          </Button>
        )}
      </div>
    </form>
  );
}
