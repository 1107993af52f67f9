import type { ReactNode } from 'react';
import { IconButton } from '../controls/Button.tsx';
import { Icon } from '../icons/Icon.tsx';

/** Above the box: what the next send will do, and the way out of it. */
export function ModeBar({
  icon,
  cancel,
  onCancel,
  children,
}: {
  icon: 'corner-up-left' | 'pencil';
  cancel: string;
  onCancel: () => void;
  children: ReactNode;
}) {
  return (
    <div className="composer-head">
      <Icon name={icon} />
      <span className="cut">{children}</span>
      <IconButton small push icon="x" label={cancel} onClick={onCancel} />
    </div>
  );
}
