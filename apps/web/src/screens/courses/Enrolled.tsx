import { useLingui } from '@lingui/react';
import {
  Button,
  Confirm,
  type CourseView,
  EnrolDialog,
  EnrolledList,
  type EnrolledView,
  OutsideList,
} from '@recreio/ui';
import { useState } from 'react';
import { useAct, usePaused } from '../../acting.ts';
import { useAnswers, useAsked, usePages } from '../../asked.ts';
import { useClient, useMe } from '../../client.tsx';
import { useTell } from '../../notices.tsx';
import { personView } from '../../people.ts';
import { LeftRooms } from '../rooms/LeftRooms.tsx';
import { courseName } from '../rooms/making.ts';

/** People in one page of the list, and of those to choose from. */
const PAGE = 50;

/** Who is to leave: the course with its rooms, or the rooms alone. */
type Leaver = EnrolledView & { readonly isOut?: true };

/** Who is in a course; those who administer the school say so. */
export function Enrolled({ course, isAdministrator }: { course: CourseView; isAdministrator: boolean }) {
  const { i18n } = useLingui();
  const me = useMe();
  const [query, setQuery] = useState('');
  const [isAdding, setAdding] = useState(false);
  const [leaving, setLeaving] = useState<Leaver>();
  const text = usePaused(query.trim());
  const pages = usePages('courses.people', { course: course.id, limit: PAGE, ...(text === '' ? {} : { text }) });
  return (
    <section className="course-part" aria-labelledby="course-people">
      <div className="row row--wrap">
        <h2 id="course-people">{i18n._('Pessoas')}</h2>
        {isAdministrator && course.students + course.staff > 0 && (
          <span className="push">
            <Button icon="user-plus" onClick={() => setAdding(true)}>
              {i18n._('Colocar pessoas')}
            </Button>
          </span>
        )}
      </div>
      <EnrolledList
        people={(pages.data?.pages ?? []).flatMap(({ people }) =>
          people.map(({ profile, staff }) => ({ person: personView(profile, me?.id), isStaff: staff })),
        )}
        total={pages.data?.pages.at(-1)?.total ?? 0}
        query={query}
        loading={pages.isPending || pages.isFetching}
        failed={pages.isError}
        hasMore={pages.hasNextPage}
        onQuery={setQuery}
        onAdd={isAdministrator ? () => setAdding(true) : undefined}
        onRemove={isAdministrator ? setLeaving : undefined}
        onMore={() => void pages.fetchNextPage()}
        onRetry={() => void pages.refetch()}
      />
      <OutsideList
        people={(text === '' ? (pages.data?.pages[0]?.outside ?? []) : []).map(({ profile, rooms }) => ({
          person: personView(profile, me?.id),
          rooms,
        }))}
        onRemove={isAdministrator ? ({ person }) => setLeaving({ person, isStaff: false, isOut: true }) : undefined}
      />
      {isAdding && <Adding course={course} onClose={() => setAdding(false)} />}
      {leaving && <Leaving course={course} one={leaving} onClose={() => setLeaving(undefined)} />}
    </section>
  );
}

/** Everything that says who is in the course is asked for again. */
function useAgain() {
  const answers = useAnswers();
  return () => {
    for (const name of ['courses.people', 'courses.get', 'courses.list', 'lessons.courses', 'accounts.list'] as const)
      void answers.again(name);
  };
}

