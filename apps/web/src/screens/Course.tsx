import { useLingui } from '@lingui/react';
import { AdminSections, Banner, Button, courseFacts, Link, ListSkeleton, NotFound, Page, Trouble } from '@recreio/ui';
import { useState } from 'react';
import { useServerNow } from '../acting.ts';
import { useAsked } from '../asked.ts';
import { useMe } from '../client.tsx';
import { isMissing, troubleWords } from '../problems.ts';
import { ChangeCourse, EndCourse } from './courses/CourseActs.tsx';
import { Enrolled } from './courses/Enrolled.tsx';
import { Lessons } from './courses/Lessons.tsx';
import { courseView } from './CoursesAdmin.tsx';
import { courseName } from './rooms/making.ts';

/** One course: its lessons in order, for its staff and those who administer the school; and who is in it. */
export default function Course({ id }: { id: string }) {
  const { i18n } = useLingui();
  const me = useMe();
  const now = useServerNow();
  const asked = useAsked('courses.get', { course: id });
  const [asking, setAsking] = useState<'change' | 'end'>();
  const isAdministrator = me?.role === 'administrator';
  if (asked.data === undefined)
    return (
      <Page title="" narrow>
        {isMissing(asked.error) ? (
          <NotFound
            action={
              <Link className="btn btn--pen" href="/">
                {i18n._('Voltar às salas')}
              </Link>
            }
          />
        ) : asked.isError ? (
          <Trouble
            title={i18n._('Não deu para buscar o curso')}
            words={troubleWords(i18n, asked.error, now)}
            onRetry={() => void asked.refetch()}
          />
        ) : (
          <ListSkeleton />
        )}
      </Page>
    );
  const { course: record, lessons } = asked.data;
  const course = courseView(record);
  return (
    <Page
      id="conteudo"
      title={courseName(course)}
      words={courseFacts(i18n, course)}
      backHref="/"
      action={
        isAdministrator && (
          <>
            <Button icon="pencil" onClick={() => setAsking('change')}>
              {i18n._('Mudar nome ou turma')}
            </Button>
            <Button icon={course.isOver ? 'archive-restore' : 'archive'} onClick={() => setAsking('end')}>
              {course.isOver ? i18n._('Retomar o curso') : i18n._('Encerrar o curso')}
            </Button>
          </>
        )
      }
    >
      {isAdministrator && <AdminSections current="courses" />}
      {course.isOver && (
        <Banner icon="archive">
          {i18n._(
            'Este curso está encerrado. As salas dele ficam para quem participou; salas novas não se criam, e ele já não une professores e estudantes em conversas particulares.',
          )}
        </Banner>
      )}
      <section className="course-part" aria-labelledby="course-lessons">
        <h2 id="course-lessons">{i18n._('Aulas')}</h2>
        <Lessons course={course} lessons={lessons} />
      </section>
      <Enrolled course={course} isAdministrator={isAdministrator} />
      {asking === 'change' && <ChangeCourse course={course} onClose={() => setAsking(undefined)} />}
      {asking === 'end' && <EndCourse course={course} onClose={() => setAsking(undefined)} />}
    </Page>
  );
}
