import { useLingui } from '@lingui/react';
import { useState } from 'react';
import { Button, IconButton } from '../controls/Button.tsx';
import { SearchField } from '../controls/Field.tsx';
import { useHeld } from '../controls/held.ts';
import { Menu, type MenuItem } from '../controls/Menu.tsx';
import { matchesText } from '../i18n/fold.ts';
import { nearTime, type Zone } from '../i18n/dates.ts';
import { Icon } from '../icons/Icon.tsx';
import { useAtMost, widths } from '../layout/width.ts';
import { peopleWords, roomRoleWords, type RoomRoleName } from '../rooms/room.ts';
import { Avatar, RoleTag } from './Avatar.tsx';
import { presenceWord, type PersonView } from './person.ts';
import { Wall, type WallView } from './Wall.tsx';

/** A member of a room. `mutedUntil`: ms, `null` open-ended; only staff and the person get to see it. */
export type MemberView = { person: PersonView; roomRole: RoomRoleName; mutedUntil?: number | null };

/** What this reader may do with a member; each is offered only if it is here. */
export type MemberPowers = {
  onMessage?: (() => void) | undefined;
  onMute?: (() => void) | undefined;
  onUnmute?: (() => void) | undefined;
  onRole?: (() => void) | undefined;
  onRemove?: (() => void) | undefined;
  onBan?: (() => void) | undefined;
  onBlock?: (() => void) | undefined;
};

/** Beyond this many a search helps more than scrolling. */
const searchFrom = 12;
/** Rows drawn at once; the rest is found by name. */
const mostRows = 200;

/** Who is in a room: the wall, then all by role in words, with what the reader may do. */
export function MembersPanel({
  wall,
  members,
  powersOf,
  now,
  zone,
  onAdd,
  addLabel,
  addName,
}: {
  /** Absent until it is known who is here; drawn only where the conversation, which has it in its head, is not beside it. */
  wall?: WallView | undefined;
  members: readonly MemberView[];
  powersOf: (member: MemberView) => MemberPowers;
  now: number;
  zone?: Zone;
  onAdd?: () => void;
  /** The word of the button that brings somebody, and its name for a reader; a room's where left out. */
  addLabel?: string;
  addName?: string;
}) {
  const { i18n } = useLingui();
  const isAlone = useAtMost(widths.panel);
  const [query, setQuery] = useState('');
  const found = members.filter((member) => matchesText(member.person.name, query));
  const [presences, held] = useHeld(new Map(members.map(({ person }) => [person.id, person.presence])));
  const placeOf = ({ person }: MemberView) => (presences.has(person.id) ? presences.get(person.id) : person.presence);
  const here = found.filter((member) => placeOf(member) === 'here');
  const others = found.filter((member) => placeOf(member) !== 'here');
  const list = (title: string, some: readonly MemberView[], means?: string) =>
    some.length > 0 && (
      <section className="members">
        <h2 className="subhead">
          {title} <span className="num">{i18n.number(some.length)}</span>
        </h2>
        {means !== undefined && <p className="small soft">{means}</p>}
        <ul>
          {some.slice(0, mostRows).map((member) => (
            <MemberRow key={member.person.id} member={member} powers={powersOf(member)} now={now} zone={zone} />
          ))}
        </ul>
        {some.length > mostRows && (
          <p className="small soft">
            {i18n._('E mais {count}: procure pelo nome.', { count: some.length - mostRows })}
          </p>
        )}
      </section>
    );
  return (
    <>
      {wall && isAlone && <Wall wall={wall} shape="line" seats={4} />}
      <div className="members-top">
        {members.length > searchFrom ? (
          <SearchField
            label={i18n._('Procurar na sala')}
            placeholder={i18n._('Nome')}
            value={query}
            onChange={(event) => setQuery(event.target.value)}
          />
        ) : (
          <span className="soft small">{peopleWords(i18n, members.length)}</span>
        )}
        {onAdd && (
          <Button icon="user-plus" aria-label={addName ?? i18n._('Convidar para a sala')} onClick={onAdd}>
            {addLabel ?? i18n._('Convidar')}
          </Button>
        )}
      </div>
      <div className="stack" {...held}>
        {list(i18n._('No pátio'), here, i18n._('Quem está com o Recreio aberto agora.'))}
        {list(
          others.some((member) => placeOf(member) === undefined) ? i18n._('Demais pessoas') : i18n._('Fora agora'),
          others,
        )}
      </div>
      {found.length === 0 && (
        <p className="small soft" role="status">
          {i18n._('Ninguém com esse nome nesta sala.')}
        </p>
      )}
    </>
  );
}

