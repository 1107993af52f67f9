import { useLingui } from '@lingui/react';
import { Empty } from '../controls/Empty.tsx';
import { SearchField, SelectField } from '../controls/Field.tsx';
import { FoundList } from '../controls/FoundList.tsx';
import { agoTime, fullTime } from '../i18n/dates.ts';
import { listWords } from '../i18n/fold.ts';
import { kindWords, peopleWords, type RoomKindName } from '../rooms/room.ts';

/** A room as administrators see one: that it is there, not what is said in it. Times in ms. */
export type RoomRecordView = {
  id: string;
  kind: RoomKindName;
  title: string;
  isOpen: boolean;
  members: number;
  owners: readonly string[];
  lastMessageAt: number | null;
  archivedAt: number | null;
};

/** Which rooms are listed. */
export type RoomsFilter = 'all' | 'living' | 'archived';

/** Every room of the school, with who looks after it. The page's frame (`Page`) is the caller's. */
export function RoomsAdmin({
  rooms,
  total,
  query,
  filter,
  loading,
  failed,
  hasMore,
  now,
  onQuery,
  onFilter,
  onMore,
  onRetry,
}: {
  rooms: readonly RoomRecordView[];
  total: number;
  query: string;
  filter: RoomsFilter;
  loading: boolean;
  failed: boolean;
  hasMore: boolean;
  now: number;
  onQuery: (text: string) => void;
  onFilter: (filter: RoomsFilter) => void;
  onMore: () => void;
  onRetry: () => void;
}) {
  const { i18n } = useLingui();
  return (
    <>
      <form className="finder finder--row" role="search" onSubmit={(event) => event.preventDefault()}>
        <SearchField
          label={i18n._('Procurar salas')}
          placeholder={i18n._('Nome ou descrição')}
          value={query}
          onChange={(event) => onQuery(event.target.value)}
        />
        <SelectField
          quiet
          label={i18n._('Quais salas')}
          value={filter}
          onChange={(event) => onFilter(event.target.value as RoomsFilter)}
          options={[
            { value: 'all', label: i18n._('Todas as salas') },
            { value: 'living', label: i18n._('Em uso') },
            { value: 'archived', label: i18n._('Arquivadas') },
          ]}
        />
      </form>
      <FoundList
        loading={loading}
        failed={failed}
        hasMore={hasMore}
        trouble={i18n._('Não deu para buscar as salas')}
        nothing={
          query.trim() === '' && filter === 'all' ? (
            <Empty chalk="bench" title={i18n._('Ainda não há salas')}>
              {i18n._('As salas que alguém criar aparecem aqui, com quem cuida delas.')}
            </Empty>
          ) : (
            <Empty chalk="bench" title={i18n._('Nenhuma sala com essa busca')}>
              {i18n._('Confira o nome, ou veja todas as salas.')}
            </Empty>
          )
        }
        total={i18n._('{total, plural, one {# sala} other {# salas}}', { total })}
        more={i18n._('Ver mais salas')}
        onMore={onMore}
        onRetry={onRetry}
      >
        {rooms.map((room) => (
          <RoomRow key={room.id} room={room} now={now} />
        ))}
      </FoundList>
    </>
  );
}

function RoomRow({ room, now }: { room: RoomRecordView; now: number }) {
  const { i18n } = useLingui();
  const { title, kind, isOpen, members, owners, lastMessageAt, archivedAt } = room;
  return (
    <li className="card-row room-record">
      <div className="card-words">
        <h2 dir="auto">{title}</h2>
        <p className="small soft">
          {kindWords(i18n, kind)} · {isOpen ? i18n._('Aberta') : i18n._('Por convite')} · {peopleWords(i18n, members)}
        </p>
        <p className="small soft">
          {owners.length === 0
            ? i18n._('Ninguém cuida dela')
            : i18n._('Quem cuida: {names}', { names: listWords(owners, i18n.locale) })}
        </p>
      </div>
      <p className="small soft room-record-when">
        {archivedAt !== null && <span className="tag">{i18n._('Arquivada')}</span>}
        {lastMessageAt === null ? (
          i18n._('Nada foi dito ainda')
        ) : (
          <time dateTime={new Date(lastMessageAt).toISOString()} title={fullTime(lastMessageAt, i18n.locale)}>
            {i18n._('última mensagem {ago}', { ago: agoTime(lastMessageAt, now, i18n.locale) })}
          </time>
        )}
      </p>
    </li>
  );
}
