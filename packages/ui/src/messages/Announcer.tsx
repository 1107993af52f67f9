import { useLingui } from '@lingui/react';
import { useEffect, useRef, useState } from 'react';
import type { MessageView, TalkItem } from './talk.ts';
import { announcementFor, type AnnounceMode } from './words.ts';

/** Announcements come at most this often; what arrives between is told together. */
const pauseMs = 1000;

/**
 * The one polite voice of a room. It tells of messages that arrive at the end, never of history, edits or one's own;
 * the list itself is not live, for it would be read again at every change.
 */
export function Announcer({
  room,
  items,
  mode = 'all',
}: {
  room: string;
  items: readonly TalkItem[];
  mode?: AnnounceMode;
}) {
  const { i18n } = useLingui();
  const [words, setWords] = useState('');
  const last = useRef<{ room: string; key: string | undefined }>({ room: '', key: undefined });
  const waiting = useRef<MessageView[]>([]);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => {
    const end = items[items.length - 1]?.key;
    const before = last.current;
    last.current = { room, key: end };
    if (before.room !== room) {
      waiting.current = [];
      setWords('');
      return;
    }
    const from = before.key === undefined ? -1 : items.findIndex((item) => item.key === before.key);
    if (end === before.key || (from === -1 && before.key !== undefined)) return;
    waiting.current.push(...items.slice(from + 1).filter((item): item is MessageView => item.kind === 'message'));
    timer.current ??= setTimeout(() => {
      timer.current = undefined;
      const incoming = waiting.current.splice(0);
      const told = announcementFor(i18n, incoming, mode);
      if (told) setWords(told);
    }, pauseMs);
  }, [room, items, i18n, mode]);
  useEffect(() => () => clearTimeout(timer.current), []);
  return (
    <div className="sr" role="status" aria-live="polite">
      {words}
    </div>
  );
}
