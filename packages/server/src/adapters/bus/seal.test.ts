import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { busSeal } from './seal.ts';

const key = randomBytes(32);
const text = '{"n":"um","w":"here","who":{"minor":true}}';

test('[E1] what a node seals another of the school opens, and nobody else reads or names it', () => {
  const [one, two] = [busSeal(key, 'epoch'), busSeal(key, 'epoch')];
  const sealed = one.seal(text);
  expect(two.open(sealed)).toBe(text);
  expect(Buffer.from(sealed).toString('latin1')).not.toContain('minor');
  expect(one.name).toBe(two.name);
});

test('[E1] the same text is never sealed alike, by one node or by two', () => {
  const [one, two] = [busSeal(key, 'epoch'), busSeal(key, 'epoch')];
  const sealed = [one.seal(text), one.seal(text), two.seal(text)].map((bytes) => Buffer.from(bytes).toString('hex'));
  expect(new Set(sealed).size).toBe(3);
});

test('[E1] another school, and a copy of this one, neither hear nor are heard', () => {
  const here = busSeal(key, 'epoch');
  for (const other of [busSeal(randomBytes(32), 'epoch'), busSeal(key, 'restored')]) {
    expect(other.name).not.toBe(here.name);
    expect(other.open(here.seal(text))).toBeNull();
    expect(here.open(other.seal(text))).toBeNull();
  }
});

test('[E1] a single bit that is not as it was sealed makes it nobody’s', () => {
  const [one, two] = [busSeal(key, 'epoch'), busSeal(key, 'epoch')];
  const sealed = Buffer.from(one.seal(text));
  for (let at = 0; at < sealed.length; at++) {
    const bent = Buffer.from(sealed);
    bent.writeUInt8(bent.readUInt8(at) ^ 1, at);
    expect(two.open(bent)).toBeNull();
  }
  for (const short of [0, 1, 17, 44, sealed.length - 1]) expect(two.open(sealed.subarray(0, short))).toBeNull();
  expect(two.open(sealed)).toBe(text);
});
