import { useLingui } from '@lingui/react';
import type { Room } from '@recreio/protocol';
import {
  clockTime,
  Icon,
  kindWords,
  Leaf,
  ListSkeleton,
  Panel,
  peopleWords,
  Segments,
  type IconName,
} from '@recreio/ui';
import { lazy, Suspense, useState } from 'react';
import { useRoom } from '../client.tsx';
import { useCourses } from '../courses.ts';
import { leafOf, roomHref } from '../side/groups.ts';
import { crumbOf } from './head.tsx';

const Members = lazy(() => import('../screens/Members.tsx'));

/** Beside a room: who is in it, and what it is. */
export function RoomPanel({ id, isPage }: { id: string; isPage: boolean }) {
  const { i18n } = useLingui();
  const { my } = useRoom(id);
  const [shown, setShown] = useState<'people' | 'about'>('people');
  if (my === null || my.room.kind === 'direct') return null;
  return (
    <Panel
      title={shown === 'people' ? i18n._('Pessoas da sala') : i18n._('Sobre a sala')}
      backHref={roomHref(id)}
      isPage={isPage}
      tabs={
        <Segments
          label={i18n._('Ao lado da conversa')}
          value={shown}
          onChange={setShown}
          options={[
            { value: 'people', label: i18n._('Pessoas') },
            { value: 'about', label: i18n._('Sala') },
          ]}
        />
      }
    >
      {shown === 'about' ? (
        <About room={my.room} />
      ) : (
        <Suspense fallback={<ListSkeleton />}>
          <Members key={id} roomId={id} />
        </Suspense>
      )}
    </Panel>
  );
}

/** What the room is for, who finds it, who writes, what those who come can read. */
function About({ room }: { room: Room }) {
  const { i18n } = useLingui();
  const courses = useCourses();
  const lesson = courses.find(({ id }) => id === room.course)?.lessons.find(({ id }) => id === room.lesson);
  const createdAt = Date.parse(room.createdAt);
  const day = i18n.date(new Date(createdAt), { day: 'numeric', month: 'long', year: 'numeric' });
  return (
    <>
      <div className="row about-head">
        <Leaf large leaf={leafOf(room, lesson?.number)} />
        <div>
          <h3 dir="auto">{room.title}</h3>
          <p className="small soft">{crumbOf(i18n, room, courses)}</p>
        </div>
      </div>
      {room.description !== '' && <p dir="auto">{room.description}</p>}
      <ul className="about-list small">
        <Fact icon="users">{peopleWords(i18n, room.members)}</Fact>
        <Fact icon={room.access === 'invite' ? 'lock' : 'compass'}>
          {room.access === 'invite'
            ? i18n._('Entra quem é convidado por quem cuida da sala.')
            : room.course === null
              ? i18n._('Aberta: toda a escola encontra e entra.')
              : i18n._('Aberta: quem é do curso encontra e entra.')}
        </Fact>
        <Fact icon={room.posting === 'moderators' ? 'megaphone' : 'pencil'}>
          {room.posting === 'moderators'
            ? i18n._('Só quem cuida da sala escreve; todos leem e reagem.')
            : i18n._('Todos que participam escrevem.')}
        </Fact>
        <Fact icon="eye">
          {room.past === 'all'
            ? i18n._('Quem entra lê também o que já foi dito.')
            : i18n._('Quem entra lê só dali em diante.')}
        </Fact>
        <Fact icon="clock">
          <time dateTime={room.createdAt}>
            {i18n._('{kind}, aberta em {day}, às {time}.', {
              kind: kindWords(i18n, room.kind),
              day,
              time: clockTime(createdAt, i18n.locale),
            })}
          </time>
        </Fact>
      </ul>
    </>
  );
}

function Fact({ icon, children }: { icon: IconName; children: React.ReactNode }) {
  return (
    <li className="row">
      <Icon name={icon} />
      <span>{children}</span>
    </li>
  );
}
