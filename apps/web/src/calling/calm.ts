/** When the reader is not to be disturbed. Pure but for the device's zone. */
import { type Calm, DEFAULT_POLICIES, type Me, type QuietHours, quietHoursOf, type School } from '@recreio/protocol';

/** What holds for somebody of whom the server has not said anything. */
const UNTOLD: Calm = { doNotDisturb: null };

/** What they have said. */
export const calmOf = (me: Me | null): Calm => me?.calm ?? UNTOLD;

/** The quiet hours that hold for them. */
export const quietHoursFor = (me: Me | null, school: School | null): QuietHours | null =>
  quietHoursOf(calmOf(me), me?.minor ?? false, school?.policies ?? DEFAULT_POLICIES);

/** The zone in which they live, as they have said, else that of the device before them. */
export const zoneOf = (me: Me | null): string => me?.timeZone ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
