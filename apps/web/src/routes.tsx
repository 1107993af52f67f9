import { Navigate, useAtMost, widths } from '@recreio/ui';
import { lazy, type ReactNode, Suspense, useCallback, useEffect, useRef } from 'react';
import { AddressProvider, useAddress, ways } from './address.tsx';
import { useChoices } from './choices.tsx';
import { useRooms } from './client.tsx';
import { EmailDoor, Entrance, LinkDoor, NewAccountDoor, Unreachable } from './doors.tsx';
import { useFocusOnArrival } from './focus.ts';
import { type Go, GoContext } from './going.tsx';
import { Guard } from './guard.tsx';
import { emailPath, invitationPath, leavePath, linkPath, newAccountPath, takeInvitationSecret } from './link-token.ts';
import { useAccent, useLook } from './look.ts';
import { returnPath } from './provider.ts';
import { useSession } from './signed.tsx';

const loadInside = () => import('./Inside.tsx');
const loadRoom = () => import('./room/RoomScreen.tsx');
const Inside = lazy(loadInside);
const RoomScreen = lazy(() => loadRoom().then((part) => ({ default: part.RoomScreen })));
const Directory = lazy(() => import('./screens/Directory.tsx'));
const Sessions = lazy(() => import('./screens/Sessions.tsx'));
const ProviderReturn = lazy(() => import('./screens/ProviderReturn.tsx'));
const Account = lazy(() => import('./screens/Account.tsx'));
const Invited = lazy(() => import('./screens/Invited.tsx'));
const RoomSettings = lazy(() => import('./screens/RoomSettings.tsx'));
const People = lazy(() => import('./screens/People.tsx'));
const Inbox = lazy(() => import('./screens/Inbox.tsx'));
const Notifications = lazy(() => import('./screens/Notifications.tsx'));
const CatchUp = lazy(() => import('./screens/CatchUp.tsx'));
const Threads = lazy(() => import('./screens/Threads.tsx'));
const Saved = lazy(() => import('./screens/Saved.tsx'));
const SchoolAdmin = lazy(() => import('./screens/SchoolAdmin.tsx'));
const RoomsAdmin = lazy(() => import('./screens/RoomsAdmin.tsx'));
const CoursesAdmin = lazy(() => import('./screens/CoursesAdmin.tsx'));
const Lesson = lazy(() => import('./screens/Lesson.tsx'));
const Course = lazy(() => import('./screens/Course.tsx'));
const Lost = lazy(() => import('./screens/Lost.tsx'));
const LeaveMails = lazy(() => import('./screens/LeaveMails.tsx'));
const HealthAdmin = lazy(() => import('./screens/HealthAdmin.tsx'));

/** Asks for what is behind the door while the server is still asked who one is. */
export function preload(path: string): void {
  if ([entrancePath, linkPath, emailPath, newAccountPath, leavePath, returnPath].includes(path)) return;
  // A part that cannot be had is asked for again, and missed, where it is shown
  Promise.all([loadInside(), loadRoom()]).catch(() => undefined);
}

const entrancePath = '/entrar';

/** The app: who is signed in decides what is seen; the address decides the rest. */
export function App() {
  return (
    <Guard>
      <AddressProvider>
        <Ways>
          <Root />
        </Ways>
      </AddressProvider>
    </Guard>
  );
}

function Root() {
  const { session } = useSession();
  const { path, href, wanted } = useAddress();
  const look = useLook();
  useAccent(look?.accent ?? null);
  if (path === linkPath) return <LinkDoor />;
  if (path === emailPath) return <EmailDoor />;
  if (path === newAccountPath) return <NewAccountDoor />;
  if (path === leavePath)
    return (
      <Suspense>
        <LeaveMails />
      </Suspense>
    );
  // Before anything else goes somewhere: the secret is in no address that is kept
  if (path === invitationPath) takeInvitationSecret();
  switch (session.name) {
    case 'asking':
      return null;
    case 'unreachable':
      return <Unreachable />;
    case 'out':
      if (path === entrancePath) return <Entrance />;
      if (path === returnPath)
        return (
          <Suspense>
            <ProviderReturn />
          </Suspense>
        );
      // Who left by their own wish, and who comes after, begins anew
      return <Onward href={entrancePath} {...(session.why === 'left' ? {} : { wanted: href })} />;
    case 'in':
      if (path === entrancePath) return <Onward href={wanted ?? '/'} />;
      return (
        <Suspense>
          <Inside school={look?.name ?? session.welcome.school}>
            <Behind path={path} />
          </Inside>
        </Suspense>
      );
  }
}

