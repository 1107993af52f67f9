import { useLingui } from '@lingui/react';
import type { MouseEvent } from 'react';
import { IconButton } from '../controls/Button.tsx';
import { nearTime } from '../i18n/dates.ts';
import { When } from '../i18n/When.tsx';
import { Icon } from '../icons/Icon.tsx';
import { Avatar } from '../people/Avatar.tsx';
import type { PersonView } from '../people/person.ts';

/** A message that the reader saved. Times in ms. */
export type SavedCardView = {
  id: string;
  href: string;
  room: string;
  author: PersonView;
  at: number;
  excerpt: string;
  /** It was said in a thread. */
  isReply: boolean;
};

/** What one saved for later: who said what where, the way there, and the way off the list. */
export function SavedCards({
  saved,
  now,
  onGo,
  onTake,
}: {
  saved: readonly SavedCardView[];
  now: number;
  /** A plain press on the way there; with a modifier the browser does it. */
  onGo: (href: string) => void;
  onTake: (id: string) => void;
}) {
  const { i18n } = useLingui();
  function press(event: MouseEvent, href: string) {
    if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    onGo(href);
  }
  return (
    <ul className="saved-cards">
      {saved.map(({ id, href, room, author, at, excerpt, isReply }) => (
        <li key={id} className="saved-card">
          <a href={href} onClick={(event) => press(event, href)}>
            <span className="saved-card-top small muted">
              {isReply && <Icon name="message-square-reply" />}
              <span className="saved-card-room" dir="auto">
                {room}
              </span>
              {isReply && <span className="sr">{i18n._('em um fio')}</span>}
            </span>
            <span className="saved-card-who">
              <Avatar person={{ ...author, presence: undefined }} size="s" />
              <b dir="auto">{author.isYou ? i18n._('Você') : author.name}</b>
              <When at={at} className="small muted">
                {nearTime(at, now, i18n.locale)}
              </When>
            </span>
            <span className="saved-card-words" dir="auto">
              {excerpt}
            </span>
          </a>
          <IconButton
            className="saved-card-take"
            icon="x"
            small
            label={i18n._('Tirar das guardadas')}
            onClick={() => onTake(id)}
          />
        </li>
      ))}
    </ul>
  );
}