function MemberRow({
  member,
  powers,
  now,
  zone,
}: {
  member: MemberView;
  powers: MemberPowers;
  now: number;
  zone: Zone;
}) {
  const { i18n } = useLingui();
  const { person, roomRole } = member;
  const items = memberItems(i18n, powers);
  const roomWord = roomRole === 'member' ? undefined : roomRoleWords(i18n, roomRole);
  // The heading says who is here and who is not; only what it does not say stands in the row
  const awayWord = person.presence === 'away' ? presenceWord(i18n, person.presence) : undefined;
  return (
    <li className="member">
      <Avatar person={person} />
      <span className="member-words">
        <span className="member-name">
          <b dir="auto">{person.name}</b>
          <RoleTag person={person} />
        </span>
        <span className="small muted">
          {[roomWord, awayWord].filter(Boolean).join(' · ')}
          {/* One's own is said at the box, with its reason; here it would only be said once more */}
          {member.mutedUntil !== undefined && !person.isYou && (
            <span className="tag tag--marker">
              <Icon name="mic-off" />
              {member.mutedUntil === null
                ? i18n._('em silêncio')
                : i18n._('em silêncio até {until}', { until: nearTime(member.mutedUntil, now, i18n.locale, zone) })}
            </span>
          )}
        </span>
      </span>
      {items.length > 0 && (
        <Menu
          label={i18n._('Opções de {name}', { name: person.name })}
          items={items}
          trigger={<IconButton small icon="ellipsis" label={i18n._('Opções de {name}', { name: person.name })} />}
        />
      )}
    </li>
  );
}

function memberItems(i18n: ReturnType<typeof useLingui>['i18n'], powers: MemberPowers): MenuItem[] {
  const { onMessage, onMute, onUnmute, onRole, onRemove, onBan, onBlock } = powers;
  const items: MenuItem[] = [];
  if (onMessage)
    items.push({
      id: 'message',
      label: i18n._('Conversar em particular'),
      icon: 'messages-square',
      onSelect: onMessage,
    });
  if (onRole) items.push({ id: 'role', label: i18n._('Papel na sala…'), icon: 'users', onSelect: onRole });
  const harder: MenuItem[] = [];
  if (onUnmute) harder.push({ id: 'unmute', label: i18n._('Devolver a palavra'), icon: 'check', onSelect: onUnmute });
  if (onMute) harder.push({ id: 'mute', label: i18n._('Silenciar…'), icon: 'mic-off', onSelect: onMute });
  if (onRemove)
    harder.push({
      id: 'remove',
      label: i18n._('Tirar da sala…'),
      icon: 'user-minus',
      danger: true,
      onSelect: onRemove,
    });
  if (onBan) harder.push({ id: 'ban', label: i18n._('Banir da sala…'), icon: 'ban', danger: true, onSelect: onBan });
  if (onBlock)
    harder.push({ id: 'block', label: i18n._('Bloquear…'), icon: 'user-x', danger: true, onSelect: onBlock });
  if (items.length > 0 && harder.length > 0) items.push({ kind: 'rule', id: 'r-hard' });
  return [...items, ...harder];
}
