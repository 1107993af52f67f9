import type { ReactNode } from 'react';
import type { IconName } from '../icons/drawings.ts';
import { dayKey, type Zone } from '../i18n/dates.ts';
import type { MentionView } from '../markdown/Markdown.tsx';
import type { PersonView } from '../people/person.ts';

/** Where a message of one's own stands. `sent` only after the server's ack (contract D2); others' are always `sent`. */
export type Delivery =
  | { kind: 'sent' }
  | { kind: 'sending' }
  | { kind: 'queued' }
  | {
      kind: 'failed' /** Why, in words. */;
      why?: string | undefined;
      mayRetry: boolean /** What another try is called, where it is no repetition. */;
      again?: string;
    };

/** One emoji under a message, with whom it is from. */
export type ReactionView = {
  emoji: string;
  count: number;
  mine: boolean /** First names, oneself left out. */;
  names: readonly string[];
};

/** What a reply answers. */
export type QuoteView = { messageId: string; author: string; excerpt: string; removed?: boolean };

/** What was answered in a message's thread: how much, when last, by whom (the last ones first). */
export type RepliesView = { count: number; lastAt: number; people: readonly PersonView[]; href: string };

/** What this reader may do with this message, now. `thread`: open its thread, and answer there where they may write. */
export type MessagePowers = {
  react?: boolean;
  reply?: boolean;
  thread?: boolean;
  edit?: boolean;
  remove?: boolean;
  pin?: boolean;
  /** Asks everybody in the room to read it. */
  require?: boolean;
  readPast?: boolean;
  save?: boolean;
  /** Passes it on: what was not said in private. */
  forward?: boolean;
  /** Only in a room's own conversation, not in its threads. */
  markUnread?: boolean;
};

/** A message as the list shows it. Times in ms since the epoch. */
export type MessageView = {
  kind: 'message';
  /** The client's id: the same before and after the ack, so the slip never jumps. */
  key: string;
  /** The server's id; absent until the ack. */
  id?: string;
  /** Its place in the room's log; absent until the ack. */
  seq?: number;
  author: PersonView;
  at: number;
  body: string;
  mentions?: readonly MentionView[] | undefined;
  replyTo?: QuoteView;
  reactions: readonly ReactionView[];
  /** Absent in a thread, and where nobody has answered in one. */
  replies?: RepliesView;
  editedAt?: number;
  /** It stands on the room's board. */
  isPinned?: boolean;
  /** Who is named in it was told that it is urgent. */
  isUrgent?: boolean;
  /** The reader has put it on their own list. */
  isSaved?: boolean;
  /** That it has to be read, with what the reader may do about that; drawn by whoever shows the list. */
  notice?: ReactNode;
  /** The message that it passes on; drawn by whoever shows the list. The body is empty where nothing was said with it. */
  forwarded?: ReactNode;
  /** A tombstone: who took it away, and when. The body is empty then. */
  removed?: { by: 'author' | 'moderator'; at: number };
  delivery: Delivery;
  powers: MessagePowers;
  /** Of the newest message of mine that somebody has read: who they are. */
  readBy?: readonly PersonView[];
};

/** A line of the room's own: someone came, a role changed, someone was silenced (no reason here). */
export type NoteView = { kind: 'note'; key: string; at: number; icon: IconName; words: string };

/** Seqs that are declared and not shown: a gap still to fill, what one may not see, what retention took (contract D7, D18, D1). */
export type HoleView = { kind: 'hole'; key: string; hole: 'gap' | 'hidden' | 'purged'; at?: number };

/** A thing said, done or missing in a room, in the order of its log. */
export type TalkItem = MessageView | NoteView | HoleView;

/** A row of the list: an item with its place in a group, or a heading between items. */
export type TalkRow =
  | { type: 'day'; key: string; at: number }
  | { type: 'fresh'; key: string; at: number; count: number }
  | {
      type: 'message';
      key: string;
      at: number;
      message: MessageView;
      isNext: boolean;
      hasNext: boolean;
      showSent: boolean;
    }
  | { type: 'note'; key: string; at: number; note: NoteView }
  | { type: 'hole'; key: string; at: number | undefined; hole: HoleView };

