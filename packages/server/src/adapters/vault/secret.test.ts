import { randomBytes } from 'node:crypto';
import { expect, it } from 'vitest';
import { openSecret, sealSecret } from './secret.ts';

const school = { version: 3, key: randomBytes(32) };
const keys = (version: number) => (version === 3 ? school.key : undefined);
const of = { kind: 'totp', owner: '0196f0c0-0000-7000-8000-000000000001' } as const;
const secret = randomBytes(20);

it('[E1] opens what it sealed, and nothing that was changed or belongs elsewhere', () => {
  const sealed = sealSecret(school, of, secret);
  expect(openSecret(keys, of, sealed)?.equals(secret)).toBe(true);
  expect(sealed.includes(secret)).toBe(false);
  for (let at = 0; at < sealed.length; at++) {
    const changed = Buffer.from(sealed);
    changed[at] = (changed[at] ?? 0) ^ 1;
    expect(openSecret(keys, of, changed), `byte ${at}`).toBeNull();
  }
  expect(openSecret(keys, { ...of, owner: `${of.owner.slice(0, -1)}2` }, sealed)).toBeNull();
  expect(openSecret(keys, { ...of, kind: 'challenge' }, sealed)).toBeNull();
  expect(openSecret(() => randomBytes(32), of, sealed)).toBeNull();
  expect(openSecret(keys, of, sealed.subarray(0, 30))).toBeNull();
});

it('[E1] the same secret is never sealed alike twice', () => {
  expect(sealSecret(school, of, secret).equals(sealSecret(school, of, secret))).toBe(false);
});
