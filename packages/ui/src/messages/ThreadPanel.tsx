import { useLingui } from '@lingui/react';
import type { ReactNode } from 'react';
import { Button } from '../controls/Button.tsx';
import { Icon } from '../icons/Icon.tsx';
import { Link } from '../layout/Link.tsx';
import { useAtMost, widths } from '../layout/width.ts';

/** A thread beside its room; where only one part fits, it is the page. Its head, what was said (a list), its box. */
export function ThreadPanel({
  room,
  backHref,
  isFollowing,
  busy,
  onFollow,
  children,
}: {
  /** The room's name. */
  room: string;
  /** Closes it: the room alone. */
  backHref: string;
  /** Absent until it is known. */
  isFollowing?: boolean | undefined;
  busy: boolean;
  onFollow: (follow: boolean) => void;
  children: ReactNode;
}) {
  const { i18n } = useLingui();
  const asMain = useAtMost(widths.panel);
  const Heading = asMain ? 'h1' : 'h2';
  return (
    <div
      className="panel panel--thread"
      role={asMain ? 'main' : 'complementary'}
      aria-label={i18n._('Fio em {room}', { room })}
    >
      <div className="thread-head">
        <Link
          className="btn btn--quiet btn--icon thread-back"
          href={backHref}
          aria-label={asMain ? i18n._('Voltar à conversa') : i18n._('Fechar o fio')}
        >
          <Icon name={asMain ? 'arrow-left' : 'x'} />
        </Link>
        <div className="thread-title">
          <Heading>{i18n._('Fio')}</Heading>
          <span className="small muted thread-room" dir="auto">
            {room}
          </span>
        </div>
        {isFollowing !== undefined && (
          <Button
            small
            icon={isFollowing ? 'check' : 'plus'}
            aria-pressed={isFollowing}
            busy={busy}
            onClick={() => onFollow(!isFollowing)}
          >
            {isFollowing ? i18n._('Seguindo') : i18n._('Seguir')}
          </Button>
        )}
      </div>
      {children}
    </div>
  );
}
