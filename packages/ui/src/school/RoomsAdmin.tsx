import { useLingui } from '@lingui/react';
import { Button } from '../controls/Button.tsx';
import { Empty } from '../controls/Empty.tsx';
import { Finder, type FoundPages } from '../controls/Finder.tsx';
import { FoundList } from '../controls/FoundList.tsx';
import { Banner } from '../controls/Notice.tsx';
import { agoTime } from '../i18n/dates.ts';
import { When } from '../i18n/When.tsx';
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
  /** Nobody owns it who is active, and in its course. */
  isOwnerless: boolean;
  lastMessageAt: number | null;
  archivedAt: number | null;
};

/** Which rooms are listed. */
export type RoomsFilter = 'all' | 'living' | 'archived' | 'ownerless';

/** Every room of the school, with who looks after it. The page's frame (`Page`) is the caller's. */
export function RoomsAdmin({
  rooms,
  total,
  query,
  filter,
  loading,
  failed,
  hasMore,
  ownerless,
  now,
  onQuery,
  onFilter,
  onMore,
  onRetry,
  onGive,
  onArchive,
}: FoundPages<RoomsFilter> & {
  rooms: readonly RoomRecordView[];
  /** How many rooms in use nobody owns who could. */
  ownerless: number;
  now: number;
  onGive: (room: RoomRecordView) => void;
  onArchive: (room: RoomRecordView) => void;
}) {
  const { i18n } = useLingui();
  return (
    <>
      {ownerless > 0 && filter !== 'ownerless' && (
        <Banner icon="users" aside={<Button onClick={() => onFilter('ownerless')}>{i18n._('Ver quais')}</Button>}>
          {i18n._('{count, plural, one {# sala ficou} other {# salas ficaram}} sem ninguém que cuide.', {
            count: ownerless,
          })}
        </Banner>
      )}
      <Finder
        label={i18n._('Procurar salas')}
        placeholder={i18n._('Nome ou descrição')}
        query={query}
        onQuery={onQuery}
        which={i18n._('Quais salas')}
        filter={filter}
        onFilter={onFilter}
        filters={[
          { value: 'all', label: i18n._('Todas as salas') },
          { value: 'living', label: i18n._('Em uso') },
          { value: 'archived', label: i18n._('Arquivadas') },
          { value: 'ownerless', label: i18n._('Sem ninguém que cuide') },
        ]}
      />
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
          <RoomRow key={room.id} room={room} now={now} onGive={onGive} onArchive={onArchive} />
        ))}
      </FoundList>
    </>
  );
}

function RoomRow({
  room,
  now,
  onGive,
  onArchive,
}: {
  room: RoomRecordView;
  now: number;
  onGive: (room: RoomRecordView) => void;
  onArchive: (room: RoomRecordView) => void;
}) {
  const { i18n } = useLingui();
  const { title, kind, isOpen, members, owners, isOwnerless, lastMessageAt, archivedAt } = room;
  return (
    <li className="card-row room-record">
      <div className="card-words">
        <h2 dir="auto">{title}</h2>
        <p className="small soft">
          {kindWords(i18n, kind)} · {isOpen ? i18n._('Aberta') : i18n._('Por convite')} · {peopleWords(i18n, members)}
        </p>
        <p className="small soft">
          {isOwnerless
            ? i18n._('Ninguém cuida dela agora')
            : i18n._('Quem cuida: {names}', { names: listWords(owners, i18n.locale) })}
        </p>
      </div>
      <p className="small soft room-record-when">
        {archivedAt !== null && <span className="tag">{i18n._('Arquivada')}</span>}
        {lastMessageAt === null ? (
          i18n._('Nada foi dito ainda')
        ) : (
          <When at={lastMessageAt}>
            {i18n._('última mensagem {ago}', { ago: agoTime(lastMessageAt, now, i18n.locale) })}
          </When>
        )}
      </p>
      <div className="room-record-acts">
        {isOwnerless && (
          <Button icon="users" aria-label={`${i18n._('Dar a alguém')}: ${title}`} onClick={() => onGive(room)}>
            {i18n._('Dar a alguém')}
          </Button>
        )}
        <Button
          emphasis="quiet"
          icon={archivedAt === null ? 'archive' : 'archive-restore'}
          aria-label={`${archivedAt === null ? i18n._('Arquivar') : i18n._('Reabrir')}: ${title}`}
          onClick={() => onArchive(room)}
        >
          {archivedAt === null ? i18n._('Arquivar') : i18n._('Reabrir')}
        </Button>
      </div>
    </li>
  );
}
