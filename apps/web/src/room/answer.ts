import type { MessageView, TalkItem } from '@recreio/ui';
import { useEffect, useRef } from 'react';
import type { Jumps } from './jumps.ts';

/**
 * Answers the message that the page has jumped to, once for each visit: the button of a notification said so. `visit`: undefined
 * where nothing is to be answered.
 */
export function useAnswer(
  visit: number | undefined,
  target: Jumps['target'],
  items: readonly TalkItem[],
  answer: (message: MessageView) => void,
): void {
  const answered = useRef<number>(undefined);
  const latest = useRef(answer);
  useEffect(() => {
    latest.current = answer;
  });
  useEffect(() => {
    if (visit === undefined || visit === answered.current || target === undefined) return;
    const message = items.find(({ key }) => key === target.key);
    if (message?.kind !== 'message') return;
    answered.current = visit;
    latest.current(message);
  }, [visit, target, items]);
}
