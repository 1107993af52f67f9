import { useLingui } from '@lingui/react';
import type { CallInput } from '@recreio/client';
import type { RoomRecord } from '@recreio/protocol';
import { AdminSections, Page, RoomsAdmin as RoomsList, type RoomRecordView, type RoomsFilter } from '@recreio/ui';
import { useState } from 'react';
import { useAct, usePaused, useServerNow } from '../acting.ts';
import { useAnswers, usePages } from '../asked.ts';
import { useClient } from '../client.tsx';
import { useTell } from '../notices.tsx';
import { ForAdministrators } from './ForAdministrators.tsx';
import { AskToArchive } from './rooms/Archiving.tsx';
import { Giving } from './rooms/Giving.tsx';

/** Rooms in one page of the list. */
const PAGE = 50;

/** The rooms of the school, for those who administer it: that they are there and who looks after them. */
export default function RoomsAdmin() {
  return (
    <ForAdministrators>
      <Rooms />
    </ForAdministrators>
  );
}

function Rooms() {
  const { i18n } = useLingui();
  const now = useServerNow();
  const [query, setQuery] = useState('');
  const [filter, setFilter] = useState<RoomsFilter>('all');
  const text = usePaused(query.trim());
  const input: CallInput<'rooms.all'> = {
    limit: PAGE,
    ...(text === '' ? {} : { text }),
    ...(filter === 'all' ? {} : filter === 'ownerless' ? { ownerless: true } : { archived: filter === 'archived' }),
  };
  const pages = usePages('rooms.all', input);
  const [giving, setGiving] = useState<RoomRecordView>();
  const [archiving, setArchiving] = useState<RoomRecordView>();
  return (
    <Page
      id="conteudo"
      title={i18n._('Salas da escola')}
      words={i18n._('Que salas há e quem cuida delas. O que se diz nelas só lê quem participa.')}
      backHref="/"
    >
      <AdminSections current="rooms" />
      <RoomsList
        rooms={(pages.data?.pages ?? []).flatMap(({ rooms }) => rooms.map(recordView))}
        total={pages.data?.pages.at(-1)?.total ?? 0}
        query={query}
        filter={filter}
        loading={pages.isPending || pages.isFetching}
        failed={pages.isError}
        hasMore={pages.hasNextPage}
        now={now}
        onQuery={setQuery}
        onFilter={setFilter}
        onMore={() => void pages.fetchNextPage()}
        onRetry={() => void pages.refetch()}
        ownerless={pages.data?.pages[0]?.ownerless ?? 0}
        onGive={setGiving}
        onArchive={setArchiving}
      />
      {giving && <Giving room={giving} onClose={() => setGiving(undefined)} />}
      {archiving && <Archiving room={archiving} onClose={() => setArchiving(undefined)} />}
    </Page>
  );
}

/** Putting a room away that one need not be in, and taking it out again. Both are asked: the list is long, and the buttons are near. */
function Archiving({ room, onClose }: { room: RoomRecordView; onClose: () => void }) {
  const { i18n } = useLingui();
  const client = useClient();
  const answers = useAnswers();
  const tell = useTell();
  const act = useAct();
  const archived = room.archivedAt === null;
  const set = () =>
    void act.run(async () => {
      await client.call('rooms.archive', { room: room.id, archived });
      onClose();
      void answers.again('rooms.all');
      tell(archived ? i18n._('A sala está arquivada.') : i18n._('A sala está aberta de novo.'));
    });
  return (
    <AskToArchive
      title={room.title}
      reopens={!archived}
      busy={act.busy}
      error={act.error}
      onClose={onClose}
      onConfirm={set}
    />
  );
}

const timeOf = (instant: string | null): number | null => (instant === null ? null : Date.parse(instant));

function recordView({
  id,
  kind,
  title,
  access,
  members,
  owners,
  ownerless,
  lastMessageAt,
  archivedAt,
}: RoomRecord): RoomRecordView {
  return {
    id,
    kind,
    title,
    isOpen: access === 'open',
    members,
    owners: owners.map(({ name }) => name),
    isOwnerless: ownerless === true,
    lastMessageAt: timeOf(lastMessageAt),
    archivedAt: timeOf(archivedAt),
  };
}
