import { useLingui } from '@lingui/react';
import { useState, type ReactNode } from 'react';
import { Button } from '../controls/Button.tsx';
import { Empty, ListSkeleton, Trouble } from '../controls/Empty.tsx';
import { Chips } from '../controls/Choices.tsx';
import { SearchField, Switch } from '../controls/Field.tsx';
import { agoTime } from '../i18n/dates.ts';
import { When } from '../i18n/When.tsx';
import { Icon } from '../icons/Icon.tsx';
import { Link } from '../layout/Link.tsx';
import { Wall, type WallView } from '../people/Wall.tsx';
import { Leaf } from '../rooms/Leaf.tsx';
import { kindWords, peopleWords, type LeafView, type RoomKindName } from '../rooms/room.ts';

/** A room in the directory. The wall is absent where presence is not known. */
export type RoomCardView = {
  id: string;
  href: string;
  title: string;
  leaf: LeafView;
  /** Where it stands: `Matemática · 9º B · Aula 7`; absent, its kind is said. */
  place?: string;
  description?: string;
  members: number;
  joined: boolean;
  /** When somebody last spoke in it, ms. */
  spokenAt?: number;
  /** How much was said today, up to 99. */
  today?: number;
  /** The language that is spoken there, in words. */
  language?: string;
  wall?: WallView;
};

/** A shelf of rooms: those where people speak now, those one may enter, those one is in. */
export type ShelfView = { id: string; title: string; note?: string; rooms: readonly RoomCardView[] };

/** What is being looked for. */
export type DirectoryFilter = RoomKindName | 'all';

/** A room as a card: leaf, name, what is talked about, the facts in a line, and one thing to do. All of it leads to the room. */
export function RoomCard({
  room,
  busy,
  now,
  onJoin,
}: {
  room: RoomCardView;
  busy?: boolean | undefined;
  /** The time in ms, for how long ago somebody spoke. */
  now: number;
  onJoin: (id: string) => void;
}) {
  const { i18n } = useLingui();
  const facts = [
    room.place ?? kindWords(i18n, room.leaf.kind),
    room.leaf.announcement ? i18n._('só a equipe escreve') : undefined,
    peopleWords(i18n, room.members),
    room.language,
    room.today
      ? i18n._('{today, plural, one {# mensagem hoje} other {# mensagens hoje}}', {
          today: room.today,
        })
      : undefined,
  ].filter((fact) => fact !== undefined);
  return (
    <li className={['room-card', !room.wall && 'room-card--plain', room.joined && 'is-mine'].filter(Boolean).join(' ')}>
      <Leaf large leaf={room.leaf} />
      <div className="room-card-words">
        <h3>
          <Link href={room.href} dir="auto">
            {room.title}
          </Link>
        </h3>
        {room.description && (
          <p className="room-card-about" dir="auto">
            {room.description}
          </p>
        )}
        <p className="room-card-facts">
          {facts.map((fact) => (
            <span key={fact}>{fact} </span>
          ))}
          {room.spokenAt !== undefined && (
            <span>
              <When at={room.spokenAt}>
                {i18n._('última mensagem {ago}', { ago: agoTime(room.spokenAt, now, i18n.locale) })}
              </When>
            </span>
          )}
        </p>
      </div>
      {room.wall && <Wall wall={room.wall} shape="seats" seats={3} />}
      {room.joined ? (
        <Link className="btn btn--small" href={room.href} aria-label={i18n._('Abrir {room}', { room: room.title })}>
          {i18n._('Abrir')}
        </Link>
      ) : room.leaf.inviteOnly ? (
        <span className="small soft nowrap">
          <Icon name="lock" />
          {i18n._('Por convite')}
        </span>
      ) : (
        <Button
          small
          busy={busy}
          aria-label={i18n._('Entrar em {room}', { room: room.title })}
          onClick={() => onJoin(room.id)}
        >
          {i18n._('Entrar (numa sala)', {}, { message: 'Entrar' })}
        </Button>
      )}
    </li>
  );
}