/** Messages of one author closer than this stand under one head. */
const groupMs = 5 * 60_000;

/** Whether `next` stands under the head of `previous`: same author, under 5 min, same day, and neither a reply nor a tombstone. */
export function followsOn(previous: TalkItem | undefined, next: TalkItem, zone?: Zone): boolean {
  if (previous?.kind !== 'message' || next.kind !== 'message') return false;
  if (previous.author.id !== next.author.id || previous.removed || next.removed || next.replyTo) return false;
  return next.at - previous.at < groupMs && dayKey(previous.at, zone) === dayKey(next.at, zone);
}

/** That one's own message was sent is told this long; later it is no news. */
const sentNewsMs = 5 * 60_000;

/** The message that says “Enviada” at `now`: the newest of one's own, while that is news. Also one that is still on its way, for when it is. */
export function newsOfSending(items: readonly TalkItem[], now: number): string | undefined {
  const last = items.findLast((item) => item.kind === 'message' && item.author.isYou === true && !item.removed);
  return last?.at !== undefined && now - last.at < sentNewsMs ? last.key : undefined;
}

/**
 * The rows of a room: a heading for each day, the divider of what is new before `freshFrom` (fixed for the visit), groups.
 * Pure; `items` in the order of the log.
 */
export function arrangeTalk(
  items: readonly TalkItem[],
  options: {
    freshFrom?: string | undefined /** The message that says it was sent. */;
    sentKey?: string | undefined;
    zone?: Zone;
  },
): TalkRow[] {
  const rows: TalkRow[] = [];
  let day: string | undefined;
  let previous: TalkItem | undefined;
  items.forEach((item, index) => {
    if (item.at !== undefined) {
      const key = dayKey(item.at, options.zone);
      // What waits to be sent stands last with the time it was written at: days never go back
      if (day === undefined || key > day) {
        day = key;
        rows.push({ type: 'day', key: `day:${key}`, at: item.at });
        previous = undefined;
      }
    }
    if (item.key === options.freshFrom && item.at !== undefined) {
      const count = items
        .slice(index)
        .filter((later) => later.kind === 'message' && !later.author.isYou && !later.removed).length;
      if (count > 0) {
        rows.push({ type: 'fresh', key: 'fresh', at: item.at, count });
        previous = undefined;
      }
    }
    if (item.kind === 'message') {
      const isNext = followsOn(previous, item, options.zone);
      const above = rows[rows.length - 1];
      if (isNext && above?.type === 'message') above.hasNext = true;
      rows.push({
        type: 'message',
        key: item.key,
        at: item.at,
        message: item,
        isNext,
        hasNext: false,
        showSent: item.key === options.sentKey,
      });
    } else if (item.kind === 'note') rows.push({ type: 'note', key: item.key, at: item.at, note: item });
    else rows.push({ type: 'hole', key: item.key, at: item.at, hole: item });
    previous = item;
  });
  return rows;
}

/** How many messages of others came after the item `seen`; all that there are when it is not among them. Removed ones do not count. */
export function countAfter(items: readonly TalkItem[], seen: string | undefined): number {
  const index = seen === undefined ? -1 : items.findIndex((item) => item.key === seen);
  return items.slice(index + 1).filter((item) => item.kind === 'message' && !item.author.isYou && !item.removed).length;
}

/** The item that is read up to where the first `end` rows reach. What waits to be sent stands below all that others say, and is in no log. */
export function readUpTo(rows: readonly TalkRow[], end: number): string | undefined {
  return rows
    .slice(0, end)
    .findLast((row) => row.type === 'note' || (row.type === 'message' && row.message.delivery.kind === 'sent'))?.key;
}

/** The day of the topmost row on screen, for the pill that floats while one scrolls. */
export function dayAt(rows: readonly TalkRow[], index: number): number | undefined {
  for (let at = Math.min(index, rows.length - 1); at >= 0; at--) {
    const row = rows[at];
    if (row?.at !== undefined) return row.at;
  }
  return undefined;
}
