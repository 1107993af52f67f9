import { useLingui } from '@lingui/react';
import { use } from 'react';
import { EmojiPopover } from '../emoji/EmojiPopover.tsx';
import { Icon } from '../icons/Icon.tsx';
import { Reachable } from '../markdown/reach.ts';
import type { ReactionView } from './talk.ts';
import { reactionName } from './words.ts';

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
  const reach = use(Reachable) ? 0 : -1;
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
            tabIndex={reach}
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
            <button className="react react--add" type="button" tabIndex={reach} aria-label={i18n._('Reagir')}>
              <Icon name="smile-plus" />
            </button>
          }
        />
      )}
    </div>
  );
}
