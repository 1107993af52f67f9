import { useLingui } from '@lingui/react';
import type { CallInput } from '@recreio/client';
import type { RoomRecord } from '@recreio/protocol';
import { AdminSections, Page, RoomsAdmin as RoomsList, type RoomRecordView, type RoomsFilter } from '@recreio/ui';
import { useState } from 'react';
import { usePaused, useServerNow } from '../acting.ts';
import { usePages } from '../asked.ts';
import { ForAdministrators } from './ForAdministrators.tsx';

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
    ...(filter === 'all' ? {} : { archived: filter === 'archived' }),
  };
  const pages = usePages('rooms.all', input);
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
      />
    </Page>
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
    lastMessageAt: timeOf(lastMessageAt),
    archivedAt: timeOf(archivedAt),
  };
}
