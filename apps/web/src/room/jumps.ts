import { type Client, type Item, NoAnswerError, ProblemError, type TalkHandle, type TalkView } from '@recreio/client';
import type { Message } from '@recreio/protocol';
import { useEffect, useRef, useState } from 'react';
import { useClient } from '../client.tsx';

/** What an address asks for: a message by its seq or its id, once for each visit. */
export interface Asked {
  readonly message: number | string;
  readonly visit: number;
}

/** Going to a message that may lie outside what is loaded, and back. */
export interface Jumps {
  /** What the list is to show and mark. */
  readonly target: { key: string } | undefined;
  /** To the message of this server id, answered by one of the list. */
  away(messageId: string): void;
  /** To an item that was left by such a jump. */
  back(key: string): void;
  /** To the message at a seq. */
  to(seq: number): void;
  /** The address names a message that is not in this room, or not for this person: which of the two is not told. */
  readonly isMissing: boolean;
  /** That is understood. */
  forget(): void;
}

const seqOf = (item: Item): number | undefined =>
  item.kind === 'message' ? item.message.seq : item.kind === 'line' ? item.event.seq : undefined;

/** Loads around a seq, and answers which item stands there. */
async function reach(room: TalkHandle, seq: number): Promise<{ key: string } | undefined> {
  await room.jumpTo(seq);
  const { items } = room.getSnapshot();
  // What stands there may be no message, or none for me: the nearest one before, else the first
  const found =
    items.findLast((item) => item.kind === 'message' && item.message.seq <= seq) ??
    items.find((item) => item.kind === 'message');
  // A new object each time: the same message can be jumped to again
  return found && { key: found.key };
}

/** A message that is named by its id: from what is loaded, else from the server; undefined where there is none for this person. */
async function byId(client: Client, room: TalkHandle, id: string): Promise<Message | undefined> {
  for (const item of room.getSnapshot().items)
    if (item.kind === 'message' && item.message.id === id) return item.message;
  const { messages } = await client.call('messages.get', { room: room.id, ids: [id] });
  return messages[0];
}

/** Jumps in an open room. What the address asks for is gone to once the room is loaded; of a thread's reply the thread is opened. */
export function useJumps(
  room: TalkHandle,
  view: TalkView,
  asked: Asked | undefined,
  openThread?: (root: string) => void,
): Jumps {
  const client = useClient();
  /** The visit that asked for a message which is not there. */
  const [missing, setMissing] = useState<number>();
  const [target, setTarget] = useState<{ key: string }>();
  const left = useRef(new Map<string, number>());
  const isLoaded = view.status === 'live' || view.status === 'stale';

  const opening = useRef(openThread);
  useEffect(() => {
    opening.current = openThread;
  });
  const message = asked?.message;
  const visit = asked?.visit;
  useEffect(() => {
    if (message === undefined || !isLoaded) return undefined;
    let isWanted = true;
    const jump = async () => {
      const named = typeof message === 'number' ? undefined : await byId(client, room, message);
      if (named?.thread !== undefined) {
        if (isWanted) opening.current?.(named.thread);
        return;
      }
      const seq = typeof message === 'number' ? message : named?.seq;
      const found = seq === undefined ? undefined : await reach(room, seq);
      if (!isWanted) return;
      if (seq === undefined) setMissing(visit);
      else if (found !== undefined) setTarget(found);
    };
    jump().catch((error: unknown) => {
      // Without an answer the room is shown where it opens; its own band tells of the connection
      if (!(error instanceof ProblemError || error instanceof NoAnswerError)) throw error;
    });
    return () => {
      isWanted = false;
    };
  }, [client, room, message, visit, isLoaded]);

  const go = async (seq: number): Promise<void> => {
    const found = await reach(room, seq);
    if (found !== undefined) setTarget(found);
  };

  return {
    target,
    away(messageId) {
      const { items, quotes } = room.getSnapshot();
      const quoted = quotes.get(messageId);
      if (quoted === undefined) return;
      for (const item of items) {
        const seq = seqOf(item);
        if (seq !== undefined) left.current.set(item.key, seq);
      }
      void go(quoted.seq);
    },
    back(key) {
      const seq = left.current.get(key);
      if (seq !== undefined) void go(seq);
    },
    to: (seq) => void go(seq),
    isMissing: missing !== undefined && missing === visit,
    forget: () => setMissing(undefined),
  };
}
