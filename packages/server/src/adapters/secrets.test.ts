import { Unavailable } from '@recreio/core/ports.ts';
import { expect, it } from 'vitest';
import { secrets } from './secrets.ts';

const kept = secrets();

it('[S5] tokens have 256 random bits in base64url, none is made twice, and what is stored tells none of them', () => {
  const made = Array.from({ length: 10_000 }, () => kept.newToken());
  expect(new Set(made.map(({ token }) => token)).size).toBe(10_000);
  expect(
    made.every(
      ({ token, hash }) => /^[\w-]{43}$/.test(token) && /^[0-9a-f]{64}$/.test(hash) && kept.hashToken(token) === hash,
    ),
  ).toBe(true);
});

it('passwords are kept as argon2id with a salt of their own', async () => {
  const [one, other] = await Promise.all([
    kept.hashPassword('a chuva cai no telhado'),
    kept.hashPassword('a chuva cai no telhado'),
  ]);
  expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  expect(one).not.toBe(other);
  expect(await kept.verifyPassword(one, 'a chuva cai no telhado')).toBe(true);
  expect(await kept.verifyPassword(one, 'a chuva cai no telhadO')).toBe(false);
});

it('[S33] a missing password is compared like any other, and never right', async () => {
  expect(await kept.verifyPassword(null, 'a chuva cai no telhado')).toBe(false);
});

it('a password typed in composed letters is the one typed in decomposed ones', async () => {
  expect(
    await kept.verifyPassword(await kept.hashPassword('coração'.normalize('NFD')), 'coração'.normalize('NFC')),
  ).toBe(true);
});

it('[S59] beyond its queue it says that it is busy, and goes on afterwards', async () => {
  const narrow = secrets({ atOnce: 1, waiting: 2 });
  const results = await Promise.allSettled(
    Array.from({ length: 6 }, () => narrow.hashPassword('a chuva cai no telhado')),
  );
  expect(results.map(({ status }) => status)).toEqual([
    'fulfilled',
    'fulfilled',
    'fulfilled',
    'rejected',
    'rejected',
    'rejected',
  ]);
  expect(results[5]).toMatchObject({ reason: expect.any(Unavailable) });
  expect(await narrow.verifyPassword(null, 'x')).toBe(false);
});
