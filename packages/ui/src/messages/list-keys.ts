import type { KeyboardEvent } from 'react';
import { rowMoves } from './roving.ts';

/**
 * The keys of the list: arrows, Home and End among messages, Enter into the actions of one, the menu key to its sheet, Alt+U for unread
 * from there on, Shift with arrows to choose several, Space for one more of them, Esc out of that, else to the box.
 * What stands inside a message keeps its own keys; from code the arrows go on, for it scrolls sideways only.
 */
export function listKeys({
  keys,
  activeKey,
  goTo,
  openSheet,
  markUnread,
  picking,
  leave,
}: {
  /** The messages' keys in their order. */
  keys: readonly string[];
  activeKey: string | undefined;
  goTo: (key: string) => void;
  openSheet: (key: string) => void;
  markUnread: (key: string) => void;
  /** Choosing several; absent where that is not done. */
  picking: { isOn: boolean; pick: (key: string, isRange: boolean) => void; leave: () => void } | undefined;
  leave: () => void;
}) {
  return (event: KeyboardEvent<HTMLDivElement>) => {
    if (event.defaultPrevented) return;
    if (event.key === 'Escape') {
      event.preventDefault();
      if (picking?.isOn) picking.leave();
      else leave();
      return;
    }
    const target = event.target as HTMLElement;
    const article = target.closest<HTMLElement>('[data-message]');
    const key = article?.dataset['message'];
    if (target === article && picking?.isOn && key !== undefined && (event.key === ' ' || event.key === 'Enter')) {
      event.preventDefault();
      picking.pick(key, event.shiftKey);
      return;
    }
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
    if (picking && event.shiftKey && target === article && key !== undefined) {
      if (!picking.isOn) picking.pick(key, false);
      picking.pick(next, true);
    }
    goTo(next);
  };
}
