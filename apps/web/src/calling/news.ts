/** What of the rooms' numbers is news: something was said since, by somebody else. Pure. */
import type { RoomsSnapshot } from '@recreio/client';
import { type Call, type MyRoom, placeOf } from '@recreio/protocol';

/** Something that may call. */
export interface News {
  readonly room: string;
  readonly call: Call;
  /** The seq of the room at which it was said: until the marker has passed it, it waits. */
  readonly seq: number;
  /** The thread that it was said in. */
  readonly thread?: string | undefined;
  /** Who said it, where that is known. */
  readonly author?: string | undefined;
}

const saidIn = (my: MyRoom): Call => (placeOf(my).announces ? 'announcement' : 'said');

/**
 * What was said between two looks at the rooms. Private conversations are left out: each of their messages calls by itself
 * ([R46]); and so is a room that one has just come into.
 */
export function saidBetween(before: RoomsSnapshot, after: RoomsSnapshot): News[] {
  if (!before.isKnown) return [];
  return after.list.flatMap((my): News[] => {
    const { room, mine } = my;
    const was = before.byId.get(room.id)?.mine;
    if (was === undefined || room.kind === 'direct' || room.kind === 'group') return [];
    return mine.unread > was.unread && mine.ordinal > was.ordinal
      ? [{ room: room.id, call: saidIn(my), seq: mine.head }]
      : [];
  });
}

/** Whether it was read: in the room up to `readSeq`, in its threads as far as was told. A thread of which nothing was is not. */
export const isRead = (
  { seq, thread }: Pick<News, 'seq' | 'thread'>,
  readSeq: number,
  readInThread: ReadonlyMap<string, number>,
): boolean => seq <= (thread === undefined ? readSeq : (readInThread.get(thread) ?? 0));
