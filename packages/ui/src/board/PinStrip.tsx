import { useLingui } from '@lingui/react';
import { Button } from '../controls/Button.tsx';
import { Icon } from '../icons/Icon.tsx';

/** What stands on a room's board, as it is told in a line. */
export type PinView = { id: string; author: string; excerpt: string };

/** Under the head of a room: what was pinned last, which leads there, and the way to all that is pinned. */
export function PinStrip({
  last,
  count,
  onGo,
  onAll,
}: {
  last: PinView;
  count: number;
  onGo: () => void;
  onAll: () => void;
}) {
  const { i18n } = useLingui();
  return (
    <section className="pin-strip" aria-label={i18n._('Fixadas na sala')}>
      <Icon name="pin" />
      <button type="button" className="pin-line" onClick={onGo}>
        <span className="sr">{i18n._('Ir para a mensagem fixada:')} </span>
        <b dir="auto">{last.author}</b> <span dir="auto">{last.excerpt}</span>
      </button>
      <Button small emphasis="quiet" aria-haspopup="dialog" onClick={onAll}>
        {i18n._('{count, plural, one {# fixada} other {# fixadas}}', { count })}
      </Button>
    </section>
  );
}
