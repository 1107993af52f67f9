/** What stands of a message: opening the sealed body of a row, or showing its tombstone (contract D6). */
import { instant } from '@recreio/core/ports.ts';
import type { Message, MessageContent, Range, Reaction, Replies, RoomEvent } from '@recreio/protocol';
import { KIND } from '../vault/binding.ts';
import type { Vault } from '../vault/vault.ts';

/** The columns of a message that make its content; SQL: `CONTENT`. Null throughout for events of other kinds. */
export interface ContentRow {
  readonly message: string;
  readonly client_id: string;
  readonly ordinal: number;
  readonly author: string;
  readonly reply_to: string | null;
  readonly thread: string | null;
  readonly thread_ordinal: number | null;
  readonly mentions: string[] | null;
  readonly edit_no: number;
  readonly edited_at: string | null;
  readonly removed_at: string | null;
  readonly removed_by: 'author' | 'moderator' | null;
  readonly rk_version: number;
  readonly ak_version: number;
  readonly salt: Buffer;
  readonly nonce: Buffer;
  readonly commitment: Buffer;
  readonly ct: Buffer | null;
}

/** SQL for `ContentRow` over a message aliased `x`. */
export const CONTENT = `x.id AS message, x.client_id, x.ordinal, x.author, x.reply_to, x.thread, x.thread_ordinal, x.mentions, x.edit_no, x.edited_at, x.removed_at, x.removed_by,
  x.rk_version, x.ak_version, x.salt, x.nonce, x.commitment, x.ct`;

/** A row of a room's log with what it points at. */
export interface EventRow extends ContentRow {
  readonly seq: number;
  readonly id: string;
  readonly type: RoomEvent['type'];
  readonly actor: string;
  readonly at: string;
  readonly data: Record<string, unknown> | null;
}

/** The content of a row. Keys must be loaded. What cannot be opened says so and shows nothing in its place (security, E1 tests 2 and 3). */
export const contentOf = (vault: Vault, room: string, row: ContentRow): MessageContent => {
  const { message, author } = row;
  const base = {
    id: message,
    clientId: row.client_id,
    ordinal: row.ordinal,
    ...(row.reply_to ? { replyTo: row.reply_to } : {}),
    ...(row.thread && row.thread_ordinal ? { thread: row.thread, threadOrdinal: row.thread_ordinal } : {}),
  };
  if (row.removed_at && row.removed_by)
    return { ...base, editNo: row.edit_no, removed: { by: row.removed_by, at: row.removed_at } };
  const edited = { editNo: row.edit_no, ...(row.edited_at ? { editedAt: row.edited_at } : {}) };
  if (row.ct === null) return { ...base, ...edited, unreadable: 'damaged' };
  const mentions = row.mentions ?? [];
  // To call everybody is to name the room, to be urgent the message (write.ts)
  const people = mentions.filter((id) => id !== room && id !== message);
  const opened = vault.open(
    {
      room,
      message,
      editNo: row.edit_no,
      author,
      kind: KIND.message,
      replyTo: row.reply_to,
      thread: row.thread,
      mentions,
    },
    {
      rkVersion: row.rk_version,
      akVersion: row.ak_version,
      salt: row.salt,
      nonce: row.nonce,
      commitment: row.commitment,
      ct: row.ct,
    },
  );
  if (opened.verdict !== 'opened')
    return { ...base, ...edited, unreadable: opened.verdict === 'destroyed' ? 'erased' : 'damaged' };
  return {
    ...base,
    ...edited,
    body: opened.body,
    ...(opened.forward ? { forward: opened.forward } : {}),
    ...(people.length > 0 ? { mentions: people } : {}),
    ...(mentions.includes(room) ? { everyone: true as const } : {}),
    ...(mentions.includes(message) ? { urgent: true as const } : {}),
  };
};

