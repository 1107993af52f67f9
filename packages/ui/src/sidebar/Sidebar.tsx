import { useLingui } from '@lingui/react';
import type { PointerEvent, ReactNode } from 'react';
import { Icon } from '../icons/Icon.tsx';
import type { IconName } from '../icons/drawings.ts';
import { Link } from '../layout/Link.tsx';
import { useAtMost, widths } from '../layout/width.ts';
import { Wordmark } from '../layout/Wordmark.tsx';
import { Avatar, GroupAvatar } from '../people/Avatar.tsx';
import { presenceWord, type PersonView } from '../people/person.ts';
import { UnreadBadge } from '../rooms/Badges.tsx';
import { Leaf } from '../rooms/Leaf.tsx';
import type { LeafView } from '../rooms/room.ts';

/** A room, or a private conversation, in the list. */
export type SidebarRoom = {
  id: string;
  href: string;
  name: string;
  /** A leaf for a room, a person for a conversation of two, a count for more. */
  face: { leaf: LeafView } | { person: PersonView } | { groupCount: number };
  /** The number that is shown. */
  unread: number;
  mentions: number;
  /** Something is new, whether or not it is counted: the name is in bold. */
  isNew?: boolean;
  hasDraft?: boolean;
  /** Hushed: dimmed, and without a badge. */
  hushed?: boolean;
  /** In it one may read and not write, for now. */
  silenced?: boolean;
};

/** A heading with its rooms: a course, the other rooms, the private conversations. */
export type SidebarGroup = {
  id: string;
  title: string;
  note?: string;
  rooms: readonly SidebarRoom[] /** What to say when it has none. */;
  empty?: ReactNode;
  action?: ReactNode;
};

/** A door beside the rooms: finding rooms, people of the school. */
export type SidebarDoor = {
  id: string;
  href: string;
  label: string;
  icon: IconName;
  end?: ReactNode;
  /** On a phone it stands in the bar below, and not here. */
  inBar?: boolean;
};

function SchoolName({ school, logo, push = false }: { school: string; logo: string | undefined; push?: boolean }) {
  return (
    <span className={push ? 'small muted push side-school' : 'small muted side-school'}>
      {logo !== undefined && <img className="side-logo" src={logo} alt="" />}
      <span dir="auto">{school}</span>
    </span>
  );
}

/** The list of rooms: doors above, courses that fold with their badges summed, one's own person. */
export function Sidebar({
  school,
  logo,
  homeHref,
  doors,
  groups,
  current,
  collapsed,
  onCollapse,
  onGo,
  onTune,
  foot,
  top,
  isPage = false,
}: {
  school: string;
  /** Address of the school's picture. */
  logo?: string | undefined;
  homeHref: string;
  doors: readonly SidebarDoor[];
  groups: readonly SidebarGroup[];
  /** The id of the room or door that is open. */
  current?: string | undefined;
  collapsed: ReadonlySet<string>;
  onCollapse: (group: string, closed: boolean) => void;
  /** Asks where to go, by letters. */
  onGo?: () => void;
  /** How loud a room is: asked for by its context menu (a long press, the right button, Shift+F10). With Ctrl it is the browser's. */
  onTune?: (room: string) => void;
  /** One's own person: at the foot of the list; where the list is the page, at its head, away from the bar of doors. */
  foot: ReactNode;
  /** Below the name of the house: a banner, a search. */
  top?: ReactNode;
  /** On a phone the list is the page, and its landmark says so. */
  isPage?: boolean;
}) {
  const { i18n } = useLingui();
  const asMain = useAtMost(widths.phone) && isPage;
  return (
    <div className="side" role={asMain ? 'main' : 'navigation'} aria-label={i18n._('Salas')}>
      <div className="side-head">
        {asMain ? (
          <div className="side-title">
            <div className="side-title-words">
              <span className="side-of">
                <Wordmark /> <SchoolName school={school} logo={logo} />
              </span>
              <h1>{i18n._('Salas')}</h1>
            </div>
            {foot}
          </div>
        ) : (
          <div className="row">
            <Wordmark href={homeHref} />
            <SchoolName push school={school} logo={logo} />
          </div>
        )}
        {onGo && (
          <button type="button" className="jump" aria-haspopup="dialog" aria-keyshortcuts="Control+K" onClick={onGo}>
            <Icon name="search" />
            {i18n._('Ir para…')}
            <kbd aria-hidden="true">Ctrl K</kbd>
          </button>
        )}
        {top}
        <ul className="rooms">
          {doors.map((door) => (
            <li key={door.id} className={door.inBar ? 'is-in-bar' : undefined}>
              <Link className="room" href={door.href} aria-current={door.id === current ? 'page' : undefined}>
                <span className="leaf" aria-hidden="true">
                  <Icon name={door.icon} />
                </span>
                <span className="room-name">{door.label}</span>
                {door.end && <span className="room-end">{door.end}</span>}
              </Link>
            </li>
          ))}
        </ul>
      </div>
      <div className="side-scroll" tabIndex={0} role="region" aria-label={i18n._('Lista de salas')}>
        {groups.map((group) => (
          <Group
            key={group.id}
            group={group}
            current={current}
            closed={collapsed.has(group.id)}
            onToggle={(closed) => onCollapse(group.id, closed)}
            onTune={onTune}
          />
        ))}
      </div>
      {!asMain && foot}
    </div>
  );
}

