import {
  createRootRoute,
  createRoute,
  createRouter,
  Navigate as Redirect,
  Outlet,
  useLocation,
  useRouter,
} from '@tanstack/react-router';
import { Navigate, NotFound, Link, useAtMost, widths } from '@recreio/ui';
import { useLingui } from '@lingui/react';
import { lazy, type ReactNode, Suspense, useCallback, useEffect, useRef } from 'react';
import { useChoices } from './choices.tsx';
import { useRooms } from './client.tsx';
import { Broken, Entrance, LinkDoor, Unreachable } from './doors.tsx';
import { useFocusOnArrival } from './focus.ts';
import { type Go, GoContext } from './going.tsx';
import { linkPath } from './link-token.ts';
import { useSession } from './signed.tsx';

const loadInside = () => import('./Inside.tsx');
const loadRoom = () => import('./room/RoomScreen.tsx');
const Inside = lazy(loadInside);
const RoomScreen = lazy(() => loadRoom().then((part) => ({ default: part.RoomScreen })));
const Directory = lazy(() => import('./screens/Directory.tsx'));
const Sessions = lazy(() => import('./screens/Sessions.tsx'));
const People = lazy(() => import('./screens/People.tsx'));

/** Asks for what is behind the door while the server is still asked who one is. */
export function preload(path: string): void {
  if (path === entrancePath || path === linkPath) return;
  // A part that cannot be had is asked for again, and missed, where it is shown
  Promise.all([loadInside(), loadRoom()]).catch(() => undefined);
}

const entrancePath = '/entrar';

/** What an address may carry besides its path: the message of a permalink, and what is open over the page. */
export type AppSearch = { m?: number; abrir?: 'conversa' };

function readSearch(search: Record<string, unknown>): AppSearch {
  const seq = Number(search['m']);
  return {
    ...(Number.isSafeInteger(seq) && seq > 0 ? { m: seq } : {}),
    ...(search['abrir'] === 'conversa' ? { abrir: 'conversa' } : {}),
  };
}

const root = createRootRoute({
  component: Root,
  notFoundComponent: Lost,
  errorComponent: Broken,
  validateSearch: readSearch,
});
const entrance = createRoute({ getParentRoute: () => root, path: entrancePath, component: Entrance });
const link = createRoute({ getParentRoute: () => root, path: linkPath, component: LinkDoor });
const inside = createRoute({ getParentRoute: () => root, id: 'inside', component: InsideDoor });
const home = createRoute({ getParentRoute: () => inside, path: '/', component: Home });
const directory = createRoute({ getParentRoute: () => inside, path: '/salas', component: () => <Directory /> });
const sessions = createRoute({ getParentRoute: () => inside, path: '/dispositivos', component: () => <Sessions /> });
const people = createRoute({ getParentRoute: () => inside, path: '/pessoas', component: () => <People /> });
const room = createRoute({ getParentRoute: () => inside, path: '/sala/$id', component: Room });
const roomPeople = createRoute({ getParentRoute: () => room, path: '/pessoas', component: () => null });

/** The addresses of the app. */
export const router = createRouter({
  routeTree: root.addChildren([
    entrance,
    link,
    inside.addChildren([home, directory, sessions, people, room.addChildren([roomPeople])]),
  ]),
  scrollRestoration: false,
  defaultErrorComponent: Broken,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
  interface HistoryState {
    /** The address that was asked for before signing in. */
    wanted?: string;
  }
}

/** Who is signed in decides what is seen; the address decides the rest. */
function Root() {
  const { session } = useSession();
  const { pathname, href, state } = useLocation();
  if (pathname === linkPath)
    return (
      <Ways>
        <Outlet />
      </Ways>
    );
  switch (session.name) {
    case 'asking':
      return null;
    case 'unreachable':
      return (
        <Ways>
          <Unreachable />
        </Ways>
      );
    case 'out':
      if (pathname === entrancePath)
        return (
          <Ways>
            <Outlet />
          </Ways>
        );
      // Who left by their own wish, and who comes after, begins anew
      return <Onward href={entrancePath} {...(session.why === 'left' ? {} : { wanted: href })} />;
    case 'in':
      if (pathname === entrancePath) return <Onward href={state.wanted ?? '/'} />;
      return (
        <Ways>
          <Outlet />
        </Ways>
      );
  }
}

/** To an address of the app as a whole, with all that it carries; `wanted` is where to go on to from there. */
function Onward({ href, wanted }: { href: string; wanted?: string }) {
  const { history } = useRouter();
  useEffect(() => history.replace(href, wanted === undefined ? {} : { wanted }), [history, href, wanted]);
  return null;
}

/** How links and buttons go somewhere, and where the focus goes then. */
function Ways({ children }: { children: ReactNode }) {
  const { history } = useRouter();
  const { pathname } = useLocation();
  const isPhone = useAtMost(widths.phone);
  const trail = useRef<string[]>([]);
  const index = history.location.state.__TSR_index;
  useEffect(() => {
    trail.current[index] = pathname;
  }, [index, pathname]);
  useFocusOnArrival(pathname);
  const go = useCallback<Go>(
    (href, how) => {
      if (how === 'replace') return history.replace(href);
      const here = history.location.state.__TSR_index;
      // On a phone the arrow and the gesture are one way back; another entry would lead the gesture in circles
      const isBack = isPhone && here > 0 && trail.current[here - 1] === href;
      return isBack ? history.back() : history.push(href);
    },
    [history, isPhone],
  );
  return (
    <GoContext value={go}>
      <Navigate value={go}>{children}</Navigate>
    </GoContext>
  );
}

function InsideDoor() {
  const { session } = useSession();
  if (session.name !== 'in') return null;
  return (
    <Suspense>
      <Inside school={session.welcome.school} />
    </Suspense>
  );
}

/** On a phone the list of rooms is the page; elsewhere one goes on to the room that was open last, or to finding one. */
function Home() {
  const isPhone = useAtMost(widths.phone);
  const { preferences } = useChoices();
  const { isKnown, byId } = useRooms();
  const { lastRoom } = preferences;
  if (isPhone) return null;
  if (lastRoom !== null && (!isKnown || byId.has(lastRoom)))
    return <Redirect to="/sala/$id" params={{ id: lastRoom }} replace />;
  return <Redirect to="/salas" replace />;
}

function Room() {
  const { id } = room.useParams();
  const { m } = room.useSearch();
  return <RoomScreen key={id} id={id} at={m} />;
}

function Lost() {
  const { i18n } = useLingui();
  return (
    <main className="page" tabIndex={-1} id="conteudo">
      <div className="page-in page-in--narrow">
        <NotFound
          action={
            <Link className="btn btn--pen" href="/">
              {i18n._('Voltar às salas')}
            </Link>
          }
        />
      </div>
    </main>
  );
}
