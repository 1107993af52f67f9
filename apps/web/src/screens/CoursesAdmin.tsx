import { useLingui } from '@lingui/react';
import type { CallInput } from '@recreio/client';
import type { CourseRecord } from '@recreio/protocol';
import {
  AdminSections,
  Button,
  CourseDialog,
  type CourseDraft,
  type CoursesFilter,
  CoursesList,
  type CourseView,
  Page,
} from '@recreio/ui';
import { useState } from 'react';
import { useAct, usePaused } from '../acting.ts';
import { useAnswers, usePages } from '../asked.ts';
import { useClient } from '../client.tsx';
import { useGo } from '../going.tsx';
import { ForAdministrators } from './ForAdministrators.tsx';
import { courseHref } from './rooms/making.ts';

/** Courses in one page of the list. */
const PAGE = 50;

/** A course as the screens show one. */
export const courseView = ({ archivedAt, ...course }: CourseRecord): CourseView => ({
  ...course,
  isOver: archivedAt !== null,
});

/** The courses of the school, for those who administer it. */
export default function CoursesAdmin() {
  return (
    <ForAdministrators>
      <Courses />
    </ForAdministrators>
  );
}

function Courses() {
  const { i18n } = useLingui();
  const [query, setQuery] = useState('');
  const [filter, setFilter] = useState<CoursesFilter>('running');
  const [isMaking, setMaking] = useState(false);
  const text = usePaused(query.trim());
  const input: CallInput<'courses.list'> = {
    limit: PAGE,
    archived: filter === 'over',
    ...(text === '' ? {} : { text }),
  };
  const pages = usePages('courses.list', input);
  const total = pages.data?.pages.at(-1)?.total ?? 0;
  return (
    <Page
      id="conteudo"
      title={i18n._('Cursos da escola')}
      words={i18n._('O que se ensina aqui: cada curso com suas aulas, e quem está nele.')}
      backHref="/"
      action={
        // Where there is none yet, the page itself asks for the first
        <Button emphasis={total > 0 ? 'pen' : undefined} icon="plus" onClick={() => setMaking(true)}>
          {i18n._('Criar um curso')}
        </Button>
      }
    >
      <AdminSections current="courses" />
      <CoursesList
        courses={(pages.data?.pages ?? []).flatMap(({ courses }) => courses.map(courseView))}
        hrefOf={courseHref}
        total={total}
        query={query}
        filter={filter}
        loading={pages.isPending || pages.isFetching}
        failed={pages.isError}
        hasMore={pages.hasNextPage}
        onQuery={setQuery}
        onFilter={setFilter}
        onMake={() => setMaking(true)}
        onMore={() => void pages.fetchNextPage()}
        onRetry={() => void pages.refetch()}
      />
      {isMaking && <Making onClose={() => setMaking(false)} />}
    </Page>
  );
}

function Making({ onClose }: { onClose: () => void }) {
  const { i18n } = useLingui();
  const client = useClient();
  const answers = useAnswers();
  const act = useAct();
  const go = useGo();
  // One for each opening: however often the button is pressed, or the answer is lost, there is one course ([R106])
  const [clientId] = useState(() => client.newId());
  const make = async ({ title, group, lessons }: CourseDraft) => {
    const { course } = await client.call('courses.create', { clientId, title, group, lessons: [...lessons] });
    void answers.again('courses.list');
    void answers.again('lessons.courses');
    go(courseHref(course.id));
  };
  return (
    <CourseDialog
      mode="make"
      busy={act.busy}
      error={act.error}
      onClose={onClose}
      onConfirm={(draft) =>
        void act.run(() => make(draft), {
          'already-taken': i18n._('Já há um curso com este nome e esta turma.'),
          'bad-text': i18n._('Um dos nomes tem letras que não se podem ler.'),
          'idempotency-conflict': i18n._('O curso já foi criado, com o que estava escrito antes. Ele está na lista.'),
        })
      }
    />
  );
}