const inRoom = /^\/sala\/([^/]+)(?:\/pessoas|\/fio\/[^/]+)?$/;

/** The page of an address behind the door. What breaks in one is left behind by going to another. */
function Behind({ path }: { path: string }) {
  const { at, index } = useAddress();
  const room = inRoom.exec(path)?.[1];
  return (
    <Guard key={room ?? path} inside>
      {room === undefined ? (
        <Page path={path} />
      ) : (
        <RoomScreen id={room} at={at === undefined ? undefined : { message: at, visit: index }} />
      )}
    </Guard>
  );
}

const inSettings = /^\/sala\/([^/]+)\/ajustes$/;
const ofCourse = /^\/curso\/([^/]+)$/;
const ofLesson = /^\/aula\/([^/]+)$/;

function Page({ path }: { path: string }) {
  const settings = inSettings.exec(path)?.[1];
  if (settings !== undefined) return <RoomSettings key={settings} id={settings} />;
  const course = ofCourse.exec(path)?.[1];
  if (course !== undefined) return <Course key={course} id={course} />;
  const lesson = ofLesson.exec(path)?.[1];
  if (lesson !== undefined) return <Lesson key={lesson} id={lesson} />;
  switch (path) {
    case '/':
      return <Home />;
    case '/salas':
      return <Directory />;
    case '/para-voce':
      return <Inbox />;
    case '/em-dia':
      return <CatchUp />;
    case '/fios':
      return <Threads />;
    case '/guardadas':
      return <Saved />;
    case invitationPath:
      return <Invited />;
    case '/dispositivos':
      return <Sessions />;
    case returnPath:
      return <ProviderReturn />;
    case '/conta':
      return <Account />;
    case '/conta/notificacoes':
      return <Notifications />;
    case '/pessoas':
      return <People />;
    case '/escola':
      return <SchoolAdmin />;
    case '/escola/cursos':
      return <CoursesAdmin />;
    case '/escola/salas':
      return <RoomsAdmin />;
    case '/escola/saude':
      return <HealthAdmin />;
    default:
      return <Lost />;
  }
}

/** To an address of the app as a whole, with all that it carries; `wanted` is where to go on to from there. */
function Onward({ href, wanted }: { href: string; wanted?: string }) {
  useEffect(() => ways.replace(href, wanted), [href, wanted]);
  return null;
}

/** How links and buttons go somewhere, and where the focus goes then. */
function Ways({ children }: { children: ReactNode }) {
  const { path, index } = useAddress();
  const isPhone = useAtMost(widths.phone);
  const trail = useRef<string[]>([]);
  useEffect(() => {
    trail.current[index] = path;
  }, [index, path]);
  useFocusOnArrival(path);
  const go = useCallback<Go>(
    (href, how) => {
      if (how === 'replace') return ways.replace(href);
      const here = ways.here().index;
      // On a phone the arrow and the gesture are one way back; another entry would lead the gesture in circles
      const isBack = isPhone && here > 0 && trail.current[here - 1] === href;
      return isBack ? ways.back() : ways.push(href);
    },
    [isPhone],
  );
  return (
    <GoContext value={go}>
      <Navigate value={go}>{children}</Navigate>
    </GoContext>
  );
}

/** On a phone the list of rooms is the page; elsewhere one goes on to the room that was open last, or to finding one. */
function Home() {
  const isPhone = useAtMost(widths.phone);
  const { preferences } = useChoices();
  const { isKnown, byId } = useRooms();
  const { lastRoom } = preferences;
  if (isPhone) return null;
  return <Onward href={lastRoom !== null && (!isKnown || byId.has(lastRoom)) ? `/sala/${lastRoom}` : '/salas'} />;
}
