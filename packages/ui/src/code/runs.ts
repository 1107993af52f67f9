/** Code as runs of text, each with what it is. Pure, and bounded in what it answers; the time it takes is bounded by who asks. */
import bash from 'highlight.js/lib/languages/bash';
import c from 'highlight.js/lib/languages/c';
import cpp from 'highlight.js/lib/languages/cpp';
import css from 'highlight.js/lib/languages/css';
import java from 'highlight.js/lib/languages/java';
import javascript from 'highlight.js/lib/languages/javascript';
import json from 'highlight.js/lib/languages/json';
import python from 'highlight.js/lib/languages/python';
import sql from 'highlight.js/lib/languages/sql';
import typescript from 'highlight.js/lib/languages/typescript';
import xml from 'highlight.js/lib/languages/xml';
import { createLowlight } from 'lowlight';

/** What a run of code is, in the few colours that a reader tells apart; null: just code. */
export type RunKind = 'key' | 'name' | 'str' | 'num' | 'note' | null;

/** A run of code. */
export type Run = readonly [text: string, kind: RunKind];

/** Beyond so many runs one element each would be felt; nobody writes that by hand in a message. */
const MOST_RUNS = 4_000;

const known = createLowlight({ bash, c, cpp, css, java, javascript, json, python, sql, typescript, xml });

/** The library's many classes, by what they mean to a reader. */
const kinds: readonly (readonly [RunKind, readonly string[]])[] = [
  ['note', ['comment', 'quote', 'doctag', 'meta']],
  ['str', ['string', 'regexp', 'char', 'symbol', 'link', 'subst']],
  ['num', ['number', 'literal']],
  ['key', ['keyword', 'built_in', 'type', 'tag', 'name', 'selector-tag', 'operator']],
  ['name', ['title', 'attr', 'attribute', 'property', 'variable', 'params', 'selector-class', 'selector-id']],
];
const kindByClass = new Map<string, RunKind>(
  kinds.flatMap(([kind, names]) => names.map((name) => [`hljs-${name}`, kind] as const)),
);

type Node = { type: string; value?: string; children?: readonly Node[]; properties?: { className?: unknown } };

/** The runs of a piece of code; null where the language is none of ours, or there would be too many. All of the text is in them. */
export function runsOf(code: string, language: string): Run[] | null {
  const name = language.toLowerCase();
  if (!known.registered(name)) return null;
  const runs: [string, RunKind][] = [];
  // Not by calling itself: what is nested a thousand deep is taken apart like the rest
  const open: [Node, RunKind][] = [[known.highlight(name, code) as Node, null]];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const [node, kind] = next;
    if (node.value !== undefined) {
      const last = runs.at(-1);
      if (last?.[1] === kind) last[0] += node.value;
      else runs.push([node.value, kind]);
    }
    const names = Array.isArray(node.properties?.className) ? node.properties.className : [];
    const own = names.map((one) => kindByClass.get(String(one))).find((found) => found !== undefined);
    for (const child of (node.children ?? []).toReversed()) open.push([child, own ?? kind]);
  }
  return runs.length > MOST_RUNS ? null : runs;
}
