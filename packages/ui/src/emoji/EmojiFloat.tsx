import { useLingui } from '@lingui/react';
import { Popover } from 'radix-ui';
import { use, useEffect, useRef, useState } from 'react';
import { FloatRoot } from '../controls/Hint.tsx';
import { EmojiPicker } from './EmojiPicker.tsx';
import type { EmojiPopoverProps } from './EmojiPopover.tsx';

/** The floating picker itself with its trigger, fetched late. */
export function EmojiFloat({
  trigger,
  onPick,
  onOpenChange,
  align = 'end',
  side = 'bottom',
  startsOpen,
}: EmojiPopoverProps & { startsOpen: boolean }) {
  const container = use(FloatRoot);
  const { i18n } = useLingui();
  const [open, setOpen] = useState(startsOpen);
  const tell = useRef(onOpenChange);
  useEffect(() => {
    if (startsOpen) tell.current?.(true);
  }, [startsOpen]);
  function change(next: boolean) {
    setOpen(next);
    onOpenChange?.(next);
  }
  return (
    <Popover.Root open={open} onOpenChange={change}>
      <Popover.Trigger asChild>{trigger}</Popover.Trigger>
      <Popover.Portal container={container}>
        <Popover.Content
          className="emoji-float"
          sideOffset={6}
          collisionPadding={8}
          align={align}
          side={side}
          aria-label={i18n._('Escolher um emoji')}
        >
          <EmojiPicker
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
