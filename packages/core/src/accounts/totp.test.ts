import { createHmac } from 'node:crypto';
import { expect, it } from 'vitest';
import { ASSURED_MS, isAssured } from './policy.ts';
import { bareCode, base32, isAppCode, otpauthUri, pauseAfter, stepOf, waitFor } from './totp.ts';

const secret = new TextEncoder().encode('12345678901234567890');
/** RFC 4226 §5.4 written anew, to hold the adapter's and this file's idea of a step together. */
const totp = (key: Uint8Array, step: number): string => {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const mac = createHmac('sha1', key).update(counter).digest();
  const at = (mac[19] ?? 0) & 0xf;
  return String((mac.readUInt32BE(at) & 0x7fff_ffff) % 1_000_000).padStart(6, '0');
};
const at = (now: number, lastStep = 0) => ({ secret, lastStep, now });

it.each([
  [59, '287082'],
  [1_111_111_109, '081804'],
  [1_111_111_111, '050471'],
  [1_234_567_890, '005924'],
  [2_000_000_000, '279037'],
  [20_000_000_000, '353130'],
])('[R70] at %d s the code is %s (RFC 6238, appendix B)', (seconds, code) => {
  expect(stepOf({ totp }, at(seconds * 1000), code)).toBe(Math.floor(seconds / 30));
});

it('[R70] the codes just before and just after do, older and younger ones do not, and none does twice', () => {
  const now = 1_700_000_010_000;
  const current = Math.floor(now / 30_000);
  for (const by of [-1, 0, 1]) expect(stepOf({ totp }, at(now), totp(secret, current + by))).toBe(current + by);
  for (const by of [-2, 2]) expect(stepOf({ totp }, at(now), totp(secret, current + by))).toBeNull();
  expect(stepOf({ totp }, at(now, current), totp(secret, current))).toBeNull();
  expect(stepOf({ totp }, at(now, current), totp(secret, current - 1))).toBeNull();
  expect(stepOf({ totp }, at(now, current), totp(secret, current + 1))).toBe(current + 1);
});

it('[R70] after five wrong codes in a row tries are spaced out, ever further, and then by a quarter of an hour', () => {
  expect([0, 4, 5, 6, 7, 40].map(pauseAfter)).toEqual([0, 0, 30_000, 60_000, 120_000, 900_000]);
  expect(waitFor({ failures: 5, failedAt: 1_000, now: 11_000 })).toBe(20_000);
  expect(waitFor({ failures: 5, failedAt: 1_000, now: 31_000 })).toBe(0);
  expect(waitFor({ failures: 0, failedAt: null, now: 0 })).toBe(0);
});

it('reads codes as people write them', () => {
  expect(bareCode(' 123 456 ')).toBe('123456');
  expect(isAppCode(bareCode('１２３-４５６'))).toBe(true);
  expect(bareCode('ABCD-ofil')).toBe('abcd0f11');
  expect(isAppCode('12345a')).toBe(false);
});

it('writes secrets as RFC 4648 §10 does', () => {
  const of = (text: string) => base32(new TextEncoder().encode(text));
  expect(['f', 'fo', 'foo', 'foob', 'fooba', 'foobar'].map(of)).toEqual([
    'MY',
    'MZXQ',
    'MZXW6',
    'MZXW6YQ',
    'MZXW6YTB',
    'MZXW6YTBOI',
  ]);
});

it('names the school and the person to the app, whatever stands in their names', () => {
  const uri = new URL(otpauthUri('Escola: Aurora & Cia', 'ana@escola.example', 'ABC'));
  expect(uri.protocol).toBe('otpauth:');
  expect(decodeURIComponent(uri.pathname)).toContain('Escola  Aurora & Cia:ana@escola.example');
  expect(uri.searchParams.get('issuer')).toBe('Escola  Aurora & Cia');
});

it('[R71] a proof is fresh for five minutes, and one that was never given is not', () => {
  expect(isAssured(1_000, 1_000 + ASSURED_MS - 1)).toBe(true);
  expect(isAssured(1_000, 1_000 + ASSURED_MS)).toBe(false);
  expect(isAssured(null, 0)).toBe(false);
});
