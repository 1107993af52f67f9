import { DropdownMenu } from 'radix-ui';
import { use, useLayoutEffect, useRef, useState, type FocusEvent } from 'react';
import { Icon } from '../icons/Icon.tsx';
import { FloatRoot } from './Hint.tsx';
import type { Asked } from './late.ts';
import type { MenuItem, MenuProps } from './Menu.tsx';
import { wayOf } from './way.ts';

/** The landmarks of the page: what floats is hung into the one where it was opened, so that a reader knows where it is. */
const landmark = 'main, nav, aside, [role="main"], [role="navigation"], [role="complementary"]';

/** The menu itself with its trigger, fetched late. With `asked` it stands open from the start. */
export function MenuFloat({
  trigger,
  label,
  items,
  align = 'end',
  side = 'bottom',
  children,
  asked,
}: MenuProps & { asked: Asked | undefined }) {
  const dialog = use(FloatRoot);
  const button = useRef<HTMLButtonElement>(null);
  const [home, setHome] = useState<Element | null>(null);
  const [open, setOpen] = useState(false);
  const isAsked = useRef(asked !== undefined);
  // Once the trigger stands in the page, and before anybody sees it: moved later, an open menu would lose the focus
  useLayoutEffect(() => {
    setHome(button.current?.closest(landmark) ?? null);
    if (isAsked.current) setOpen(true);
    isAsked.current = false;
  }, []);
  // The library was not there to see the key that asked for it
  const isFirstByKeyboard = useRef(asked?.byKeyboard === true);
  function enter(event: FocusEvent<HTMLElement>) {
    if (!isFirstByKeyboard.current) return;
    isFirstByKeyboard.current = false;
    event.currentTarget.querySelector<HTMLElement>('[role^="menuitem"]:not([data-disabled])')?.focus();
  }
  return (
    <DropdownMenu.Root
      dir={wayOf(document.documentElement) === 1 ? 'ltr' : 'rtl'}
      modal={false}
      open={open}
      onOpenChange={setOpen}
    >
      <DropdownMenu.Trigger ref={button} asChild>
        {trigger}
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal container={dialog ?? home}>
        <DropdownMenu.Content
          className="menu menu--float"
          align={align}
          side={side}
          sideOffset={6}
          collisionPadding={8}
          aria-label={label}
          onFocus={enter}
        >
          {children}
          {inGroups(items).map((group) =>
            group[0]?.kind === 'choice' ? (
              <DropdownMenu.RadioGroup key={group[0].id} value={group.find(isChecked)?.id ?? ''}>
                {group.map((item) => (
                  <MenuLine key={item.id} item={item} />
                ))}
              </DropdownMenu.RadioGroup>
            ) : (
              group.map((item) => <MenuLine key={item.id} item={item} />)
            ),
          )}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

const isChecked = (item: MenuItem): boolean => item.kind === 'choice' && item.checked;

/** Choices that follow one another exclude one another; everything else stands alone. */
function inGroups(items: readonly MenuItem[]): MenuItem[][] {
  const groups: MenuItem[][] = [];
  for (const item of items) {
    const last = groups.at(-1);
    if (item.kind === 'choice' && last?.[0]?.kind === 'choice') last.push(item);
    else groups.push([item]);
  }
  return groups;
}

function MenuLine({ item }: { item: MenuItem }) {
  if (item.kind === 'rule') return <DropdownMenu.Separator className="menu-rule" />;
  if (item.kind === 'title') return <DropdownMenu.Label className="menu-title">{item.label}</DropdownMenu.Label>;
  if (item.kind === 'choice' || item.kind === 'toggle') {
    const inside = (
      <>
        <span className="menu-check">{item.checked && <Icon name="check" />}</span>
        {item.label}
      </>
    );
    return item.kind === 'choice' ? (
      <DropdownMenu.RadioItem value={item.id} onSelect={item.onSelect}>
        {inside}
      </DropdownMenu.RadioItem>
    ) : (
      <DropdownMenu.CheckboxItem checked={item.checked} onSelect={item.onSelect}>
        {inside}
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
