import { useLingui } from '@lingui/react';
import type { ReactNode } from 'react';
import { Button } from '../controls/Button.tsx';
import { ListSkeleton } from '../controls/Empty.tsx';
import { clockTime, fullTime } from '../i18n/dates.ts';
import { Link } from '../layout/Link.tsx';
import { Markdown, type MentionView } from '../markdown/Markdown.tsx';
import { Avatar, RoleTag } from '../people/Avatar.tsx';
import type { PersonView } from '../people/person.ts';
import { UnreadBadge } from '../rooms/Badges.tsx';
import { Face } from '../rooms/Face.tsx';
import { roundKeys } from './round-keys.ts';
import type { SidebarRoom } from '../sidebar/Sidebar.tsx';

/** Something said in a room that one is catching up with. */
export type CaughtView = {
  id: string;
  author: PersonView;
  at: number;
  body: string;
  mentions: readonly MentionView[];
};

/** A room to catch up with. */
export type CatchUpView = {
  id: string;
  name: string;
  href: string;
  face: SidebarRoom['face'];
  /** Its course, or what kind of talk it is. */
  note: string;
  unread: number;
  mentions: number;
  /** What is unread, oldest first; undefined until it is here. */
  said: readonly CaughtView[] | undefined;
  /** There is more than is shown. */
  hasMore: boolean;
};

/** The heading of the room one is at: a place for the focus. */
export const CATCH_UP_HEADING = 'em-dia-sala';

/** One room of the round: what is new in it, and what one can do: mark it as read, leave it for later, open it. */
export function CatchUp({
  room,
  left,
  keys,
  busy,
  trouble,
  onRead,
  onLater,
  onUndo,
}: {
  room: CatchUpView;
  /** How many wait after this one. */
  left: number;
  /** Whether keys alone do something: then they are shown. */
  keys: boolean;
  busy: boolean;
  /** In the place of what was said, where it could not be fetched. */
  trouble?: ReactNode;
  /** Does nothing before what was said is here. */
  onRead: () => void;
  onLater: () => void;
  /** Absent where nothing was done yet. */
  onUndo: (() => void) | undefined;
}) {
  const { i18n } = useLingui();
  const key = (name: string) => keys && <kbd aria-hidden="true">{name}</kbd>;
  const wordsLeft = i18n._(
    '{left, plural, =0 {É a última.} one {Depois desta, mais #.} other {Depois desta, mais #.}}',
    {
      left,
    },
  );
  return (
    <section className="catch-up" aria-labelledby={CATCH_UP_HEADING}>
      <header className="catch-up-head">
        <Face id={room.id} face={room.face} />
        <div className="catch-up-name">
          <h2 id={CATCH_UP_HEADING} tabIndex={-1} dir="auto">
            <Link href={room.href}>{room.name}</Link>
          </h2>
          <p className="small soft">{room.note}</p>
        </div>
        <UnreadBadge unread={room.unread} mentions={room.mentions} />
      </header>
      <p className="sr" role="status">
        {i18n._('{room}: {unread, plural, one {# nova} other {# novas}}.', { room: room.name, unread: room.unread })}{' '}
        {wordsLeft}
      </p>
      {trouble ||
        (room.said === undefined ? (
          <ListSkeleton count={2} />
        ) : (
          <ol className="catch-up-said">
            {room.said.map(({ id, author, at, body, mentions }) => (
              <li key={id}>
                <p className="catch-up-who">
                  <Avatar person={{ ...author, presence: undefined }} size="s" />
                  <b dir="auto">{author.name}</b>
                  <RoleTag person={author} />
                  <time className="small muted" dateTime={new Date(at).toISOString()} title={fullTime(at, i18n.locale)}>
                    {clockTime(at, i18n.locale)}
                  </time>
                </p>
                <div
                  className={
                    mentions.some(({ isYou }) => isYou) ? 'said catch-up-words is-for-you' : 'said catch-up-words'
                  }
                  dir="auto"
                >
                  <Markdown body={body} mentions={mentions} />
                </div>
              </li>
            ))}
          </ol>
        ))}
      {room.hasMore && (
        <p className="small">
          <Link href={room.href}>{i18n._('Há mais: continuar na sala')}</Link>
        </p>
      )}
      <div className="catch-up-ways">
        <Button
          emphasis="pen"
          icon="check"
          busy={busy}
          aria-disabled={room.said === undefined}
          aria-keyshortcuts={roundKeys.read}
          onClick={onRead}
        >
          {i18n._('Marcar como lida')}
          {key(roundKeys.read)}
        </Button>
        <Button aria-keyshortcuts={roundKeys.later} onClick={onLater}>
          {i18n._('Deixar para depois')}
          {key(roundKeys.later)}
        </Button>
        <Link className="btn btn--quiet no-phone" href={room.href} aria-keyshortcuts={roundKeys.open}>
          {i18n._('Abrir a sala')}
          {key(roundKeys.open)}
        </Link>
        {onUndo && (
          <Button emphasis="quiet" icon="undo-2" aria-keyshortcuts={roundKeys.undo} onClick={onUndo}>
            {i18n._('Desfazer')}
            {key(roundKeys.undo)}
          </Button>
        )}
        <span className="small soft catch-up-left" aria-hidden="true">
          {wordsLeft}
        </span>
      </div>
    </section>
  );
}
