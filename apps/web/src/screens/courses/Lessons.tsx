import { useLingui } from '@lingui/react';
import { COURSE, type LessonRecord, TEXT } from '@recreio/protocol';
import { Confirm, type CourseView, LessonsList, type LessonView, NameDialog } from '@recreio/ui';
import { lazy, Suspense, useState } from 'react';
import { useAct } from '../../acting.ts';
import { useAnswers } from '../../asked.ts';
import { useClient } from '../../client.tsx';
import { useGo } from '../../going.tsx';
import { PartGuard } from '../../guard.tsx';
import { useTell } from '../../notices.tsx';
import { idsByTitle } from './ids.ts';

const CreateRoom = lazy(() => import('../CreateRoom.tsx'));

type Asking = { readonly what: 'rename' | 'remove' | 'room'; readonly lesson: LessonView };

/** The lessons of a course, put in order by those who look after it. */
export function Lessons({ course, lessons }: { course: CourseView; lessons: readonly LessonRecord[] }) {
  const { i18n } = useLingui();
  const client = useClient();
  const answers = useAnswers();
  const tell = useTell();
  const go = useGo();
  const act = useAct();
  const moving = useAct();
  const [ids] = useState(() => idsByTitle(() => client.newId()));
  const dialog = useAct();
  const [asking, setAsking] = useState<Asking>();
  const close = () => {
    dialog.clear();
    setAsking(undefined);
  };
  /** What the server says of the lessons takes the place of what is shown; lists elsewhere are asked for again. */
  const take = (after: readonly LessonRecord[]) => {
    answers.expect('courses.get', { course: course.id }, (before) => ({
      course: { ...before.course, lessons: after.length },
      lessons: [...after],
    }));
    void answers.again('lessons.courses');
    void answers.again('courses.list');
  };
  const put = async (input: { lesson: string; title?: string; number?: number }) =>
    take((await client.call('courses.putLesson', { course: course.id, ...input })).lessons);
  const words = {
    'bad-text': i18n._('Este título tem letras que não se podem ler.'),
    'not-found': i18n._('Esta aula não existe mais. Alguém a tirou há pouco.'),
    'too-many': i18n._('O curso já tem o máximo de aulas.'),
    'not-allowed': i18n._('Há salas desta aula: ela fica. Renomeie, se for o caso.'),
  };
  return (
    <>
      <LessonsList
        lessons={lessons}
        canAdd={lessons.length < COURSE.lessons}
        busy={act.busy || moving.busy}
        error={act.error}
        moveError={moving.error}
        onAdd={(title) =>
          act.run(async () => {
            await put({ lesson: ids.of(title), title });
            ids.made(title);
          }, words)
        }
        onMove={(lesson, number) => moving.run(() => put({ lesson: lesson.id, number }), words)}
        onRename={(lesson) => setAsking({ what: 'rename', lesson })}
        onRemove={(lesson) => setAsking({ what: 'remove', lesson })}
        onRoom={course.isOver ? undefined : (lesson) => setAsking({ what: 'room', lesson })}
      />
      {asking?.what === 'rename' && (
        <NameDialog
          title={i18n._('Renomear a aula')}
          label={i18n._('Título da aula')}
          initial={asking.lesson.title}
          maxLength={TEXT.lessonTitle}
          action={i18n._('Salvar')}
          busy={dialog.busy}
          error={dialog.error}
          onClose={close}
          onConfirm={(title) =>
            void dialog.run(() => put({ lesson: asking.lesson.id, title }), words).then((isDone) => isDone && close())
          }
        />
      )}
      {asking?.what === 'remove' && (
        <Confirm
          title={i18n._('Tirar esta aula do curso?')}
          words={
            <div className="stack">
              <p dir="auto">
                <b>{`${asking.lesson.number}. ${asking.lesson.title}`}</b>
              </p>
              <p>{i18n._('As aulas seguintes sobem um número.')}</p>
            </div>
          }
          error={dialog.error}
          action={i18n._('Tirar')}
          busy={dialog.busy}
          onClose={close}
          onConfirm={() =>
            void dialog
              .run(async () => {
                const { lesson } = asking;
                take((await client.call('courses.removeLesson', { course: course.id, lesson: lesson.id })).lessons);
                tell(i18n._('A aula saiu do curso.'));
              }, words)
              .then((isDone) => isDone && close())
          }
        />
      )}
      {asking?.what === 'room' && (
        <PartGuard>
          <Suspense>
            <CreateRoom
              open
              about={{ course: course.id, lesson: asking.lesson.id, title: asking.lesson.title }}
              onClose={close}
              onCreated={(room) => {
                void answers.again('courses.get');
                go(`/sala/${room}`);
              }}
            />
          </Suspense>
        </PartGuard>
      )}
    </>
  );
}
