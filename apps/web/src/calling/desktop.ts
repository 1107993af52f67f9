/** Notifications of the desktop: one a conversation, gone when it is read. Never asked for here: a button does that. */

import { pushTag } from '@recreio/protocol';

/** Whether this browser has them at all. */
export const canNotify = (): boolean => 'Notification' in window;

/** Where somebody was called: in a room, or in a thread of it. */
export interface Where {
  readonly room: string;
  readonly thread?: string | undefined;
  /** The seq at which it was said. */
  readonly seq: number;
}

const shown = new Map<string, { readonly where: Where; readonly notification: Notification }>();

/** Shows one for a conversation, in the place of the one before. `onPress` comes back to the page. */
export function notify(where: Where, title: string, body: string, onPress: () => void): void {
  if (!canNotify() || Notification.permission !== 'granted') return;
  const tag = pushTag(where);
  try {
    // The sound is the page's own, by its own setting
    const notification = new Notification(title, { body, tag, icon: '/icon.svg', silent: true });
    notification.addEventListener('click', () => {
      window.focus();
      notification.close();
      onPress();
    });
    notification.addEventListener('close', () => {
      if (shown.get(tag)?.notification === notification) shown.delete(tag);
    });
    shown.set(tag, { where, notification });
  } catch (error) {
    // Phones have them for service workers alone, and say so only when asked
    if (!(error instanceof TypeError)) throw error;
  }
}

/** Takes away those of conversations in which nothing waits any more. */
export function closeRead(waits: (where: Where) => boolean): void {
  for (const { where, notification } of shown.values()) if (!waits(where)) notification.close();
}

/** Takes away the one with this tag: the service worker shows the same. */
export function closeOne(tag: string): void {
  shown.get(tag)?.notification.close();
}

/** Takes all of them away: whoever sits down at this page next is not told what was said to the person before. */
export function closeAll(): void {
  for (const { notification } of shown.values()) notification.close();
  shown.clear();
}
