import { useLingui } from '@lingui/react';
import { agoTime } from '../i18n/dates.ts';
import { When } from '../i18n/When.tsx';
import { Link } from '../layout/Link.tsx';
import { Avatar } from '../people/Avatar.tsx';
import type { PersonView } from '../people/person.ts';
import { UnreadBadge } from '../rooms/Badges.tsx';

/** Something said, in a line. Without words it was removed. */
export type SaidView = { author: PersonView; excerpt: string | undefined; at: number };

/** A thread that the reader follows. */
export type ThreadCardView = {
  id: string;
  href: string;
  room: string;
  root: SaidView;
  last: SaidView | undefined;
  count: number;
  unread: number;
};

/** The threads one follows: what hangs where, what was said last, what is unread. */
export function ThreadCards({ threads, now }: { threads: readonly ThreadCardView[]; now: number }) {
  const { i18n } = useLingui();
  return (
    <ul className="thread-cards">
      {threads.map(({ id, href, room, root, last, count, unread }) => (
        <li key={id} className={unread > 0 ? 'thread-card is-unread' : 'thread-card'}>
          <Link href={href}>
            <span className="thread-card-top small muted">
              <span dir="auto">{room}</span>
              <When at={(last ?? root).at} className="push">
                {agoTime((last ?? root).at, now, i18n.locale)}
              </When>
            </span>
            <span className="thread-card-root">
              <Avatar person={{ ...root.author, presence: undefined }} size="s" />
              <span className="thread-card-words">
                <b dir="auto">{root.author.name}</b>
                <Words said={root} />
              </span>
              <UnreadBadge unread={unread} mentions={0} />
            </span>
            {last && (
              <span className="thread-card-last small">
                <b dir="auto">{last.author.isYou ? i18n._('Você') : last.author.name}</b> <Words said={last} />
              </span>
            )}
            <span className="small muted">
              {i18n._('{count, plural, =0 {Nenhuma resposta} one {# resposta} other {# respostas}}', { count })}
            </span>
          </Link>
        </li>
      ))}
    </ul>
  );
}

function Words({ said }: { said: SaidView }) {
  const { i18n } = useLingui();
  return said.excerpt === undefined ? (
    <i className="soft">{i18n._('mensagem removida')}</i>
  ) : (
    <span dir="auto">{said.excerpt}</span>
  );
}