/** A name that its line cuts off is told whole to who points at it. */
function tellWhole(name: string) {
  return ({ currentTarget: line }: PointerEvent<HTMLElement>) => {
    line.title = line.scrollWidth > line.clientWidth ? name : '';
  };
}

/** The room one goes to is seen in the list, however one went. */
function bringInSight(row: HTMLElement | null): void {
  // After the frame that shows the room: asked for within it, the page would be laid out once more before it
  if (row) requestAnimationFrame(() => setTimeout(() => row.scrollIntoView({ block: 'nearest' })));
}

function Group({
  group,
  current,
  closed,
  onToggle,
  onTune,
}: {
  group: SidebarGroup;
  current: string | undefined;
  closed: boolean;
  onToggle: (closed: boolean) => void;
  onTune: ((room: string) => void) | undefined;
}) {
  const unread = group.rooms.reduce((sum, room) => sum + room.unread, 0);
  const mentions = group.rooms.reduce((sum, room) => sum + room.mentions, 0);
  return (
    <details
      className="course"
      open={!closed}
      onToggle={(event) => {
        if (event.currentTarget.open === closed) onToggle(!event.currentTarget.open);
      }}
    >
      <summary>
        <Icon name="chevron-right" />
        <span className="course-name" dir="auto" onPointerEnter={tellWhole(group.title)}>
          {group.title}
        </span>
        {group.note && <small>{group.note}</small>}
        <UnreadBadge unread={unread} mentions={mentions} plain push />
      </summary>
      <ul className="rooms">
        {group.rooms.map((room) => (
          <li key={room.id} ref={room.id === current ? bringInSight : undefined}>
            <RoomRow room={room} current={room.id === current} onTune={onTune} />
          </li>
        ))}
      </ul>
      {group.rooms.length === 0 && group.empty && <p className="course-empty">{group.empty}</p>}
      {group.action}
    </details>
  );
}

function RoomRow({
  room,
  current,
  onTune,
}: {
  room: SidebarRoom;
  current: boolean;
  onTune: ((room: string) => void) | undefined;
}) {
  const { i18n } = useLingui();
  const classes = ['room', (room.isNew ?? room.unread > 0) && 'is-unread', room.hushed && 'is-muted']
    .filter(Boolean)
    .join(' ');
  const person = 'person' in room.face ? room.face.person : undefined;
  const lesson = 'leaf' in room.face ? room.face.leaf.lessonNumber : undefined;
  return (
    <Link
      className={classes}
      href={room.href}
      aria-current={current ? 'page' : undefined}
      onContextMenu={(event) => {
        if (onTune === undefined || event.ctrlKey) return;
        event.preventDefault();
        onTune(room.id);
      }}
    >
      {'leaf' in room.face ? (
        <Leaf leaf={room.face.leaf} />
      ) : 'person' in room.face ? (
        <Avatar person={room.face.person} size="s" />
      ) : (
        <GroupAvatar id={room.id} count={room.face.groupCount} size="s" />
      )}
      <span className="room-name" dir="auto" onPointerEnter={tellWhole(room.name)}>
        {lesson !== undefined && <span className="sr">{i18n._('Aula {lesson}:', { lesson })} </span>}
        {room.name}
        {person?.presence && <span className="sr">, {presenceWord(i18n, person.presence)}</span>}
      </span>
      <span className="room-end">
        {room.hasDraft && !current && <span className="room-draft">{i18n._('rascunho')}</span>}
        {room.silenced && (
          <>
            <Icon name="mic-off" />
            <span className="sr">{i18n._('você está em silêncio')}</span>
          </>
        )}
        {room.hushed && (
          <>
            <Icon name="bell-off" />
            <span className="sr">{i18n._('silenciada')}</span>
          </>
        )}
        <UnreadBadge unread={room.unread} mentions={room.mentions} />
      </span>
    </Link>
  );
}
