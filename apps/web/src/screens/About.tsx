import { useLingui } from '@lingui/react';
import type { MyRoom, Room } from '@recreio/protocol';
import { Button, kindWords, Leaf, peopleWords } from '@recreio/ui';
import { type ReactNode, useState } from 'react';
import { useMe } from '../client.tsx';
import { useCourses } from '../courses.ts';
import { crumbOf } from '../room/head.tsx';
import { leafOf } from '../side/groups.ts';
import { type Asking, MemberDialog } from './members/MemberDialog.tsx';
import { powersIn } from './members/powers.ts';

/** What a room of mine is for, who finds it, who writes, what those who come can read; its settings, and the way out of it. */
export default function About({ room, mine }: { room: Room; mine: MyRoom['mine'] }) {
  const { i18n } = useLingui();
  const me = useMe();
  const courses = useCourses();
  const [asking, setAsking] = useState<Asking>();
  const lesson = courses.find(({ id }) => id === room.course)?.lessons.find(({ id }) => id === room.lesson);
  const day = i18n.date(new Date(room.createdAt), { day: 'numeric', month: 'long', year: 'numeric' });
  const owns = me !== null && powersIn({ id: me.id, school: me.role, room: mine.role }).own;
  return (
    <>
      <div className="about-head">
        <Leaf large leaf={leafOf(room, lesson?.number)} />
        <div>
          <h2 dir="auto">{room.title}</h2>
          <p className="small soft">
            {crumbOf(i18n, room, courses)} · <span className="nowrap">{peopleWords(i18n, room.members)}</span>
          </p>
        </div>
      </div>
      {room.description !== '' && <p dir="auto">{room.description}</p>}
      <dl className="about-list">
        <Fact name={i18n._('Quem entra')}>
          {room.access === 'invite'
            ? i18n._('Quem é convidado por quem cuida da sala.')
            : room.course === null
              ? i18n._('Toda a escola encontra e entra.')
              : i18n._('Quem é do curso encontra e entra.')}
        </Fact>
        <Fact name={i18n._('Quem escreve')}>
          {room.posting === 'moderators'
            ? i18n._('Só quem cuida da sala; todos leem e reagem.')
            : i18n._('Todos que participam.')}
        </Fact>
        <Fact name={i18n._('Quem chega lê')}>
          {room.past === 'all' ? i18n._('Também o que já foi dito.') : i18n._('Só o que for dito dali em diante.')}
        </Fact>
        <Fact name={kindWords(i18n, room.kind)}>
          <time dateTime={room.createdAt}>{i18n._('Aberta em {day}.', { day })}</time>
        </Fact>
      </dl>
      <div className="row row--wrap about-doors">
        {owns && (
          <Button icon="sliders-horizontal" onClick={() => setAsking({ kind: 'settings', room })}>
            {i18n._('Ajustes da sala')}
          </Button>
        )}
        <Button emphasis="danger-quiet" icon="log-out" onClick={() => setAsking({ kind: 'leave', room })}>
          {i18n._('Sair da sala')}
        </Button>
      </div>
      {asking && (
        <MemberDialog
          asking={asking}
          roomId={room.id}
          members={[]}
          isOfCourse={room.course !== null}
          onClose={() => setAsking(undefined)}
          onDone={() => setAsking(undefined)}
        />
      )}
    </>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
