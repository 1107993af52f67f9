import { useLingui } from '@lingui/react';
import { Empty, Leaf, Link, ListSkeleton, NotFound, Page, peopleWords, Trouble } from '@recreio/ui';
import { useEffect } from 'react';
import { ways } from '../address.tsx';
import { useAsked } from '../asked.ts';
import { useClient, useRooms } from '../client.tsx';
import { lessonIn } from '../courses.ts';
import { troubleWords } from '../problems.ts';
import { courseName, leafOf, roomHref } from '../side/groups.ts';
import { WaysOn } from '../ways-on.tsx';

/** Where a lesson is spoken of: on to one's own room of it, else those that one may enter. A lesson of somebody else's course is no page. */
export default function Lesson({ id }: { id: string }) {
  const { i18n } = useLingui();
  const client = useClient();
  const { list, isKnown } = useRooms();
  const asked = useAsked('lessons.courses', {});
  const courses = asked.data?.courses ?? [];
  const lesson = lessonIn(courses, id);
  const course = courses.find((one) => one.id === lesson?.course);
  const found = useAsked(
    'rooms.directory',
    { kind: 'lesson', limit: 100, ...(course ? { course: course.id } : {}) },
    { enabled: course !== undefined },
  );
  const mine = list.find(({ room }) => 'lesson' in room && room.lesson === id)?.room.id;
  useEffect(() => {
    if (mine !== undefined) ways.replace(roomHref(mine));
  }, [mine]);
  const problem = asked.isError ? asked : found.isError ? found : undefined;
  if (problem)
    return (
      <Page title="" narrow>
        <Trouble
          title={i18n._('Não deu para buscar a aula')}
          words={troubleWords(i18n, problem.error, client.serverNow())}
          onRetry={() => void problem.refetch()}
        />
      </Page>
    );
  if (asked.isPending || !isKnown || mine !== undefined)
    return (
      <Page title="">
        <ListSkeleton count={2} />
      </Page>
    );
  if (lesson === undefined || course === undefined)
    return (
      <Page title="" narrow>
        <NotFound action={<WaysOn />} />
      </Page>
    );
  const rooms = (found.data?.rooms ?? []).flatMap(({ room }) => (room.lesson === id ? [room] : []));
  return (
    <Page
      id="conteudo"
      title={i18n._('Aula {lesson}: {title}', { lesson: lesson.number, title: lesson.title })}
      words={courseName(course)}
      backHref="/"
    >
      {found.isPending ? (
        <ListSkeleton count={2} />
      ) : rooms.length === 0 ? (
        <Empty chalk="bench" title={i18n._('Ninguém conversa sobre esta aula ainda')}>
          {i18n._('Quando houver uma sala para ela, você a encontra aqui.')}
        </Empty>
      ) : (
        <ul className="cards">
          {rooms.map((room) => (
            <li className="card-row" key={room.id}>
              <Leaf large leaf={leafOf(room, lesson.number)} />
              <div className="card-words">
                <h3 dir="auto">{room.title}</h3>
                <p className="small soft">{peopleWords(i18n, room.members)}</p>
              </div>
              <Link className="btn btn--small" href={roomHref(room.id)}>
                {i18n._('Ver a sala')}
              </Link>
            </li>
          ))}
        </ul>
      )}
    </Page>
  );
}
