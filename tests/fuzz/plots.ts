/** The stories that are told: a short one with every test run, whole ones with `npm run test:faults`. */
import type { Premises } from './premises.ts';
import type { Plot } from './story.ts';

/** Everything the promise names: 24 clients, 8 rooms, 10 000 operations, more than 100 kills and pauses, 1 000 repeats. */
export const wholePlot = (seed: number): Plot => ({
  seed,
  rooms: 8,
  operations: 10_000,
  visits: 6,
  faults: {
    'kill-server': 12,
    'pause-server': 52,
    'end-backend': 28,
    'kill-backend': 10,
    'kill-postmaster': 2,
    'cut-wires': 40,
    'lose-answer': 60,
    'slow-wire': 15,
  },
});

/** A quarter of it. */
export const shortPlot = (seed: number): Plot => ({
  seed,
  rooms: 8,
  operations: 2_400,
  visits: 2,
  faults: {
    'kill-server': 3,
    'pause-server': 14,
    'end-backend': 7,
    'kill-backend': 2,
    'kill-postmaster': 1,
    'cut-wires': 10,
    'lose-answer': 15,
    'slow-wire': 4,
  },
});

/** What there must be at least; a story that has less is not judged, it has failed. */
export const WHOLE_LEAST: Partial<Premises> = {
  clients: 20,
  rooms: 8,
  operations: 10_000,
  killsAndPauses: 100,
  repeats: 1_000,
  duplicates: 300,
  lostAnswers: 50,
  conflicts: 10,
  resumes: 50,
  gaps: 3,
  hidden: 3,
  resets: 10,
  mutes: 30,
  refusedWhileMuted: 30,
  removals: 30,
  revocations: 3,
  events: 1_500,
};
export const SHORT_LEAST: Partial<Premises> = {
  clients: 20,
  rooms: 8,
  operations: 2_400,
  killsAndPauses: 27,
  repeats: 250,
  duplicates: 80,
  lostAnswers: 10,
  conflicts: 2,
  resumes: 20,
  gaps: 0,
  hidden: 1,
  resets: 3,
  mutes: 8,
  refusedWhileMuted: 8,
  removals: 8,
  revocations: 1,
  events: 500,
};
