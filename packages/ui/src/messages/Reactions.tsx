import { useLingui } from '@lingui/react';
import { Popover } from 'radix-ui';
import { use, useState, type ReactElement } from 'react';
import { FloatRoot } from '../controls/Hint.tsx';
import { EmojiPicker } from '../emoji/EmojiPicker.tsx';
import { Icon } from '../icons/Icon.tsx';
import type { ReactionView } from './talk.ts';
import { reactionName } from './words.ts';

/** An emoji picker that floats beside its trigger and closes when one is chosen. */
export function EmojiPopover({
  trigger,
  onPick,
  onOpenChange,
  align = 'end',
  side = 'bottom',
}: {
  trigger: ReactElement;
  onPick: (emoji: string) => void;
  onOpenChange?: (open: boolean) => void;
  align?: 'start' | 'end';
  side?: 'top' | 'bottom';
}) {
  const container = use(FloatRoot);
  const { i18n } = useLingui();
  const [open, setOpen] = useState(false);
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

/** The answers in signs under a message: toggles with the names of whom they are from, and a way to add one. */
export function Reactions({
  reactions,
  mayReact,
  onToggle,
}: {
  reactions: readonly ReactionView[];
  mayReact: boolean;
  onToggle: (emoji: string, on: boolean) => void;
}) {
  const { i18n } = useLingui();
  if (reactions.length === 0) return null;
  return (
    <div className="reacts" role="group" aria-label={i18n._('Reações')}>
      {reactions.map((reaction) => {
        const name = reactionName(i18n, reaction);
        return (
          <button
            key={reaction.emoji}
            className="react"
            type="button"
            aria-pressed={reaction.mine}
            aria-label={name}
            title={name}
            disabled={!mayReact && !reaction.mine}
            onClick={() => onToggle(reaction.emoji, !reaction.mine)}
          >
            <span className="emoji">{reaction.emoji}</span> {reaction.count}
          </button>
        );
      })}
      {mayReact && (
        <EmojiPopover
          onPick={(emoji) => onToggle(emoji, true)}
          trigger={
            <button className="react react--add" type="button" aria-label={i18n._('Reagir')}>
              <Icon name="smile-plus" />
            </button>
          }
        />
      )}
    </div>
  );
}
