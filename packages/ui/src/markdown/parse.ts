import MarkdownIt, { type Token } from 'markdown-it';

/** Bounds on what one message may become, so that a body made of brackets cannot freeze a reader's screen. */
export const bounds = {
  /** Depth of quotes in lists in emphasis. Nobody writes deeper; beyond it the rest is plain text. */
  nesting: 20,
  /** Elements and texts of one message. A page of prose has some 200. */
  nodes: 5000,
} as const;

const allowedSchemes = new Set(['http:', 'https:', 'mailto:']);

/**
 * The address of a link, normalised, or `undefined` if it is not one that a message may carry: only http, https and mailto,
 * and absolute (a relative one would point into our own pages). Tabs and line breaks inside the scheme are seen through.
 */
export function safeHref(href: string): string | undefined {
  if (!URL.canParse(href)) return undefined;
  const url = new URL(href);
  return allowedSchemes.has(url.protocol) ? url.href : undefined;
}

/** The Markdown library's parser. */
export type Parser = InstanceType<typeof MarkdownIt>;

/** A parser of message bodies. */
export function newParser(): Parser {
  const made = new MarkdownIt('default', {
    html: false,
    linkify: true,
    breaks: true,
    typographer: false,
    maxNesting: bounds.nesting,
  })
    // Headings, tables and rules are a page's furniture, not speech; images would make every reader call a stranger's server
    .disable(
      ['image', 'heading', 'lheading', 'table', 'hr', 'reference', 'html_block', 'html_inline'],
      true, // the build of the app leaves them out altogether
    );
  made.linkify.set({ fuzzyLink: true, fuzzyEmail: false, fuzzyIP: false });
  made.validateLink = (href) => safeHref(href) !== undefined;
  return made;
}

const parser = newParser();

/** The tokens of a message body. Pure; bounded by `bounds.nesting`. */
export function parseMessage(body: string): Token[] {
  return parser.parse(body, {});
}

/** The words of a body without its marks, on one line: for quotes, lists and what is read aloud. Cut at `limit` characters. */
export function plainText(body: string, limit = 140): string {
  const words: string[] = [];
  function collect(tokens: readonly Token[]) {
    for (const token of tokens) {
      if (token.children) collect(token.children);
      else if (token.type === 'softbreak' || token.type === 'hardbreak') words.push(' ');
      else if (token.content) words.push(token.content);
      if (token.type === 'inline' || token.type === 'fence') words.push(' ');
    }
  }
  collect(parseMessage(body.slice(0, limit * 8)));
  const text = words.join('').replace(/\s+/g, ' ').trim();
  const letters = Array.from(text);
  return letters.length > limit
    ? `${letters
        .slice(0, limit - 1)
        .join('')
        .trimEnd()}…`
    : text;
}
