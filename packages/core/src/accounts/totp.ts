/** Codes of second factors as people type them, and which of them is right when (RFC 6238; docs/protocol.md R70). No memory. */
import type { TotpRecord } from './factors-port.ts';
import type { Secrets } from './port.ts';

/** How long a code of the app stands, in ms (RFC 6238 §5.2). */
const STEP_MS = 30_000;

/** One step before and one after: a phone's clock is a little off, and people type slowly (RFC 6238 §5.2, §6). */
const WINDOW = [0, -1, 1] as const;

/** So many wrong codes in a row are anybody's; then tries are spaced out, so that a million codes cannot be tried. */
const FREE_FAILURES = 5;
const FIRST_PAUSE_MS = 30_000;
const LONGEST_PAUSE_MS = 15 * 60_000;

/** A code without what people put between its signs, in one case; letters that look like digits are those digits (Crockford's base 32). */
export const bareCode = (typed: string): string =>
  typed
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^a-z0-9]/gu, '')
    .replace(/o/gu, '0')
    .replace(/[il]/gu, '1');

/** Whether a bare code is of the form of an app's; everything else is taken for a recovery code. */
export const isAppCode = (bare: string): boolean => /^\d{6}$/u.test(bare);

/** How long no code of the app is looked at after wrong ones, in ms; doubles with each. */
export const pauseAfter = (failures: number): number =>
  failures < FREE_FAILURES
    ? 0
    : Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** Math.min(10, failures - FREE_FAILURES));

/** How long to wait before the next code is looked at, in ms; 0: not at all. */
export const waitFor = ({ failures, failedAt, now }: Pick<TotpRecord, 'failures' | 'failedAt' | 'now'>): number =>
  Math.max(0, (failedAt ?? 0) + pauseAfter(failures) - now);

/** The step that a code is of, if it is one of those near now and later than the last that was taken; else null. */
export const stepOf = (
  { totp }: Pick<Secrets, 'totp'>,
  { secret, lastStep, now }: Pick<TotpRecord, 'secret' | 'lastStep' | 'now'>,
  code: string,
): number | null => {
  const current = Math.floor(now / STEP_MS);
  return WINDOW.map((by) => current + by).find((step) => step > lastStep && totp(secret, step) === code) ?? null;
};

const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** RFC 4648 §6, without padding, as apps take it. */
export const base32 = (bytes: Uint8Array): string => {
  const bits = Array.from(bytes, (byte) => byte.toString(2).padStart(8, '0')).join('');
  return (bits.match(/.{1,5}/gu) ?? []).map((five) => BASE32[Number.parseInt(five.padEnd(5, '0'), 2)]).join('');
};

/** What apps read from a QR code (the key URI format): the school stands before the address, and again as the issuer. */
export const otpauthUri = (school: string, email: string, secret: string): string => {
  // A colon parts the two in the label, so neither may have one
  const name = school.replaceAll(':', ' ');
  return `otpauth://totp/${encodeURIComponent(name)}:${encodeURIComponent(email)}?secret=${secret}&issuer=${encodeURIComponent(name)}`;
};
