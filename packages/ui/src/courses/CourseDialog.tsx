import { useLingui } from '@lingui/react';
import { useState } from 'react';
import { Button } from '../controls/Button.tsx';
import { Dialog } from '../controls/Dialog.tsx';
import { TextArea, TextField } from '../controls/Field.tsx';

/** What making, or changing, a course takes. `lessons` only where one makes it. */
export type CourseDraft = { title: string; group: string; lessons: readonly string[] };

/** Lengths that the server holds to (protocol, `TEXT` and `COURSE`). */
const lengths = { title: 80, group: 40, lesson: 120, lessons: 200 };

const linesOf = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');

/** Makes a course, its lessons a line each; or gives one another title or class. */
export function CourseDialog({
  mode,
  initial = { title: '', group: '', lessons: [] },
  busy,
  error,
  onConfirm,
  onClose,
}: {
  mode: 'make' | 'change';
  initial?: CourseDraft;
  busy: boolean;
  error?: string | undefined;
  onConfirm: (course: CourseDraft) => void;
  onClose: () => void;
}) {
  const { i18n } = useLingui();
  const [title, setTitle] = useState(initial.title);
  const [group, setGroup] = useState(initial.group);
  const [text, setText] = useState('');
  const [asked, setAsked] = useState(false);
  const lessons = linesOf(text);
  const tooLong = lessons.find((lesson) => lesson.length > lengths.lesson);
  const tooMany = lessons.length > lengths.lessons;
  const wrongLessons = tooMany
    ? i18n._('São aulas demais para um curso: até 200.')
    : tooLong === undefined
      ? undefined
      : `${i18n._('Este título é longo demais:')} ${tooLong.slice(0, 40)}…`;
  return (
    <Dialog
      title={mode === 'make' ? i18n._('Criar um curso') : i18n._('Mudar o curso')}
      onClose={onClose}
      onSubmit={() => {
        setAsked(true);
        if (title.trim() !== '' && wrongLessons === undefined)
          onConfirm({ title: title.trim(), group: group.trim(), lessons });
      }}
      footer={
        <>
          <Button emphasis="quiet" onClick={onClose}>
            {i18n._('Cancelar')}
          </Button>
          <Button emphasis="pen" type="submit" busy={busy}>
            {mode === 'make' ? i18n._('Criar curso') : i18n._('Salvar')}
          </Button>
        </>
      }
    >
      <TextField
        label={i18n._('Nome do curso')}
        placeholder={i18n._('Matemática')}
        value={title}
        maxLength={lengths.title}
        autoComplete="off"
        onChange={(event) => setTitle(event.target.value)}
        error={asked && title.trim() === '' ? i18n._('Dê um nome ao curso.') : error}
      />
      <TextField
        label={i18n._('Turma (se houver)')}
        placeholder="9º B"
        hint={i18n._('Distingue cursos de mesmo nome.')}
        value={group}
        maxLength={lengths.group}
        autoComplete="off"
        onChange={(event) => setGroup(event.target.value)}
      />
      {mode === 'make' && (
        <TextArea
          label={i18n._('Aulas, uma por linha (se já souber)')}
          hint={i18n._('Depois dá para acrescentar, renomear e mudar a ordem.')}
          rows={5}
          value={text}
          error={wrongLessons}
          onChange={(event) => setText(event.target.value)}
        />
      )}
    </Dialog>
  );
}
