import { useLingui } from '@lingui/react';
import { TEXT } from '@recreio/protocol';
import { blankRoom, type CourseOption, Link, RoomDialog } from '@recreio/ui';
import { useState } from 'react';
import { useAct } from '../acting.ts';
import { useAnswers, useAsked } from '../asked.ts';
import { useClient, useMe } from '../client.tsx';
import { courseOptions, creationOf, kindsFor } from './rooms/making.ts';

/** The lesson that a room is to stand for. */
type About = { readonly course: string; readonly lesson: string; readonly title: string };
type Rest = { about?: About; onClose: () => void; onCreated: (roomId: string) => void };

/** The dialog that makes a room, of whatever kind or of a lesson, while `open`. */
export default function CreateRoom({ open, ...rest }: Rest & { open: boolean }) {
  return open ? <Making {...rest} /> : null;
}

function Making({ about, onClose, onCreated }: Rest) {
  const { i18n } = useLingui();
  const client = useClient();
  const me = useMe();
  const act = useAct();
  const answers = useAnswers();
  const courses = useAsked('lessons.courses', {});
  const categories = useAsked('rooms.categories', {});
  // One for each opening: however often the button is pressed, or the answer is lost, there is one room ([R55])
  const [clientId] = useState(() => client.newId());
  const kinds = kindsFor(me?.role ?? 'guardian');
  const isAdministrator = me?.role === 'administrator';
  /** Where what is missing can be made: by whom, and on which page. */
  const courseNote = (chosen: CourseOption | undefined, isNone: boolean) => {
    if (isNone)
      return isAdministrator ? (
        <>
          {i18n._('A escola ainda não tem cursos.')}{' '}
          <Link href="/escola/cursos">{i18n._('Criar o primeiro curso')}</Link>
        </>
      ) : (
        i18n._('Você ainda não está em nenhum curso. Quem administra a escola coloca você nos seus.')
      );
    const tends =
      chosen && (isAdministrator || courses.data?.courses.some(({ id, staff }) => id === chosen.id && staff));
    if (!tends || chosen.lessons.length > 0) return undefined;
    return (
      <>
        {i18n._('Este curso ainda não tem aulas.')}{' '}
        <Link href={`/curso/${chosen.id}`}>{i18n._('Acrescentar aulas')}</Link>
      </>
    );
  };
  return (
    <RoomDialog
      initial={{
        ...blankRoom,
        kind: kinds.includes('topic') ? 'topic' : (kinds[0] ?? 'topic'),
        // A room's name is shorter than a lesson's may be
        ...(about ? { kind: 'lesson', ...about, title: about.title.slice(0, TEXT.roomTitle) } : {}),
      }}
      kinds={kinds}
      courses={courseOptions((courses.data?.courses ?? []).filter(({ archived }) => archived !== true))}
      {...(courses.data ? { courseNote } : {})}
      categories={categories.data?.categories ?? []}
      busy={act.busy}
      error={act.error}
      onClose={onClose}
      onConfirm={(draft) =>
        void act.run(
          async () => {
            const { room } = await client.call('rooms.create', { clientId, ...creationOf(draft) });
            void answers.again('rooms.directory');
            onCreated(room.id);
          },
          {
            'not-allowed': i18n._('Salas deste tipo são abertas pela equipe da escola.'),
            'not-found': i18n._('Você não é deste curso, ou ele mudou. Escolha outro.'),
            'idempotency-conflict': i18n._(
              'A sala já foi criada, com o que estava escrito antes. Ela está entre as suas salas.',
            ),
          },
        )
      }
    />
  );
}
