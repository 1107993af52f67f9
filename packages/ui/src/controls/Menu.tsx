import { DropdownMenu } from 'radix-ui';
import { use, type ReactElement, type ReactNode } from 'react';
import { Icon } from '../icons/Icon.tsx';
import type { IconName } from '../icons/drawings.ts';
import { FloatRoot } from './Hint.tsx';

/** A line of a menu: something to do, a choice among some, a title, or a rule between groups. */
export type MenuItem =
  | {
      kind?: 'action';
      id: string;
      label: string;
      icon?: IconName;
      keys?: string;
      danger?: boolean;
      disabled?: boolean;
      onSelect: () => void;
    }
  | { kind: 'choice'; id: string; label: string; checked: boolean; onSelect: () => void }
  | { kind: 'title'; id: string; label: string }
  | { kind: 'rule'; id: string };

/** A menu below its trigger. Arrows move, letters jump, Esc closes and gives the focus back. Not modal: the page stays as it is. */
export function Menu({
  trigger,
  label,
  items,
  align = 'end',
  side = 'bottom',
  children,
  onOpenChange,
}: {
  trigger: ReactElement;
  label: string;
  items: readonly MenuItem[];
  align?: 'start' | 'end';
  side?: 'top' | 'bottom';
  /** Above the items: whose menu it is. */
  children?: ReactNode;
  onOpenChange?: (open: boolean) => void;
}) {
  const container = use(FloatRoot);
  return (
    <DropdownMenu.Root modal={false} onOpenChange={onOpenChange}>
      <DropdownMenu.Trigger asChild>{trigger}</DropdownMenu.Trigger>
      <DropdownMenu.Portal container={container}>
        <DropdownMenu.Content
          className="menu menu--float"
          align={align}
          side={side}
          sideOffset={6}
          collisionPadding={8}
          aria-label={label}
        >
          {children}
          {items.map((item) => (
            <MenuLine key={item.id} item={item} />
          ))}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

function MenuLine({ item }: { item: MenuItem }) {
  if (item.kind === 'rule') return <DropdownMenu.Separator className="menu-rule" />;
  if (item.kind === 'title') return <DropdownMenu.Label className="menu-title">{item.label}</DropdownMenu.Label>;
  if (item.kind === 'choice') {
    return (
      <DropdownMenu.CheckboxItem checked={item.checked} onSelect={item.onSelect}>
        <span className="menu-check">{item.checked && <Icon name="check" />}</span>
        {item.label}
      </DropdownMenu.CheckboxItem>
    );
  }
  return (
    <DropdownMenu.Item
      disabled={item.disabled}
      onSelect={item.onSelect}
      className={item.danger ? 'is-danger' : undefined}
    >
      {item.icon && <Icon name={item.icon} />}
      {item.label}
      {item.keys && <kbd aria-hidden="true">{item.keys}</kbd>}
    </DropdownMenu.Item>
  );
}
