/** Which parts of a message are formulas: `$x$`, `$$x$$`, `\(x\)` and `\[x\]`, as a rule of the Markdown library. Pure. */
import type { Parser } from '../markdown/parse.ts';

/** Longer than this nobody writes by hand, and drawing takes a moment that is felt. */
export const MOST_TEX = 2_000;

/** A formula and where it ends. */
export interface Found {
  readonly tex: string;
  readonly isDisplay: boolean;
  /** The place behind its closing mark. */
  readonly end: number;
}

const isWordAt = (text: string, at: number): boolean => /[\p{L}\p{N}]/u.test(text.charAt(at));
const isSpaceAt = (text: string, at: number): boolean => text.charAt(at).trim() === '';

/** Whether what stands between two dollar signs is meant as a formula: `$5 a 10$` is money. */
const isMeant = (tex: string): boolean => !/^\d/.test(tex) || !/\s/.test(tex) || /[\\^_=<>+*/{}]/.test(tex);

/** Where a closing mark stands from a place on, passing over what is escaped; -1 where it does not. */
const closing = (text: string, mark: string, from: number): number => {
  for (let at = from; at < text.length && at - from <= MOST_TEX + 2; at++) {
    if (text.startsWith(mark, at)) return at;
    if (text.startsWith('\n\n', at)) return -1;
    if (text[at] === '\\') at++;
  }
  return -1;
};

/**
 * The formula that begins at a place. A dollar sign opens one only where no letter or figure stands before it (`R$5`), no space
 * behind it, no space before the closing one and no figure behind that: what people write of money stays as it is.
 */
export function formulaAt(text: string, at: number): Found | null {
  for (const [open, close, isDisplay] of [
    ['$$', '$$', true],
    ['\\[', '\\]', true],
    ['\\(', '\\)', false],
  ] as const) {
    if (!text.startsWith(open, at)) continue;
    const end = closing(text, close, at + open.length);
    const tex = end === -1 ? '' : text.slice(at + open.length, end).trim();
    return tex === '' ? null : { tex, isDisplay, end: end + close.length };
  }
  if (text[at] !== '$' || isWordAt(text, at - 1) || isSpaceAt(text, at + 1)) return null;
  const end = closing(text, '$', at + 1);
  if (end === -1 || isSpaceAt(text, end - 1) || /\d/.test(text.charAt(end + 1))) return null;
  const tex = text.slice(at + 1, end);
  return isMeant(tex) ? { tex, isDisplay: false, end: end + 1 } : null;
}

/** Teaches a Markdown parser formulas: tokens of type `math`, whose `markup` is `display` for those on lines of their own. */
export function formulas(parser: Parser): void {
  parser.inline.ruler.before('escape', 'math', (state, silent) => {
    const found = formulaAt(state.src.slice(0, state.posMax), state.pos);
    if (!found) return false;
    if (!silent) {
      const token = state.push('math', 'math', 0);
      token.content = found.tex;
      token.markup = found.isDisplay ? 'display' : '';
    }
    state.pos = found.end;
    return true;
  });
  // On lines of its own a formula may have lines that would begin a list
  parser.block.ruler.before(
    'fence',
    'math_block',
    (state, startLine, endLine, silent) => {
      const start = (state.bMarks[startLine] ?? 0) + (state.tShift[startLine] ?? 0);
      if (
        (state.sCount[startLine] ?? 0) - state.blkIndent >= 4 ||
        !/^(?:\$\$|\\\[)/.test(state.src.slice(start, start + 2))
      )
        return false;
      const found = formulaAt(state.src, start);
      if (!found) return false;
      let line = startLine;
      while (line < endLine && (state.eMarks[line] ?? 0) < found.end) line++;
      // What follows on the same line makes it part of a sentence
      if (line >= endLine || state.src.slice(found.end, state.eMarks[line]).trim() !== '') return false;
      if (silent) return true;
      const token = state.push('math', 'math', 0);
      token.block = true;
      token.content = found.tex;
      token.markup = 'display';
      token.map = [startLine, line + 1];
      state.line = line + 1;
      return true;
    },
    { alt: ['paragraph', 'blockquote', 'list'] },
  );
}
