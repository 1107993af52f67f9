import type { Plugin } from 'vite';

const named = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: '\u00a0' };

/** `&lt;`, `&#39;` and their like; a name that is not among the six stays as it was written. */
const entities = `const named = ${JSON.stringify(named)};
export function decodeHTMLStrict(text) {
  return text.replace(/&(?:#x([0-9a-f]{1,6})|#([0-9]{1,7})|(\\w+));/gi, (all, hex, decimal, name) => {
    if (name !== undefined) return Object.hasOwn(named, name) ? named[name] : all;
    const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
    return code > 0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff) ? String.fromCodePoint(code) : '\\ufffd';
  });
}`;

/** An address is made ASCII by the browser's own URL when a message is drawn (`safeHref`). */
const punycode = 'const same = (host) => host; export default { toASCII: same, toUnicode: same };';

const light = new Map([
  ['entities', entities],
  ['punycode.js', punycode],
]);

/** The rules that `markdown/parse.ts` switches off, and two of typography that it never switches on. */
const unusedRules = [
  'table',
  'hr',
  'reference',
  'html_block',
  'heading',
  'lheading',
  'image',
  'html_inline',
  'replacements',
  'smartquotes',
];

/** The library without the lines that put a rule into its lists: the bundler then drops the rule itself. */
function withoutRules(code: string): string {
  let left = code;
  for (const rule of unusedRules) {
    const lines = new RegExp(`\\[\\s*"${rule}",\\s*[\\w$]+(?:,\\s*\\[[^\\]]*\\])?\\s*\\],?`, 'g');
    const found = left.match(lines)?.length ?? 0;
    if (found !== 1)
      throw new Error(
        `markdown-it lists its rule "${rule}" ${found} times, not once: light-markdown.ts must be looked at`,
      );
    left = left.replace(lines, '');
  }
  return left;
}

/**
 * What the Markdown library brings along and speech does not need, for the first load (performance P9): the 2,231 names of HTML's
 * signs, of which people type six; an alphabet for host names that every browser has itself; and the rules that are switched off.
 */
export function lightMarkdown(): Plugin {
  return {
    name: 'recreio:light-markdown',
    apply: 'build',
    enforce: 'pre',
    resolveId: (source, importer) =>
      light.has(source) && importer?.includes('/markdown-it/') ? `\0recreio:${source}` : undefined,
    load: (id) => (id.startsWith('\0recreio:') ? light.get(id.slice('\0recreio:'.length)) : undefined),
    transform: (code, id) =>
      id.endsWith('/markdown-it/dist/markdown-it.mjs') ? { code: withoutRules(code), map: null } : undefined,
  };
}
