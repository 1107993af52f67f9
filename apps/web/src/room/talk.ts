/** A room of the SDK as the list shows it. Views of what has not changed are the same objects, so that they are not drawn anew. */
import type { I18n } from '@lingui/core';
import type { Item, Pending, PeopleSnapshot } from '@recreio/client';
import type { Forward, Message, Problem } from '@recreio/protocol';
import type { ReactNode } from 'react';
import {
  plainText,
  shortName,
  type Delivery,
  type MessagePowers,
  type MessageView,
  type QuoteView,
  type ReactionView,
  type TalkItem,
} from '@recreio/ui';
import { authorView } from '../people.ts';
import { namedIn, wordsIn } from '../said.ts';
import { lineOf } from './lines.ts';

/** What the reader may do in the room now. */
export interface RoomPowers {
  readonly write: boolean;
  readonly react: boolean;
  /** Takes away what others said, and reads what they said before. */
  readonly moderate: boolean;
  /** Changes the room's board. */
  readonly pin: boolean;
  /** Passes on what was said in it. */
  readonly forward: boolean;
}

/** What a list is made of, besides its items. `powers` is the same object as long as nothing of it changes. */
export interface TalkParts {
  readonly i18n: I18n;
  /** The language that `i18n` speaks now; it changes in place. */
  readonly locale: string;
  readonly me: string | undefined;
  readonly people: PeopleSnapshot;
  /** Answered messages that are not among the items. */
  readonly quotes: ReadonlyMap<string, Message>;
  readonly powers: RoomPowers;
  /** Which messages the reader has saved, by id. */
  readonly saved: ReadonlySet<string>;
  /** What is drawn with a message that has to be read; left out in a thread, in which there are none. */
  readonly noticeOf?: (message: Message, tends: boolean) => ReactNode;
  /** What is drawn of a message that another passes on. */
  readonly forwardedOf?: (forward: Forward) => ReactNode;
  /** How far others have read, by account; null where it is not shown. */
  readonly reading?: ReadonlyMap<string, number> | null;
  /** A conversation of a few, which speaks of itself otherwise than a room. */
  readonly isGroup?: boolean;
  /** Where the thread of a message is; left out in a thread, in which there are no others. */
  readonly threadHref?: (root: string) => string;
  /** Why a message was refused, in words. */
  readonly why: (problem: Problem) => string;
}

interface Kept {
  readonly of: readonly unknown[];
  readonly view: TalkItem | undefined;
}

/** Remembers views between calls. */
export type TalkMemory = WeakMap<object, Kept>;

const same = (a: readonly unknown[], b: readonly unknown[]): boolean =>
  a.length === b.length && a.every((one, place) => one === b[place]);

/** Everyone whose name the items need. */
export function peopleOf(items: readonly Item[], quotes: ReadonlyMap<string, Message>): Set<string> {
  const ids = new Set<string>();
  const ofMessage = ({ author, mentions, reactions, replies }: Message) => {
    ids.add(author);
    for (const id of replies?.people ?? []) ids.add(id);
    for (const id of mentions ?? []) ids.add(id);
    for (const { accounts } of reactions) for (const id of accounts) ids.add(id);
  };
  for (const item of items) {
    if (item.kind === 'message') ofMessage(item.message);
    else if (item.kind === 'pending') for (const id of item.pending.mentions ?? []) ids.add(id);
    else if (item.kind === 'line') {
      ids.add(item.event.actor);
      if ('account' in item.event.data) ids.add(item.event.data.account);
    }
  }
  for (const quoted of quotes.values()) ids.add(quoted.author);
  return ids;
}

/** The list of a room. */
export function talkOf(items: readonly Item[], parts: TalkParts, memory: TalkMemory): TalkItem[] {
  const byId = new Map<string, Message>(parts.quotes);
  for (const item of items) if (item.kind === 'message') byId.set(item.message.id, item.message);
  const views: TalkItem[] = [];
  const read = newestRead(items, parts);
  for (const item of items) {
    const readers = item === read?.item ? read.readers : [];
    const isSaved = item.kind === 'message' && parts.saved.has(item.message.id);
    const of = [...reasons(item, parts, byId), parts.locale, parts.powers, parts.me, readers.join(' '), isSaved];
    const kept = memory.get(item);
    if (kept !== undefined && same(kept.of, of)) {
      if (kept.view !== undefined) views.push(kept.view);
      continue;
    }
    const view = withReaders(viewOf(item, parts, byId), readers, parts);
    memory.set(item, { of, view });
    if (view !== undefined) views.push(view);
  }
  return views;
}

