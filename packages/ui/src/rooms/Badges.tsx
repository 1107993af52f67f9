import { useLingui } from '@lingui/react';
import { badgeCount } from './room.ts';

/**
 * How much is new: round and in pen; square and in amber where some of it speaks to you. Nothing when nothing is new.
 * The words are read, not shown, and say how much of it does.
 */
export function UnreadBadge({
  unread,
  mentions = 0,
  plain = false,
  push = false,
}: {
  unread: number;
  mentions?: number;
  /** Not in the colour of the pen: the sum of a closed course. */
  plain?: boolean;
  push?: boolean;
}) {
  const { i18n } = useLingui();
  // Of a hushed room only what speaks to you is counted
  const count = Math.max(unread, mentions);
  if (count === 0) return null;
  const classes = ['badge', mentions > 0 ? 'badge--mention' : plain && 'badge--plain', push && 'push'];
  return (
    <span className={classes.filter(Boolean).join(' ')}>
      {badgeCount(count)}
      <span className="sr">
        {' '}
        {i18n._('{count, plural, one {nova} other {novas}}', { count })}
        {mentions > 0 && `, ${i18n._('{mentions, plural, one {# menção} other {# menções}}', { mentions })}`}
      </span>
    </span>
  );
}
