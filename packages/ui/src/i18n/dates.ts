/** How clock time and days are written. Lesson time is another thing (Mono, in pen) and never passes here. */

/** The zone that a person reads times in; `undefined` means the device's. An IANA name. */
export type Zone = string | undefined;

const formats = new Map<string, Intl.DateTimeFormat>();
function format(locale: string, zone: Zone, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${locale}|${zone ?? ''}|${JSON.stringify(options)}`;
  let made = formats.get(key);
  if (!made) {
    made = new Intl.DateTimeFormat(locale, { ...options, ...(zone ? { timeZone: zone } : {}) });
    formats.set(key, made);
  }
  return made;
}

const relatives = new Map<string, Intl.RelativeTimeFormat>();
function relative(locale: string, style: 'long' | 'short' = 'long'): Intl.RelativeTimeFormat {
  const key = `${locale}|${style}`;
  let made = relatives.get(key);
  if (!made) {
    made = new Intl.RelativeTimeFormat(locale, { numeric: 'auto', style });
    relatives.set(key, made);
  }
  return made;
}

/** `14h03` in Portuguese, as Brazil writes it; `14:03` in Spanish, `2:03 PM` in English. */
export function clockTime(at: number, locale: string, zone?: Zone): string {
  if (!locale.startsWith('pt')) return format(locale, zone, { hour: 'numeric', minute: '2-digit' }).format(at);
  const parts = format('pt-BR', zone, { hour: 'numeric', minute: '2-digit', hourCycle: 'h23' }).formatToParts(at);
  const hour = parts.find((part) => part.type === 'hour')?.value ?? '';
  const minute = parts.find((part) => part.type === 'minute')?.value ?? '';
  return `${Number(hour)}h${minute}`;
}

const quarterMs = 15 * 60_000;
const mostKeys = 5_000;
const keys = new Map<string, string>();

/** The day in the person's zone as `YYYY-MM-DD`: equal keys are the same day. */
export function dayKey(at: number, zone?: Zone): string {
  // Zones differ from one another by quarters of an hour: within one the day does not change
  const quarter = `${Math.floor(at / quarterMs)}|${zone ?? ''}`;
  let day = keys.get(quarter);
  if (day === undefined) {
    if (keys.size >= mostKeys) keys.clear();
    day = dayIn(at, zone);
    keys.set(quarter, day);
  }
  return day;
}

function dayIn(at: number, zone: Zone): string {
  return format('en-CA', zone, { year: 'numeric', month: '2-digit', day: '2-digit' }).format(at);
}

/** `terça-feira, 14 de outubro`, with the year when it is not that of `now`; the last two days by their word: `hoje, 14 de outubro`. */
export function dayName(at: number, now: number, locale: string, zone?: Zone): string {
  const days = daysBetween(at, now, zone);
  if (days === 0 || days === 1) {
    const word = relative(locale).format(-days, 'day');
    const date = format(locale, zone, { day: 'numeric', month: 'long' }).format(at);
    // As the name of a weekday is written: with a capital in English, small in Portuguese and Spanish
    return `${locale.startsWith('en') ? word.charAt(0).toLocaleUpperCase(locale) + word.slice(1) : word}, ${date}`;
  }
  const sameYear = dayKey(at, zone).slice(0, 4) === dayKey(now, zone).slice(0, 4);
  return format(locale, zone, {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    ...(sameYear ? {} : { year: 'numeric' }),
  }).format(at);
}

/** Days between two instants as a calendar counts them: 0 today, 1 yesterday, negative for tomorrow. */
export function daysBetween(at: number, now: number, zone?: Zone): number {
  return Math.round((Date.parse(dayKey(now, zone)) - Date.parse(dayKey(at, zone))) / 86_400_000);
}

/** A whole instant for titles and machines' readers: `14 de out. de 2026, 14h03`. */
export function fullTime(at: number, locale: string, zone?: Zone): string {
  return `${format(locale, zone, { day: 'numeric', month: 'short', year: 'numeric' }).format(at)}, ${clockTime(at, locale, zone)}`;
}

/** Near days by their word, others by date: `14h03`, `ontem, 14h03`, `amanhã, 8h`, `12 de out., 14h03`. */
export function nearTime(at: number, now: number, locale: string, zone?: Zone): string {
  const days = daysBetween(at, now, zone);
  const clock = clockTime(at, locale, zone).replace(/^(\d+h)00$/, '$1');
  if (days === 0) return clock;
  if (Math.abs(days) === 1) return `${relative(locale).format(-days, 'day')}, ${clock}`;
  return `${format(locale, zone, { day: 'numeric', month: 'short' }).format(at)}, ${clock}`;
}

/** `há 3 min`, `há 2 h`, `ontem`: how long ago, coarsely. What lies ahead (the `now` of a page may be older than what it asks for) is now. */
export function agoTime(at: number, now: number, locale: string): string {
  const short = relative(locale, 'short');
  const minutes = Math.round(Math.min(at - now, 0) / 60_000);
  if (minutes === 0) return short.format(0, 'second');
  if (Math.abs(minutes) < 60) return short.format(minutes, 'minute').replace('min.', 'min');
  const hours = Math.round(minutes / 60);
  if (Math.abs(hours) < 24) return short.format(hours, 'hour');
  return short.format(Math.round(hours / 24), 'day');
}
