import { useLingui } from '@lingui/react';
import { useEffect, useRef, useState } from 'react';
import type { MessageView, TalkItem } from './talk.ts';
import { announcementFor, type AnnounceMode, type CallsByWord, saidAfter } from './words.ts';

/** Told this long after the last of what came together: a person reads aloud no faster. */
const pauseMs = 1000;
/** Where it does not stop coming, what came so far is told this long after the first of it. */
const mostMs = 4000;

/**
 * The one polite voice of a room. It tells of messages that arrive at the end, never of history, edits or one's own;
 * the list itself is not live, for it would be read again at every change.
 */
export function Announcer({
  room,
  items,
  mode = 'all',
  callsByWord,
}: {
  room: string;
  items: readonly TalkItem[];
  mode?: AnnounceMode;
  /** Asked after the pause, by when it is known; one and the same as long as the room is. */
  callsByWord?: CallsByWord;
}) {
  const { i18n } = useLingui();
  const [told, setTold] = useState({ nth: 0, words: '' });
  const heard = useRef({ room: '', seq: 0 });
  const waiting = useRef<{ since: number; messages: MessageView[] }>(undefined);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => {
    const before = heard.current;
    const said = saidAfter(items, before.room === room ? before.seq : 0);
    heard.current = { room, seq: said.at(-1)?.seq ?? (before.room === room ? before.seq : 0) };
    if (before.room !== room) {
      clearTimeout(timer.current);
      waiting.current = undefined;
      setTold(({ nth }) => ({ nth, words: '' }));
      return;
    }
    if (said.length === 0) return;
    const { since, messages } = (waiting.current ??= { since: Date.now(), messages: [] });
    messages.push(...said);
    clearTimeout(timer.current);
    timer.current = setTimeout(
      () => {
        waiting.current = undefined;
        const words = announcementFor(i18n, messages, mode, callsByWord);
        if (words) setTold(({ nth }) => ({ nth: nth + 1, words }));
      },
      Math.min(pauseMs, since + mostMs - Date.now()),
    );
  }, [room, items, i18n, mode, callsByWord]);
  useEffect(() => () => clearTimeout(timer.current), []);
  return (
    <div className="sr" role="status" aria-live="polite">
      {/* The same words said again are told again: a text that stays as it is would not be */}
      <p key={told.nth}>{told.words}</p>
    </div>
  );
}
