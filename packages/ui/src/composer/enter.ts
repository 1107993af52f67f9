/** What Enter does in a box to write in. */

/** The key that goes with others: as it is printed on this machine's keyboard. */
export const commandKey = (): '⌘' | 'Ctrl' => (/Mac|iPhone|iPad/.test(navigator.platform) ? '⌘' : 'Ctrl');

/** Whether this is a keyboard of glass: its Enter makes a new line, whatever was wished. */
export function enterBreaks(): boolean {
  return matchMedia('(pointer: coarse)').matches && !matchMedia('(any-pointer: fine)').matches;
}

/** Whether a key sends: Enter where the person wishes it so and the keyboard has keys, and with Ctrl or ⌘ always. With Shift it never does. */
export function sendingKey(
  event: { key: string; shiftKey: boolean; ctrlKey: boolean; metaKey: boolean },
  enterSends: boolean,
): boolean {
  if (event.key !== 'Enter' || event.shiftKey) return false;
  return event.ctrlKey || event.metaKey || (enterSends && !enterBreaks());
}