/** The newest message of mine that somebody has read, with who they are: it says so for those before it. */
function newestRead(items: readonly Item[], { reading, me }: TalkParts) {
  if (!reading) return undefined;
  const others = [...reading].filter(([account]) => account !== me);
  const furthest = Math.max(0, ...others.map(([, seq]) => seq));
  const item = items.findLast(
    (one) => one.kind === 'message' && one.isMine && !one.message.removed && one.message.seq <= furthest,
  );
  if (item?.kind !== 'message') return undefined;
  return { item, readers: others.flatMap(([account, seq]) => (seq >= item.message.seq ? [account] : [])) };
}

function withReaders(
  view: TalkItem | undefined,
  readers: readonly string[],
  { people, me, i18n }: TalkParts,
): TalkItem | undefined {
  if (view?.kind !== 'message' || readers.length === 0) return view;
  return { ...view, readBy: readers.map((id) => authorView(people, id, me, nobody(i18n))) };
}

/** All that a view is made from besides the item itself. */
function reasons(item: Item, { people }: TalkParts, byId: ReadonlyMap<string, Message>): unknown[] {
  if (item.kind === 'line')
    return [people.get(item.event.actor), 'account' in item.event.data && people.get(item.event.data.account)];
  if (item.kind !== 'message' && item.kind !== 'pending') return [];
  const said = item.kind === 'message' ? item.message : item.pending;
  const quoted = said.replyTo === undefined ? undefined : byId.get(said.replyTo);
  const ids = [
    ...(said.mentions ?? []),
    ...(quoted === undefined ? [] : [quoted.author]),
    ...(item.kind === 'message'
      ? [
          item.message.author,
          ...item.message.reactions.flatMap(({ accounts }) => accounts),
          ...(item.message.replies?.people ?? []),
        ]
      : []),
  ];
  return [quoted, ...ids.map((id) => people.get(id))];
}

function viewOf(item: Item, parts: TalkParts, byId: ReadonlyMap<string, Message>): TalkItem | undefined {
  switch (item.kind) {
    case 'message':
      return messageView(item.key, item.message, parts, byId);
    case 'pending':
      return pendingView(item.key, item.pending, parts, byId);
    case 'line': {
      const nameOf = (id: string) => parts.people.get(id)?.name ?? parts.i18n._('Alguém');
      const line = lineOf(parts.i18n, item.event, {
        nameOf,
        me: parts.me,
        isModerator: parts.powers.moderate,
        isGroup: parts.isGroup ?? false,
      });
      return line && { kind: 'note', key: item.key, at: Date.parse(item.event.at), ...line };
    }
    case 'hole':
      return { kind: 'hole', key: item.key, hole: 'gap' };
    case 'hidden':
    case 'purged':
      return { kind: 'hole', key: item.key, hole: item.kind };
  }
}

const nobody = (i18n: I18n): string => i18n._('Pessoa da escola');

/** What a reply answers. What cannot be had (yet) is said to be an earlier message. */
function quoteView(id: string, { i18n, people }: TalkParts, byId: ReadonlyMap<string, Message>): QuoteView {
  const quoted = byId.get(id);
  if (quoted === undefined) return { messageId: id, author: i18n._('Mensagem anterior'), excerpt: '' };
  return {
    messageId: id,
    author: shortName(people.get(quoted.author)?.name ?? nobody(i18n)),
    excerpt: plainText(wordsIn(i18n, quoted, i18n._('Encaminhou uma mensagem.'))),
    ...(quoted.removed === undefined ? {} : { removed: true }),
  };
}

function reactionView({ emoji, accounts }: Message['reactions'][number], { people, me }: TalkParts): ReactionView {
  const others = accounts.filter((id) => id !== me);
  const names = others.flatMap((id) => people.get(id)?.name ?? []).map(shortName);
  return { emoji, count: accounts.length, mine: others.length < accounts.length, names };
}

