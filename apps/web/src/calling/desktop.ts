/** Notifications of the desktop: one a conversation, gone when it is read. Never asked for here: a button does that. */

/** Whether this browser has them at all. */
export const canNotify = (): boolean => 'Notification' in window;

const shown = new Map<string, Notification>();

/** Shows one for a conversation, in the place of the one before. `onPress` comes back to the page. */
export function notify(room: string, title: string, body: string, onPress: () => void): void {
  if (!canNotify() || Notification.permission !== 'granted') return;
  try {
    // The sound is the page's own, by its own setting
    const notification = new Notification(title, { body, tag: `sala:${room}`, icon: '/icon.svg', silent: true });
    notification.addEventListener('click', () => {
      window.focus();
      notification.close();
      onPress();
    });
    notification.addEventListener('close', () => {
      if (shown.get(room) === notification) shown.delete(room);
    });
    shown.set(room, notification);
  } catch (error) {
    // Phones have them for service workers alone, and say so only when asked
    if (!(error instanceof TypeError)) throw error;
  }
}

/** Takes away those of conversations in which nothing waits any more. */
export function closeRead(waits: (room: string) => boolean): void {
  for (const [room, notification] of shown) if (!waits(room)) notification.close();
}
