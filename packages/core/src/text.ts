/** Text that people write: what may be in it (docs/protocol.md R6, security S44). */
import { deny, type Denial } from './verdict.ts';

export { foldText } from '@recreio/protocol';

/** Controls that turn the direction of what follows: in a name they make it look like another. */
const BIDI = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/u;
/** C0 and C1 controls but tab and line feeds. */
// oxlint-disable-next-line no-control-regex -- these are the characters that are looked for
const CONTROLS = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/u;
/** Anything that leaves ink: not a space, a control, a format character or an unassigned code point; Hangul fillers leave none. */
const INK = /[^\p{White_Space}\p{C}\u115f\u1160\u3164\uffa0\u2800\p{Default_Ignorable_Code_Point}]/u;
/** More than this many marks on one letter run over the lines above ("zalgo"). */
const ZALGO = /\p{M}{9,}/u;

/** Whether a text is well-formed Unicode without NUL; asked of every string that comes in. */
export const isWellFormed = (text: string): boolean => text.isWellFormed() && !text.includes('\u0000');

/** A name or title as it is kept: NFC, inner spaces folded, trimmed; or `bad-text`. */
export const cleanLine = (text: string): string | Denial<'bad-text'> => {
  const line = text.normalize('NFC').replace(/\s+/gu, ' ').trim();
  if (BIDI.test(line) || CONTROLS.test(line))
    return deny('bad-text', { detail: 'control characters are not allowed in names' });
  if (!INK.test(line)) return deny('bad-text', { detail: 'there is nothing to read in it' });
  if (ZALGO.test(line)) return deny('bad-text', { detail: 'too many marks on one letter' });
  return line;
};

/** A description as it is kept; may be empty. */
export const cleanParagraph = (text: string): string | Denial<'bad-text'> => {
  const clean = text.normalize('NFC').replace(/\r\n?/gu, '\n').trim();
  return BIDI.test(clean) || CONTROLS.test(clean)
    ? deny('bad-text', { detail: 'control characters are not allowed' })
    : clean;
};

/** Whether a message's body can be read by someone; bodies are kept byte for byte. */
export const checkBody = (body: string, maxBytes: number): Denial<'bad-text' | 'too-large'> | null => {
  if (utf8Bytes(body) > maxBytes)
    return deny('too-large', { detail: `a message has at most ${maxBytes} bytes of UTF-8` });
  if (CONTROLS.test(body)) return deny('bad-text', { detail: 'control characters are not allowed' });
  if (!INK.test(body)) return deny('bad-text', { detail: 'there is nothing to read in it' });
  return null;
};

/** Compiled once: it holds every sequence there is. */
const EMOJI = /^\p{RGI_Emoji}$/v;

/** Whether a text is exactly one emoji as Unicode recommends for interchange (UTS #51, RGI). */
export const isEmoji = (text: string): boolean => EMOJI.test(text);

/** Length in UTF-8 without encoding (the compiler's lock gives no TextEncoder here). */
export const utf8Bytes = (text: string): number => {
  let bytes = text.length;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit < 0x80) continue;
    if (unit < 0x800) bytes += 1;
    else if (unit >= 0xd800 && unit < 0xdc00) {
      bytes += 2;
      i += 1;
    } else bytes += 2;
  }
  return bytes;
};