function powersOver(message: Message, { powers, me, threadHref }: TalkParts): MessagePowers {
  if (message.removed !== undefined) return {};
  const isOwn = message.author === me;
  const isReadable = message.unreadable === undefined;
  return {
    react: powers.react,
    reply: powers.write,
    thread: powers.write && threadHref !== undefined,
    edit: isOwn && powers.write && isReadable,
    remove: isOwn || powers.moderate,
    pin: powers.pin,
    require: powers.moderate && powers.write && threadHref !== undefined && message.required === undefined,
    readPast: isOwn || powers.moderate,
    save: true,
    forward: powers.forward && isReadable,
    markUnread: threadHref !== undefined,
  };
}

function messageView(key: string, message: Message, parts: TalkParts, byId: ReadonlyMap<string, Message>): MessageView {
  const { i18n, people, me, threadHref, saved } = parts;
  const { removed, editedAt, replies, forward } = message;
  return {
    kind: 'message',
    key,
    id: message.id,
    seq: message.seq,
    author: authorView(people, message.author, me, nobody(i18n)),
    at: Date.parse(message.at),
    body: wordsIn(i18n, message, ''),
    mentions: namedIn(message, people, me),
    ...(message.replyTo === undefined ? {} : { replyTo: quoteView(message.replyTo, parts, byId) }),
    reactions: message.reactions.map((reaction) => reactionView(reaction, parts)),
    ...(replies === undefined || threadHref === undefined
      ? {}
      : {
          replies: {
            count: replies.count,
            lastAt: Date.parse(replies.lastAt),
            people: replies.people.map((id) => authorView(people, id, me, nobody(i18n))),
            href: threadHref(message.id),
          },
        }),
    ...(editedAt === undefined ? {} : { editedAt: Date.parse(editedAt) }),
    ...(message.pinned === undefined ? {} : { isPinned: true }),
    ...(message.urgent ? { isUrgent: true } : {}),
    ...(message.required === undefined ? {} : { notice: parts.noticeOf?.(message, parts.powers.moderate) }),
    ...(forward === undefined ? {} : { forwarded: parts.forwardedOf?.(forward) }),
    ...(saved.has(message.id) && removed === undefined ? { isSaved: true } : {}),
    ...(removed === undefined ? {} : { removed: { by: removed.by, at: Date.parse(removed.at) } }),
    delivery: { kind: 'sent' },
    powers: powersOver(message, parts),
  };
}

function deliveryOf({ state }: Pending, { i18n, why }: TalkParts): Delivery {
  if (state.name !== 'failed') return { kind: state.name };
  if (state.why === 'late')
    return {
      kind: 'failed',
      why: i18n._('Ficou horas na fila. Ainda quer mandar?'),
      mayRetry: true,
      again: i18n._('Enviar agora'),
    };
  // Of a message there can be too many only as calls to everybody, and as urgent ones ([R113], [R120])
  if (state.problem.code === 'too-many')
    return {
      kind: 'failed',
      why: i18n._('Foram chamados demais em uma hora. Espere um pouco, ou mande como mensagem comum.'),
      mayRetry: false,
    };
  return { kind: 'failed', why: why(state.problem), mayRetry: state.problem.retry !== 'never' };
}

function pendingView(key: string, pending: Pending, parts: TalkParts, byId: ReadonlyMap<string, Message>): MessageView {
  const { i18n, people, me } = parts;
  const { state } = pending;
  return {
    kind: 'message',
    key,
    ...(state.name === 'sent' ? { id: state.id, seq: state.seq } : {}),
    author: authorView(people, me ?? '', me, nobody(i18n)),
    at: Date.parse(state.name === 'sent' ? state.at : pending.createdAt),
    body: pending.body,
    mentions: namedIn(pending, people, me),
    ...(pending.replyTo === undefined ? {} : { replyTo: quoteView(pending.replyTo, parts, byId) }),
    ...(pending.urgent ? { isUrgent: true } : {}),
    reactions: [],
    delivery: deliveryOf(pending, parts),
    powers: {},
  };
}
