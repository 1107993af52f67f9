/** Links from documents to lines of code: `` [`send`](../packages/…/send.ts#L19) `` must lead to the line that declares `send`. */
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** A link to a line. */
export interface LineLink {
  /** The word in code type that the link shows: it stands on the line. */
  readonly symbol: string;
  /** As written: relative to the document. */
  readonly path: string;
  /** From 1. */
  readonly line: number;
}

const LINK = /\[`([^`\]]+)`\]\(([^)#\s]+)#L(\d+)\)/gu;

/** The links to lines in a document. */
export const lineLinks = (markdown: string): LineLink[] =>
  [...markdown.matchAll(LINK)].map(([, symbol = '', path = '', line = '']) => ({ symbol, path, line: Number(line) }));

/** Whether a symbol stands on a line as a word of its own. @param line from 1 */
export const standsOn = (source: string, line: number, symbol: string): boolean =>
  new RegExp(`(?<![\\w$])${RegExp.escape(symbol)}(?![\\w$])`, 'u').test(source.split('\n')[line - 1] ?? '');

/** The line that declares a symbol, from 1; null where none does. Declared by a keyword, else as a member. */
export const declaredAt = (source: string, symbol: string): number | null => {
  const word = RegExp.escape(symbol);
  const declared = new RegExp(`\\b(?:const|let|function|class|interface|type|TABLE) ${word}(?![\\w$])`, 'u');
  const member = new RegExp(`^\\s*(?:readonly |async )?'?${word}'?\\??[:(]`, 'u');
  const lines = source.split('\n');
  for (const form of [declared, member]) {
    const at = lines.findIndex((line) => form.test(line));
    if (at >= 0) return at + 1;
  }
  return null;
};

/** The document with the numbers of its links as they are now; throws where a symbol is declared no more. @param document its path */
export const withLines = (document: string): string =>
  readFileSync(document, 'utf8').replace(LINK, (_, symbol: string, path: string) => {
    const line = declaredAt(readFileSync(join(dirname(document), path), 'utf8'), symbol);
    if (line === null) throw new Error(`${document} links to \`${symbol}\`, which ${path} declares no more.`);
    return `[\`${symbol}\`](${path}#L${line})`;
  });
