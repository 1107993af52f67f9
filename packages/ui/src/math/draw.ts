/** Formulas as MathML elements. The library parses; what it answers is taken over element by element, never as markup. */
import temml from 'temml';
import { createElement, type ReactNode } from 'react';
import { MOST_TEX } from './rules.ts';

/** A node of the library's tree: an element, a fragment or a text. */
interface Node {
  readonly type?: string;
  readonly text?: string;
  readonly attributes?: Readonly<Record<string, string>>;
  readonly children?: readonly Node[];
  readonly classes?: readonly string[];
  readonly style?: Readonly<Record<string, string>>;
}

/** Elements of MathML Core, and no others: nothing that links, loads or runs. */
const ELEMENTS = new Set(
  'math merror mfrac mi mmultiscripts mn mo mover mpadded mphantom mprescripts mroot mrow ms mspace msqrt mstyle msub msubsup msup mtable mtd mtext mtr munder munderover none semantics menclose'.split(
    ' ',
  ),
);
const ATTRIBUTES = new Set(
  'accent accentunder columnalign columnlines columnspacing columnspan depth display displaystyle fence form height largeop linethickness lspace mathvariant maxsize minsize movablelimits notation rowalign rowlines rowspacing rowspan rspace scriptlevel separator stretchy symmetric voffset width'.split(
    ' ',
  ),
);
/** What a formula may say of its looks: nothing that places it elsewhere on the page. */
const STYLES =
  /^(?:padding|margin|border|textAlign|verticalAlign|width|height|color|fontSize|fontWeight|display|mathDepth|mathStyle|whiteSpace|lineHeight)/;
const FORBIDDEN = /url\(|expression|fixed|absolute|sticky/i;

/** Longest length by which a formula spaces or moves anything, in em; the library bounds some of them, not all. */
const MOST_EM = 20;
const isShort = (value: string): boolean =>
  [...String(value).matchAll(/(\d*\.?\d+)\s*(em|ex|%)?/g)].every(
    ([, number, unit]) => Number(number) <= (unit === 'em' || unit === 'ex' ? MOST_EM : 16 * MOST_EM),
  );

const stylesOf = (style: Node['style']): Record<string, string> =>
  Object.fromEntries(
    Object.entries(style ?? {}).filter(
      ([name, value]) => STYLES.test(name) && !FORBIDDEN.test(value) && isShort(value),
    ),
  );

function element(node: Node, key: number): ReactNode {
  if (node.text !== undefined) return node.text;
  const children = (node.children ?? []).map(element);
  if (node.type === undefined || !ELEMENTS.has(node.type)) return children;
  const attributes = Object.entries(node.attributes ?? {}).filter(
    ([name, value]) => ATTRIBUTES.has(name) && isShort(value),
  );
  const className = (node.classes ?? []).join(' ');
  return createElement(
    node.type,
    { key, ...Object.fromEntries(attributes), ...(className ? { className } : {}), style: stylesOf(node.style) },
    ...children,
  );
}

/**
 * Draws a formula. Null for what is no formula, or too large a one: its words are shown instead. Macros expand a bounded number of
 * times, lengths are bounded, and `\href`, `\includegraphics` and their like are refused.
 */
export function drawFormula(tex: string, isDisplay: boolean): ReactNode {
  if (tex.length > MOST_TEX) return null;
  try {
    const tree = temml.__renderToMathMLTree(tex, {
      displayMode: isDisplay,
      throwOnError: true,
      wrap: isDisplay ? 'none' : 'tex',
      trust: false,
      strict: false,
      maxExpand: 200,
      maxSize: [20, 50],
    }) as Node;
    return element(tree, 0);
  } catch (error) {
    // What it cannot read, and what is nested deeper than the stack is high
    if (error instanceof temml.ParseError || error instanceof RangeError) return null;
    throw error;
  }
}
