import { useLingui } from '@lingui/react';
import { useRef, useState } from 'react';
import { Button } from '../controls/Button.tsx';
import { Confirm, Dialog } from '../controls/Dialog.tsx';
import { Check } from '../controls/Field.tsx';
import { FileField } from '../controls/FileField.tsx';
import { Banner } from '../controls/Notice.tsx';
import { NumberedText, showLine } from '../controls/NumberedText.tsx';
import { listWords } from '../i18n/fold.ts';
import { OnlyHere } from './OnlyHere.tsx';
import { schoolRoleWord, type SchoolRole } from './PeopleAdmin.tsx';

/** Why a line of the file cannot be taken (protocol, `accounts.import`). */
export type ImportReason = 'columns' | 'name' | 'email' | 'email-taken' | 'email-twice' | 'role' | 'minor' | 'course';

/** What the server says of a file: whom it would make (or has made, with their links), and which lines are wrong. */
export type ImportResult = {
  created: readonly { name: string; email: string; role: SchoolRole; url?: string }[];
  errors: readonly { line: number; reason: ImportReason; value: string }[];
  /** Courses that the file names and the school does not have (or had not, where they were made). */
  newCourses: readonly string[];
};

/** Where an import stands: nothing read yet, looked through, done. */
export type ImportStep =
  | { kind: 'choose' }
  /** `csv` and `makesCourses`: what the result is of. */
  | { kind: 'preview'; result: ImportResult; csv: string; makesCourses: boolean }
  | { kind: 'done'; result: ImportResult };

/** Rows of a preview; the count says the rest. */
const mostShown = 100;

function reasonWords(
  i18n: ReturnType<typeof useLingui>['i18n'],
  { line, reason, value }: ImportResult['errors'][number],
): string {
  switch (reason) {
    case 'columns':
      return line === 1
        ? i18n._('A primeira linha dá os nomes das colunas: nome,email,papel; e, se quiser, menor e cursos.')
        : i18n._('Esta linha não tem o mesmo número de colunas que a primeira. Onde não há o que pôr, a vírgula fica.');
    case 'name':
      return value.trim() === ''
        ? i18n._('Falta o nome.')
        : i18n._('Nome longo demais, ou parecido com o de alguém da equipe: “{value}”.', { value });
    case 'email':
      return value === '' ? i18n._('Falta o e-mail.') : i18n._('Isto não é um e-mail: “{value}”.', { value });
    case 'email-taken':
      return i18n._('Já há uma conta com {value}.', { value });
    case 'email-twice':
      return i18n._('{value} aparece duas vezes no arquivo.', { value });
    case 'role':
      return i18n._(
        'Papel que não conheço: “{value}”. Valem estudante, docente, monitor, moderador, administrador e responsável.',
        { value },
      );
    case 'minor':
      return i18n._('Em menor, escreva sim ou não, e não “{value}”.', { value });
    case 'course':
      return i18n._('Curso que não existe, ou que não se sabe qual é: “{value}”.', { value });
  }
}

/** The text of a table: UTF-8, or else Windows-1252, which spreadsheets in Brazil still write. */
function decodeTable(bytes: ArrayBuffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}

/** What was found is below what was pasted: on a small screen it would come unseen. */
const show = (found: HTMLElement | null) => found?.scrollIntoView({ block: 'nearest' });

