/** What is pasted into the box, as it is written there. Pure. */
import { safeHref } from '../markdown/parse.ts';

/** What the clipboard has, and where it goes. */
export type Paste = {
  html: string;
  text: string;
  /** What stands in the box before the place. */
  before: string;
  /** What it takes the place of. */
  selected: string;
};

/** Larger than this nobody reads in a box: it goes in as the browser has it (letters of HTML). */
const mostLetters = 100_000;
/** Nor is anything that people have written nested so deep. */
const mostDeep = 100;
/** Code of this many letters is worth asking about: below it a person sees at once what it looks like. */
const muchLetters = 2048;

const isWithinCode = (before: string): boolean => before.split('```').length % 2 === 0;

/** The words that go into the box; undefined where the browser's own are right. An address over a selection makes it a link. */
export function pasteOf({ html, text, before, selected }: Paste): string | undefined {
  if (isWithinCode(before)) return undefined;
  const address = text.trim();
  if (/^https?:\/\/\S+$/.test(address) && URL.canParse(address)) {
    const isName = /\S/.test(selected) && !/\n|^https?:/.test(selected) && !before.endsWith('](');
    return isName ? linkOf(selected.replace(/[\\[\]]/g, '\\$&'), address) : undefined;
  }
  return html === '' || html.length > mostLetters ? undefined : markdownOf(html);
}

/** Whether so much of a pasted text looks like code that one is asked whether it is meant as such. */
export function isMuchCode({ text, before }: Pick<Paste, 'text' | 'before'>): boolean {
  if (text.length <= muchLetters || text.includes('```') || isWithinCode(before)) return false;
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  return lines.filter((line) => /^(?: {2}|\t)|[{};()>]\s*$/.test(line)).length * 2 > lines.length;
}

const linkOf = (words: string, href: string): string =>
  `[${words}](${href.replaceAll('(', '%28').replaceAll(')', '%29')})`;

/** The signs of Markdown that stand for a tag. */
const signs: Record<string, string> = {
  b: '**',
  strong: '**',
  h1: '**',
  h2: '**',
  h3: '**',
  h4: '**',
  h5: '**',
  h6: '**',
  i: '*',
  em: '*',
  s: '~~',
  del: '~~',
  strike: '~~',
  code: '`',
};

/** What a tag is on the page, by the style that word processors write on it. */
function signsOf(tag: string, style: string): string[] {
  const own = /font-weight:\s*(?:normal|[1-4]00)/.test(style) && signs[tag] === '**' ? undefined : signs[tag];
  const found = [own];
  if (tag === 'span' && /font-weight:\s*(?:bold|[6-9]00)/.test(style)) found.push('**');
  if (tag === 'span' && /font-style:\s*italic/.test(style)) found.push('*');
  if (tag === 'span' && /text-decoration[^;]*line-through/.test(style)) found.push('~~');
  return found.filter((sign) => sign !== undefined);
}

const paragraphs = new Set(['p', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'blockquote', 'pre', 'table', 'ul', 'ol']);
const lines = new Set(['div', 'li', 'tr', 'section', 'article', 'header', 'footer', 'dt', 'dd']);
const unseen = new Set(['style', 'script', 'head', 'title', 'template']);
const empty = new Set(['br', 'img', 'hr', 'meta', 'link', 'input', 'col', 'wbr']);

/** Stands for a block of code until the end; no letter of any script (a noncharacter of Unicode). */
const block = '\uFDD0';

const named: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' };
const plain = (text: string): string =>
  text.replaceAll(block, '').replace(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|(\w+));/gi, (all, decimal, hexadecimal, name) => {
    if (name !== undefined) return named[name] ?? all;
    const point = decimal === undefined ? Number.parseInt(hexadecimal, 16) : Number(decimal);
    return point > 0 && point <= 0x10ffff ? String.fromCodePoint(point) : '';
  });

const attribute = (attributes: string, name: string): string =>
  plain(new RegExp(`\\b${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`, 'i').exec(attributes)?.slice(1).join('') ?? '');

