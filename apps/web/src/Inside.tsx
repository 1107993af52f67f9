/** Everything behind the door: loaded apart, so that the door opens fast. */
import { ListSkeleton, Page } from '@recreio/ui';
import { lazy, type ReactNode, Suspense } from 'react';
import { useAddress, ways } from './address.tsx';
import { useGo } from './going.tsx';
import { House, type Place } from './House.tsx';
import { invitationPath } from './link-token.ts';
import { NoticesProvider } from './notices.tsx';
import { ProofProvider } from './proving.tsx';
import { roomHref } from './side/groups.ts';

const NewConversation = lazy(() => import('./screens/NewConversation.tsx'));

const inRoom = /^\/sala\/([^/]+)(?:(\/pessoas)|\/fio\/([^/]+))?\/?$/;

const inSettings = /^\/sala\/[^/]+\/ajustes$/;

/** What an address shows where. */
export function placeOf(path: string): Place {
  const room = inRoom.exec(path);
  if (room?.[1] !== undefined) {
    const [, id, people, thread] = room;
    return { view: people === undefined && thread === undefined ? 'room' : 'panel', room: id, thread };
  }
  if (inSettings.test(path)) return { view: 'page', door: 'settings' };
  if (path.startsWith('/aula/')) return { view: 'page', door: 'lesson' };
  if (path.startsWith('/curso/')) return { view: 'page', door: 'courses' };
  switch (path) {
    case '/':
      return { view: 'rooms' };
    case '/salas':
      return { view: 'page', door: 'directory' };
    case '/para-voce':
      return { view: 'page', door: 'inbox' };
    case '/em-dia':
      return { view: 'page', door: 'catch-up' };
    case '/fios':
      return { view: 'page', door: 'threads' };
    case '/guardadas':
      return { view: 'page', door: 'saved' };
    case invitationPath:
      return { view: 'page', door: 'invitation' };
    case '/dispositivos':
      return { view: 'page', door: 'sessions' };
    case '/conta':
      return { view: 'page', door: 'account' };
    case '/conta/notificacoes':
      return { view: 'page', door: 'notifications' };
    case '/pessoas':
      return { view: 'page', door: 'people' };
    case '/escola':
      return { view: 'page', door: 'school' };
    case '/escola/cursos':
      return { view: 'page', door: 'courses' };
    case '/escola/salas':
      return { view: 'page', door: 'school-rooms' };
    case '/escola/saude':
      return { view: 'page', door: 'health' };
    default:
      return { view: 'page' };
  }
}

/** The house with the page of the address in it. */
export default function Inside({ school, children }: { school: string; children: ReactNode }) {
  const { path, over } = useAddress();
  const go = useGo();
  return (
    <NoticesProvider>
      <ProofProvider>
        <House school={school} place={placeOf(path)} talkHref={`${path}?abrir=conversa`}>
          <Suspense
            fallback={
              <Page title="">
                <ListSkeleton />
              </Page>
            }
          >
            {children}
          </Suspense>
        </House>
        {over === 'conversa' && (
          <Suspense>
            <NewConversation
              open
              // The dialog is an entry of the history, so that the gesture that goes back closes it
              onClose={() => (ways.here().index > 0 ? ways.back() : go(path, 'replace'))}
              onOpened={(id) => go(roomHref(id), 'replace')}
            />
          </Suspense>
        )}
      </ProofProvider>
    </NoticesProvider>
  );
}
