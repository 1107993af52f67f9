import { useLingui } from '@lingui/react';
import type { CallInput } from '@recreio/client';
import { Banner, Button, Directory as Finder, type DirectoryFilter, Link, Navigate, Page } from '@recreio/ui';
import { lazy, Suspense, use, useState } from 'react';
import { useAct, usePaused, useServerNow } from '../acting.ts';
import { useAnswers, useAsked, usePages } from '../asked.ts';
import { useClient, useMe, useRooms } from '../client.tsx';
import CreateRoom from './CreateRoom.tsx';
import { kindsFor, taughtBy } from './rooms/making.ts';
import { shelvesOf } from './rooms/shelves.ts';
import { whenIn } from './rooms/entering.ts';

const JoinDialog = lazy(() => import('./rooms/JoinDialog.tsx'));
const Categories = lazy(() => import('./rooms/Categories.tsx'));

/** Rooms in one page of the directory. */
const PAGE = 50;
/** As many as may stand on the shelf of those where people speak. */
const RECENT = 4;

/** When this day began for the person, RFC 3339. */
function midnightBefore(now: number): string {
  const day = new Date(now);
  day.setHours(0, 0, 0, 0);
  return day.toISOString();
}

/** Finding rooms: by words and kind, in shelves; entering one leads into it. */
export default function Directory() {
  const { i18n } = useLingui();
  const client = useClient();
  const me = useMe();
  const { byId } = useRooms();
  const navigate = use(Navigate);
  const answers = useAnswers();
  const act = useAct();
  const now = useServerNow();
  const [query, setQuery] = useState(() => new URLSearchParams(location.search).get('busca') ?? '');
  const [filter, setFilter] = useState<DirectoryFilter>('all');
  const [joining, setJoining] = useState<string>();
  const [isMaking, setMaking] = useState(false);
  const [isSorting, setSorting] = useState(false);
  const [category, setCategory] = useState<string>();
  const [archived, setArchived] = useState(false);
  const [asking, setAsking] = useState<{ room: string; title: string; rules: string }>();
  const text = usePaused(query.trim());
  const courses = useAsked('lessons.courses', {});
  const categories = useAsked('rooms.categories', {}).data?.categories ?? [];
  const [since] = useState(() => midnightBefore(now));
  const isBrowsing = text === '' && filter === 'all' && category === undefined && !archived;
  const recent = useAsked('rooms.directory', { order: 'recent', limit: RECENT, since }, { enabled: isBrowsing });
  const input: CallInput<'rooms.directory'> = {
    limit: PAGE,
    since,
    ...(archived ? { archived } : {}),
    ...(category === undefined ? {} : { category }),
    ...(text === '' ? {} : { text }),
    ...(filter === 'all' ? {} : { kind: filter }),
  };
  const pages = usePages('rooms.directory', input);
  const entries = pages.data?.pages.flatMap(({ rooms }) => rooms) ?? [];
  const taught = taughtBy(courses.data?.courses ?? []);
  const mayMake = me !== null && kindsFor(me.role).length > 0;
  const open = (room: string) => navigate?.(`/sala/${room}`);
  const join = (room: string, hasAgreed = false) => {
    setJoining(room);
    void act
      .run(
        async () => {
          if (!hasAgreed) {
            const found = await client.call('rooms.get', { room });
            if (found.rules !== undefined && found.mine === null && 'posting' in found.room) {
              setAsking({ room, title: found.room.title, rules: found.rules });
              return;
            }
          }
          await client.call('members.join', { room });
          await whenIn(client.rooms, room);
          void answers.again('rooms.directory');
          open(room);
        },
        { 'not-found': i18n._('Esta sala não está mais aberta para você.') },
      )
      .finally(() => setJoining(undefined));
  };
  return (
    <Page
      id="conteudo"
      title={i18n._('Encontrar salas')}
      words={i18n._('Entrar não manda aviso a ninguém: só o seu nome aparece na sala.')}
      backHref="/"
      action={
        mayMake && (
          <>
            {me.role === 'administrator' && (
              <Button icon="folder-kanban" onClick={() => setSorting(true)}>
                {i18n._('Categorias')}
              </Button>
            )}
            <Button icon="plus" onClick={() => setMaking(true)}>
              {i18n._('Criar uma sala')}
            </Button>
          </>
        )
      }
    >
      {act.error && asking === undefined && (
        <Banner tone="danger" icon="triangle-alert" role="alert">
          {act.error}
        </Banner>
      )}
      {taught.length > 0 && (
        <nav className="row row--wrap taught" aria-label={i18n._('Cursos de que você é da equipe')}>
          <span className="small soft">{i18n._('Aulas e pessoas dos seus cursos:')}</span>
          {taught.map(({ href, name }) => (
            <Link key={href} href={href} dir="auto">
              {name}
            </Link>
          ))}
        </nav>
      )}
      <Finder
        query={query}
        filter={filter}
        shelves={shelvesOf(i18n, {
          entries,
          recent: isBrowsing ? (recent.data?.rooms ?? []) : [],
          courses: courses.data?.courses ?? [],
          categories,
          isIn: (room) => byId.has(room),
          now,
        })}
        now={now}
        loading={pages.isPending || pages.isFetching}
        failed={pages.isError}
        joining={joining}
        hasMore={pages.hasNextPage}
        onQuery={setQuery}
        onFilter={setFilter}
        onJoin={(room) => join(room)}
        categories={categories}
        category={category}
        archived={archived}
        onCategory={setCategory}
        onArchived={setArchived}
        onMore={() => void pages.fetchNextPage()}
        onRetry={() => void pages.refetch()}
        create={
          mayMake && (
            <div className="row row--wrap empty-ways">
              <Button emphasis="pen" icon="plus" onClick={() => setMaking(true)}>
                {i18n._('Criar uma sala')}
              </Button>
              {me.role === 'administrator' && (
                <Link className="btn" href="/pessoas">
                  {i18n._('Trazer as pessoas')}
                </Link>
              )}
            </div>
          )
        }
      />
      <Suspense>
        {isSorting && <Categories onClose={() => setSorting(false)} />}
        {asking && (
          <JoinDialog
            title={asking.title}
            rules={asking.rules}
            busy={act.busy}
            error={act.error}
            onJoin={() => join(asking.room, true)}
            onClose={() => {
              act.clear();
              setAsking(undefined);
            }}
          />
        )}
      </Suspense>
      <CreateRoom
        open={isMaking}
        onClose={() => setMaking(false)}
        onCreated={(room) => {
          setMaking(false);
          open(room);
        }}
      />
    </Page>
  );
}
