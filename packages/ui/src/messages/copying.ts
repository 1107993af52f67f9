import { clockTime, dayKey, dayName, type Zone } from '../i18n/dates.ts';
import type { MessageView } from './talk.ts';

/** Messages as a text for elsewhere, in the order they were said: each day once, who said what when, as it was written. */
export function textOf(messages: readonly MessageView[], locale: string, zone?: Zone): string {
  const ordered = [...messages].sort((one, other) => (one.seq ?? Infinity) - (other.seq ?? Infinity));
  let day: string | undefined;
  const parts = ordered.flatMap((message) => {
    const said = `${message.author.name}, ${clockTime(message.at, locale, zone)}\n${message.body}`;
    const today = dayKey(message.at, zone);
    if (today === day) return [said];
    day = today;
    // As seen from long ago, so that the year is there: nobody knows when it will be read
    return [dayName(message.at, 0, locale, zone), said];
  });
  return `${parts.join('\n\n')}\n`;
}
