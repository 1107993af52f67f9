import type { KeyboardEvent } from 'react';
import { rowMoves } from './roving.ts';

/**
 * The keys of the list: arrows, Home and End among messages, Enter into the actions of one, the menu key to its sheet, Alt+U for unread
 * from there on, Esc to the box.
 * What stands inside a message keeps its own keys; from code the arrows go on, for it scrolls sideways only.
 */
export function listKeys({
  keys,
  activeKey,
  goTo,
  openSheet,
  markUnread,
  leave,
}: {
  /** The messages' keys in their order. */
  keys: readonly string[];
  activeKey: string | undefined;
  goTo: (key: string) => void;
  openSheet: (key: string) => void;
  markUnread: (key: string) => void;
  leave: () => void;
}) {
  return (event: KeyboardEvent<HTMLDivElement>) => {
    if (event.defaultPrevented) return;
    if (event.key === 'Escape') {
      event.preventDefault();
      leave();
      return;
    }
    const target = event.target as HTMLElement;
    const article = target.closest<HTMLElement>('[data-message]');
    const key = article?.dataset['message'];
    if (target === article && event.key === 'Enter') {
      event.preventDefault();
      article.querySelector<HTMLElement>('[role="toolbar"] button')?.focus();
      return;
    }
    if (target === article && event.key === 'ContextMenu' && key !== undefined) {
      event.preventDefault();
      openSheet(key);
      return;
    }
    // By the place of the key: with Alt some keyboards write another letter
    if (target === article && event.altKey && event.code === 'KeyU' && key !== undefined) {
      event.preventDefault();
      markUnread(key);
      return;
    }
    const isFree =
      target === article ||
      target === event.currentTarget ||
      (target instanceof HTMLPreElement && event.key.startsWith('Arrow'));
    const next = isFree ? rowMoves(event.key, keys, key ?? activeKey) : undefined;
    if (next === undefined) return;
    event.preventDefault();
    goTo(next);
  };
}
