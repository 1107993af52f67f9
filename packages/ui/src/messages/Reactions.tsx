import { useLingui } from '@lingui/react';
import { use } from 'react';
import { EmojiPopover } from '../emoji/EmojiPopover.tsx';
import { useEmojiName } from '../emoji/names.ts';
import { Icon } from '../icons/Icon.tsx';
import { Reachable } from '../markdown/reach.ts';
import type { ReactionView } from './talk.ts';
import { reactionName } from './words.ts';

type Props = {
  reactions: readonly ReactionView[];
  mayReact: boolean;
  onToggle: (emoji: string, on: boolean) => void;
};

/** The answers in signs under a message: toggles with the names of whom they are from, and a way to add one. */
export function Reactions(props: Props) {
  return props.reactions.length === 0 ? null : <Row {...props} />;
}

function Row({ reactions, mayReact, onToggle }: Props) {
  const { i18n } = useLingui();
  const nameOf = useEmojiName();
  const reach = use(Reachable) ? 0 : -1;
  return (
    <div className="reacts" role="group" aria-label={i18n._('Reações')}>
      {reactions.map((reaction) => {
        const name = reactionName(i18n, reaction, nameOf(reaction.emoji));
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
