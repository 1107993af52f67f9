/** What came of a week, in numbers. */
import { isQuietFor, type Pushed, type Told } from './story.ts';
import type { Kind } from './talk.ts';

/** Of some numbers the one below or at which this share of them is. */
const quantile = (values: readonly number[], share: number): number => {
  const inOrder = [...values].sort((a, b) => a - b);
  return inOrder[Math.max(0, Math.ceil(inOrder.length * share) - 1)] ?? 0;
};
const spread = (values: readonly number[]): string =>
  `p50 ${quantile(values, 0.5)}, p95 ${quantile(values, 0.95)}, max ${quantile(values, 1)}`;

const dates = new Map<string, Intl.DateTimeFormat>();
const dateIn = (timeZone: string, at: number): string => {
  const format = dates.get(timeZone) ?? new Intl.DateTimeFormat('en-CA', { timeZone });
  dates.set(timeZone, format);
  return format.format(at);
};

const WHY: Readonly<Record<Kind, string>> = {
  board: 'announcements',
  square: 'course room',
  lesson: 'lesson rooms',
  class: 'class room',
  group: 'groups',
  pair: 'private conversations',
};
const whyOf = ({ isNotice, place }: Pushed): string => (isNotice ? 'has to be read' : WHY[place.kind]);

/** How many pushes sounded on the device on which most did, for each pupil with one and each day of theirs. */
export const ringsADay = ({ course, pushed, days }: Told, which: (one: Pushed) => boolean = () => true): number[] => {
  const counts = new Map<string, number>();
  for (const one of pushed)
    if (one.rings && which(one)) {
      const key = `${one.device} ${dateIn(one.pupil.timeZone, one.at)}`;
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
  const most = new Map<string, number>();
  for (const [key, count] of counts) {
    const [device = '', day = ''] = key.split(' ');
    const who = `${device.slice(0, device.lastIndexOf('/'))} ${day}`;
    most.set(who, Math.max(count, most.get(who) ?? 0));
  }
  const reached = course.watched.filter(({ devices }) => devices.length > 0).length * days;
  return [...most.values(), ...Array.from({ length: Math.max(0, reached - most.size) }, () => 0)];
};

/** The figures, as lines. */
export const figuresOf = (told: Told): string => {
  const { course, messages, pushed, mails, asked } = told;
  const rings = pushed.filter((one) => one.rings);
  const reasons = [...new Set(rings.map(whyOf))].sort();
  const mailsOf = course.watched.map((pupil) => mails.filter((one) => one.pupil === pupil).length);
  const never = asked.filter((one) => (one.pushedAt ?? one.mailedAt ?? one.seenAt) === null);
  const waits = asked.flatMap(({ pupil, at, pushedAt }) =>
    pushedAt === null || isQuietFor(pupil, at) ? [] : [Math.round((pushedAt - at) / 1000)],
  );
  const held = rings.filter(({ pupil, saidAt, at }) => isQuietFor(pupil, saidAt) && !isQuietFor(pupil, at));
  return [
    `${course.watched.length} pupils looked at, ${course.places.length} rooms, ${messages} messages`,
    `pushes a pupil and day: ${spread(ringsADay(told))}`,
    ...reasons.map((why) => `  ${why}: ${spread(ringsADay(told, (one) => whyOf(one) === why))}`),
    `handed over on all devices: ${rings.length} that sound, ${pushed.length - rings.length} without a sound`,
    `mails a pupil: ${spread(mailsOf)}`,
    `have to be read: ${asked.length} asked, ${asked.filter((one) => one.seenAt !== null).length} seen, ${asked.filter((one) => one.confirmedAt !== null).length} confirmed, ${never.length} never told`,
    `  pushed after (s, by day): ${spread(waits)}`,
    `held for quiet hours: ${held.length}; in quiet hours: ${rings.filter(({ pupil, at }) => isQuietFor(pupil, at)).length}`,
  ].join('\n');
};
