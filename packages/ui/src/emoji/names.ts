/** What emojis are called: the book of them is fetched after the first picture, and until then an emoji is its own name, as readers of the screen know it. */
import { useLingui } from '@lingui/react';
import { useEffect, useState } from 'react';
import { late } from '../controls/late.ts';

const book = late(() => import('./emoji.ts'));

/** Those that a teacher and a class answer with most. */
export const quickEmojis: readonly string[] = ['👍', '❤️', '😂', '🙌', '💡', '✅'];

/** Says what an emoji is called, in the language of the page. */
export function useEmojiName(): (char: string) => string {
  const { i18n } = useLingui();
  const [part, setPart] = useState(book.fetched);
  useEffect(() => {
    if (part === undefined) book.fetch().then(setPart, () => undefined);
  }, [part]);
  return (char) => part?.emojiName(char, i18n.locale) ?? char;
}