function Adding({ course, onClose }: { course: CourseView; onClose: () => void }) {
  const { i18n } = useLingui();
  const client = useClient();
  const tell = useTell();
  const act = useAct();
  const again = useAgain();
  const [text, setText] = useState('');
  const paused = usePaused(text);
  const search = useAsked(
    'accounts.list',
    { limit: PAGE, state: 'active', ...(paused === '' ? {} : { text: paused }) },
    { keep: true },
  );
  const never = useAsked(
    'accounts.list',
    { limit: PAGE, state: 'never-seen', ...(paused === '' ? {} : { text: paused }) },
    { keep: true },
  );
  // Those of the people shown who are in the course already: asked as the people are, so that all of them are among the answer
  const inside = useAsked(
    'accounts.list',
    { limit: PAGE, state: 'active', course: course.id, ...(paused === '' ? {} : { text: paused }) },
    { keep: true },
  );
  const waiting = useAsked(
    'accounts.list',
    { limit: PAGE, state: 'never-seen', course: course.id, ...(paused === '' ? {} : { text: paused }) },
    { keep: true },
  );
  const isIn = new Set([...(inside.data?.people ?? []), ...(waiting.data?.people ?? [])].map(({ id }) => id));
  const found = [...(search.data?.people ?? []), ...(never.data?.people ?? [])]
    .map(({ id, name, email, role }) => ({ id, name, email, role, isIn: isIn.has(id) }))
    .toSorted((a, b) => Number(a.isIn) - Number(b.isIn) || a.name.localeCompare(b.name, i18n.locale));
  return (
    <EnrolDialog
      course={courseName(course)}
      found={found}
      searching={search.isFetching || never.isFetching}
      hasMore={(search.data?.next ?? null) !== null || (never.data?.next ?? null) !== null}
      busy={act.busy}
      error={act.error}
      onSearch={setText}
      onClose={onClose}
      onConfirm={(people) =>
        void act.run(
          async () => {
            await client.call('courses.enrol', { course: course.id, accounts: [...people] });
            again();
            onClose();
            tell(i18n._('Quem você escolheu agora está no curso.'));
          },
          { 'not-found': i18n._('O curso ou uma das pessoas não existe mais.') },
        )
      }
    />
  );
}

function Leaving({ course, one, onClose }: { course: CourseView; one: Leaver; onClose: () => void }) {
  const { i18n } = useLingui();
  const client = useClient();
  const tell = useTell();
  const act = useAct();
  const again = useAgain();
  const [stays, setStays] = useState<readonly { id: string; title: string }[]>([]);
  const { name, id } = one.person;
  if (stays.length > 0)
    return (
      <LeftRooms
        title={`${name}: ${i18n._('ainda cuida de salas')}`}
        words={i18n._(
          'Saiu do curso, mas ainda está nestas salas, porque ninguém que esteja nelas pode cuidar delas em seu lugar. Dê cada uma a alguém; depois tire a pessoa de novo, no fim desta página.',
        )}
        rooms={stays}
        onClose={onClose}
      />
    );
  return (
    <Confirm
      title={
        one.isOut ? i18n._('Tirar {name} das salas do curso?', { name }) : i18n._('Tirar {name} do curso?', { name })
      }
      words={
        <div className="stack">
          <p>
            {one.isOut
              ? i18n._('Sai das salas do curso em que já há quem possa cuidar delas.')
              : i18n._(
                  'Sai também de todas as salas do curso, na hora. O que disse nelas fica. Fica registrado quem tirou.',
                )}
          </p>
          {one.isStaff && (
            <p>
              {i18n._(
                'Com os estudantes menores de idade já não conversa em particular, a não ser por outro curso. Salas que são só suas passam a quem as modera ou é da equipe e está nelas.',
              )}
            </p>
          )}
        </div>
      }
      error={act.error}
      action={one.isOut ? i18n._('Tirar das salas') : i18n._('Tirar do curso')}
      busy={act.busy}
      onClose={onClose}
      onConfirm={() =>
        void act.run(async () => {
          const out = await client.call('courses.unenrol', { course: course.id, account: id });
          again();
          if (out.stays.length > 0) return setStays(out.stays);
          onClose();
          tell(
            i18n._('{name} saiu do curso{rooms, plural, =0 {.} one { e de # sala.} other { e de # salas.}}', {
              name,
              rooms: out.left,
            }),
          );
        })
      }
    />
  );
}
