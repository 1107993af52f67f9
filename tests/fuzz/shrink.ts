/**
 * The shortest story that still fails: halves, then quarters, then single parts of it are left out, and what still fails is
 * kept (delta debugging: Zeller and Hildebrandt, Simplifying and Isolating Failure-Inducing Input, IEEE TSE 28(2), 2002).
 */
import { faultsIn, type Kept, type Plot } from './story.ts';

/** Whether what is left fails in the same way. */
export type Fails<T> = (rest: T) => Promise<boolean>;

/** A part of these, each needed, that still fails; all of them if nothing can be left out. Asks no more once `isOver`. */
export async function fewest<T>(
  all: readonly T[],
  fails: Fails<readonly T[]>,
  isOver: () => boolean,
): Promise<readonly T[]> {
  if (all.length === 0 || isOver()) return all;
  if (await fails([])) return [];
  let rest = all;
  for (let parts = 2; rest.length > 1 && !isOver(); ) {
    const size = Math.ceil(rest.length / parts);
    let shorter: readonly T[] | null = null;
    for (let from = 0; from < rest.length && shorter === null && !isOver(); from += size) {
      const without = [...rest.slice(0, from), ...rest.slice(from + size)];
      if (await fails(without)) shorter = without;
    }
    if (shorter !== null) {
      rest = shorter;
      parts = Math.max(2, parts - 1);
    } else if (size === 1) break;
    else parts = Math.min(rest.length, parts * 2);
  }
  return rest;
}

/** Fewer operations than this tell nothing. */
const FEWEST_OPERATIONS = 40;

/** Everything of a plot, named. */
export const wholeOf = (plot: Plot, students: number): Kept => ({
  students: Array.from({ length: students }, (_, nth) => nth),
  faults: faultsIn(plot).map(({ nth }) => nth),
});

/**
 * Makes a plot shorter for as long as it fails and there is time: without guests, in half as many operations again and again,
 * with fewer faults, among fewer students. A story depends on time as well as on its seed: one that fails now and then may
 * end longer than it would have to be, never shorter than what was seen to fail.
 */
export async function shrink(plot: Plot, students: number, fails: Fails<Plot>, isOver: () => boolean): Promise<Plot> {
  let best: Plot = { ...plot, kept: plot.kept ?? wholeOf(plot, students) };
  const keep = async (candidate: Plot): Promise<boolean> => {
    if (isOver() || !(await fails(candidate))) return false;
    best = candidate;
    return true;
  };
  if (best.visits + best.sleepers > 0) await keep({ ...best, visits: 0, sleepers: 0 });
  // What fails without any fault is seen in seconds from here on
  if (best.kept) await keep({ ...best, kept: { ...best.kept, faults: [] } });
  while (
    best.operations / 2 >= FEWEST_OPERATIONS &&
    (await keep({ ...best, operations: Math.floor(best.operations / 2) }))
  );
  const { kept } = best;
  if (!kept) return best;
  const faults = await fewest(
    kept.faults,
    (some) => keep({ ...best, kept: { students: kept.students, faults: some } }),
    isOver,
  );
  await fewest(kept.students, (some) => keep({ ...best, kept: { students: some, faults } }), isOver);
  while (
    best.operations / 2 >= FEWEST_OPERATIONS &&
    (await keep({ ...best, operations: Math.floor(best.operations / 2) }))
  );
  return best;
}

/** What `--kept` takes: a shortened plot besides its seed and kind. */
export const keptText = ({ operations, visits, sleepers, kept }: Plot): string =>
  JSON.stringify({ operations, visits, sleepers, ...kept });

const isNumbers = (value: unknown): value is number[] =>
  Array.isArray(value) && value.every((one) => Number.isSafeInteger(one) && one >= 0);
const isCount = (value: unknown): value is number =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;

/** The plot shortened as `--kept` says; null if the text is none of ours. */
export function shortened(plot: Plot, text: string): Plot | null {
  let given: unknown;
  try {
    given = JSON.parse(text);
  } catch {
    return null;
  }
  if (typeof given !== 'object' || given === null) return null;
  const { operations, visits, sleepers, students, faults } = given as Record<string, unknown>;
  if (!isCount(operations) || !isCount(visits) || !isCount(sleepers) || !isNumbers(students) || !isNumbers(faults))
    return null;
  return { ...plot, operations, visits, sleepers, kept: { students, faults } };
}
