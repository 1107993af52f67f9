import { useLingui } from '@lingui/react';
import type { CallInput } from '@recreio/client';
import { Banner, Button, Directory as Finder, type DirectoryFilter, Link, Navigate, Page } from '@recreio/ui';
import { use, useState } from 'react';
import { useAct, usePaused, useServerNow } from '../acting.ts';
import { useAnswers, useAsked, usePages } from '../asked.ts';
import { useClient, useMe, useRooms } from '../client.tsx';
import CreateRoom from './CreateRoom.tsx';
import { kindsFor } from './rooms/making.ts';
import { shelvesOf } from './rooms/shelves.ts';
import { whenIn } from './rooms/entering.ts';

/** Rooms in one page of the directory. */
const PAGE = 50;

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
  const [query, setQuery] = useState('');
  const [filter, setFilter] = useState<DirectoryFilter>('all');
  const [joining, setJoining] = useState<string>();
  const [isMaking, setMaking] = useState(false);
  const text = usePaused(query.trim());
  const courses = useAsked('lessons.courses', {});
  const input: CallInput<'rooms.directory'> = {
    limit: PAGE,
    ...(text === '' ? {} : { text }),
    ...(filter === 'all' ? {} : { kind: filter }),
  };
  const pages = usePages('rooms.directory', input);
  const entries = pages.data?.pages.flatMap(({ rooms }) => rooms) ?? [];
  const mayMake = me !== null && kindsFor(me.role).length > 0;
  const open = (room: string) => navigate?.(`/sala/${room}`);
  const join = (room: string) => {
    setJoining(room);
    void act
      .run(
        async () => {
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
          <Button icon="plus" onClick={() => setMaking(true)}>
            {i18n._('Criar uma sala')}
          </Button>
        )
      }
    >
      {act.error && (
        <Banner tone="danger" icon="triangle-alert" role="alert">
          {act.error}
        </Banner>
      )}
      <Finder
        query={query}
        filter={filter}
        shelves={shelvesOf(i18n, {
          entries,
          courses: courses.data?.courses ?? [],
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
        onJoin={join}
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
