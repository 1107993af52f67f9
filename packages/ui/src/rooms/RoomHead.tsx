import { useLingui } from '@lingui/react';
import type { ReactNode } from 'react';
import { IconButton } from '../controls/Button.tsx';
import { Menu, type MenuItem } from '../controls/Menu.tsx';
import { Icon } from '../icons/Icon.tsx';
import { Link } from '../layout/Link.tsx';
import { Avatar, RoleTag } from '../people/Avatar.tsx';
import { presenceWord, type PersonView } from '../people/person.ts';
import { Wall, type WallView } from '../people/Wall.tsx';
import { peopleWords } from './room.ts';

/**
 * The head of a room: course and lesson, its name, who is on the wall, what can be done.
 * `lesson` is the place of the strip of a lesson room; nothing stands there until there is something true to show.
 */
export function RoomHead({
  title,
  crumb,
  crumbHref,
  wall,
  members,
  backHref,
  menu,
  peopleHref,
  lesson,
}: {
  title: string;
  crumb: string;
  crumbHref?: string;
  /** Absent while it is not known who is here. */
  wall: WallView | undefined;
  /** How many are in the room: said until it is known who is here. */
  members: number;
  backHref: string;
  menu: readonly MenuItem[];
  /** Below 1180 px the panel is a view of its own, reached from here. */
  peopleHref: string;
  lesson?: ReactNode;
}) {
  const { i18n } = useLingui();
  const unknown = <span className="wall-words wall-unknown">{peopleWords(i18n, members)}</span>;
  return (
    <>
      <div>
        <header className="main-head">
          <Link className="btn btn--quiet btn--icon only-phone" href={backHref} aria-label={i18n._('Voltar às salas')}>
            <Icon name="arrow-left" />
          </Link>
          <div className="title">
            {crumbHref ? (
              <Link className="crumb" href={crumbHref}>
                {crumb}
              </Link>
            ) : (
              <span className="crumb">{crumb}</span>
            )}
            <h1 dir="auto" title={title}>
              {title}
            </h1>
          </div>
          <div className="no-phone head-wall">{wall ? <Wall wall={wall} shape="head" /> : unknown}</div>
          <div className="row head-actions">
            <Link
              className="btn btn--quiet btn--icon only-narrow"
              href={peopleHref}
              aria-label={i18n._('Pessoas da sala')}
            >
              <Icon name="users" />
            </Link>
            {menu.length > 0 && (
              <Menu
                label={i18n._('Opções da sala')}
                items={menu}
                trigger={<IconButton icon="ellipsis" label={i18n._('Mais opções da sala')} />}
              />
            )}
          </div>
        </header>
        <div className="only-phone wall-line">{wall ? <Wall wall={wall} shape="line" seats={3} /> : unknown}</div>
      </div>
      {lesson ? (
        <section className="lesson-bar" aria-label={i18n._('A aula desta sala')}>
          {lesson}
        </section>
      ) : (
        <div className="head-edge" />
      )}
    </>
  );
}

/** The head of a private conversation: the other person, with their role and presence in words. */
export function DirectHead({
  person,
  backHref,
  menu,
}: {
  person: PersonView;
  backHref: string;
  menu: readonly MenuItem[];
}) {
  const { i18n } = useLingui();
  const crumb = [
    i18n._('Conversa privada'),
    person.presence && (person.presence === 'gone' ? i18n._('fora agora') : presenceWord(i18n, person.presence)),
  ];
  return (
    <>
      <header className="main-head">
        <Link className="btn btn--quiet btn--icon only-phone" href={backHref} aria-label={i18n._('Voltar às salas')}>
          <Icon name="arrow-left" />
        </Link>
        <Avatar person={person} size="l" />
        <div className="title">
          <span className="crumb">{crumb.filter(Boolean).join(' · ')}</span>
          <div className="row head-person">
            <h1 dir="auto" title={person.name}>
              {person.name}
            </h1>
            <RoleTag person={person} />
          </div>
        </div>
        {menu.length > 0 && (
          <Menu
            label={i18n._('Opções da conversa')}
            items={menu}
            trigger={<IconButton icon="ellipsis" label={i18n._('Mais opções da conversa')} />}
          />
        )}
      </header>
      <div className="head-edge" />
    </>
  );
}
