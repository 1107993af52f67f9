/** Time zones as the browser knows them: IANA names, and how people read them. */

/** The zone that the device is set to. */
export const deviceZone = (): string => new Intl.DateTimeFormat().resolvedOptions().timeZone;

/** All that can be chosen, in the order of cities, by which one finds them, with the device's and the one chosen before even where this browser lists neither. */
export const knownZones = (chosen: string | null): readonly { readonly value: string; readonly label: string }[] =>
  [...new Set([...Intl.supportedValuesOf('timeZone'), deviceZone(), ...(chosen === null ? [] : [chosen])])]
    .map((value) => ({ value, label: zoneName(value) }))
    .sort((a, b) => a.label.localeCompare(b.label));

/** `America/Sao_Paulo` as one reads it: `Sao Paulo (America)`. */
export const zoneName = (zone: string): string => {
  const city = zone.slice(zone.lastIndexOf('/') + 1);
  const around = zone.slice(0, -city.length - 1);
  return `${city.replaceAll('_', ' ')}${around === '' ? '' : ` (${around.replaceAll('_', ' ')})`}`;
};

/** What people there call their time: `Horário de Brasília`. The bare name where this browser does not know the zone. */
export const zoneTitle = (zone: string, locale: string): string => {
  try {
    const parts = new Intl.DateTimeFormat(locale, { timeZone: zone, timeZoneName: 'longGeneric' }).formatToParts(0);
    return parts.find(({ type }) => type === 'timeZoneName')?.value ?? zoneName(zone);
  } catch (error) {
    // A zone chosen on another device, newer than what this one knows
    if (error instanceof RangeError) return zoneName(zone);
    throw error;
  }
};
