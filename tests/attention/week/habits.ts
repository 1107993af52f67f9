/** Who looks when: of their own accord, and soon after they were called; who is away does not, and at night nobody does for being called. */
import type { Random } from '../../fuzz/random.ts';
import type { Pupil } from './course.ts';
import { DAY, minuteOf } from './talk.ts';

/** How often somebody who is called looks for that, and after how many minutes, on the average. */
const LOOKS = 0.45;
const LOOKS_AFTER = 20;
/** The hours in which one does. */
const AWAKE = [6, 22] as const;
/** From when on who wants to rest does, in minutes of the day. */
const RESTS_FROM = 14 * 60;

/** Drawn from chance for so many days. */
export const habitsOf = (random: Random, pupils: readonly Pupil[], days: number) => {
  const visits = new Map<number, Pupil[]>();
  const visit = (minute: number, pupil: Pupil): void => void visits.set(minute, [...(visits.get(minute) ?? []), pupil]);
  for (const pupil of pupils)
    for (let day = 0; day < days; day += 1)
      for (let left = pupil.looks; left > 0; left -= 1)
        if (random.chance(left)) visit(day * DAY + minuteOf(random), pupil);
  const resting = pupils.filter(({ rests }) => rests);
  return {
    /** Who looks in this minute of the week. */
    looking: (minute: number): readonly Pupil[] =>
      (visits.get(minute) ?? []).filter(({ away: [from, until] }) => minute < from * DAY || minute >= until * DAY),
    /** Who does not want to be disturbed from this minute on. */
    resting: (minute: number): readonly Pupil[] => (minute % DAY === RESTS_FROM ? resting : []),
    /** They were called. */
    called: (minute: number, pupil: Pupil): void => {
      const hour = Math.floor((minute % DAY) / 60);
      if (hour < AWAKE[0] || hour > AWAKE[1] || !random.chance(LOOKS)) return;
      visit(minute + 1 + Math.floor(-LOOKS_AFTER * Math.log(1 - random.next())), pupil);
    },
    /** Where many talk not everybody reads along. */
    readsAlong: (): boolean => random.chance(0.5),
    /** Most confirm what they have to read when they see it, others at another time. */
    confirms: (): boolean => random.chance(0.7),
  };
};