/** What Markdown would read in words that were no signs where they come from. */
const escaped = (text: string): string => text.replace(/[\\`*[\]]|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, '\\$&');

/** Puts signs around the words of each line, and the blanks at their ends outside. */
const within = (words: string, sign: string): string =>
  words
    .split('\n')
    .map((line) => {
      const inner = line.trim();
      return inner === '' ? line : line.replace(inner, () => sign + inner + sign);
    })
    .join('\n');

type Token = { text: string } | { tag: string; attributes: string; isEnd: boolean };

/** Cuts HTML into words and tags, in one pass however broken it is; what is never closed ends it. */
function* tokensOf(html: string): Generator<Token> {
  let at = 0;
  while (at < html.length) {
    const next = html.indexOf('<', at);
    if (next !== at) yield { text: html.slice(at, next === -1 ? undefined : next) };
    if (next === -1) return;
    const isComment = html.startsWith('<!--', next);
    const end = isComment ? html.indexOf('-->', next) + 2 : endOfTag(html, next);
    if (end < next) return;
    const [, slash, tag, attributes = ''] = /^<(\/?)([a-z][\w:-]*)([^]*)$/i.exec(html.slice(next, end)) ?? [];
    if (tag !== undefined) yield { tag: tag.toLowerCase(), attributes, isEnd: slash === '/' };
    at = end + 1;
  }
}

/** Where a tag's `>` stands that is in no quotation marks; -1 where there is none. */
function endOfTag(html: string, from: number): number {
  for (let at = from; at < html.length; at += 1) {
    const sign = html[at];
    if (sign === '>') return at;
    if (sign !== '"' && sign !== "'") continue;
    at = html.indexOf(sign, at + 1);
    if (at === -1) return -1;
  }
  return -1;
}

type Open = { tag: string; from: number; signs: string[]; href: string; nth: number | undefined };

/**
 * HTML as other programs put it on the clipboard, as Markdown; undefined where it has nothing that Markdown could say. Read by its
 * tags alone, never given to the browser to make elements of.
 */
export function markdownOf(html: string): string | undefined {
  const open: Open[] = [];
  /** Code keeps its blanks; it is put in its place at the end. */
  const blocks: string[] = [];
  let made = '';
  let isMarked = false;
  const isIn = (...tags: string[]): boolean => open.some(({ tag }) => tags.includes(tag));
  const mark = (words: string): string => {
    isMarked = true;
    return words;
  };

  /** So many new lines at least, before and after what stands by itself. */
  const gap = (most: number): void => {
    const last = open.at(-1);
    if (made === '' || (last?.tag === 'li' && last.from === made.length)) return;
    const wanted = '\n'.repeat(isIn('li') ? 1 : most);
    while (!made.endsWith(wanted)) made += '\n';
  };
  const gapOf = (tag: string): number => (paragraphs.has(tag) ? 2 : lines.has(tag) ? 1 : 0);

  const begin = (tag: string, attributes: string): void => {
    if (tag === 'br') made += '\n';
    else if (tag === 'img') made += escaped(attribute(attributes, 'alt'));
    if (empty.has(tag)) return;
    if (gapOf(tag) > 0) gap(gapOf(tag));
    else if (/^t[dh]$/.test(tag) && !/(?:^|\n)$/.test(made)) made += ' | ';
    const list = open.findLast((one) => one.nth !== undefined);
    if (tag === 'li' && list !== undefined) {
      const depth = open.filter((one) => one.nth !== undefined).length - 1;
      const sign = list.tag === 'ol' ? `${(list.nth = (list.nth ?? 0) + 1)}.` : '-';
      made += mark(`${'   '.repeat(depth)}${sign} `);
    }
    const within = new Set(open.flatMap((one) => one.signs));
    open.push({
      tag,
      from: made.length,
      signs: isIn('pre') ? [] : signsOf(tag, attribute(attributes, 'style')).filter((sign) => !within.has(sign)),
      href: tag === 'a' ? (safeHref(attribute(attributes, 'href')) ?? '') : '',
      nth: tag === 'ol' || tag === 'ul' ? 0 : undefined,
    });
  };

  const end = (one: Open): void => {
    let words = made.slice(one.from);
    made = made.slice(0, one.from);
    if (one.tag === 'pre') {
      blocks.push(`\`\`\`\n${words.replace(/^\n|\n$/g, '')}\n\`\`\``);
      words = mark(`${block}${blocks.length - 1}${block}`);
    }
    for (const sign of one.signs) if (words.trim() !== '') words = mark(within(words, sign));
    if (one.href !== '' && words.trim() !== '') {
      const isBare = words.trim() === one.href || `${words.trim()}/` === one.href;
      words = isBare ? one.href : mark(linkOf(words.trim().replaceAll('\n', ' '), one.href));
    }
    if (one.tag === 'blockquote') words = mark(words.trim().replace(/^/gm, '> '));
    made += words;
    if (gapOf(one.tag) > 0) gap(gapOf(one.tag));
  };

  for (const token of tokensOf(html)) {
    if ('text' in token) {
      if (isIn(...unseen)) continue;
      const text = plain(token.text);
      const words = isIn('pre') ? text : text.replace(/\s+/g, ' ');
      made += isIn('pre', 'code') ? words : escaped(words);
    } else if (!token.isEnd) {
      if (open.length === mostDeep) return undefined;
      begin(token.tag, token.attributes);
    } else {
      const at = open.findLastIndex((one) => one.tag === token.tag);
      // What was left open inside ends with it
      if (at !== -1) for (const one of open.splice(at).toReversed()) end(one);
    }
  }
  for (const one of open.splice(0).toReversed()) end(one);
  if (!isMarked) return undefined;
  return made
    .replace(/[ \t]+$/gm, '')
    .replace(/^ (?=\S)/gm, '')
    .replace(/\n{3,}/g, '\n\n')
    .replace(new RegExp(`${block}(\\d+)${block}`, 'g'), (_, nth) => blocks[Number(nth)] ?? '')
    .trim();
}
