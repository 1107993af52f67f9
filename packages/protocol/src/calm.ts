/** What a person says about being called: how loud each room is, when nobody should disturb them. */
import Type, { type Static } from 'typebox';
import { Instant } from './ids.ts';

const closed = { additionalProperties: false } as const;

/** What of a room may call: everything that is said, only what speaks to me (mentions, replies), nothing. */
export const Level = Type.Union([Type.Literal('everything'), Type.Literal('mentions'), Type.Literal('nothing')]);
export type Level = Static<typeof Level>;

/** A room that is not to be heard of: until then, or (null) until I undo it. */
export const Hush = Type.Object({ until: Type.Union([Instant, Type.Null()]) });
export type Hush = Static<typeof Hush>;

/** What a person has said about a room; what is left out is as its kind has it (`levelOf`). A hush that is over may still stand here. */
export const RoomTuning = Type.Object({ level: Type.Optional(Level), hushed: Type.Optional(Hush) });
export type RoomTuning = Static<typeof RoomTuning>;

const MinuteOfDay = Type.Integer({ minimum: 0, maximum: 24 * 60 - 1, description: 'Minutes since midnight.' });

/** Hours in which nothing sounds: on these days from `from` on, until `to`, on the next day where that is not later. */
export const QuietHours = Type.Object(
  {
    from: MinuteOfDay,
    to: MinuteOfDay,
    /** ISO 8601: 1 Monday … 7 Sunday. */
    days: Type.Array(Type.Integer({ minimum: 1, maximum: 7 }), { minItems: 1, maxItems: 7, uniqueItems: true }),
  },
  closed,
);
export type QuietHours = Static<typeof QuietHours>;

/** How often at most somebody is mailed what they missed: once in four hours, once a day, not at all. */
export const MailPace = Type.Union([Type.Literal('hours'), Type.Literal('day'), Type.Literal('never')]);
export type MailPace = Static<typeof MailPace>;

/** When a person is not to be disturbed. What comes then is kept where they find it, and makes no sound. */
export const Calm = Type.Object(
  {
    /** Until then, or (null inside) until they undo it; null: they may be disturbed. */
    doNotDisturb: Type.Union([Hush, Type.Null()]),
    /** Null: none of their own. Left out: they have said nothing. Those of the school hold besides for people under age. */
    quietHours: Type.Optional(Type.Union([QuietHours, Type.Null()])),
    /** Left out: they have said nothing, which is `hours`. */
    mail: Type.Optional(MailPace),
  },
  closed,
);
export type Calm = Static<typeof Calm>;

/** The hours that hold for a person: those that the school has for people under age, who cannot take them away, and their own. */
export const quietHoursOf = (
  { quietHours }: Calm,
  minor: boolean,
  ofSchool: { readonly quietHours: QuietHours | null },
): readonly QuietHours[] => [minor ? ofSchool.quietHours : null, quietHours ?? null].filter((hours) => hours !== null);

interface LocalTime {
  readonly day: number;
  readonly minute: number;
}

/** Of each zone how its time is told, and what was told last: many are asked about at one moment. */
const formats = new Map<
  string,
  { readonly format: Intl.DateTimeFormat; last: readonly [now: number, LocalTime] | null }
>();
const WEEKDAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

/** Weekday and minute of the day of an instant in a zone. Throws RangeError for a zone that does not exist. */
const localTime = (now: number, timeZone: string): LocalTime => {
  let known = formats.get(timeZone);
  if (!known) {
    const format = new Intl.DateTimeFormat('en-GB', {
      timeZone,
      weekday: 'short',
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
    });
    known = { format, last: null };
    formats.set(timeZone, known);
  }
  if (known.last?.[0] === now) return known.last[1];
  const parts = new Map(known.format.formatToParts(now).map(({ type, value }) => [type, value]));
  const time = {
    day: WEEKDAYS.indexOf(parts.get('weekday') ?? '') + 1,
    minute: Number(parts.get('hour')) * 60 + Number(parts.get('minute')),
  };
  known.last = [now, time];
  return time;
};

/** Whether it is quiet at `now` (ms) by any of these hours for somebody who lives in this zone (an IANA name). */
export const isQuiet = (hours: readonly QuietHours[], timeZone: string, now: number): boolean => {
  if (hours.length === 0) return false;
  const { day, minute } = localTime(now, timeZone);
  const dayBefore = day === 1 ? 7 : day - 1;
  return hours.some(({ from, to, days }) =>
    from < to
      ? days.includes(day) && minute >= from && minute < to
      : (days.includes(day) && minute >= from) || (days.includes(dayBefore) && minute < to),
  );
};
