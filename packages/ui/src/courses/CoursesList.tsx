import { useLingui } from '@lingui/react';
import { Button } from '../controls/Button.tsx';
import { Empty } from '../controls/Empty.tsx';
import { Finder, type FoundPages } from '../controls/Finder.tsx';
import { FoundList } from '../controls/FoundList.tsx';
import { Link } from '../layout/Link.tsx';

/** A course as those see it who look after it. */
export type CourseView = {
  id: string;
  title: string;
  group: string;
  lessons: number;
  students: number;
  staff: number;
  rooms: number;
  isOver: boolean;
};

/** Which courses are listed. */
export type CoursesFilter = 'running' | 'over';

/** What is in a course, in a line: lessons, who takes it, who teaches it, rooms. */
export function courseFacts(i18n: ReturnType<typeof useLingui>['i18n'], course: CourseView): string {
  const { lessons, students, staff, rooms } = course;
  return [
    i18n._('{lessons, plural, =0 {nenhuma aula} one {# aula} other {# aulas}}', { lessons }),
    i18n._('{students, plural, =0 {ninguém matriculado} one {# estudante} other {# estudantes}}', { students }),
    i18n._('{staff, plural, =0 {sem equipe} other {# na equipe}}', { staff }),
    ...(rooms > 0 ? [i18n._('{total, plural, one {# sala} other {# salas}}', { total: rooms })] : []),
  ].join(' · ');
}

/** Every course of the school; where there is none yet, what one is good for. The page's frame (`Page`) is the caller's. */
export function CoursesList({
  courses,
  hrefOf,
  total,
  query,
  filter,
  loading,
  failed,
  hasMore,
  onQuery,
  onFilter,
  onMake,
  onMore,
  onRetry,
}: FoundPages<CoursesFilter> & {
  courses: readonly CourseView[];
  hrefOf: (course: string) => string;
  onMake: () => void;
}) {
  const { i18n } = useLingui();
  return (
    <>
      <Finder
        label={i18n._('Procurar cursos')}
        placeholder={i18n._('Curso ou turma')}
        query={query}
        onQuery={onQuery}
        which={i18n._('Quais cursos')}
        filter={filter}
        onFilter={onFilter}
        filters={[
          { value: 'running', label: i18n._('Em andamento') },
          { value: 'over', label: i18n._('Encerrados') },
        ]}
      />
      <FoundList
        loading={loading}
        failed={failed}
        hasMore={hasMore}
        trouble={i18n._('Não deu para buscar os cursos')}
        nothing={
          query.trim() !== '' ? (
            <Empty chalk="bench" title={i18n._('Nenhum curso com essa busca')}>
              {i18n._('Confira o nome, ou veja entre os encerrados.')}
            </Empty>
          ) : filter === 'over' ? (
            <Empty chalk="bench" title={i18n._('Nenhum curso encerrado')}>
              {i18n._(
                'No fim do ano, encerre os cursos: as salas ficam para quem participou, e turmas novas começam limpas.',
              )}
            </Empty>
          ) : (
            <Empty
              chalk="hopscotch"
              title={i18n._('Comece pelo primeiro curso')}
              action={
                <Button emphasis="pen" icon="plus" onClick={onMake}>
                  {i18n._('Criar um curso')}
                </Button>
              }
            >
              {i18n._(
                'Um curso é uma matéria de uma turma, com suas aulas. Com ele a turma encontra as salas das aulas, e professores e estudantes menores de idade podem conversar em particular.',
              )}
            </Empty>
          )
        }
        total={i18n._('{total, plural, one {# curso} other {# cursos}}', { total })}
        more={i18n._('Ver mais cursos')}
        onMore={onMore}
        onRetry={onRetry}
      >
        {courses.map((course) => (
          <li key={course.id} className="card-row course-row">
            <div className="card-words">
              <h2>
                <Link href={hrefOf(course.id)} dir="auto">
                  {course.title}
                </Link>
                {course.group !== '' && <span className="tag">{course.group}</span>}
              </h2>
              <p className="small soft">{courseFacts(i18n, course)}</p>
            </div>
          </li>
        ))}
      </FoundList>
    </>
  );
}
