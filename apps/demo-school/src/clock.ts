/** The clock of the school: how "three days ago, at five past two" becomes an instant. */
import type { Said, When } from './talk/said.ts';

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;
/** São Paulo is three hours behind UTC all year: Brazil has had no daylight saving time since Decreto 9.772/2019. */
const schoolOffsetMs = -3 * 60 * minuteMs;
/** Between two messages of the same minute: long enough to be told apart, and ten of them fit. */
const stepMs = 6_000;

/** Midnight, by the school's clock, at the beginning of the day that `instantMs` lies in. */
function dayOf(instantMs: number): number {
  return Math.floor((instantMs + schoolOffsetMs) / dayMs) * dayMs - schoolOffsetMs;
}

/** Midnight at the school `daysAgo` days before the day of `now`; when rooms were made and people joined. */
export function startOfDay(now: Date, daysAgo: number): Date {
  return new Date(dayOf(now.getTime()) - daysAgo * dayMs);
}

/**
 * The instants of a conversation's messages, strictly increasing and before `now`.
 * Days are counted back from the day of the oldest message that is given in minutes: shortly after midnight, "four hours ago"
 * is yesterday, and "yesterday at half past six" must still come before it.
 */
export function instantsOf(said: readonly Pick<Said, 'at'>[], now: Date): Date[] {
  const minutes = said.map((one) => one.at).filter((at): at is number => typeof at === 'number');
  const today = dayOf(now.getTime() - Math.max(0, ...minutes) * minuteMs);
  let latest = Number.NEGATIVE_INFINITY;
  return said.map(({ at }) => {
    latest = Math.max(instantOf(at, now, today), latest + stepMs);
    return new Date(latest);
  });
}

function instantOf(at: When, now: Date, today: number): number {
  if (typeof at === 'number') return now.getTime() - at * minuteMs;
  const [hours = 0, minutes = 0] = at.hhmm.split(':').map(Number);
  return today - at.daysAgo * dayMs + (hours * 60 + minutes) * minuteMs;
}
