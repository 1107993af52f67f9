import { useLingui } from '@lingui/react';
import { Confirm, CourseDialog, type CourseView } from '@recreio/ui';
import { useAct } from '../../acting.ts';
import { useAnswers } from '../../asked.ts';
import { useClient } from '../../client.tsx';
import { useTell } from '../../notices.tsx';

type Rest = { course: CourseView; onClose: () => void };

/** One change to a course, after which everything that shows it is asked for again. */
function useChange(course: string) {
  const { i18n } = useLingui();
  const client = useClient();
  const answers = useAnswers();
  const act = useAct();
  const change = (to: { title?: string; group?: string; archived?: boolean }) =>
    act.run(
      async () => {
        await client.call('courses.update', { course, ...to });
        for (const name of ['courses.get', 'courses.list', 'lessons.courses'] as const) void answers.again(name);
      },
      {
        'already-taken': i18n._('Já há um curso com este nome e esta turma.'),
        'bad-text': i18n._('Um dos nomes tem letras que não se podem ler.'),
      },
    );
  return { act, change };
}

/** Another name or class. */
export function ChangeCourse({ course, onClose }: Rest) {
  const { act, change } = useChange(course.id);
  return (
    <CourseDialog
      mode="change"
      initial={{ title: course.title, group: course.group, lessons: [] }}
      busy={act.busy}
      error={act.error}
      onClose={onClose}
      onConfirm={({ title, group }) => void change({ title, group }).then((isDone) => isDone && onClose())}
    />
  );
}

/** Ends a course, or takes it up again. */
export function EndCourse({ course, onClose }: Rest) {
  const { i18n } = useLingui();
  const tell = useTell();
  const { act, change } = useChange(course.id);
  const { isOver } = course;
  async function end() {
    if (!(await change({ archived: !isOver }))) return;
    onClose();
    tell(isOver ? i18n._('O curso foi retomado.') : i18n._('O curso está encerrado.'));
  }
  return (
    <Confirm
      emphasis="pen"
      title={isOver ? i18n._('Retomar o curso?') : i18n._('Encerrar o curso?')}
      words={
        <div className="stack">
          <p>
            {isOver
              ? i18n._('Volta a aparecer onde se criam salas e se convidam pessoas, com quem já estava nele.')
              : i18n._(
                  'As salas ficam como estão, para quem participa. Não se criam salas novas, e a equipe já não conversa em particular com os menores de idade deste curso. Dá para retomar depois.',
                )}
          </p>
        </div>
      }
      error={act.error}
      action={isOver ? i18n._('Retomar') : i18n._('Encerrar')}
      busy={act.busy}
      onClose={onClose}
      onConfirm={() => void end()}
    />
  );
}
