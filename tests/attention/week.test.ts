/**
 * A week of a course of 300, seven days from a seed: how often their devices call pupils when everything is as it comes, and whether all
 * of them hear of what has to be read. The rules of who is called are the real ones, and so are the jobs that send; the school
 * remembers what they ask of it, and a stretch that is lived on PostgreSQL says the same, push by push.
 * RECREIO_WEEK_SEED tells another week, RECREIO_WEEK_CLASSES=10 looks at all ten classes (three without it, in all that the whole
 * course says). What is lived on PostgreSQL is a noon of one class; RECREIO_WEEK_DAYS_LIVING=1 lives a day of the whole course besides (a minute).
 */
import { PUSHES_A_DAY } from '@recreio/protocol';
import { describe, expect, it } from 'vitest';
import { figuresOf, ringsADay } from './week/figures.ts';
import { livingSchool } from './week/living.ts';
import { rememberedSchool } from './week/remembered.ts';
import { isQuietFor, live, type Told } from './week/story.ts';

const seed = Number(process.env['RECREIO_WEEK_SEED'] ?? 5);
const classes = Number(process.env['RECREIO_WEEK_CLASSES'] ?? 3);
const daysLiving = Number(process.env['RECREIO_WEEK_DAYS_LIVING'] ?? 0);

const neverTold = ({ asked }: Told) =>
  asked.filter(({ pushedAt, mailedAt, seenAt }) => (pushedAt ?? mailedAt ?? seenAt) === null);
const atNight = ({ pushed }: Told) => pushed.filter(({ pupil, at, rings }) => rings && isQuietFor(pupil, at));

describe('[R112] a week of a course of 300, everything as it comes', () => {
  it(`no device calls more than ${PUSHES_A_DAY} times a day, everybody hears of what has to be read, and at night it is still (seed ${seed})`, async () => {
    const told = await live({ seed, classes, days: 7, open: rememberedSchool });
    process.stdout.write(`${figuresOf(told)}\n`);
    // Much was said, by day and by night, to people with and without devices, and some of it has to be read
    const pupils = classes * 30;
    expect(told.messages).toBeGreaterThan(pupils * 50);
    expect(told.asked).toHaveLength(pupils * 5);
    expect(told.pushed.length).toBeGreaterThan(pupils * 7);
    expect(told.pushed.some(({ pupil, saidAt }) => isQuietFor(pupil, saidAt))).toBe(true);
    expect(told.course.watched.filter(({ devices }) => devices.length === 0).length).toBeGreaterThan(0);

    expect(told.troubles).toEqual([]);
    expect(Math.max(...ringsADay(told))).toBeLessThanOrEqual(PUSHES_A_DAY);
    expect(neverTold(told)).toEqual([]);
    expect(atNight(told)).toEqual([]);
  }, 120_000);

  it('called for everything as it is said, the same pupils would not have peace: the pace is what keeps it', async () => {
    const told = await live({ seed, classes: 1, days: 2, open: rememberedSchool, isUnpaced: true });
    expect(Math.max(...ringsADay(told))).toBeGreaterThan(2 * PUSHES_A_DAY);
    expect(neverTold(told)).toEqual([]);
  });

  // Monday, 12 to 13 o’clock, in a course of one class: something has to be read, pushes are paced, and who has no device is mailed
  const noon = { days: 1, size: 30, stretch: [12 * 60, 13 * 60] } as const;
  it.each([
    ['the noon of a class', noon],
    ...(daysLiving > 0 ? [[`${daysLiving} days`, { days: daysLiving }] as const] : []),
  ] as const)(
    'on PostgreSQL %s is the same, push by push and mail by mail',
    async (_name, part) => {
      const plot = { seed, classes: 1, ...part };
      const lived = await live({ ...plot, open: livingSchool });
      const remembered = await live({ ...plot, open: rememberedSchool });
      // Somebody is called, somebody shown what waits, and somebody mailed
      expect(new Set(lived.pushed.map(({ rings }) => rings))).toEqual(new Set([true, false]));
      expect(lived.mails.length).toBeGreaterThan(0);
      expect(lived.troubles).toEqual([]);
      expect(linesOf(lived)).toEqual(linesOf(remembered));
    },
    600_000,
  );
});

/** What came to whom, when. */
const linesOf = ({ pushed, mails, from }: Told): string[] =>
  [
    ...pushed.map(({ device, place, at, saidAt, rings }) =>
      [timeOf(at - from), device, place.title, timeOf(saidAt - from), rings].join(' '),
    ),
    ...mails.map(({ pupil, at }) => `${timeOf(at - from)} mail ${pupil.number}`),
  ].sort();
const timeOf = (ms: number): string => new Date(ms).toISOString().slice(8, 19);
