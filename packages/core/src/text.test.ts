import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkBody, cleanLine, cleanParagraph, foldText, isEmoji, isWellFormed, utf8Bytes } from './text.ts';
import { isDenial } from './verdict.ts';

const bad = (text: string): boolean => isDenial(cleanLine(text));

/** Any code points at all but lone surrogates, which never reach these rules. (fast-check's own `binary` unit takes seconds to prepare.) */
const anyText = fc
  .array(fc.oneof(fc.integer({ min: 0, max: 0x3000 }), fc.integer({ min: 0xe000, max: 0x10ffff })), { maxLength: 40 })
  .map((points) => String.fromCodePoint(...points));

describe('every text', () => {
  it.each([
    ['NUL', 'a\u0000b'],
    ['a high surrogate alone', 'a\ud83d'],
    ['a low surrogate alone', '\ude00b'],
    ['two surrogates the wrong way round', '\ude00\ud83d'],
  ])('[R6] %s is not well-formed', (_, text) => expect(isWellFormed(text)).toBe(false));

  it('[R6] emoji, scripts of right to left and combining marks are', () => {
    for (const text of ['😀', 'שלום', 'e\u0301', '']) expect(isWellFormed(text)).toBe(true);
  });
});

describe('a name', () => {
  it.each([
    ['an override', 'Ana\u202eanA'],
    ['an isolate', '\u2066Ana\u2069'],
    ['a mark of direction', 'Ana\u200f'],
    ['the Arabic letter mark', 'Ana\u061c'],
    ['a control', 'Ana\u0007'],
    ['a control of C1', 'Ana\u009b'],
    ['blanks alone', ' \u3000 '],
    ['a zero-width space alone', '\u200b'],
    ['a Hangul filler alone', '\u3164'],
    ['an empty Braille pattern alone', '\u2800'],
    ['a soft hyphen alone', '\u00ad'],
    ['a variation selector alone', '\ufe0f'],
    ['nine marks on one letter', `A${'\u0301'.repeat(10)}`],
  ])('[R6] with %s is refused', (_, text) => expect(bad(text)).toBe(true));

  it.each([
    ['NFC', 'Jose\u0301', 'José'],
    ['blanks folded and trimmed', '  Ana \t\n Paula ', 'Ana Paula'],
    ['an Arabic name', 'ليلى', 'ليلى'],
    ['a family of emoji', '👨‍👩‍👧', '👨‍👩‍👧'],
    ['Vietnamese', 'Nguyễn Thị Ánh', 'Nguyễn Thị Ánh'],
    ['Thai with its marks', 'น้ำ', 'น้ำ'],
  ])('[R6] is kept: %s', (_, text, kept) => expect(cleanLine(text)).toBe(kept.normalize('NFC')));

  it('[R6] that was cleaned once stays as it is', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const once = cleanLine(text);
        expect(isDenial(once) ? once : cleanLine(once)).toBe(once);
      }),
    );
  });
});

describe('a description', () => {
  it('[R6] may be empty and has its lines; controls of direction are refused', () => {
    expect(cleanParagraph('')).toBe('');
    expect(cleanParagraph('um\r\ndois\rtrês ')).toBe('um\ndois\ntrês');
    expect(isDenial(cleanParagraph('um\u202edois'))).toBe(true);
  });
});

describe('a body', () => {
  it.each([
    ['words', 'Oi', null],
    ['an emoji', '👍🏽', null],
    ['lines and tabs', 'a\n\tb', null],
    ['right to left with its marks', 'של \u200fעו', null],
    ['nothing but blanks', ' \n\t', 'bad-text'],
    ['nothing visible', '\u200b\u2060\ufeff', 'bad-text'],
    ['a control', 'a\u001bb', 'bad-text'],
    ['sixteen bytes', 'é'.repeat(8), null],
    ['seventeen bytes', `${'é'.repeat(8)}a`, 'too-large'],
  ])('[R6] of %s', (_, body, problem) => expect(checkBody(body, 16)?.deny ?? null).toBe(problem));

  it('[R7] is measured in UTF-8', () => {
    const encoder = new TextEncoder();
    fc.assert(
      fc.property(anyText, (text) => {
        expect(utf8Bytes(text)).toBe(encoder.encode(text).length);
      }),
    );
  });
});

describe('a sign', () => {
  it.each(['👍', '❤️', '👨‍👩‍👧‍👦', '🇧🇷', '1️⃣', '👍🏽', '🏳️‍🌈'])('%s is one emoji', (text) =>
    expect(isEmoji(text)).toBe(true),
  );
  it.each(['', 'a', '1', '👍👍', '👍 ', '❤', '\u200d', ':+1:', '🇧', '©'])('"%s" is not', (text) =>
    expect(isEmoji(text)).toBe(false),
  );
});

describe('looking for', () => {
  it('accents and capitals do not matter', () => {
    expect(foldText(' Educação  FÍSICA ')).toBe(foldText('educacao fisica'));
  });
});