/** The wire's form of a row of the log. */
export const eventOf = (vault: Vault, room: string, row: EventRow): RoomEvent => {
  const head = { seq: row.seq, id: row.id, at: row.at, actor: row.actor };
  switch (row.type) {
    case 'message.sent':
    case 'message.edited':
    case 'message.removed':
      return { ...head, type: row.type, data: { message: contentOf(vault, room, row) } };
    case 'message.pinned':
    case 'message.unpinned':
    case 'message.required':
    case 'message.released':
      return { ...head, type: row.type, data: { message: row.message } };
    case 'reaction.added':
    case 'reaction.removed':
      return { ...head, type: row.type, data: { message: row.message, emoji: String(row.data?.['emoji']) } };
    default:
      // Written by `dataOf` in write.ts, in exactly this shape
      return { ...head, type: row.type, data: row.data } as RoomEvent;
  }
};

/** A row of history: a message with its place and its reactions, `[emoji, account]` in the order they were made. */
export interface MessageRow extends ContentRow {
  readonly seq: number;
  readonly at: string;
  readonly reactions: [string, string][] | null;
  readonly pinned_at: string | null;
  readonly pinned_by: string | null;
  readonly required_at: string | null;
  readonly required_by: string | null;
  /** Of a message with a thread, where `REPLIES` was asked for. */
  readonly replies?: {
    readonly count: number;
    readonly last_at: string;
    readonly last_seq: number;
    readonly people: string[];
  } | null;
}

/** SQL for `MessageRow` over a message aliased `x`. */
export const MESSAGE = `${CONTENT}, x.seq, x.at, x.pinned_at, x.pinned_by, x.required_at, x.required_by,
  (SELECT json_agg(json_build_array(k.emoji, k.account) ORDER BY k.seq) FROM reaction k WHERE k.message = x.id) AS reactions`;

/**
 * SQL for what was answered in the thread of a message aliased `x`, as far as replies aliased `y` are `visible`; null without
 * any. Where nobody has answered it is one look into an index that has nothing but replies.
 */
export const repliesOf = (visible: string): string => `(
  SELECT json_build_object('count', sum(g.count), 'last_at', max(g.at), 'last_seq', max(g.seq), 'people', (array_agg(g.author ORDER BY g.seq DESC))[1:5])
  FROM (SELECT y.author, max(y.seq) AS seq, max(y.at) AS at, count(*) FILTER (WHERE y.removed_at IS NULL) AS count
        FROM message y WHERE y.thread = x.id AND ${visible} GROUP BY y.author) g HAVING count(*) > 0)`;

/** A folded message. */
export const messageOf = (vault: Vault, room: string, row: MessageRow): Message => {
  const reactions = new Map<string, string[]>();
  for (const [emoji, account] of row.reactions ?? []) reactions.set(emoji, [...(reactions.get(emoji) ?? []), account]);
  return {
    ...contentOf(vault, room, row),
    room,
    seq: row.seq,
    author: row.author,
    at: row.at,
    reactions: [...reactions].map(([emoji, accounts]): Reaction => ({ emoji, accounts })),
    ...(row.pinned_at && row.pinned_by && !row.removed_at ? { pinned: { by: row.pinned_by, at: row.pinned_at } } : {}),
    ...(row.required_at && row.required_by && !row.removed_at
      ? { required: { by: row.required_by, at: row.required_at } }
      : {}),
    ...(row.replies ? { replies: summaryOf(row.replies) } : {}),
  };
};

const summaryOf = ({ count, last_at, last_seq, people }: NonNullable<MessageRow['replies']>): Replies => ({
  count,
  // JSON has the database's own way to write an instant
  lastAt: instant(Date.parse(last_at)),
  lastSeq: last_seq,
  people,
});

/** The parts of from..to that no span covers; spans are ordered. */
export const outside = (from: number, to: number, spans: readonly (readonly [number, number | null])[]): Range[] => {
  const ranges: Range[] = [];
  let next = from;
  for (const [start, end] of spans) {
    if (next > to) break;
    if (start > next) ranges.push({ from: next, to: Math.min(start - 1, to) });
    next = Math.max(next, (end ?? Infinity) + 1);
  }
  if (next <= to) ranges.push({ from: next, to });
  return ranges.filter((range) => range.from <= range.to);
};
