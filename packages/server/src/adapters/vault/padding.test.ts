import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { pad, paddedSize, unpad } from './padding.ts';

test('[E1] what is padded comes back, whatever it ends with', () => {
  const bytes = fc.oneof(
    fc.uint8Array({ maxLength: 600 }),
    fc.array(fc.constantFrom(0, 0x80), { maxLength: 600 }).map((list) => Uint8Array.from(list)),
  );
  fc.assert(
    fc.property(bytes, (content) => {
      const padded = pad(content);
      expect(unpad(padded)).toEqual(Buffer.from(content));
    }),
  );
});

test('[E1] sizes are 32, 64, 128, 256, … and nothing between', () => {
  expect([0, 1, 31, 32, 63, 64, 127, 128, 16_400].map(paddedSize)).toEqual([32, 32, 32, 64, 64, 128, 128, 256, 32_768]);
});

test.each([
  ['nothing', Buffer.alloc(0)],
  ['zeros only', Buffer.alloc(32)],
  ['no end mark', Buffer.alloc(32, 1)],
  ['a size that padding never has', Buffer.concat([Buffer.from([0x80]), Buffer.alloc(63)])],
])('[E1] %s is no padding', (_name, bytes) => {
  expect(unpad(bytes)).toBeNull();
});
