/** What has to be read, for each who is asked: when they were told of it, and when they have read it. */
import type { Place, Pupil } from './course.ts';

/** Something that has to be read, for one of those who are asked. Times in ms; null: it did not happen. */
export interface Asked {
  readonly pupil: Pupil;
  readonly place: Place;
  readonly message: string;
  readonly at: number;
  pushedAt: number | null;
  mailedAt: number | null;
  seenAt: number | null;
  confirmedAt: number | null;
}

/** Keeps it. */
export const askBook = () => {
  const all: Asked[] = [];
  const byPupil = new Map<Pupil, Asked[]>();
  const of = (pupil: Pupil): readonly Asked[] => byPupil.get(pupil) ?? [];
  const waiting = (pupil: Pupil, place: Place): readonly Asked[] =>
    of(pupil).filter((one) => one.place === place && one.confirmedAt === null);
  return {
    all,
    of,
    /** What somebody has still to confirm there. */
    waiting,
    ask: (pupil: Pupil, place: Place, message: string, at: number): void => {
      const one: Asked = { pupil, place, message, at, pushedAt: null, mailedAt: null, seenAt: null, confirmedAt: null };
      all.push(one);
      byPupil.set(pupil, [...of(pupil), one]);
    },
    pushed: (pupil: Pupil, place: Place, at: number): void => {
      for (const one of waiting(pupil, place)) one.pushedAt ??= at;
    },
    mailed: (pupil: Pupil, rooms: readonly (string | undefined)[], at: number): void => {
      for (const one of of(pupil)) if (rooms.includes(one.place.id)) one.mailedAt ??= at;
    },
  };
};
