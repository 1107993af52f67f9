import { useLingui } from '@lingui/react';
import { ListSkeleton, Panel, Segments } from '@recreio/ui';
import { lazy, Suspense, useState } from 'react';
import { useRoom } from '../client.tsx';
import { PartGuard } from '../guard.tsx';
import { roomHref } from '../side/groups.ts';

const About = lazy(() => import('../screens/About.tsx'));
const GroupPeople = lazy(() => import('../screens/group/GroupPeople.tsx'));
const Members = lazy(() => import('../screens/Members.tsx'));

/** Beside a room: who is in it, and what it is. */
export function RoomPanel({ id, isPage }: { id: string; isPage: boolean }) {
  const { i18n } = useLingui();
  const { my } = useRoom(id);
  const [shown, setShown] = useState<'people' | 'about'>('people');
  if (my === null || my.room.kind === 'direct') return null;
  if (my.room.kind === 'group')
    return (
      <Panel title={i18n._('Pessoas do grupo')} backHref={roomHref(id)} isPage={isPage}>
        <PartGuard key={id}>
          <Suspense fallback={<ListSkeleton />}>
            <GroupPeople key={id} group={my.room} />
          </Suspense>
        </PartGuard>
      </Panel>
    );
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
      <PartGuard key={`${id} ${shown}`}>
        <Suspense fallback={<ListSkeleton />}>
          {shown === 'about' ? <About key={id} room={my.room} mine={my.mine} /> : <Members key={id} roomId={id} />}
        </Suspense>
      </PartGuard>
    </Panel>
  );
}
