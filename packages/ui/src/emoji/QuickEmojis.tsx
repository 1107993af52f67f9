import { useLingui } from '@lingui/react';
import { emojiName, quickEmojis } from './emoji.ts';
import { rememberEmoji } from './recent.ts';

/** A few at hand, in one row. */
export function QuickEmojis({ onPick }: { onPick: (emoji: string) => void }) {
  const { i18n } = useLingui();
  return (
    <span className="emoji-quick">
      {quickEmojis.map((char) => (
        <button
          key={char}
          type="button"
          className="emoji-one"
          aria-label={emojiName(char, i18n.locale)}
          onClick={() => {
            rememberEmoji(char);
            onPick(char);
          }}
        >
          {char}
        </button>
      ))}
    </span>
  );
}
