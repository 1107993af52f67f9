import { useLingui } from '@lingui/react';
import { agoTime } from '../i18n/dates.ts';
import { When } from '../i18n/When.tsx';
import { Link } from '../layout/Link.tsx';
import { Avatar } from '../people/Avatar.tsx';
import type { RepliesView } from './talk.ts';

/** Under a message: who answered in its thread, how often, and when last; the way there. */
export function RepliesLine({
  replies,
  now,
  isReachable,
}: {
  replies: RepliesView;
  now: number;
  /** Tab comes to it: the message is the one of the list that has the focus. */
  isReachable: boolean;
}) {
  const { i18n } = useLingui();
  const { count, people, lastAt, href } = replies;
  return (
    <p className="replies">
      <Link className="thread" href={href} tabIndex={isReachable ? 0 : -1}>
        <span className="avatars" aria-hidden="true">
          {people.slice(0, 3).map((person) => (
            <Avatar key={person.id} person={person} />
          ))}
        </span>
        {i18n._('{count, plural, one {# resposta} other {# respostas}}', { count })}
      </Link>
      <When at={lastAt} className="small muted">
        {i18n._('última {ago}', { ago: agoTime(lastAt, now, i18n.locale) })}
      </When>
    </p>
  );
}
