import { quickEmojis, useEmojiName } from './names.ts';
import { rememberEmoji } from './recent.ts';

/** A few at hand, in one row. */
export function QuickEmojis({ onPick }: { onPick: (emoji: string) => void }) {
  const nameOf = useEmojiName();
  return (
    <span className="emoji-quick">
      {quickEmojis.map((char) => (
        <button
          key={char}
          type="button"
          className="emoji-one"
          aria-label={nameOf(char)}
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
