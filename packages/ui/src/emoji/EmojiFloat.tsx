import { useLingui } from '@lingui/react';
import { Popover } from 'radix-ui';
import { use, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { FloatRoot } from '../controls/Hint.tsx';
import { EmojiPicker } from './EmojiPicker.tsx';
import type { EmojiPopoverProps } from './EmojiPopover.tsx';

/** The landmarks of the page: what floats is hung into the one where it was opened, so that a reader knows where it is. */
const landmark = 'main, nav, aside, [role="main"], [role="navigation"], [role="complementary"]';

/** A keyboard of glass would come up and leave no room for what is to be chosen: there the search waits to be pressed. */
const isTouched = () => matchMedia('(pointer: coarse)').matches;

/** The floating picker itself with its trigger, fetched late. */
export function EmojiFloat({
  trigger,
  onPick,
  onOpenChange,
  align = 'end',
  side = 'bottom',
  startsOpen,
}: EmojiPopoverProps & { startsOpen: boolean }) {
  const dialog = use(FloatRoot);
  const { i18n } = useLingui();
  const button = useRef<HTMLButtonElement>(null);
  const beside = useRef<Element>(null as unknown as Element);
  const content = useRef<HTMLDivElement>(null);
  const [home, setHome] = useState<Element | null>(null);
  const [open, setOpen] = useState(false);
  const startsNow = useRef(startsOpen);
  const tell = useRef(onOpenChange);
  // Once the trigger stands in the page, and before anybody sees it
  useLayoutEffect(() => {
    if (button.current === null) return;
    // Above the whole box, never over what is being written in it
    beside.current = (side === 'top' && button.current.closest('.composer')) || button.current;
    setHome(button.current.closest(landmark));
    if (startsNow.current) setOpen(true);
    startsNow.current = false;
  }, [side]);
  useEffect(() => {
    if (startsOpen) tell.current?.(true);
  }, [startsOpen]);
  function change(next: boolean) {
    setOpen(next);
    onOpenChange?.(next);
  }
  return (
    <Popover.Root open={open} onOpenChange={change}>
      <Popover.Anchor virtualRef={beside} />
      <Popover.Trigger asChild ref={button}>
        {trigger}
      </Popover.Trigger>
      <Popover.Portal container={dialog ?? (home as HTMLElement | null)}>
        <Popover.Content
          ref={content}
          className="emoji-float"
          sideOffset={6}
          collisionPadding={8}
          align={align}
          side={side}
          aria-label={i18n._('Escolher um emoji')}
          onOpenAutoFocus={(event) => {
            if (!isTouched()) return;
            event.preventDefault();
            content.current?.focus();
          }}
        >
          <EmojiPicker
            autoFocus={!isTouched()}
            onPick={(emoji) => {
              change(false);
              onPick(emoji);
            }}
          />
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
