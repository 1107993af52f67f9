import { useLingui } from '@lingui/react';
import { Door, type ShellView, Shell, Button, type TabDoor } from '@recreio/ui';
import { lazy, type ReactNode, Suspense, useEffect, useState } from 'react';
import { useServerNow } from './acting.ts';
import { waitingIn } from './calling/waiting.ts';
import { PartGuard } from './guard.tsx';
import { useInbox, useInboxList } from './inbox.ts';
import { useClient, useConnection, useMe, useRooms } from './client.tsx';
import { RoomPanel } from './room/RoomPanel.tsx';
import { Side } from './side/Side.tsx';
import { usePageTitle } from './titles.ts';

/** Where it cannot be had there is nobody to be called: the network is away. */
const Calling = lazy(() => import('./calling/Calling.tsx').catch(() => ({ default: () => null })));
const Keys = lazy(() => import('./keys/Keys.tsx').catch(() => ({ default: () => null })));
const Thread = lazy(() => import('./room/Thread.tsx'));

/** What stands where in the house: the list, the page, and beside a room its panel. */
export interface Place {
  readonly view: ShellView;
  /** The room that is open. */
  readonly room?: string | undefined;
  /** The thread that is open in it, by the message that it hangs from. */
  readonly thread?: string | undefined;
  /** The door that is open. */
  readonly door?:
    | 'directory'
    | 'inbox'
    | 'catch-up'
    | 'threads'
    | 'saved'
    | 'sessions'
    | 'account'
    | 'notifications'
    | 'lesson'
    | 'people'
    | 'courses'
    | 'school'
    | 'school-rooms'
    | 'health'
    | 'settings'
    | 'invitation';
}

/** The house of those who are signed in. The client connects with it and rests without it. */
export function House({
  school,
  place,
  talkHref,
  children,
}: {
  school: string;
  place: Place;
  /** The address that opens the search for somebody to talk to, over the page that is shown. */
  talkHref: string;
  children: ReactNode;
}) {
  const { i18n } = useLingui();
  const client = useClient();
  const connection = useConnection();
  const me = useMe();
  const rooms = useRooms();
  const now = useServerNow();
  const [isGoing, ask] = useState(false);
  const waiting = waitingIn(rooms.list, now);
  const inbox = useInbox(useInboxList());
  // What speaks to one in threads, or has to be read, is in no room's count
  const calls = waiting.calls + (inbox?.freshAside ?? 0);
  const { view, room, door } = place;
  const isAdministering =
    door === 'people' || door === 'courses' || door === 'school' || door === 'school-rooms' || door === 'health';
  usePageTitle(place, school, calls);
  useEffect(() => {
    client.start();
    // Beside the first picture; without the network there is nothing to keep equal, and a reload mends the rest
    import('@recreio/client/draft-sync').then(({ draftsOf }) => draftsOf(client)).catch(() => undefined);
  }, [client]);
  if (connection.name === 'closed' && connection.reason !== 'stopped') return <Closed />;
  const kind = room === undefined ? undefined : rooms.byId.get(room)?.room.kind;
  const hasPanel = room !== undefined && kind !== 'direct' && kind !== undefined;
  const tabs: TabDoor[] = [
    {
      id: 'rooms',
      href: '/',
      label: i18n._('Salas'),
      icon: 'messages-square',
      current: view === 'rooms',
      unread: waiting.count,
      mentions: waiting.calls,
    },
    {
      id: 'inbox',
      href: '/para-voce',
      label: i18n._('Para você'),
      icon: 'at-sign',
      current: door === 'inbox',
      unread: inbox?.fresh ?? 0,
      mentions: inbox?.fresh ?? 0,
    },
    { id: 'directory', href: '/salas', label: i18n._('Encontrar'), icon: 'compass', current: door === 'directory' },
    ...(me?.role === 'guardian'
      ? []
      : [{ id: 'talk', href: talkHref, label: i18n._('Conversar'), icon: 'plus' as const }]),
    ...(me?.role === 'administrator'
      ? [
          {
            id: 'people',
            href: '/pessoas',
            label: i18n._('Administrar'),
            icon: 'users' as const,
            current: isAdministering,
          },
        ]
      : []),
  ];
  return (
    <Shell
      view={view}
      side={
        <Side
          school={school}
          current={room ?? (isAdministering ? 'people' : door)}
          isPage={view === 'rooms'}
          onTalk={talkHref}
          onGo={() => ask(true)}
        />
      }
      main={
        <>
          {children}
          <Suspense>
            <Calling calls={calls} open={view === 'room' ? room : undefined} now={now} />
            <Keys room={room} isGoing={isGoing} onGoing={ask} />
          </Suspense>
        </>
      }
      {...panelOf(place, hasPanel)}
      tabs={tabs}
      {...skipOf(place, kind !== undefined)}
      {...(view === 'room' && kind !== undefined ? { skipLabel: i18n._('Ir para a caixa de escrever') } : {})}
    />
  );
}

/** Beside a room: the thread that is open in it, else who is in it; nothing where there is neither. */
function panelOf({ view, room, thread }: Place, hasPanel: boolean): { panel?: ReactNode } {
  if (room === undefined) return {};
  if (thread !== undefined)
    return {
      panel: (
        <PartGuard key={thread}>
          <Suspense>
            <Thread key={thread} room={room} root={thread} />
          </Suspense>
        </PartGuard>
      ),
    };
  return hasPanel ? { panel: <RoomPanel id={room} isPage={view === 'panel'} /> } : {};
}

/** Where the skip link goes: to the box of an open room, to the panel, to the page; a list that is the page has nothing before it. */
function skipOf({ view, thread }: Place, isOpen: boolean): { skipTo?: string } {
  if (view === 'rooms') return {};
  if (!isOpen || view === 'page') return { skipTo: 'conteudo' };
  if (thread !== undefined) return { skipTo: 'escrever-fio' };
  return { skipTo: view === 'room' ? 'escrever' : 'painel' };
}

/** The server speaks another version, or will not speak: nothing comes back by waiting. */
function Closed() {
  const { i18n } = useLingui();
  return (
    <Door
      title={i18n._('É preciso carregar de novo')}
      words={i18n._('O Recreio mudou desde que esta página foi aberta, ou a escola encerrou a conexão.')}
    >
      <Button wide emphasis="pen" icon="refresh-cw" onClick={() => location.reload()}>
        {i18n._('Carregar de novo')}
      </Button>
    </Door>
  );
}
