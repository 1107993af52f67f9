/** When the reader is not to be disturbed. Pure but for the device's zone. */
import { type Calm, DEFAULT_POLICIES, type Me, type QuietHours, quietHoursOf, type School } from '@recreio/protocol';
import { deviceZone } from '../zones.ts';

/** What holds for somebody of whom the server has not said anything. */
const UNTOLD: Calm = { doNotDisturb: null };

/** What they have said. */
export const calmOf = (me: Me | null): Calm => me?.calm ?? UNTOLD;

/** The quiet hours that hold for them. */
export const quietHoursFor = (me: Me | null, school: School | null): readonly QuietHours[] =>
  quietHoursOf(calmOf(me), me?.minor ?? false, school?.policies ?? DEFAULT_POLICIES);

/** The zone in which they live, as they have said; that of the device before them where they have not, or this browser does not know it. */
export const zoneOf = (me: Pick<Me, 'timeZone'> | null): string => {
  if (me === null || me.timeZone === null) return deviceZone();
  try {
    return new Intl.DateTimeFormat('en', { timeZone: me.timeZone }).resolvedOptions().timeZone;
  } catch (error) {
    // A zone chosen on another device, newer than what this one knows
    if (error instanceof RangeError) return deviceZone();
    throw error;
  }
};
