import { describe, expect, test } from 'vitest';
import { emojis, findEmojis } from './emoji.ts';
import { quickEmojis } from './names.ts';
import { forgetEmojis, recentEmojis, rememberEmoji } from './recent.ts';

const shown = [...emojis.map(({ char }) => char), ...quickEmojis];

describe('the emojis of the picker', () => {
  test('are drawn in colour: those that would be text by themselves carry U+FE0F', () => {
    expect(shown.length).toBeGreaterThan(100);
    // A flag is two letters of the region, of which each alone is no picture
    const plain = shown.filter((char) => !/\p{Emoji_Presentation}|\uFE0F|\p{Regional_Indicator}{2}/u.test(char));
    expect(plain).toEqual([]);
  });

  test('stand once each, so that a search finds one of a kind', () => {
    expect(new Set(emojis.map(({ char }) => char)).size).toBe(emojis.length);
  });

  test('used last come first, once each, and sixteen at most', () => {
    forgetEmojis();
    for (const { char } of findEmojis('').slice(0, 20)) rememberEmoji(char);
    expect(recentEmojis()).toHaveLength(16);
    rememberEmoji('👍');
    rememberEmoji('🎉');
    rememberEmoji('👍');
    expect(recentEmojis().slice(0, 2)).toEqual(['👍', '🎉']);
    expect(new Set(recentEmojis()).size).toBe(recentEmojis().length);
  });

  test('of one person are not there for the next', () => {
    rememberEmoji('👍');
    expect(recentEmojis()).not.toEqual([]);
    forgetEmojis();
    expect(recentEmojis()).toEqual([]);
  });
});