/** Finding rooms: search, kinds, shelves. The page's frame (`Page`) is the caller's. */
export function Directory({
  query,
  filter,
  shelves,
  loading,
  failed,
  joining,
  hasMore,
  now,
  onQuery,
  onFilter,
  onJoin,
  onMore,
  onRetry,
  create,
  categories = [],
  category,
  archived = false,
  onCategory,
  onArchived,
}: {
  query: string;
  filter: DirectoryFilter;
  shelves: readonly ShelfView[];
  loading: boolean;
  failed?: boolean;
  /** The room that is being entered. */
  joining?: string | undefined;
  hasMore?: boolean;
  /** The time in ms. */
  now: number;
  onQuery: (text: string) => void;
  onFilter: (filter: DirectoryFilter) => void;
  onJoin: (id: string) => void;
  onMore?: () => void;
  onRetry: () => void;
  /** In an empty directory: the button that makes a room, if one may. */
  create?: ReactNode;
  /** The school's own categories, to look within one of them. */
  categories?: readonly { id: string; name: string; emoji: string }[];
  category?: string | undefined;
  /** Whether the rooms that were put away are shown, in the place of the others. */
  archived?: boolean;
  onCategory?: (category: string | undefined) => void;
  onArchived?: (archived: boolean) => void;
}) {
  const { i18n } = useLingui();
  const [text, setText] = useState(query);
  const empty = shelves.every((shelf) => shelf.rooms.length === 0);
  return (
    <>
      <form className="finder" role="search" onSubmit={(event) => event.preventDefault()}>
        <SearchField
          label={i18n._('Procurar salas, aulas e projetos')}
          placeholder={i18n._('Matéria, aula ou assunto')}
          value={text}
          onChange={(event) => {
            setText(event.target.value);
            onQuery(event.target.value);
          }}
        />
        <Chips
          label={i18n._('Tipo de sala')}
          value={filter}
          onChange={onFilter}
          options={[
            { value: 'all', label: i18n._('Todas') },
            { value: 'subject', label: i18n._('De matéria') },
            { value: 'lesson', label: i18n._('De aula') },
            { value: 'project', label: i18n._('De projeto') },
            { value: 'topic', label: i18n._('Temáticas') },
          ]}
        />
        {categories.length > 0 && (
          <Chips
            label={i18n._('Categoria')}
            value={category ?? ''}
            onChange={(next) => onCategory?.(next === '' ? undefined : next)}
            options={[
              { value: '', label: i18n._('De qualquer categoria') },
              ...categories.map(({ id, name, emoji }) => ({
                value: id,
                label: emoji === '' ? name : `${emoji} ${name}`,
              })),
            ]}
          />
        )}
        {onArchived && (
          <Switch
            label={i18n._('Mostrar as arquivadas')}
            checked={archived}
            onChange={(event) => onArchived(event.target.checked)}
          />
        )}
      </form>
      {failed && empty && (
        <Trouble
          title={i18n._('Não deu para buscar as salas')}
          words={i18n._('A rede ou a escola não respondeu.')}
          onRetry={onRetry}
        />
      )}
      {loading && empty && !failed && <ListSkeleton />}
      {!loading &&
        !failed &&
        empty &&
        (query.trim() === '' && filter === 'all' && category === undefined && !archived ? (
          <Empty chalk="hopscotch" title={i18n._('Nenhuma sala ainda')} action={create}>
            {i18n._('Quando houver salas das suas turmas ou abertas à escola, elas aparecem aqui.')}
          </Empty>
        ) : (
          <Empty
            chalk="blocks"
            title={
              query.trim()
                ? i18n._('Nada com “{query}”', { query: query.trim() })
                : archived
                  ? i18n._('Nenhuma sala arquivada')
                  : i18n._('Nenhuma sala desse tipo')
            }
            action={
              <Button
                onClick={() => {
                  setText('');
                  onQuery('');
                  onFilter('all');
                  onCategory?.(undefined);
                  onArchived?.(false);
                }}
              >
                {i18n._('Ver todas as salas')}
              </Button>
            }
          >
            {i18n._('Acentos e maiúsculas não fazem diferença. Tente uma palavra só.')}
          </Empty>
        ))}
      <div aria-busy={loading}>
        {shelves
          .filter((shelf) => shelf.rooms.length > 0)
          .map((shelf) => (
            <section key={shelf.id} className="shelf">
              <h2 dir="auto">
                {shelf.title} {shelf.note && <small>{shelf.note}</small>}
              </h2>
              <ul className="room-cards">
                {shelf.rooms.map((room) => (
                  <RoomCard key={room.id} room={room} busy={joining === room.id} now={now} onJoin={onJoin} />
                ))}
              </ul>
            </section>
          ))}
      </div>
      {hasMore && onMore && (
        <div className="more">
          <Button onClick={onMore} busy={loading}>
            {i18n._('Ver mais salas')}
          </Button>
        </div>
      )}
    </>
  );
}
