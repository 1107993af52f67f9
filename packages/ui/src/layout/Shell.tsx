import { useLingui } from '@lingui/react';
import type { ReactNode } from 'react';
import { Icon } from '../icons/Icon.tsx';
import type { IconName } from '../icons/drawings.ts';
import { UnreadBadge } from '../rooms/Badges.tsx';
import { Link } from './Link.tsx';
import { useAtMost, widths } from './width.ts';

/** Which part is the page where only one fits: the list of rooms, a room, its panel, or a page of its own. */
export type ShellView = 'rooms' | 'room' | 'panel' | 'page';

/** A door in the bar at the foot of a phone. */
export type TabDoor = {
  id: string;
  href: string;
  label: string;
  icon: IconName;
  unread?: number;
  mentions?: number;
  current?: boolean;
};

/** The three-part house: rooms, conversation, panel; two parts below 1180 px, one below 760 px. */
export function Shell({
  view,
  side,
  main,
  panel,
  tabs,
  skipTo,
  skipLabel,
}: {
  view: ShellView;
  side: ReactNode;
  main: ReactNode;
  panel?: ReactNode;
  tabs: readonly TabDoor[];
  /** The id of what the skip link goes to. */
  skipTo?: string;
  skipLabel?: string;
}) {
  const { i18n } = useLingui();
  return (
    <div className={panel ? 'app' : 'app app--two'} data-view={view}>
      {skipTo && (
        <a
          className="skip"
          href={`#${skipTo}`}
          onClick={(event) => {
            event.preventDefault();
            document.getElementById(skipTo)?.focus();
          }}
        >
          {skipLabel ?? i18n._('Ir para o conteúdo')}
        </a>
      )}
      {side}
      {main}
      {panel}
      <nav className="tabbar" aria-label={i18n._('Principal')}>
        {tabs.map((tab) => (
          <Link key={tab.id} href={tab.href} aria-current={tab.current ? 'page' : undefined}>
            <span className="tab-mark">
              <Icon name={tab.icon} />
            </span>
            {tab.label}
            <UnreadBadge unread={tab.unread ?? 0} mentions={tab.mentions ?? 0} />
          </Link>
        ))}
      </nav>
    </div>
  );
}

/** The conversation's column: head, (strip), list, foot. */
export function RoomMain({ children }: { children: ReactNode }) {
  return <main className="main">{children}</main>;
}

/** A page beside the rooms: a title, what it is for, what can be done. */
export function Page({
  title,
  words,
  action,
  backHref,
  narrow = false,
  children,
  id = 'conteudo',
}: {
  title: string;
  words?: ReactNode;
  action?: ReactNode /** On a phone, where the arrow leads. */;
  backHref?: string;
  narrow?: boolean;
  children: ReactNode;
  /** Where the skip link goes. */
  id?: string;
}) {
  const { i18n } = useLingui();
  return (
    <main className="page" tabIndex={-1} id={id}>
      <div className={narrow ? 'page-in page-in--narrow' : 'page-in'}>
        {backHref && (
          <Link className="btn btn--quiet page-back only-phone" href={backHref}>
            <Icon name="arrow-left" />
            {i18n._('Salas')}
          </Link>
        )}
        <header className="page-head">
          <div className="row row--wrap">
            <h1>{title}</h1>
            {action && <div className="push row row--wrap">{action}</div>}
          </div>
          {words && <p className="soft">{words}</p>}
        </header>
        {children}
      </div>
    </main>
  );
}

/** The right panel of a room; below 1180 px, when it is the page (`isPage`), a view of its own with a way back. */
export function Panel({
  title,
  backHref,
  isPage = false,
  tabs,
  children,
}: {
  title: string;
  backHref: string;
  isPage?: boolean;
  /** What the panel shows, to choose from; beside a conversation they stand for the title, which is only read. */
  tabs?: ReactNode;
  children: ReactNode;
}) {
  const { i18n } = useLingui();
  const asMain = useAtMost(widths.panel) && isPage;
  const Heading = asMain ? 'h1' : 'h2';
  return (
    <div className="panel" role={asMain ? 'main' : 'complementary'} aria-label={title}>
      <div className="panel-head">
        <div className="row">
          <Link
            className="btn btn--quiet btn--icon panel-back"
            href={backHref}
            aria-label={i18n._('Voltar à conversa')}
          >
            <Icon name="arrow-left" />
          </Link>
          <Heading className={tabs && !asMain ? 'sr' : undefined}>{title}</Heading>
        </div>
        {tabs}
      </div>
      <div className="panel-body" id="painel" tabIndex={0} role="region" aria-label={title}>
        {children}
      </div>
    </div>
  );
}