/** Brings a class in from a spreadsheet: choose, look through, then make all of them or none. Links are shown once, at the end. */
export function ImportPeople({
  step,
  busy,
  error,
  onPreview,
  onImport,
  onDownload,
  onClose,
}: {
  step: ImportStep;
  busy?: boolean | undefined;
  error?: string | undefined;
  /** Looks through the text of a CSV file; writes nothing. `makesCourses`: courses that there are not are to be made. */
  onPreview: (csv: string, makesCourses: boolean) => void;
  /** Makes the people of the file last looked through. */
  onImport: (csv: string, makesCourses: boolean) => void;
  /** Gives the links of those made as a file. */
  onDownload?: () => void;
  onClose: () => void;
}) {
  const { i18n } = useLingui();
  const area = useRef<HTMLTextAreaElement>(null);
  const [csv, setCsv] = useState('');
  const [kept, setKept] = useState<'copied' | 'refused' | 'saved'>();
  const [isLeaving, setLeaving] = useState(false);
  const [makes, setMakes] = useState(false);
  const result = step.kind === 'choose' ? undefined : step.result;
  const wrong = result?.errors.length ?? 0;
  const count = result?.created.length ?? 0;
  const stale = step.kind === 'preview' && csv !== step.csv;
  /** The result is that of what stands in the form. */
  const isCurrent = step.kind === 'preview' && !stale && makes === step.makesCourses;
  const wrongLines = new Set(stale ? [] : result?.errors.map(({ line }) => line));
  async function read(file: File) {
    const text = decodeTable(await file.arrayBuffer());
    setCsv(text);
    look(text);
  }
  function look(text: string, makesCourses = makes) {
    onPreview(text, makesCourses);
  }
  /** The links are nowhere else: closing before they were copied or saved asks first. */
  function close() {
    const isLosing = step.kind === 'done' && kept !== 'copied' && kept !== 'saved';
    if (isLosing) setLeaving(true);
    else onClose();
  }
  function copy(made: ImportResult) {
    const lines = made.created.map(({ name, email, url }) => [name, email, url ?? ''].join('\t'));
    navigator.clipboard.writeText(lines.join('\n')).then(
      () => setKept('copied'),
      () => setKept('refused'),
    );
  }
  const footer =
    step.kind === 'done' ? (
      <>
        <Button icon={kept === 'copied' ? 'check' : 'copy'} onClick={() => copy(step.result)}>
          {kept === 'copied' ? i18n._('Copiado') : i18n._('Copiar nomes e links')}
        </Button>
        {onDownload && (
          <Button
            icon="arrow-down"
            onClick={() => {
              onDownload();
              setKept('saved');
            }}
          >
            {i18n._('Baixar CSV')}
          </Button>
        )}
        <Button emphasis="pen" onClick={close}>
          {i18n._('Pronto')}
        </Button>
      </>
    ) : (
      <>
        <Button emphasis="quiet" onClick={onClose}>
          {i18n._('Cancelar')}
        </Button>
        <Button onClick={() => look(csv)} busy={busy && !isCurrent} disabled={csv.trim() === ''}>
          {i18n._('Conferir')}
        </Button>
        {isCurrent && wrong === 0 && count > 0 && (
          <Button emphasis="pen" busy={busy} onClick={() => onImport(csv, makes)}>
            {i18n._('{count, plural, one {Criar # conta} other {Criar # contas}}', { count })}
          </Button>
        )}
      </>
    );
  return (
    <Dialog wide firm title={i18n._('Importar planilha')} onClose={close} footer={footer}>
      {step.kind !== 'done' && (
        <>
          <p className="soft">
            {i18n._(
              'Salve a planilha como CSV com as colunas nome, email e papel; menor e cursos, se quiser. Nada é criado enquanto houver uma linha errada.',
            )}
          </p>
          <FileField
            label={i18n._('Arquivo CSV')}
            accept=".csv,text/csv"
            hint={i18n._('ou solte o arquivo aqui')}
            onFile={(file) => void read(file)}
          />
          <NumberedText
            ref={area}
            label={i18n._('Ou cole aqui')}
            hint={i18n._(
              'Cada pessoa é uma linha: Ana Lima,ana@escola.example,estudante. Papéis: estudante, docente, monitor, moderador, administrador, responsável.',
            )}
            value={csv}
            placeholder={'nome,email,papel\nAna Lima,ana@escola.example,estudante'}
            wrong={wrongLines}
            onChange={setCsv}
            error={error}
          />
        </>
      )}
      {step.kind === 'preview' && !stale && step.result.newCourses.length > 0 && (
        <div className="stack">
          <Banner tone="marker" icon="book-open" role="status">
            <b>{i18n._('O arquivo fala de cursos que a escola não tem:')}</b>{' '}
            <span dir="auto">{listWords(step.result.newCourses, i18n.locale)}</span>
          </Banner>
          <Check
            label={i18n._('Criar também estes cursos')}
            hint={i18n._(
              'Confira os nomes: um erro de digitação seria um curso a mais. As aulas você põe depois, em Cursos.',
            )}
            checked={makes}
            onChange={(event) => {
              setMakes(event.target.checked);
              look(csv, event.target.checked);
            }}
          />
        </div>
      )}
      {step.kind === 'preview' && wrong > 0 && (
        <section className="import-found" ref={show} aria-label={i18n._('Linhas com erro')}>
          <Banner tone="danger" icon="triangle-alert" role="alert">
            <b>
              {i18n._('{wrong, plural, one {# linha precisa de conserto.} other {# linhas precisam de conserto.}}', {
                wrong,
              })}
            </b>{' '}
            {count > 0
              ? i18n._(
                  '{count, plural, one {# está certa. Nada foi criado ainda.} other {# estão certas. Nada foi criado ainda.}}',
                  { count },
                )
              : i18n._('Nada foi criado ainda.')}
          </Banner>
          <ol className="import-errors">
            {step.result.errors.slice(0, mostShown).map((problem) => (
              <li key={`${problem.line}-${problem.reason}-${problem.value}`}>
                <button
                  type="button"
                  className="line-link num"
                  onClick={() => {
                    if (area.current) showLine(area.current, problem.line);
                  }}
                >
                  {i18n._('Linha {line}', { line: problem.line })}
                </button>
                <span>{reasonWords(i18n, problem)}</span>
              </li>
            ))}
          </ol>
          {wrong > mostShown && <p className="small soft">{i18n._('E mais {count}.', { count: wrong - mostShown })}</p>}
        </section>
      )}
      {result && wrong === 0 && (
        <section className="stack import-found" ref={show}>
          <Banner tone="visto" icon="check" role="status">
            {step.kind === 'done' ? (
              <>
                <b>{i18n._('{count, plural, one {# conta criada.} other {# contas criadas.}}', { count })}</b>{' '}
                {i18n._('Os links aparecem só agora: copie ou baixe antes de fechar.')}{' '}
                {step.result.newCourses.length > 0 &&
                  `${i18n._('Cursos criados:')} ${listWords(step.result.newCourses, i18n.locale)}.`}
              </>
            ) : (
              <b>
                {i18n._('{count, plural, one {# pessoa pronta para entrar.} other {# pessoas prontas para entrar.}}', {
                  count,
                })}
              </b>
            )}
          </Banner>
          <div className="table-scroll" tabIndex={0} role="region" aria-label={i18n._('Pessoas do arquivo')}>
            <table className="table">
              <thead>
                <tr>
                  <th scope="col">{i18n._('Nome')}</th>
                  <th scope="col">{i18n._('E-mail')}</th>
                  <th scope="col">{i18n._('Papel')}</th>
                  {step.kind === 'done' && <th scope="col">{i18n._('Link')}</th>}
                </tr>
              </thead>
              <tbody>
                {result.created.slice(0, mostShown).map((person) => (
                  <tr key={person.email}>
                    <td>{person.name}</td>
                    <td>{person.email}</td>
                    <td>{schoolRoleWord(i18n, person.role)}</td>
                    {step.kind === 'done' && <td className="link-cell">{person.url}</td>}
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
          {count > mostShown && <p className="small soft">{i18n._('E mais {count}.', { count: count - mostShown })}</p>}
        </section>
      )}
      {step.kind === 'done' && <OnlyHere url={step.result.created[0]?.url ?? ''} />}
      <p className="small soft" role="status">
        {kept === 'refused' && i18n._('O navegador não deixou copiar. Baixe o CSV.')}
      </p>
      {isLeaving && (
        <Confirm
          title={i18n._('Fechar sem guardar os links?')}
          words={i18n._('Eles não aparecem de novo. Depois, só fazendo um convite novo para cada pessoa.')}
          action={i18n._('Fechar mesmo assim')}
          onConfirm={onClose}
          onClose={() => setLeaving(false)}
        />
      )}
    </Dialog>
  );
}
