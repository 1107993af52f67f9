import { useLingui } from '@lingui/react';
import { badgeCount } from './room.ts';

/** What is new, in pen; what asks for you, in amber (it wins); nothing when there is neither. The words are read, not shown. */
export function UnreadBadge({
  unread,
  mentions = 0,
  plain = false,
  push = false,
}: {
  unread: number;
  mentions?: number /** Not in a colour: the sum of a closed course. */;
  plain?: boolean;
  push?: boolean;
}) {
  const { i18n } = useLingui();
  if (unread === 0 && mentions === 0) return null;
  const mentioned = mentions > 0;
  const classes = ['badge', mentioned ? 'badge--mention' : plain && 'badge--plain', push && 'push']
    .filter(Boolean)
    .join(' ');
  return (
    <span className={classes}>
      {badgeCount(mentioned ? mentions : unread)}
      <span className="sr">
        {' '}
        {mentioned
          ? i18n._('{mentions, plural, one {menção} other {menções}}', { mentions })
          : i18n._('{unread, plural, one {nova} other {novas}}', { unread })}
      </span>
    </span>
  );
}
