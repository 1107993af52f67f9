import type { Token } from 'markdown-it';
import { Fragment, memo, use, type ReactNode } from 'react';
import { namesIn } from '../composer/names.ts';
import { useMaths } from '../math/maths.ts';
import { CodeBlock } from './CodeBlock.tsx';
import { bounds, parseMessage, safeHref } from './parse.ts';
import { Reachable, WithinSchool } from './reach.ts';

/** A person spoken to in a message: their name as it stands after the `@`. */
export type MentionView = { id: string; name: string; isYou: boolean };

type Maths = NonNullable<ReturnType<typeof useMaths>>['Formula'];
type Budget = { left: number };
type Frame = { token: Token; children: ReactNode[] };

const plainTags: Record<string, 'strong' | 'em' | 's' | 'p' | 'ul' | 'ol' | 'li' | 'blockquote'> = {
  strong: 'strong',
  em: 'em',
  s: 's',
  paragraph: 'p',
  bullet_list: 'ul',
  ordered_list: 'ol',
  list_item: 'li',
  blockquote: 'blockquote',
};

/** Cuts a text at `@Nome` of the people mentioned, and dresses those in chips. */
function withMentions(text: string, mentions: readonly MentionView[], key: string): ReactNode {
  const found = namesIn(text, '@', mentions);
  if (found.length === 0) return text;
  const parts: ReactNode[] = [];
  let from = 0;
  for (const { named, start, end } of found) {
    if (start > from) parts.push(text.slice(from, start));
    parts.push(
      <span key={`${key}@${start}`} className={named.isYou ? 'mention mention--me' : 'mention'}>
        @{named.name}
      </span>,
    );
    from = end;
  }
  parts.push(text.slice(from));
  return <Fragment key={key}>{parts}</Fragment>;
}

/** A link out of the school; what one within it is, the school says. */
function Away({ href, isName, children }: { href: string; isName: boolean; children: ReactNode }) {
  const within = use(WithinSchool);
  const reach = use(Reachable) ? undefined : -1;
  if (within?.isOurs(href)) return within.drawn(href, isName, children);
  return (
    <a href={href} target="_blank" rel="noopener noreferrer nofollow ugc" tabIndex={reach}>
      {children}
    </a>
  );
}

function element(frame: Frame, key: string): ReactNode {
  const { token, children } = frame;
  const name = token.type.replace(/_open$/, '');
  if (name === 'link') {
    const href = safeHref(String(token.attrGet('href') ?? ''));
    if (href === undefined) return <Fragment key={key}>{children}</Fragment>;
    const [words] = children;
    return (
      <Away
        key={key}
        href={href}
        isName={token.info === 'auto' || (typeof words === 'string' && words.startsWith('#'))}
      >
        {children}
      </Away>
    );
  }
  // A paragraph of a tight list is its text alone
  if (token.hidden) return <Fragment key={key}>{children}</Fragment>;
  const Tag = plainTags[name];
  if (Tag === 'ol')
    return (
      <ol key={key} start={Number(token.attrGet('start') ?? 1)}>
        {children}
      </ol>
    );
  if (Tag) return <Tag key={key}>{children}</Tag>;
  return <Fragment key={key}>{children}</Fragment>;
}

function leaf(token: Token, key: string, mentions: readonly MentionView[], Formula: Maths | undefined): ReactNode {
  switch (token.type) {
    case 'math':
      return Formula && <Formula key={key} tex={token.content} isDisplay={token.markup !== ''} />;
    case 'softbreak':
    case 'hardbreak':
      return <br key={key} />;
    case 'code_inline':
      return <code key={key}>{token.content}</code>;
    case 'fence':
    case 'code_block':
      return <CodeBlock key={key} language={token.info.trim().split(/\s+/)[0] ?? ''} code={token.content} />;
    default:
      return token.content ? withMentions(token.content, mentions, key) : null;
  }
}

/** Folds the flat, nested-by-counting tokens of markdown-it into elements, until the budget of nodes is spent; the rest is text. */
function build(
  tokens: readonly Token[],
  mentions: readonly MentionView[],
  budget: Budget,
  prefix: string,
  Formula?: Maths,
): ReactNode[] {
  const roots: ReactNode[] = [];
  const open: Frame[] = [];
  const into = () => open[open.length - 1]?.children ?? roots;
  tokens.forEach((token, index) => {
    const key = `${prefix}${index}`;
    if (budget.left <= 0) {
      if (token.content && !token.children) into().push(token.content);
      else if (token.children) into().push(token.content);
    } else if (token.nesting === 1) {
      budget.left -= 1;
      open.push({ token, children: [] });
      return;
    } else if (token.type === 'inline') {
      into().push(...build(token.children ?? [], mentions, budget, `${key}.`, Formula));
    } else if (token.nesting === 0) {
      budget.left -= 1;
      into().push(leaf(token, key, mentions, Formula));
    }
    if (token.nesting === -1) {
      const frame = open.pop();
      if (frame) into().push(element(frame, key));
    }
  });
  // What the budget left open is closed here, so no text is lost
  for (let frame = open.pop(); frame; frame = open.pop()) into().push(element(frame, `${prefix}end${open.length}`));
  return roots;
}

const emojiOnly = /^(?:\p{RGI_Emoji}\s*){1,3}$/v;

/** Whether a body is one to three emojis and nothing else: those are drawn large. */
export function isEmojiOnly(body: string): boolean {
  return body.length <= 64 && emojiOnly.test(body.trim());
}

/** A message body: Markdown as React elements, never as HTML. Links open apart and carry nothing along. */
export const Markdown = memo(function Markdown({
  body,
  mentions = [],
}: {
  body: string;
  mentions?: readonly MentionView[] | undefined;
}) {
  const maths = useMaths(body);
  if (isEmojiOnly(body)) return <p className="big-emoji">{body.trim()}</p>;
  const tokens = maths ? maths.parseWithFormulas(body) : parseMessage(body);
  return <>{build(tokens, mentions, { left: bounds.nodes }, '', maths?.Formula)}</>;
});
