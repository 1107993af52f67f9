import type { ButtonHTMLAttributes, ReactNode } from 'react';
import { Icon } from '../icons/Icon.tsx';
import type { IconName } from '../icons/drawings.ts';
import { useHint } from './Hint.tsx';

/** How much a button asks to be pressed. One `pen` to a view. */
export type Emphasis = 'pen' | 'marker' | 'danger' | 'danger-quiet' | 'quiet';

type ButtonProps = Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'className'> & {
  emphasis?: Emphasis | undefined;
  small?: boolean;
  wide?: boolean;
  /** Pushed to the end of its row. */
  push?: boolean;
  icon?: IconName;
  /** Work in progress: a turning ring, and presses are ignored. */
  busy?: boolean | undefined;
  children: ReactNode;
};

/** A button with words. `type` is `button` unless said otherwise. */
export function Button({ emphasis, small, wide, push, icon, busy, children, onClick, ...rest }: ButtonProps) {
  const classes = ['btn', emphasis && `btn--${emphasis}`, small && 'btn--small', wide && 'btn--wide', push && 'push']
    .filter(Boolean)
    .join(' ');
  return (
    <button
      type="button"
      {...rest}
      className={classes}
      aria-busy={busy || undefined}
      onClick={busy ? (event) => event.preventDefault() : onClick}
    >
      {icon && !busy && <Icon name={icon} />}
      {children}
    </button>
  );
}

type IconButtonProps = Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'className' | 'children' | 'aria-label'> & {
  icon: IconName;
  /** The words of the drawing: read aloud, and shown on hover and focus. */
  label: string;
  emphasis?: Emphasis | undefined;
  small?: boolean;
  push?: boolean;
  className?: string;
  ref?: React.Ref<HTMLButtonElement>;
};

/** A square button with a drawing, named in words. */
export function IconButton({ icon, label, emphasis = 'quiet', small, push, className, ...rest }: IconButtonProps) {
  const classes = ['btn', `btn--${emphasis}`, 'btn--icon', small && 'btn--small', push && 'push', className]
    .filter(Boolean)
    .join(' ');
  const hint = useHint(label);
  return (
    <>
      <button type="button" {...rest} {...hint.on(rest)} className={classes} aria-label={label}>
        <Icon name={icon} />
      </button>
      {hint.tip}
    </>
  );
}
