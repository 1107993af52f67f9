import { useLingui } from '@lingui/react';
import { ImportPeople, type ImportResult, type ImportStep } from '@recreio/ui';
import { useState } from 'react';
import { useAct } from '../../acting.ts';
import { useAnswers } from '../../asked.ts';
import { useClient } from '../../client.tsx';
import { courseName } from '../rooms/making.ts';
import { type Handout, handoutCsv } from './handout.ts';

/** Brings a class in from a spreadsheet: looked through first, made in one go, the links handed out as a file. */
export default function Importing({ onClose, onDone }: { onClose: () => void; onDone: () => void }) {
  const { i18n } = useLingui();
  const client = useClient();
  const answers = useAnswers();
  const act = useAct();
  const [step, setStep] = useState<ImportStep>({ kind: 'choose' });
  const [handouts, setHandouts] = useState<readonly Handout[]>([]);
  async function ask(csv: string, dryRun: boolean, makeCourses: boolean) {
    const { created, errors, newCourses = [] } = await client.call('accounts.import', { csv, dryRun, makeCourses });
    const result: ImportResult = {
      created: created.map(({ name, email, role, link }) => ({
        name,
        email,
        role,
        ...(link ? { url: link.url } : {}),
      })),
      errors,
      newCourses: newCourses.map(courseName),
    };
    const isMade = !dryRun && errors.length === 0;
    setHandouts(created.flatMap(({ name, email, link }) => (link ? [{ name, email, ...link }] : [])));
    setStep(isMade ? { kind: 'done', result } : { kind: 'preview', result, csv, makesCourses: makeCourses });
    if (!isMade) return;
    for (const name of ['lessons.courses', 'courses.list'] as const) void answers.again(name);
    onDone();
  }
  const fitting = {
    malformed: i18n._('Isto não é um CSV que eu entenda. A primeira linha é nome,email,papel.'),
    'too-large': i18n._(
      'O arquivo é grande demais: até 1 MB, 5.000 pessoas e 200 cursos novos. Traga uma turma de cada vez.',
    ),
  };
  return (
    <ImportPeople
      step={step}
      busy={act.busy}
      error={act.error}
      onPreview={(csv, makes) => void act.run(() => ask(csv, true, makes), fitting)}
      onImport={(csv, makes) => void act.run(() => ask(csv, false, makes), fitting)}
      onDownload={() =>
        download(
          `${i18n._('convites')}.csv`,
          handoutCsv(handouts, {
            separator: i18n.locale.startsWith('pt') ? ';' : ',',
            header: [i18n._('nome'), i18n._('e-mail'), i18n._('link de entrada'), i18n._('vale até')],
          }),
        )
      }
      onClose={onClose}
    />
  );
}

function download(name: string, text: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: 'text/csv;charset=utf-8' }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  URL.revokeObjectURL(address);
}
