/** How waits are written. */
import type { I18n } from '@lingui/core';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** `4 horas`, `15 minutos`: a wait, in ms. */
export function waitWords(i18n: I18n, ms: number): string {
  if (ms % HOUR === 0) return i18n._('{hours, plural, one {# hora} other {# horas}}', { hours: ms / HOUR });
  return i18n._('{minutes, plural, one {# minuto} other {# minutos}}', { minutes: Math.round(ms / MINUTE) });
}
